import sqlite3

import pytest

from pactqa.errors import MissingIndexError, StoreError
from pactqa.index.mending import mends


class Index:
    """Fails at the first look, and works once it is refreshed."""

    def __init__(self, error):
        self.error, self.refreshed = error, 0

    def refresh(self):
        self.refreshed += 1

    @mends
    def look(self):
        if not self.refreshed:
            raise self.error
        return "found"


def make_error(code):
    """Makes the error that the store makes of one of SQLite's."""
    error, error.__cause__ = StoreError("cannot be opened"), sqlite3.OperationalError("x")
    error.__cause__.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    "error",
    [
        MissingIndexError("gone"),
        make_error(sqlite3.SQLITE_IOERR),
        make_error(sqlite3.SQLITE_IOERR_SHORT_READ),
    ],
)
def test_an_index_that_went_under_a_reader_is_built_anew(error):
    index = Index(error)
    assert index.look() == "found"
    assert index.refreshed == 1


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN]
)
def test_what_a_refresh_does_not_mend_is_said(code):
    index = Index(make_error(code))
    with pytest.raises(StoreError, match="cannot be opened"):
        index.look()
    assert index.refreshed == 0
