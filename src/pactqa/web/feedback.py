"""Writes down whether visitors found an answer helpful, if the owner names a file for it.

One JSON line for each click: the question, what was searched, the status, the passages and the
verdict. No address, no name and no session: nothing in a line tells who wrote it. Of a visit the
first click on an answer counts. A full file makes room for a new one, so that no amount of clicks
fills the disk.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pactqa.answer import Answer
from pactqa.errors import SettingError
from pactqa.settings import read_feedback_file

__all__ = ["VERDICTS", "FeedbackFile", "Verdict"]

Verdict = Literal["helpful", "not relevant"]
VERDICTS: tuple[Verdict, ...] = ("helpful", "not relevant")
"""The verdicts that a visitor may give."""

_FULL = 10_000_000  # bytes; some ten thousand clicks
_TOLD_MOST = 10_000  # clicks that are remembered


class FeedbackFile:
    """The file that verdicts are appended to; several threads may write.

    One that is full is renamed, with `.old` behind its name, in the place of the last such.
    """

    def __init__(self, path: Path) -> None:
        """Makes sure that the file can be written.

        Raises:
            SettingError: if it cannot.
        """
        self.path = path
        self._lock = threading.Lock()
        self._told: OrderedDict[bytes, None] = OrderedDict()
        try:
            with path.open("a", encoding="utf-8"):
                pass
        except OSError as error:
            raise SettingError(
                f"{path}: feedback cannot be written there ({error.strerror or error}). Name a "
                "file in a folder that exists and can be written (setting PACTQA_FEEDBACK)."
            ) from error

    @classmethod
    def from_setting(cls) -> "FeedbackFile | None":
        """Gives the file that the setting PACTQA_FEEDBACK names; None means: ask nobody."""
        path = read_feedback_file()
        return cls(path) if path else None

    def is_first(self, visit: str, answer: str) -> bool:
        """Tells whether a visit has not judged an answer yet; from now on it has.

        Args:
            visit: what tells it from others.
            answer: the link that asks for it.
        """
        told = hashlib.sha256(f"{visit}\n{answer}".encode(errors="replace")).digest()
        with self._lock:
            if told in self._told:
                return False
            self._told[told] = None
            if len(self._told) > _TOLD_MOST:
                self._told.popitem(last=False)
        return True

    def write(self, answer: Answer, verdict: Verdict) -> None:
        """Appends one line.

        Raises:
            SettingError: if the file can no longer be written.
        """
        row = {
            "day": datetime.now(UTC).date().isoformat(),
            "verdict": verdict,
            "question": answer.question,
            "searched_as": answer.searched_as,
            "only": list(answer.only),
            "status": answer.status,
            "confidence": round(answer.confidence, 4),
            "passages": [hit.passage.id for hit in answer.hits],
        }
        line = json.dumps(row, ensure_ascii=True) + "\n"  # ASCII: no line separator can slip in
        try:
            # One write in append mode, so that other processes' lines stay whole as well.
            with self._lock:
                if self.path.exists() and self.path.stat().st_size + len(line) > _FULL:
                    self.path.replace(self.path.with_name(f"{self.path.name}.old"))
                with self.path.open("ab", buffering=0) as file:
                    file.write(line.encode("ascii"))
        except OSError as error:
            raise SettingError(
                f"{self.path}: feedback could not be written ({error.strerror or error})."
            ) from error
