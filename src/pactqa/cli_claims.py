"""The commands about claims: `pactqa check` and `pactqa reasons`.

Exit status: 0 something was found, 1 nothing, 2 an error.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pactqa.errors import ClaimError
from pactqa.settings import read_style
from pactqa.terminal import (
    CORPUS_FOLDER,
    INDEX_FOLDER,
    CorpusOption,
    IndexOption,
    open_assistant,
    print_json,
    print_stale,
    write_file,
)

if TYPE_CHECKING:
    from pactqa.evidence import Evidence, EvidenceSentence
    from pactqa.quotation_check import CheckedQuotation

__all__ = ["commands"]

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)
_K = 8
_FORMATS = ("md", "csv", "docx", "json")
_WIDTH_MAX = 88

commands = typer.Typer()
_EssayOption = Annotated[
    list[str] | None, typer.Option("--essay", help="Check in this essay only; repeatable.")
]
_OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="The file to write; else standard output.")
]
_StyleOption = Annotated[
    str | None, typer.Option("--style", help="Of the references: mla, chicago or apa.")
]


@commands.command()
def check(
    claims: Annotated[
        list[str] | None, typer.Argument(help="Claims, each in quotation marks.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A text with claims: txt, md, docx, odt, pdf, html or epub."),
    ] = None,
    k: Annotated[
        int | None,
        typer.Option("--k", help="How many sentences a claim, 1 to 20 (else 8; in md and docx 2)."),
    ] = None,
    essay: _EssayOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    kind: Annotated[
        str | None, typer.Option("--format", help="A sheet: md, csv, docx, or json to go on with.")
    ] = None,
    output: _OutputOption = None,
    style: _StyleOption = None,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Lay the sentences of the essays beside claims; of a file, check its quotations too."""
    from pactqa.evidence_json import render_evidence
    from pactqa.export.sheet import Take, make_sheet
    from pactqa.export.sheet_formats import write_sheet
    from pactqa.export.sheet_quoted import make_quoted
    from pactqa.quotation_check import check_quotations

    _check_format(kind, output, _FORMATS)
    style = read_style(style)
    text, found = _read_claims(file) if file else ("", [])
    chosen = [*(claims or []), *found]
    if not chosen:
        raise ClaimError("There is no claim to check. Write one, or name a file with --file.")
    assistant = open_assistant(corpus, index)
    count = _K if k is None else k
    evidence = [assistant.check(claim, k=count, essays=essay) for claim in chosen]
    quotations = check_quotations(assistant, text) if text else []
    if kind:
        # A table and JSON are not read through; what is printed are the best, or the number asked.
        which: Take = "short" if k is None and kind in ("md", "docx") else "all"
        sheet = make_sheet(evidence, style, make_quoted(assistant, text, quotations))
        _write(write_sheet(sheet, kind, assistant.essays(), which), output)
    elif as_json:
        print_json(
            render_evidence(evidence[0])
            if len(evidence) == 1 and not file
            else {
                "claims": [render_evidence(one) for one in evidence],
                "quotations": [_render_quotation(text, quotation) for quotation in quotations],
            }
        )
    else:
        for one in evidence:
            _print_evidence(one)
        for quotation in quotations:
            _print_quotation(text, quotation)
    raise typer.Exit(0 if any(one.sentences for one in evidence) else 1)


@commands.command()
def reasons(
    essay: _EssayOption = None,
    kind: Annotated[str | None, typer.Option("--format", help="md, csv or docx.")] = None,
    output: _OutputOption = None,
    style: _StyleOption = None,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Lay the reasons that the essays give side by side."""
    from pactqa.export.sheet_formats import write_reasons
    from pactqa.reasons import find_reasons

    _check_format(kind, output, _FORMATS[:3])
    style = read_style(style)
    assistant = open_assistant(corpus, index)
    table = find_reasons(assistant, essay)
    print_stale(table.stale)
    if kind:
        _write(write_reasons(table, kind, style), output)
    else:
        grid = Table("Reason", *(escape(e.title) for e in table.essays), show_lines=True)
        for reason in table.reasons:
            cells = (Text(hit.key_text if hit else "–") for hit in reason.cells)
            grid.add_row(Text(reason.name), *cells)
        _out.print(grid if table.reasons else "No essay gives a reason a section of its own.")
    raise typer.Exit(0 if table.reasons else 1)


def _check_format(kind: str | None, output: Path | None, kinds: Sequence[str]) -> None:
    if kind is not None and kind not in kinds:
        raise ClaimError(f"There is no format {kind!r}. Write --format with {', '.join(kinds)}.")
    if output is not None and kind is None:
        raise ClaimError("A file is written in a format. Write --format beside --output.")
    if kind == "docx" and output is None:
        raise ClaimError("A Word document needs a file. Write --output FILE beside --format docx.")


def _read_claims(file: Path) -> tuple[str, list[str]]:
    """Gives the text of a file and the sentences in it that claim something."""
    from pactqa.essays.uploads import read_upload
    from pactqa.search.claims import find_claims

    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise ClaimError(f"{file}: cannot be opened ({reason}). Check the name.") from error
    upload = read_upload(file.name, content)
    sentences = find_claims(upload.text, upload.markdown)
    chosen = (sentence.span for sentence in sentences if sentence.proposed)
    return upload.text, [upload.text[span.start : span.end] for span in chosen]


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_file(output, content)


def _render_quotation(text: str, quotation: "CheckedQuotation") -> dict[str, Any]:
    return {
        "quotation": text[quotation.span.start : quotation.span.end],
        "start": quotation.span.start,
        "end": quotation.span.end,
        "marked": quotation.marked,
        "status": quotation.status,
        "places": [
            {
                "essay": place.essay.id,
                "title": place.essay.title,
                "start": place.span.start,
                "end": place.span.end,
                "quote": place.essay.text[place.span.start : place.span.end],
                "changes": [
                    {
                        "quoted": text[change.quoted.start : change.quoted.end],
                        "essay": place.essay.text[change.essay.start : change.essay.end],
                    }
                    for change in place.changes
                ],
            }
            for place in quotation.places
        ],
    }


def _print_evidence(evidence: "Evidence") -> None:
    from pactqa.evidence import describe_evidence, describe_unmentioned

    _out.print(Text(evidence.claim, style="bold"))
    print_stale(evidence.stale)
    _out.print(Text(describe_evidence(evidence)))
    if missing := describe_unmentioned(evidence):
        _out.print(Text(missing))
    for sentence in evidence.sentences:
        _print_sentence(evidence.claim, sentence)
    _out.print()


def _print_sentence(claim: str, sentence: "EvidenceSentence") -> None:
    from pactqa.evidence import describe_stances
    from pactqa.judgement.differences import describe_difference

    passage = sentence.passage
    place = (sentence.essay.title, passage.heading, f"¶ {passage.paragraph}")
    grid = Table.grid(padding=(0, 1), expand=False)
    grid.add_column(justify="right", width=3, style="bold cyan")
    grid.add_column(max_width=_WIDTH_MAX)
    grid.add_row(f"{sentence.hit.rank}.", Text(sentence.text))
    grid.add_row("", Text("— " + " · ".join(p for p in place if p), style="dim"))
    if stances := describe_stances(sentence.stance, sentence.passage_stance):
        grid.add_row("", Text(stances))
    for difference in sentence.differences:
        said = describe_difference(difference, claim, sentence.essay.text)
        grid.add_row("", Text(said, style="yellow"))
    for note in sentence.essay.notes_within(passage.start, passage.end):
        grid.add_row("", Text(f"Note on “{note.quote}”: {note.note}", style="italic"))
    _out.print()
    _out.print(grid)


def _print_quotation(text: str, quotation: "CheckedQuotation") -> None:
    from pactqa.quotation_check import describe_quotation

    words = text[quotation.span.start : quotation.span.end]
    _out.print(Text(f"“{words}”"))
    _out.print(Text(f"  {describe_quotation(quotation)}", style="dim"))
    for place in quotation.places:
        for change in place.changes:
            ours = text[change.quoted.start : change.quoted.end] or "nothing"
            theirs = place.essay.text[change.essay.start : change.essay.end] or "nothing"
            _out.print(Text(f"  “{ours}” for “{theirs}”", style="yellow"))
