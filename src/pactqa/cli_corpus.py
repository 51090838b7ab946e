"""The commands about the corpus: `pactqa index` and `pactqa essays`.

Exit status: 0 done, 1 the index is stale (with `--check`), 2 something cannot be read; an index
that is stale as well gives 1.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from pactqa.errors import EssayError
from pactqa.essays.listing import SUFFIXES, covers, list_files
from pactqa.index_settings import find_folder
from pactqa.messages import count_of
from pactqa.terminal import (
    CORPUS_FOLDER,
    INDEX_FOLDER,
    CorpusOption,
    IndexOption,
    JsonOption,
    print_json,
    show_progress,
)

if TYPE_CHECKING:
    from pactqa.assistant import Assistant
    from pactqa.essays.files import Essay
    from pactqa.index.refresh import Changes, RefreshReport

__all__ = ["commands"]

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)

_UNKNOWN = "cannot be opened now; quoted as it was read last"
_NO_ESSAY = "no essay now; not quoted until it is one again"

commands = typer.Typer()


@commands.command("index")
def index_command(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 if the index is stale.")
    ] = False,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Bring the index up to the essays: add, change, remove."""
    from pactqa.assistant import Assistant
    from pactqa.models.choice import load_models

    assistant = Assistant(corpus, index, *load_models(find_folder(index)))
    if check:
        changes, errors = assistant.find_changes()
        stale = changes.is_stale
        _print_changes(changes, ("new", "changed", "gone"))
        _out.print("The index is stale. Run: pactqa index" if stale else "The index is up to date.")
        _print_unread(corpus, errors, _find_essays(assistant, changes.kept))
        raise typer.Exit(1 if stale else 2 if errors else 0)
    try:
        with show_progress("Reading the essays") as progress:
            report = assistant.refresh(progress)
    except KeyboardInterrupt:
        _err.print(
            "Interrupted: the index is as it was. What was read so far is not read again the next "
            "time.",
            soft_wrap=True,
        )
        raise typer.Exit(130) from None
    _print_changes(report, ("added", "changed", "removed"))
    _out.print(f"{len(report.unchanged):>9}  unchanged; generation {report.generation}")
    for passage_id in report.truncated:
        _err.print(f"[yellow]Note:[/] {passage_id} is one sentence longer than the model reads.")
    _print_unread(corpus, report.errors, _find_essays(assistant, report.kept))
    raise typer.Exit(2 if report.errors else 0)


def _print_changes(changes: "Changes | RefreshReport", verbs: tuple[str, str, str]) -> None:
    """Prints the ids of essays that came, changed and went, and of those kept as they were."""
    groups = (changes.added, changes.changed, changes.removed, changes.kept)
    for verb, ids in zip((*verbs, "kept"), groups, strict=True):
        for essay_id in ids:
            _out.print(f"{verb:>9}  {essay_id}")


def _find_essays(assistant: "Assistant", ids: Sequence[str]) -> "list[Essay]":
    """Gives the essays of some ids; none of an index that cannot be read."""
    if not ids:
        return []
    return [essay for essay in assistant.essays() if essay.id in ids]


def _print_unread(corpus: Path, errors: Sequence[EssayError], kept: "Sequence[Essay]") -> None:
    """Names what could not be read as an essay, and the files of kinds that are not read.

    Args:
        corpus: the folder of the essays.
        errors: what could not be read.
        kept: the essays that stay in the index as they were read last.
    """
    for error in errors:
        is_kept = any(error.place is not None and covers(error.place, e.file) for e in kept)
        label = "[bold yellow]Kept as it was:[/]" if is_kept else "[bold red]Left out:[/]"
        _err.print(f"{label} {escape(str(error))}", soft_wrap=True)
    for path in list_files(corpus).others:
        kinds = ", ".join(SUFFIXES)
        text = f"[yellow]Note:[/] {escape(str(path))} is of a kind that is not read ({kinds})."
        _err.print(text, soft_wrap=True)


@commands.command()
def essays(
    as_json: JsonOption = False,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """List the essays."""
    from pactqa.assistant import Assistant

    with show_progress("Reading the essays") as progress:
        assistant = Assistant.open(corpus, index, progress=progress)
    changes, errors = assistant.find_changes()
    rows = [(essay, len(assistant.passages(essay.id))) for essay in assistant.essays()]
    if as_json:
        keys = ("id", "title", "author", "year", "source", "url", "excerpt", "file")
        print_json(
            [
                {key: getattr(essay, key) for key in keys}
                | {
                    "passages": count,
                    "words": len(essay.text.split()),
                    "changed": _read_date(corpus, essay),
                    "warnings": list(essay.warnings),
                    "unreadable": essay.id in changes.kept,
                }
                for essay, count in rows
            ]
        )
        return
    for essay, count in rows:
        # Not in columns, which would break an id that is longer than its own.
        words = f"{len(essay.text.split()):,} words"
        year = f" · {essay.year}" if essay.year else ""
        about = f"    {essay.author or 'author not given'}{year}"
        about += f" · {count_of(count, 'passage')}, {words} · file of {_read_date(corpus, essay)}"
        if essay.id in changes.kept:
            is_unknown = assistant.texts.text_of(essay) is None
            about += f" · {_UNKNOWN if is_unknown else _NO_ESSAY}"
        for line in (Text(essay.id, style="bold"), Text(f"    {essay.title}"), Text(about)):
            _out.print(line, soft_wrap=True)
        for warning in essay.warnings:
            _out.print(Text(f"    Note: {warning}", style="yellow"), soft_wrap=True)
    _print_unread(corpus, errors, [essay for essay, _ in rows if essay.id in changes.kept])


def _read_date(corpus: Path, essay: "Essay") -> str:
    """Gives the day on which an essay's file was last changed, as far as that can be known."""
    try:
        changed = (corpus / essay.file).stat().st_mtime
    except OSError:
        return "unknown"
    return datetime.datetime.fromtimestamp(changed, tz=datetime.UTC).date().isoformat()
