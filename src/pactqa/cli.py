"""The `pactqa` command: ask, check, reasons, index, essays, editor, evaluate, serve.

Exit status: 0 answered or nearby (or done), 1 absent (or stale), 2 an error. Progress and errors go
to standard error, so that `--json` leaves nothing but JSON on standard output. What is read by
another program, or by a terminal that shows no styles, is plain text that is not wrapped.
"""

import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pactqa import __version__, cli_adding, cli_claims, cli_corpus, cli_editor
from pactqa.errors import PactqaError
from pactqa.essays.text import repair_surrogates
from pactqa.index_settings import find_folder
from pactqa.messages import describe_missing, describe_status
from pactqa.settings import HOST, PORT, read_style
from pactqa.terminal import (
    CORPUS_FOLDER,
    INDEX_FOLDER,
    CorpusOption,
    IndexOption,
    JsonOption,
    open_assistant,
    print_json,
    print_stale,
    show_progress,
    write_file,
)
from pactqa.validation import QUESTION_MAX

if TYPE_CHECKING:
    from pactqa.answer import Answer

__all__ = ["app", "main"]

_log = logging.getLogger(__name__)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(cli_corpus.commands)
app.add_typer(cli_adding.commands)
app.add_typer(cli_claims.commands)
app.add_typer(cli_editor.commands)


def main() -> None:
    """Runs the command; an error that pactqa foresees is one message and exit status 2."""
    try:
        app()
    except PactqaError as error:
        _err.print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(2)
    except Exception:
        _log.exception("This is a bug in pactqa")
        sys.exit(2)


def _print_version(wanted: bool) -> None:
    if wanted:
        _out.print(f"pactqa {__version__}")
        raise typer.Exit


@app.callback()
def _read_options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it, stop."),
    ] = False,
) -> None:
    """Ask a folder of essays; every answer is a passage, word for word."""


@app.command()
def ask(
    question: Annotated[
        list[str], typer.Argument(help="The question, in as many words; - reads it from a pipe.")
    ],
    k: Annotated[
        int | None, typer.Option("--k", help="How many passages, 1 to 20 (else 5, or 8 for why).")
    ] = None,
    essay: Annotated[
        list[str] | None, typer.Option("--essay", help="Search in this essay only; repeatable.")
    ] = None,
    style: Annotated[
        str | None, typer.Option("--style", help="Of references: mla, chicago or apa.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write a file instead: .md, .csv or .docx."),
    ] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Answer a question with passages of the essays."""
    style = read_style(style)
    kind = ""
    if output:
        from pactqa.export.formats import find_kind

        kind = find_kind(output)
    assistant = open_assistant(corpus, index)
    answer = assistant.ask(_read_question(question), k=k, essays=essay)
    if output:
        from pactqa.export.formats import export_answers

        write_file(output, export_answers([answer], kind, style, [_ids_of(answer)]))
        _err.print(Text(f"Written: {output}"), soft_wrap=True)
    if as_json:
        from pactqa.export.interface import render_cited

        print_json(render_cited(answer, style, assistant.essays()))
    elif not output:
        _print_answer(answer, style)
    raise typer.Exit(1 if answer.status == "absent" else 0)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Option("--questions", help="Labelled questions, JSON lines.")],
    documents: Annotated[
        Path | None,
        typer.Option("--documents", help="Documents, JSON lines; else the project's essays."),
    ] = None,
    withhold: Annotated[
        str | None,
        typer.Option(
            "--withhold",
            help="'article': ask each question again without its article, as unanswerable.",
        ),
    ] = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Measure on labelled questions: right passage, key sentence, knowing when not to answer."""
    from pactqa.assistant import Assistant
    from pactqa.evaluation.evaluate import (
        evaluate,
        open_documents,
        render_report,
    )
    from pactqa.evaluation.labels import read_documents, read_questions
    from pactqa.models.choice import load_models

    if withhold not in (None, "article"):
        raise typer.BadParameter("--withhold takes the word 'article'.")
    labelled = read_questions(questions)
    rows = read_documents(documents) if documents else None
    with tempfile.TemporaryDirectory(prefix="pactqa-") as folder:
        with show_progress("Reading the documents") as progress:
            if rows is None:
                assistant = Assistant.open(corpus, index, progress=progress)
            else:
                assistant = open_documents(
                    Path(folder), rows, *load_models(find_folder(index)), progress
                )
        with show_progress("Asking the questions") as progress:
            report = evaluate(assistant, labelled, rows, withhold == "article", progress)
    if as_json:
        print_json(render_report(report))
        return
    table = Table("Figure", "Value", "95 % interval", box=None, header_style="bold")
    for name, figure in report.figures.items():
        table.add_row(name, f"{figure.value:.3f}", f"{figure.low:.3f} to {figure.high:.3f}")
    _out.print(f"{report.questions} questions")
    _out.print(table)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", envvar=HOST, help="Else 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", envvar=PORT, min=1, max=65535, help="Else 7860.")
    ] = None,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Start the web page."""
    from pactqa.web.opening import serve

    serve(corpus, index, host=host, port=port)


def _read_question(words: list[str]) -> str:
    if words != ["-"]:
        return " ".join(words)
    # No more than is too much, for a pipe may have no end; what is not UTF-8 is no text.
    piped = sys.stdin.buffer.read(4 * QUESTION_MAX + 1).decode("utf-8-sig", "surrogateescape")
    return " ".join(piped.split())


def _print_answer(answer: "Answer", style: str) -> None:
    from pactqa.export.session import take_session
    from pactqa.export.terminal import show_session, write_text

    print_stale(answer.stale)
    for essay_id in answer.unreadable:
        _err.print(f"[yellow]Note:[/] {essay_id} cannot be opened now; quoted as it was read last")
    is_reworded = answer.searched_as != answer.question
    lines = [f"Searched as: {answer.searched_as}"] if is_reworded else []
    lines += [describe_status(answer), describe_missing(answer)]
    lines += [f"  {line}" for line in answer.reply.lines] if answer.reply else []
    said = repair_surrogates("\n".join(line for line in lines if line))
    session = take_session([answer], style, [_ids_of(answer)])
    if _out.is_terminal and not _out.is_dumb_terminal:
        _out.print(Text(said), "", show_session(session), sep="\n")
    else:
        quoted = f"\n\n{write_text(session)}" if answer.hits else ""
        sys.stdout.write(f"{said}{quoted}\n")


def _ids_of(answer: "Answer") -> list[str]:
    return [hit.passage.id for hit in answer.hits]
