"""Limits what is asked: by one visitor in a minute, and by all at once.

A visitor is an address; a school may have one for all, so the limit is generous. The limit is a
token bucket: what was not asked in the last minute may be asked at once.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

__all__ = ["AtOnce", "Busy", "VisitorLimit"]

_VISITORS_MOST = 10_000
_MINUTE = 60.0
_PATIENCE = 5.0


class Busy(Exception):  # noqa: N818 (it is no fault)
    """As much is being answered as may be at once."""


class VisitorLimit:
    """What each visitor may ask in a minute; of the last 10,000 visitors it is remembered."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Takes the number of questions, and a clock in seconds."""
        self._most, self._clock = most, clock
        self._visitors: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def ask(self, visitor: str) -> float:
        """Counts a question; gives 0, or in how many seconds the visitor may ask again."""
        now = self._clock()
        left, before = self._visitors.pop(visitor, (float(self._most), now))
        left = min(self._most, left + (now - before) * self._most / _MINUTE)
        wait = 0.0 if left >= 1 else (1 - left) * _MINUTE / self._most
        self._visitors[visitor] = (left if wait else left - 1, now)
        while len(self._visitors) > _VISITORS_MOST:
            self._visitors.popitem(last=False)
        return wait


class AtOnce:
    """What may be answered at once; more waits some seconds for its turn."""

    def __init__(self, most: int, patience: float = _PATIENCE) -> None:
        """Takes the number, and how many seconds one waits."""
        self._free = asyncio.Semaphore(most)
        self._patience = patience

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a turn, and holds it.

        Raises:
            Busy: if there was none in time.
        """
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            raise Busy from None
        try:
            yield
        finally:
            self._free.release()
