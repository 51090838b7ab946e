"""The time that reading and splitting one essay may take, so that none keeps the others waiting.

What counts is the processor time of the thread, not that of the clock: a machine that is busy with
other things reads the same essays. The loops over lines, blocks, paragraphs and sentences ask
whether it is over; outside `limit_time` it never is.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pactqa import settings
from pactqa.errors import EssayError

__all__ = ["check_time", "limit_time"]

_end: ContextVar[float | None] = ContextVar("_end", default=None)


class _OutOfTimeError(Exception):
    """Raised where the time is over; `limit_time` alone catches it."""


@contextmanager
def limit_time(file: str) -> Iterator[None]:
    """Bounds the time of a block that reads or splits an essay.

    Args:
        file: the essay's, for the message.

    Raises:
        EssayError: if it takes more than the setting allows.
    """
    seconds = settings.read_essay_seconds()
    token = _end.set(time.thread_time() + seconds)
    try:
        yield
    except _OutOfTimeError as error:
        raise EssayError(
            f"{file}: takes more than the {seconds:,} seconds that an essay may take to be read "
            f"and split (setting {settings.ESSAY_SECONDS}). Divide it, or check that it is the "
            "right file."
        ) from error
    finally:
        _end.reset(token)


def check_time() -> None:
    """Ends the block of `limit_time` that this is called in, if its time is over."""
    end = _end.get()
    if end is not None and time.thread_time() > end:
        raise _OutOfTimeError
