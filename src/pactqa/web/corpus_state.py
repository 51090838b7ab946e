"""Knows what of the corpus cannot be read, and whether the index is behind it, without a wait.

Reading a large corpus takes seconds, so it is done in the background, and only when the listing of
its files differs from the one before. What is told meanwhile is what was found last.
"""

import logging
import threading
import time
from dataclasses import dataclass

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.listing import Listing, list_files

__all__ = ["CorpusState", "Found", "Problem", "hide_folder"]

_log = logging.getLogger(__name__)

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or folder of the corpus that is not read.

    Attributes:
        place: below the corpus, `""` for the corpus itself.
        reason: why, and what to do, without the place of the corpus on this machine.
        is_error: False for a file of a kind that is not read at all.
    """

    place: str
    reason: str
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the corpus.

    Attributes:
        problems: what is not read.
        kept: the ids of the essays that stay as they were read last.
        is_stale: whether a refresh would change something.
    """

    problems: tuple[Problem, ...] = ()
    kept: tuple[str, ...] = ()
    is_stale: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that somebody should mend."""
        return tuple(problem for problem in self.problems if problem.is_error)


def hide_folder(message: str, assistant: Assistant) -> str:
    """Gives a message without the place of the corpus on this machine."""
    return message.replace(f"{assistant.corpus}/", "")


class CorpusState:
    """What an Assistant's corpus was like a moment ago. Several threads may use it."""

    def __init__(self, assistant: Assistant) -> None:
        """Looks at nothing yet."""
        self._assistant = assistant
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._found = Found()
        self._looked = -_SECONDS
        self._seen: object = None

    def find(self, patience: float = 0.0) -> Found:
        """Gives what was found last, and looks again in the background if that is long ago.

        Args:
            patience: how many seconds to wait for what is found now.
        """
        with self._lock:
            is_working = self._worker is not None and self._worker.is_alive()
            if not is_working and time.monotonic() - self._looked > _SECONDS:
                # Not a daemon: one that is killed inside the index's code would abort the program.
                self._worker = threading.Thread(target=self._look, name="corpus")
                self._worker.start()
            worker = self._worker
        if worker is not None and patience:
            worker.join(patience)
        return self._found

    def look_again(self, patience: float = 0.0) -> Found:
        """Gives what is found now, as `find` does, however short ago it looked."""
        if self._worker is not None:
            self._worker.join(patience)  # what that one found may be older
        with self._lock:
            self._looked, self._seen = -_SECONDS, None
        return self.find(patience)

    def _look(self) -> None:
        try:
            listing = list_files(self._assistant.corpus)
            seen = self._describe(listing)
            if seen != self._seen:
                self._found, self._seen = self._read(listing), seen
        except PactqaError as error:
            self._found = Found((Problem("", str(error)),))
            self._seen = None
        except Exception:
            _log.exception("The corpus could not be looked at")
        finally:
            self._looked = time.monotonic()

    def _describe(self, listing: Listing) -> object:
        """Gives what tells whether the corpus must be read again."""
        states = []
        for file in listing.files:
            try:
                state = file.stat()
                states.append((file, state.st_mtime_ns, state.st_size, state.st_mode))
            except OSError as error:
                states.append((file, error.errno or 0, 0, 0))
        with self._assistant.read() as (snapshot, _):
            return snapshot.identity, states, [*map(str, listing.unreadable)], listing.others

    def _read(self, listing: Listing) -> Found:
        corpus = self._assistant.corpus
        changes, errors = self._assistant.find_changes()
        problems = [
            Problem(error.place or "", hide_folder(str(error), self._assistant)) for error in errors
        ]
        for file in listing.others:
            place = file.relative_to(corpus).as_posix()
            problems.append(Problem(place, f"{place}: is of a kind that is not read.", False))
        return Found(tuple(problems), changes.kept, changes.is_stale)
