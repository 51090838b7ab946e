"""Suggests questions that the essays answer: made from their headings and key terms, then tried.

A suggestion is shown only if the Assistant, asked it, finds it answered, and by the essay it was
made from. The trying is done once for each generation of the index, in the background.
"""

import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.search.query import STOP_WORDS

__all__ = ["Suggester", "Suggestion", "propose_questions"]

_TRIED_AT_MOST = 32
_KEPT_AT_MOST = 16
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z])[.):]\s+", re.IGNORECASE)
_CAPITAL = "[A-ZÀ-ÖØ-ÞА-Я]"
_NAME = re.compile(
    rf"\b(?:the\s+)?{_CAPITAL}[\w’'\-]+(?:\s+(?:of\s+(?:the\s+)?)?{_CAPITAL}[\w\-]+)+", re.UNICODE
)
_INSIDE_SENTENCE = re.compile(rf"(?<=[\w,;:’”] )({_CAPITAL}\w+)")
_SAY_LITTLE = frozenset(
    "introduction conclusion conclusions summary abstract preface bibliography references notes"
    " overview background sources appendix".split()
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the essays answer, and the essay it was made from."""

    question: str
    essay_id: str


def propose_questions(essay: Essay, passages: Sequence[Passage]) -> Iterator[str]:
    """Proposes questions: an essay's title that is one, its headings, the names it uses most."""
    if essay.title.endswith("?"):
        yield essay.title
    text = " ".join(passage.text for passage in passages)
    names_inside = set(_INSIDE_SENTENCE.findall(text))
    for heading in dict.fromkeys(passage.heading for passage in passages):
        words = _NUMBERING.sub("", heading).strip(" \t-–—:.")
        if not words or words.casefold() in _SAY_LITTLE:
            continue
        topic = " ".join(_lower_unless_name(word, names_inside) for word in words.split())
        yield words if words.endswith("?") else f"What do the essays say about {topic}?"
    names = Counter(" ".join(match[0].split()) for match in _NAME.finditer(text))
    for name, _ in names.most_common():
        if any(other.startswith(f"{name} ") for other in names):
            continue  # "World War", where it is always "World War II" or may be
        if re.match(r"the \w{3,}s ", name, re.IGNORECASE):
            continue  # "the Soviets Finland": two names side by side
        if name.split()[0].casefold() in STOP_WORDS - {"the"}:
            continue  # "However Stalin": a sentence's first word, not part of a name
        yield f"What do the essays say about {re.sub('^The ', 'the ', name)}?"


def _lower_unless_name(word: str, names: Collection[str]) -> str:
    """Writes a heading's word as it would stand inside a sentence.

    >>> _lower_unless_name("Concerns", {"Stalin"}), _lower_unless_name("Stalins", {"Stalin"})
    ('concerns', 'Stalins')
    """
    if any(word.startswith(name) for name in names if len(name) > 3) or word in names:
        return word
    return word if word[1:].lower() != word[1:] else word.lower()


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
        self._generation: int | None = None
        self._known: tuple[Suggestion, ...] = ()

    def start(self, generation: int | None = None) -> None:
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

    def after(self, answer: Answer, asked: Collection[str] = (), count: int = 3) -> tuple[str, ...]:
        """Gives questions to ask next, of the essays quoted before others.

        Args:
            answer: the one they are shown under.
            asked: questions asked or suggested before, which are not suggested again.
            count: how many, at most.
        """
        self.start(answer.generation)
        if self._generation != answer.generation:
            return ()
        done = {question.casefold() for question in asked} | {answer.searched_as.casefold()}
        quoted = {hit.essay.id for hit in answer.hits}
        left = [
            suggestion
            for suggestion in self._known
            if suggestion.question.casefold() not in done
            and (not answer.only or suggestion.essay_id in answer.only)
        ]
        left.sort(key=lambda suggestion: suggestion.essay_id not in quoted)
        return tuple(suggestion.question for suggestion in left[:count])

    def _is_working(self) -> bool:
        worker = self._worker
        return worker is not None and worker.is_alive()

    def _try_questions(self) -> None:
        known: tuple[Suggestion, ...] = ()
        generation: int | None = None
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
            if answer.status == "answered" and answer.hits[0].essay.id == essay.id:
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
