"""What the commands share: the folders they work on, JSON on standard output, files, a bar."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from pactqa.errors import SettingError
from pactqa.essays.text import repair_surrogates
from pactqa.index.refresh import Progress
from pactqa.settings import CORPUS, INDEX

__all__ = [
    "CORPUS_FOLDER",
    "INDEX_FOLDER",
    "CorpusOption",
    "IndexOption",
    "JsonOption",
    "print_json",
    "show_progress",
    "write_file",
]

CORPUS_FOLDER, INDEX_FOLDER = Path("corpus"), Path("index")
"""The folders, unless an option or a setting names others."""

CorpusOption = Annotated[
    Path, typer.Option("--corpus", envvar=CORPUS, help="The folder of the essays.")
]
IndexOption = Annotated[
    Path, typer.Option("--index", envvar=INDEX, help="The folder of the index.")
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


@contextmanager
def show_progress(what: str) -> Iterator[Progress]:
    """Shows a bar on standard error as soon as there is progress to tell of."""
    told = TextColumn("{task.description}")
    columns = (told, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Where it would not go away again it is not shown.
    with Bar(*columns, console=_err, transient=True, disable=not _err.is_terminal) as bar:
        task = bar.add_task(what, total=None, visible=False)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield tell
