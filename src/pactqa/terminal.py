"""What the commands share: the folders they work on, JSON on standard output, files they write."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pactqa.errors import SettingError
from pactqa.essays.text import repair_surrogates
from pactqa.settings import CORPUS, INDEX

__all__ = [
    "CORPUS_FOLDER",
    "INDEX_FOLDER",
    "CorpusOption",
    "IndexOption",
    "print_json",
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
