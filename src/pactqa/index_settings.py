"""The environment variables about the index, and what their values must be.

PACTQA_INDEX            the folder of the index, or http://HOST:6333/COLLECTION of a Qdrant server
PACTQA_INDEX_KEY        the key of such a server
PACTQA_INDEX_SECONDS    how long such a server may take for an answer
"""

import os
from pathlib import Path

from pactqa.settings import read_number, read_value

__all__ = [
    "INDEX",
    "INDEX_KEY",
    "find_folder",
    "is_address",
    "read_index",
    "read_index_key",
    "read_index_seconds",
]

INDEX, INDEX_KEY = "PACTQA_INDEX", "PACTQA_INDEX_KEY"

_FOLDER = Path("index")
_SECONDS_MAX = 86_400


def read_index(default: Path) -> str:
    """Gives the folder of the index, or the address of a server's; the default if none is set."""
    return read_value(INDEX) or str(default)


def is_address(index: str) -> bool:
    """Tells whether an index is kept by a server, and not in a folder."""
    return index.startswith(("http://", "https://"))


def find_folder(index: str | os.PathLike[str]) -> Path:
    """Gives the folder for what belongs to an index: its own, or `index` if a server keeps it."""
    place = os.fspath(index)
    return _FOLDER if is_address(place) else Path(place)


def read_index_key() -> str:
    """Gives the key of the server that keeps the index; `""` means none."""
    return read_value(INDEX_KEY)


def read_index_seconds() -> int:
    """Gives the seconds that such a server may take for an answer, or raises a SettingError."""
    return read_number("PACTQA_INDEX_SECONDS", 10, _SECONDS_MAX)
