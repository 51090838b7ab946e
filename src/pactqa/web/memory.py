"""Bounds what Gradio keeps in memory of visitors and of what other programs ask.

Gradio keeps the state of ten thousand visits (some 100 kB each), the answers that nobody fetched,
and figures of ten thousand calls, which it sums up anew at each. The page needs none of it: its
conversations lie in the browser.
"""

import asyncio
from collections import OrderedDict
from typing import Any

__all__ = ["QUEUE_LIMITS", "VISITS_MOST", "bound_memory"]

VISITS_MOST = 100
"""The visits whose state Gradio keeps."""

QUEUE_LIMITS = {"default_concurrency_limit": 4, "max_size": 200}
"""How many calls of other programs are answered at once, and how many wait."""

_KEPT_MOST = 256
_FIGURES_MOST = 100


def bound_memory(queue: Any) -> None:
    """Bounds what a queue of Gradio keeps.

    Args:
        queue: that of a page which is not launched yet.
    """
    queue.pending_messages_per_session = _Kept(queue, _KEPT_MOST)
    queue.ANALYTICS_MAX_EVENTS = queue.ANAYLTICS_CACHE_FREQUENCY = _FIGURES_MOST


class _Kept(OrderedDict[str, "asyncio.Queue[Any]"]):
    """The answers that wait to be fetched: the last ones, and all that are still being made."""

    def __init__(self, queue: Any, most: int) -> None:
        super().__init__()
        self._queue, self._most = queue, most

    def __setitem__(self, session: str, answers: "asyncio.Queue[Any]") -> None:
        super().__setitem__(session, answers)
        if len(self) <= self._most:
            return
        made = self._queue.pending_event_ids_session
        for old in [one for one in self if one != session and not self._is_being_made(one)]:
            del self[old]
            made.pop(old, None)
            if len(self) <= self._most:
                break

    def _is_being_made(self, session: str) -> bool:
        events = self._queue.pending_event_ids_session.get(session, ())
        return any(event in self._queue.event_ids_to_events for event in events)
