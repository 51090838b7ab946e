"""Checksums over the rows of the store: damage inside the file is noticed when it is read.

SQLite notices damage to its pages' structure only: a flipped bit in a text or a vector is read as
if it had been written so. Every row that is shown or ranked therefore carries the CRC-32 of its
values, and one more stands for the tables of the word search.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["check_rows", "check_tables", "checksum_of", "checksum_words"]

_WORD_TABLES = ("words_config", "words_content", "words_data", "words_docsize", "words_idx")

_ROWS = (
    ("essay", "id, sha256, position, fields, checksum"),
    ("title", "essay_id, vector, offsets, tokens, checksum"),
)
_CHECKED_TOGETHER = (
    "number essay_id first last text heading paragraph sentences text_checksum",
    "number first heading_start passage_start offsets tokens tokens_checksum",
    "number vector sentence_vectors vectors_checksum",
)
"""The columns of a passage that are read together, each group with its checksum."""
_PASSAGE = tuple(dict.fromkeys(" ".join(_CHECKED_TOGETHER).split()))


def checksum_of(values: Iterable[object]) -> int:
    """Gives the CRC-32 of values as SQLite keeps them, with their types and lengths."""
    found = 0
    for value in values:
        content = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        found = zlib.crc32(f"{type(value).__name__} {len(content)} ".encode(), found)
        found = zlib.crc32(content, found)
    return found


def check_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Gives rows without their last value, which is the checksum of the others.

    Raises:
        sqlite3.DatabaseError: if a checksum is another.
    """
    for *values, checksum in rows:
        if checksum != checksum_of(values):
            raise sqlite3.DatabaseError("a row does not hold what was written")
        yield tuple(values)


def check_tables(connection: sqlite3.Connection) -> None:
    """Checks each row of essays, titles and passages, and that each essay has its title.

    A row of a passage is read once: what stands behind its token vectors is as far as they are
    long, so that three readings would take three times as long.

    Raises:
        sqlite3.DatabaseError: if a row does not hold what was written, or a title is missing.
    """
    for table, columns in _ROWS:
        for _ in check_rows(connection.execute(f"SELECT {columns} FROM {table}")):
            pass
    (missing,) = connection.execute(
        "SELECT count(*) FROM essay WHERE id NOT IN (SELECT essay_id FROM title)"
    ).fetchone()
    if missing:
        raise sqlite3.DatabaseError("a title is missing")
    places = {name: at for at, name in enumerate(_PASSAGE)}
    groups = [[places[name] for name in group.split()] for group in _CHECKED_TOGETHER]
    for row in connection.execute(f"SELECT {', '.join(_PASSAGE)} FROM passage"):
        for _ in check_rows(tuple(row[at] for at in group) for group in groups):
            pass


def checksum_words(connection: sqlite3.Connection) -> int:
    """Gives the CRC-32 of all that the word search keeps."""
    found = 0
    for table in _WORD_TABLES:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            found = zlib.crc32(str(checksum_of(row)).encode(), found)
    return found
