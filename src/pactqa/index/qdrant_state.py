"""The point of a collection that names its current generation, and who may write the next one.

To write it is the one step that makes a generation current. It names its holder for a time, and
every change of it is made on the condition that it is still as it was read (compare and swap). Who
holds it says so again and again; who could not say so in time writes nothing more, well before
somebody else may. Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism for Distributed
File Cache Consistency" (1989), describe that; the clocks of those who write may differ by seconds.
"""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qdrant_client import models

from pactqa.errors import StoreError
from pactqa.index.qdrant_calls import Calls
from pactqa.index.qdrant_reading import equals

__all__ = ["FORMAT", "HeldCalls", "begin_state", "hold_state", "read_state"]

FORMAT = 1
"""Changes when what a point holds does; a collection of another format must be made anew."""

_POINT = 0  # its id
_HELD_SECONDS, _MARGIN_SECONDS, _SAID_SECONDS = 90.0, 30.0, 10.0
_BUSY_SECONDS, _LOOK_SECONDS = 30.0, 0.5
_now = time.time


class HeldCalls(Calls):
    """Calls of who may write, as long as that is so.

    Attributes:
        state: what the collection says of itself, or is to say when the hold ends.
        until: when somebody else may write.
    """

    def __init__(self, calls: Calls, state: dict[str, Any], until: float) -> None:
        """Goes on with the client of other calls."""
        super().__init__(calls.client, calls.collection, calls.place)
        self.state = state
        self.until = until

    def change(self, name: str, **given: Any) -> Any:
        """Changes something, unless somebody else may write soon; see `Calls.change`."""
        if _now() > self.until - _MARGIN_SECONDS:
            raise _lost(self)
        return super().change(name, **given)


def begin_state(calls: Calls, dim: int) -> None:
    """Writes the state of a collection that has none.

    All its numbers are whole: a server may change the last digit of others.
    """
    begun = {
        **{"kind": "state", "format": FORMAT, "store": secrets.token_hex(8), "generation": 0},
        **{"encoder": "", "dim": dim, "number": 0, "average": 0, "essays": 0, "passages": 0},
        **{"holder": "", "held_until": 0},
    }
    _put(calls, begun, update_mode=models.UpdateMode.INSERT_ONLY)


def read_state(calls: Calls) -> dict[str, Any]:
    """Gives what a collection says of itself.

    Raises:
        MissingIndexError: if there is no collection.
        StoreError: if it is no index of this version.
    """
    found = calls.retrieve([_POINT])
    state = (found[0].payload or {}) if found else {}
    if state.get("kind") != "state" or state.get("format") != FORMAT:
        raise StoreError(
            f"{calls.place}: this collection was not made by this version of pactqa. Name another "
            "in PACTQA_INDEX, or delete it and run: pactqa index"
        )
    return state


@contextmanager
def hold_state(calls: Calls) -> Iterator[HeldCalls]:
    """Makes the caller the only one who may write; at the end its `state` becomes the current one.

    After an error, or if that was not changed, the state is as it was before.

    Raises:
        StoreError: if somebody else goes on writing, or began to because this took too long.
    """
    holder = secrets.token_hex(8)
    held = _take(calls, holder)
    before, ended = held.state, threading.Event()
    saying = threading.Thread(target=_say_so, args=(held, before, holder, ended), daemon=True)
    saying.start()
    after = before
    try:
        yield held
        after = held.state
    finally:
        ended.set()
        saying.join()
        is_kept = _swap(calls, before | {"holder": holder}, after | {"holder": ""})
        if after is not before and not is_kept:
            raise _lost(calls)


def _take(calls: Calls, holder: str) -> HeldCalls:
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        state = read_state(calls)
        is_free = not state["holder"] or state["held_until"] < _now()
        until = int(_now() + _HELD_SECONDS)
        if is_free and _swap(calls, state, state | {"holder": holder, "held_until": until}):
            return HeldCalls(calls, state, until)
        if time.monotonic() > deadline:
            left = max(state["held_until"] - _now(), 0)
            raise StoreError(
                f"{calls.place}: another program is writing to the index. Wait until it has ended, "
                f"or, if it was killed, {left:.0f} seconds, and run: pactqa index"
            )
        time.sleep(_LOOK_SECONDS)


def _say_so(held: HeldCalls, before: dict[str, Any], holder: str, ended: threading.Event) -> None:
    """Says again and again that somebody still writes, until that ends."""
    mine = before | {"holder": holder}
    calls = Calls(held.client, held.collection, held.place)
    while not ended.wait(_SAID_SECONDS):
        until = int(_now() + _HELD_SECONDS)
        with contextlib.suppress(StoreError):
            if _swap(calls, mine, mine | {"held_until": until}):
                held.until = until


def _swap(calls: Calls, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Writes the state if it is still the old one; tells whether it is the new one now."""
    same = [equals("holder", old["holder"]), equals("generation", old["generation"])]
    _put(calls, new, update_filter=models.Filter(must=list(same)))
    return read_state(calls) == new


def _put(calls: Calls, state: dict[str, Any], **how: Any) -> None:
    point = models.PointStruct(id=_POINT, vector={}, payload=state)
    calls.change("upsert", points=[point], ordering=models.WriteOrdering.STRONG, **how)


def _lost(calls: Calls) -> StoreError:
    return StoreError(
        f"{calls.place}: this took so long that somebody else may have written to the index, so "
        "nothing was changed. Run again: pactqa index"
    )
