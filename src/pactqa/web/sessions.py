"""Remembers who is logged in, and slows down who guesses passwords; in memory only."""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["COOKIE", "SESSION_SECONDS", "Session", "Sessions", "Throttle"]

COOKIE = "pactqa_editor"
"""The name of the cookie."""

SESSION_SECONDS = 8 * 3600
"""How long a session lasts at most; one that is not used ends sooner."""

_IDLE_SECONDS = 2 * 3600
_SESSIONS_MAX = 200
_PROPOSALS_MAX = 20
_THROTTLED_MAX = 10_000

_Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Session:
    """An editor who is logged in.

    Attributes:
        name: of the editor.
        csrf: what each change must send along.
        started: when, by the clock of `Sessions`.
        proposals: what was uploaded and not added yet, by id; the oldest goes when there are more
            than twenty.
    """

    name: str
    csrf: str
    started: float
    proposals: OrderedDict[str, Any] = field(default_factory=OrderedDict)

    def keep(self, proposal: object) -> str:
        """Keeps a proposal, and gives its id."""
        proposal_id = secrets.token_hex(8)
        self.proposals[proposal_id] = proposal
        while len(self.proposals) > _PROPOSALS_MAX:
            self.proposals.popitem(last=False)
        return proposal_id


class Sessions:
    """The logins that last. A restart ends all sessions. Several threads may use it."""

    def __init__(self, clock: _Clock = time.monotonic) -> None:
        """Begins without any; `clock` gives seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[Session, float]] = OrderedDict()

    def begin(self, name: str) -> tuple[str, Session]:
        """Begins a session; gives what the cookie holds, and the session."""
        token, now = secrets.token_urlsafe(32), self._clock()
        session = Session(name, secrets.token_urlsafe(32), now)
        with self._lock:
            self._known[_digest(token)] = (session, now)
            while len(self._known) > _SESSIONS_MAX:
                self._known.popitem(last=False)  # the one unused for longest
        return token, session

    def find(self, token: str | None) -> Session | None:
        """Gives the session of a cookie, or None if there is none or it is over."""
        if not token:
            return None
        digest, now = _digest(token), self._clock()
        with self._lock:
            session, used = self._known.get(digest, (None, 0.0))
            if session is None:
                return None
            if now - used > _IDLE_SECONDS or now - session.started > SESSION_SECONDS:
                del self._known[digest]
                return None
            self._known[digest] = (session, now)
            self._known.move_to_end(digest)
            return session

    def end(self, token: str | None) -> None:
        """Ends the session of a cookie, if there is one."""
        with self._lock:
            self._known.pop(_digest(token or ""), None)


class Throttle:
    """The wait before an attempt: after some that failed, twice as long as before the last one.

    An attempt counts as failed until it succeeds, so that many at once are no way around it.
    """

    FREE = 5
    """So many attempts need not wait."""

    def __init__(self, wait_max: float, clock: _Clock = time.monotonic) -> None:
        """Begins without any attempt.

        Args:
            wait_max: the longest that an attempt must wait, in seconds.
            clock: gives seconds.
        """
        self._wait_max = wait_max
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def begin(self, key: str) -> float:
        """Begins an attempt of somebody; gives the seconds to wait, 0 if it may be made now."""
        now = self._clock()
        with self._lock:
            count, last = self._failed.get(key, (0, 0.0))
            pause = 0.0
            if count >= self.FREE:
                pause = min(2.0 ** min(count - self.FREE + 1, 20), self._wait_max)
            wait = last + pause - now
            if pause and wait > 0:
                return wait
            self._failed[key] = (count + 1, now)
            self._failed.move_to_end(key)
            while len(self._failed) > _THROTTLED_MAX:
                self._failed.popitem(last=False)
        return 0.0

    def succeed(self, key: str) -> None:
        """Notes that an attempt was right: those before it are forgotten."""
        with self._lock:
            self._failed.pop(key, None)


def _digest(token: str) -> bytes:
    """Gives what is kept of a cookie: who reads the memory cannot log in with it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
