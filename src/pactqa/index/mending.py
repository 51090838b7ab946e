"""Mends an index that is damaged or missing: whoever finds that builds it anew and tries again."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from pactqa.errors import DamagedIndexError, MissingIndexError, StoreError

__all__ = ["mends"]

_log = logging.getLogger(__name__)

_DISK_ERROR = 10  # SQLITE_IOERR


class _Refreshed(Protocol):
    """What has an index that can be brought up to the essays."""

    def refresh(self) -> object: ...


_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_Owner = TypeVar("_Owner", bound=_Refreshed)


def mends(
    method: Callable[Concatenate[_Owner, _Given], _Answer],
) -> Callable[Concatenate[_Owner, _Given], _Answer]:
    """Makes a method that finds the index damaged, missing or taken away refresh it, and go on.

    It is tried once more only: damage that a refresh does not mend is an error like any other.
    """

    @wraps(method)
    def mend(owner: _Owner, /, *given: _Given.args, **named: _Given.kwargs) -> _Answer:
        try:
            return method(owner, *given, **named)
        except StoreError as error:
            if not _is_mended(error):
                raise
            _log.warning(error)
            owner.refresh()
            return method(owner, *given, **named)

    return mend


def _is_mended(error: StoreError) -> bool:
    """Tells whether a refresh mends what is wrong.

    Where the folder is deleted while it is read, SQLite finds its files gone under it and tells of
    an error of the disk; if the disk has one indeed, the refresh says so.
    """
    if isinstance(error, DamagedIndexError | MissingIndexError):
        return True
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF == _DISK_ERROR
