"""What the commands share: the folders they work on, JSON on standard output, files, a bar."""

import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from pactqa.errors import SettingError
from pactqa.essays.text import repair_surrogates
from pactqa.index_settings import INDEX, find_folder
from pactqa.settings import CORPUS

if TYPE_CHECKING:
    from pactqa.assistant import Assistant
    from pactqa.index.refresh import Progress

__all__ = [
    "CORPUS_FOLDER",
    "INDEX_FOLDER",
    "CorpusOption",
    "IndexOption",
    "JsonOption",
    "open_assistant",
    "print_json",
    "print_stale",
    "show_progress",
    "write_file",
]

CORPUS_FOLDER, INDEX_FOLDER = Path("corpus"), "index"
"""The folders, unless an option or a setting names others."""

CorpusOption = Annotated[
    Path, typer.Option("--corpus", envvar=CORPUS, help="The folder of the essays.")
]
IndexOption = Annotated[
    str, typer.Option("--index", envvar=INDEX, help="The folder of the index, or its server.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_err = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Prints a value as JSON, each character as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # An argument that was no valid text reaches Python as half surrogate pairs.
    sys.stdout.write(repair_surrogates(text) + "\n")


def write_file(file: Path, content: bytes) -> None:
    """Writes a file.

    Raises:
        SettingError: if it cannot be written.
    """
    try:
        file.write_bytes(content)
    except OSError as error:
        reason = error.strerror or error
        raise SettingError(f"{file}: cannot be written ({reason}). Name another file.") from error


def open_assistant(corpus: Path, index: str) -> "Assistant":
    """Opens the essays with a bar; the models are loaded while the rest is imported.

    Raises:
        PactqaError: if the essays, the index, a model or a setting cannot be used.
    """
    from pactqa.models.choice import load_models

    with show_progress("Reading the essays") as progress, ThreadPoolExecutor(1) as beside:
        models = beside.submit(load_models, find_folder(index))
        from pactqa.assistant import Assistant

        encoder, reader = models.result()
        return Assistant.open(corpus, index, encoder, progress, reader)


def print_stale(essays: "Iterable[str]") -> None:
    """Notes on standard error which essays are not quoted because their files were changed."""
    for essay_id in essays:
        _err.print(f"[yellow]Note:[/] {essay_id} was changed after indexing. Run: pactqa index")


@contextmanager
def show_progress(what: str) -> "Iterator[Progress]":
    """Shows a bar on standard error as soon as there is progress to tell of."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    told = TextColumn("{task.description}")
    columns = (told, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Where it would not go away again it is not shown.
    with Bar(*columns, console=_err, transient=True, disable=not _err.is_terminal) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield tell
