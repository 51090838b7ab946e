"""Checksums over the rows of the store: damage inside the file is noticed when it is read.

SQLite notices damage to its pages' structure only: a flipped bit in a text or a vector is read as
if it had been written so. Every row that is shown or ranked therefore carries the CRC-32 of its
values, and one more stands for the tables of the word search.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["check_rows", "checksum_of", "checksum_words"]

_WORD_TABLES = ("words_config", "words_content", "words_data", "words_docsize", "words_idx")


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


def checksum_words(connection: sqlite3.Connection) -> int:
    """Gives the CRC-32 of all that the word search keeps."""
    found = 0
    for table in _WORD_TABLES:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            found = zlib.crc32(str(checksum_of(row)).encode(), found)
    return found
