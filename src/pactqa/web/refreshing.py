"""Refreshes the index in the background of a running page, one refresh at a time.

Visitors are not disturbed: they are answered from the generation before until the new one is whole.
"""

import logging
import threading
import time
from dataclasses import dataclass, replace

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.index.refresh import RefreshReport
from pactqa.web.corpus_state import CorpusState

__all__ = ["RefreshState", "Refresher"]

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class RefreshState:
    """How far the refresh is, or how the last one ended.

    Attributes:
        number: counts the refreshes from 1; 0 before the first.
        is_running: whether it is under way.
        done: passages encoded.
        total: passages to encode, 0 while the files are read.
        seconds_left: an estimate, None where there is none yet.
        report: what it did, once it has ended.
        message: why it could not be done, `""` if it could.
    """

    number: int = 0
    is_running: bool = False
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    report: RefreshReport | None = None
    message: str = ""


class Refresher:
    """The refreshes of an Assistant's index, in a thread of their own; for several threads."""

    def __init__(self, assistant: Assistant, corpus_state: CorpusState) -> None:
        """Begins nothing yet; `corpus_state` looks at the corpus again after each refresh."""
        self._assistant = assistant
        self._corpus_state = corpus_state
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._is_wanted_again = False
        self._state = RefreshState()

    def start(self) -> RefreshState:
        """Begins a refresh; while one runs, another follows it, for it may have read too early."""
        with self._lock:
            if self._state.is_running:
                self._is_wanted_again = True
                return self._state
            self._begin()
            # Not a daemon: one that is killed inside the model's code would abort the program.
            self._worker = threading.Thread(target=self._run, name="refresh")
            self._worker.start()
            return self._state

    @property
    def state(self) -> RefreshState:
        """How far it is."""
        return self._state

    def wait(self, seconds: float | None = None) -> RefreshState:
        """Waits until no refresh runs, and gives how the last one ended."""
        worker = self._worker
        if worker is not None:
            worker.join(seconds)
        return self._state

    def _begin(self) -> None:
        self._is_wanted_again = False
        self._state = RefreshState(number=self._state.number + 1, is_running=True)

    def _run(self) -> None:
        while True:
            try:
                ended = self._refresh()
            except SystemExit:  # the program is ending
                return
            self._corpus_state.look_again(_LOOK_SECONDS)  # the page asks for both at once
            with self._lock:
                self._state = ended
                if not self._is_wanted_again:
                    return
                self._begin()

    def _refresh(self) -> RefreshState:
        began: list[tuple[float, int]] = []

        def tell(done: int, total: int) -> None:
            if not threading.main_thread().is_alive():
                raise SystemExit  # the next refresh goes on from here
            now = time.monotonic()
            if not began:
                began.append((now, done))
            since, first = began[0]
            left = (total - done) * (now - since) / (done - first) if done > first else None
            self._state = replace(self._state, done=done, total=total, seconds_left=left)

        try:
            report = self._assistant.refresh(tell)
            if report.is_change:
                _log.info("Refreshed: generation %s", report.generation)
            return replace(
                self._state, is_running=False, seconds_left=None, report=report, message=""
            )
        except PactqaError as error:
            message = str(error)
        except Exception:
            _log.exception("The index could not be refreshed")
            message = "The index could not be refreshed: see the log of this page's server."
        return replace(self._state, is_running=False, seconds_left=None, message=message)
