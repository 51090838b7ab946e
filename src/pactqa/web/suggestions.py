"""Suggests questions that the essays answer: proposed by `topics`, then tried.

A suggestion is shown only if the Assistant, asked it, finds it answered and quotes the essay it was
made from. The trying is done once for each generation of the index, in the background.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.files import Essay
from pactqa.web.topics import propose_questions

__all__ = ["Suggester", "Suggestion"]

_TRIED_AT_MOST = 32
_KEPT_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the essays answer, and the essay it was made from."""

    question: str
    essay_id: str


class Suggester:
    """The questions known to be answered by the current generation of an Assistant's index.

    It may be used from several threads. Each question is there to be suggested as soon as it has
    been tried; nobody waits for the rest.
    """

    def __init__(self, assistant: Assistant) -> None:
        """Tries nothing yet; `start` does."""
        self._assistant = assistant
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None
        self._generation: str | None = None
        self._known: tuple[Suggestion, ...] = ()

    def start(self, generation: str | None = None) -> None:
        """Begins to try questions in the background, unless that is done or under way."""
        with self._lock:
            if self._is_working() or (
                self._generation is not None and self._generation == generation
            ):
                return
            # Not a daemon: one that is killed inside the model's code would abort the program.
            self._worker = threading.Thread(target=self._try_questions, name="suggest")
            self._worker.start()

    def wait(self, seconds: float | None = None) -> None:
        """Waits until the questions have been tried."""
        worker = self._worker
        if worker is not None:
            worker.join(seconds)

    def first(self, count: int = 4, patience: float = 0.0) -> tuple[str, ...]:
        """Gives questions to begin with, of different essays in turn.

        Args:
            count: how many, at most.
            patience: how many seconds to wait for as many, right after the start.
        """
        until = time.monotonic() + patience
        while len(self._known) < count and self._is_working() and time.monotonic() < until:
            time.sleep(0.05)
        return tuple(suggestion.question for suggestion in self._known[:count])

    def after(self, answer: Answer, said: Sequence[str] = (), count: int = 3) -> tuple[str, ...]:
        """Gives questions to ask next, of the essays quoted before others.

        They run out only where there are none: when all were said, those come again that were
        said longest ago.

        Args:
            answer: the one they are shown under.
            said: questions asked or suggested before, the latest last.
            count: how many, at most.
        """
        self.start(answer.generation)
        if self._generation != answer.generation:
            return ()
        asked = {answer.searched_as.casefold(), answer.question.casefold()}
        ages = {question.casefold(): age for age, question in enumerate(said)}
        quoted = {hit.essay.id for hit in answer.hits}
        left = [
            suggestion
            for suggestion in self._known
            if suggestion.question.casefold() not in asked
            and (not answer.only or suggestion.essay_id in answer.only)
        ]
        left.sort(
            key=lambda suggestion: (
                ages.get(suggestion.question.casefold(), -1),
                suggestion.essay_id not in quoted,
            )
        )
        return tuple(suggestion.question for suggestion in left[:count])

    def _is_working(self) -> bool:
        worker = self._worker
        return worker is not None and worker.is_alive()

    def _try_questions(self) -> None:
        known: tuple[Suggestion, ...] = ()
        generation: str | None = None
        for essay, question in self._propose():
            if not threading.main_thread().is_alive():
                return  # the program is ending
            try:
                answer = self._assistant.ask(question)
            except PactqaError:
                continue
            if generation is not None and answer.generation != generation:
                return  # the index was refreshed meanwhile; the next answer starts this anew
            generation = answer.generation
            quoted = {hit.essay.id for hit in answer.hits}
            if answer.status == "answered" and essay.id in quoted:
                known = (*known, Suggestion(question, essay.id))
            self._known, self._generation = known, generation
            if len(known) == _KEPT_AT_MOST:
                return

    def _propose(self) -> list[tuple[Essay, str]]:
        """Gives the questions to try, the essays in turn."""
        try:
            essays = self._assistant.essays()[:_TRIED_AT_MOST]
            columns = [
                [(e, question) for question in propose_questions(e, self._assistant.passages(e.id))]
                for e in essays
            ]
        except PactqaError:
            return []
        rows = chain.from_iterable(zip_longest(*columns))
        unique = {pair[1].casefold(): pair for pair in rows if pair is not None}
        return list(unique.values())[:_TRIED_AT_MOST]
