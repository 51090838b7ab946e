"""Tells which index a setting means: a folder, or a collection of a Qdrant server."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from pactqa.errors import SettingError
from pactqa.index.embedded import EmbeddedIndex
from pactqa.index.protocol import Index
from pactqa.index_settings import (
    INDEX,
    INDEX_KEY,
    find_folder,
    is_address,
    read_index_key,
    read_index_seconds,
)

__all__ = ["name_index"]

_PORT = 6333


def name_index(place: str | os.PathLike[str] | Index) -> Index:
    """Names the index of a place, a folder or `http(s)://HOST:PORT/COLLECTION` of a Qdrant server.

    Nothing is opened or asked yet; an index that is one already is given as it is.

    Raises:
        SettingError: if an address is unusable, or what a server needs is not installed.
    """
    if not isinstance(place, str | os.PathLike):
        return place
    text = os.fspath(place)
    if not is_address(text):
        return EmbeddedIndex(Path(text))
    try:
        parts = urlsplit(text)
        port = parts.port or _PORT
    except ValueError as error:
        raise _unusable(text) from error
    *path, collection = parts.path.strip("/").split("/")
    if not parts.hostname or not collection or parts.query or parts.username:
        raise _unusable(text)
    try:
        from qdrant_client import QdrantClient

        from pactqa.index.qdrant_index import QdrantIndex
    except ImportError as error:
        raise SettingError(
            f"{INDEX} names a server, and '{error.name}' is not installed, which talks to it. "
            "Run: pip install -r requirements-qdrant.txt"
        ) from error
    client = QdrantClient(
        url=f"{parts.scheme}://{parts.hostname}:{port}",
        prefix="/".join(path) or None,
        api_key=read_index_key() or None,
        timeout=read_index_seconds(),
        check_compatibility=False,
    )
    return QdrantIndex(
        client, collection, find_folder(text), f"{parts.hostname}:{port}/{collection}"
    )


def _unusable(text: str) -> SettingError:
    return SettingError(
        f"{INDEX} is {text[:200]!a}, which names no collection of a server. Set it to "
        f"http://HOST:{_PORT}/COLLECTION, with the key in {INDEX_KEY}, or to a folder."
    )
