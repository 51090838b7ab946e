"""The commands that bring essays into the corpus and out of it: `pactqa add`, `remove`, `restore`.

Exit status: 0 done, 2 something was refused; what was not is done all the same.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from pactqa.errors import CorpusError, PactqaError
from pactqa.essays.bounds import read_bytes
from pactqa.index_settings import find_folder
from pactqa.messages import count_of
from pactqa.terminal import CORPUS_FOLDER, INDEX_FOLDER, CorpusOption, IndexOption, show_progress

if TYPE_CHECKING:
    from pactqa.adding.proposals import Proposal
    from pactqa.assistant import Assistant

__all__ = ["commands"]

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)
_SHOWN, _REMOVED_SHOWN = 60, 12

commands = typer.Typer()


@commands.command("add")
def add_command(
    files: Annotated[list[Path], typer.Argument(help="The files: of any kind that is read.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be added; change nothing.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of an essay of the same name.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="The title; else what the file says.")] = None,
    author: Annotated[str | None, typer.Option(help="The author: Lee, Ann; Ray, Tom.")] = None,
    year: Annotated[str | None, typer.Option(help="The year.")] = None,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Add essays: text is taken out of each file and written to the corpus as Markdown."""
    from pactqa.adding.changes import add
    from pactqa.adding.proposals import propose, revise

    if title and len(files) > 1:
        raise CorpusError("One title cannot be that of several files. Add them one by one.")
    assistant = _open(corpus, index)
    added, refused = 0, 0
    for file in files:
        try:
            proposal = propose(file.name, read_bytes(file), assistant)
            proposal = revise(proposal, assistant, title=title, author=author, year=year)
            for line in _describe(proposal):
                _out.print(line, soft_wrap=True)
            if not dry_run:
                _out.print(Text(f"    written to {add(proposal, assistant, replace=replace)}"))
                added += 1
        except PactqaError as error:
            refused += 1
            _err.print(f"[bold red]Not added:[/] {escape(str(error))}", soft_wrap=True)
    if dry_run:
        _out.print("Nothing was changed.")
    _refresh(assistant, added)
    raise typer.Exit(2 if refused else 0)


@commands.command("remove")
def remove_command(
    essays: Annotated[list[str], typer.Argument(help="The ids, as 'pactqa essays' gives them.")],
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Remove essays; their files are kept in the folder .removed of the corpus."""
    from pactqa.adding.changes import remove

    assistant = _open(corpus, index)
    removed, refused = 0, 0
    for essay_id in essays:
        try:
            place = remove(essay_id, assistant)
            _out.print(Text(f"removed  {essay_id}; kept as {place}"), soft_wrap=True)
            removed += 1
        except PactqaError as error:
            refused += 1
            _err.print(f"[bold red]Not removed:[/] {escape(str(error))}", soft_wrap=True)
    _refresh(assistant, removed)
    raise typer.Exit(2 if refused else 0)


@commands.command("restore")
def restore_command(
    name: Annotated[
        str | None, typer.Argument(help="What is restored; without it, what there is is listed.")
    ] = None,
    corpus: CorpusOption = CORPUS_FOLDER,
    index: IndexOption = INDEX_FOLDER,
) -> None:
    """Restore an essay that was removed, or list those that were."""
    from pactqa.adding.changes import list_removed, restore

    assistant = _open(corpus, index)
    if name is None:
        for one in list_removed(assistant):
            _out.print(Text(one.name), soft_wrap=True)
        return
    _out.print(Text(f"restored {restore(name, assistant)}"), soft_wrap=True)
    _refresh(assistant, 1)


def _open(corpus: Path, index: str) -> "Assistant":
    from pactqa.assistant import Assistant
    from pactqa.models.choice import load_models

    assistant = Assistant(corpus, index, *load_models(find_folder(index)))
    if assistant.is_stale():
        _refresh(assistant, 1)
    return assistant


def _refresh(assistant: "Assistant", changes: int) -> None:
    """Brings the index up to the corpus, if anything changed."""
    if changes:
        with show_progress("Reading the essays") as progress:
            assistant.refresh(progress)


def _describe(proposal: "Proposal") -> Iterator[Text]:
    """Gives the lines that show what an essay would be, how it is split, and what is like it."""
    essay = proposal.essay
    yield Text(proposal.file, style="bold")
    yield Text(f"    title    {essay.title}")
    yield Text(f"    author   {essay.author or 'not given'}")
    yield Text(f"    year     {essay.year or 'not given'}")
    yield Text(f"    {count_of(len(proposal.passages), 'passage')}")
    heading = ""
    for passage in proposal.passages:
        if passage.heading != heading:
            heading = passage.heading
            yield Text(f"      # {heading}")
        pages = ", ".join(essay.pages_of(passage.start, passage.end))
        begin = " ".join(passage.text.split())
        shown = begin if len(begin) <= _SHOWN else f"{begin[:_SHOWN]}…"
        yield Text(f"      {passage.paragraph:>3}  {f'(p. {pages}) ' if pages else ''}{shown}")
    if proposal.removed:
        yield Text(f"    taken out, as it belongs to the page: {len(proposal.removed)} lines")
    for line in proposal.removed[:_REMOVED_SHOWN]:
        yield Text(f"      - {line[:_SHOWN]}")
    if len(proposal.removed) > _REMOVED_SHOWN:
        yield Text("      - …")
    for warning in proposal.warnings:
        yield Text(f"    Note: {warning}", style="yellow")
    for similar in proposal.similar:
        yield Text(
            f"    Note: {similar.words:.0%} of its words in their order, and "
            f"{similar.passages:.0%} of its passages, stand in {similar.essay.id} already.",
            style="yellow",
        )
