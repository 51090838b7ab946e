"""Keeps what is indexed in one SQLite file: essays, passages, their vectors and their words.

The file is the one truth about what is indexed; the FAISS file beside it (see `vectors`) is derived
from it. Everything of one refresh is written in one transaction, which ends by making a new
*generation* current. A reader works in a read transaction, so it sees one generation from beginning
to end, whatever a refresh in another process does meanwhile (SQLite's write-ahead log).
What is inside a transaction is in `snapshot` and `writer`.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pactqa.errors import DamagedIndexError, MissingIndexError, StoreError
from pactqa.index.snapshot import Snapshot
from pactqa.index.writer import Writer

__all__ = ["FORMAT", "TOKENIZER", "Store"]

FORMAT = 7
"""Changes when the tables or the fields of an essay do; a store of another format is built anew."""

_FILE = "pactqa.sqlite3"
_BUSY_SECONDS = 30.0
_FROM_OUTSIDE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM),
}
"""The codes of errors that say nothing of what is in the file."""

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""What makes words into terms: small letters, without accents and English endings."""

_SCHEMA = f"""
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE essay (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, position INTEGER NOT NULL, fields TEXT NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE title (
    essay_id TEXT PRIMARY KEY REFERENCES essay (id) ON DELETE CASCADE,
    vector BLOB NOT NULL, offsets BLOB NOT NULL, tokens BLOB NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE passage (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, so a FAISS id stays true
    essay_id TEXT NOT NULL REFERENCES essay (id) ON DELETE CASCADE,
    first INTEGER NOT NULL, last INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL,
    paragraph INTEGER NOT NULL, sentences TEXT NOT NULL,
    heading_start INTEGER NOT NULL, passage_start INTEGER NOT NULL,  -- in the text that is encoded
    vector BLOB NOT NULL, offsets BLOB NOT NULL, tokens BLOB NOT NULL,
    sentence_vectors BLOB NOT NULL,  -- float16: a cosine differs by less than .001
    text_checksum INTEGER NOT NULL, tokens_checksum INTEGER NOT NULL,
    vectors_checksum INTEGER NOT NULL  -- each of the values that are read together
);
CREATE INDEX passage_of_essay ON passage (essay_id, first);
CREATE VIRTUAL TABLE words USING fts5 (
    title, heading, text, tokenize = "{TOKENIZER}"
);
"""


class Store:
    """The SQLite file of an index folder. It holds no connection, so any thread may use it."""

    def __init__(self, folder: Path) -> None:
        """Names the folder; nothing is opened or made yet."""
        self.folder = folder
        self.file = folder / _FILE

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Opens the current generation for reading.

        Raises:
            MissingIndexError: if there is none.
            DamagedIndexError: if the store does not hold what was written, also in the block.
            StoreError: if it is not readable as one of this format.
        """
        if not os.path.exists(self.file):  # noqa: PTH110 (Path's own fails for a name too long)
            raise MissingIndexError(f"{self.file!s:.300}: there is no index yet. Run: pactqa index")
        with self._connect(immutable=self._is_read_only()) as connection:
            connection.execute("BEGIN")
            self._check_format(connection)
            yield Snapshot(connection)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Opens the store for one transaction: committed at the end, or wholly undone on an error.

        A store that is missing, damaged or of another format is made anew, empty.

        Raises:
            StoreError: if the folder cannot be written, or another process keeps writing to it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error.strerror or str(error)) from error
        if not self._is_usable():
            self._discard()
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not _has_tables(connection):
                    for statement in _SCHEMA.split(";\n"):
                        connection.execute(statement)
                    Writer.begin(connection, str(FORMAT), secrets.token_hex(8))
                yield Writer(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _connect(self, *, immutable: bool = False) -> Iterator[sqlite3.Connection]:
        connection: sqlite3.Connection | None = None
        place = f"{self.file.absolute().as_uri()}{'?immutable=1' if immutable else ''}"
        try:
            connection = sqlite3.connect(
                place, timeout=_BUSY_SECONDS, isolation_level=None, uri=True
            )
            yield connection
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter of damaged texts
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _FROM_OUTSIDE:
                raise self._unwritable(str(error)) from error
            raise DamagedIndexError(
                f"{self.file}: the index is damaged ({error}). It is built anew from the essays; "
                "if this is said again, run: pactqa index"
            ) from error
        finally:
            if connection is not None:
                connection.close()

    def _check_format(self, connection: sqlite3.Connection) -> None:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise self._missing()  # its first refresh is not finished
        found = None
        if _has_tables(connection):
            found = connection.execute("SELECT value FROM setting WHERE name = 'format'").fetchone()
        if found is None or found[0] != str(FORMAT):
            raise StoreError(
                f"{self.file}: this index was not made by this version. Run: pactqa index"
            )

    def _is_usable(self) -> bool:
        """Tells whether the file is a whole store of this format, or not there yet."""
        if not self.file.exists():
            return True
        try:
            with self._connect() as connection:
                if _has_tables(connection):
                    self._check_format(connection)
                    Snapshot(connection).check_everything()
                return True
        except DamagedIndexError:
            return False
        except StoreError as error:
            # A locked or unwritable file is no damaged one, and is not discarded.
            if error.__cause__ is not None:
                raise
            return False

    def _is_read_only(self) -> bool:
        """Tells whether nothing can be written beside the file, not even SQLite's own notes.

        Nobody else writes there either then, so SQLite may read without them, unless a log remains.
        """
        return not os.access(self.folder, os.W_OK) and not Path(f"{self.file}-wal").exists()

    def _discard(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)

    def _missing(self) -> MissingIndexError:
        return MissingIndexError(f"{self.file!s:.300}: there is no index yet. Run: pactqa index")

    def _unwritable(self, reason: str) -> StoreError:
        return StoreError(
            f"{self.file!s:.300}: the index cannot be opened or written ({reason}). Check that "
            "the folder is writable, that the disk is not full, and that no other 'pactqa index' "
            "is running."
        )


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'setting'").fetchone())
