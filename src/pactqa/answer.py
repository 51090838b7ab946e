"""Composes the answer to a question from the passages that the search found.

An answer says how far it can be relied on (`status`), which words of the question the essays never
mention (`missing`), and quotes passages in an order that suits the question. For a question about
reasons that is as wide as an essay's own title, no similarity tells the passages apart, because
each shares its words; such an answer follows the essays' own outline (see `outline`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pactqa.errors import QuestionError
from pactqa.judgement.confidence import Signals, Status
from pactqa.search.ranking import Candidate, Hit

__all__ = [
    "K_MAX",
    "QUESTION_MAX",
    "Answer",
    "check_k",
    "check_question",
    "count_of",
    "describe_status",
    "render_hit",
    "render_json",
    "replace_surrogates",
    "to_hits",
]

K_MAX = 20
"""How many passages can be asked for."""

QUESTION_MAX = 10_000
"""How many characters a question may have."""

_K_REASONS, _K_OTHER = 8, 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the essays say to a question: quotations only.

    Attributes:
        question: as the visitor wrote it.
        searched_as: what was searched, with the question before where it is a follow-up.
        status: see `Status`.
        confidence: the number from 0 to 1 that the status was decided by.
        signals: what that number was computed from.
        hits: the passages quoted, best first.
        missing: the words of the question that the essays never mention.
        apart: the names of the question that no passage mentions together, though the essays do
            mention them.
        only: the ids of the essays that were searched; empty means all.
        about_reasons: whether the question asks for reasons.
        stale: the ids of essays whose file no longer says what was indexed; nothing of them is
            quoted until the index is refreshed.
        generation: of the index.
    """

    question: str
    searched_as: str
    status: Status
    confidence: float
    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    about_reasons: bool = False
    stale: tuple[str, ...] = ()
    generation: int = 0
    signals: Signals | None = None

    @property
    def essay_count(self) -> int:
        """The number of essays that are quoted."""
        return len({hit.essay.id for hit in self.hits})

    @property
    def reasons(self) -> tuple[Hit, ...]:
        """The first hit under each heading, of an answered question about reasons."""
        first: dict[tuple[str, str], Hit] = {}
        if self.about_reasons and self.status == "answered":
            for hit in self.hits:
                if hit.passage.heading:
                    first.setdefault((hit.essay.id, hit.passage.heading), hit)
        return tuple(first.values())


def check_question(question: str) -> str:
    """Gives the question as it is searched: itself, with `?` for half surrogate pairs.

    Raises:
        QuestionError: if it has no letter or digit, or more than `QUESTION_MAX` characters.
    """
    if len(question) > QUESTION_MAX:
        raise QuestionError(
            f"The question has {len(question):,} characters, more than the {QUESTION_MAX:,} that "
            "are read. Shorten it."
        )
    if not any(character.isalnum() for character in question):
        raise QuestionError("The question is empty. Ask something in words.")
    return replace_surrogates(question)


def replace_surrogates(text: str) -> str:
    r"""Gives a text that can be written as UTF-8: itself, with `?` for half surrogate pairs.

    Python takes an argument or a field that was no valid text for such halves.

    >>> replace_surrogates("a \ud800 pact")
    'a ? pact'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def check_k(k: int | None, about_reasons: bool) -> int:
    """Gives the number of passages to quote: the one asked for, else 8 for reasons, else 5.

    Raises:
        QuestionError: if it is not from 1 to 20.
    """
    if k is None:
        return _K_REASONS if about_reasons else _K_OTHER
    if not 1 <= k <= K_MAX:
        raise QuestionError(f"The number of passages must be from 1 to {K_MAX}, not {k}.")
    return k


def to_hits(candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
    """Numbers candidates, in the order given, as the hits of an answer."""
    return tuple(
        Hit(
            essay=candidate.essay,
            passage=candidate.passage,
            key_sentence=candidate.key_sentence,
            score=candidate.score,
            rank=rank,
        )
        for rank, candidate in enumerate(candidates, start=1)
    )


def describe_status(answer: Answer) -> str:
    """Says in one plain sentence what was found; every place that says it says this.

    The words are about the program's own doing. Whoever shows passages after them says so.
    """
    if answer.status == "answered":
        passages = count_of(len(answer.hits), "passage")
        return f"{passages} from {count_of(answer.essay_count, 'essay')}, word for word."
    if answer.status == "nearby":
        return "No passage clearly answers this."
    return "The essays say nothing about this."


def count_of(number: int, noun: str) -> str:
    """Gives a number with its noun, in the plural but for one.

    >>> count_of(1, "passage"), count_of(2, "essay"), count_of(0, "essay")
    ('1 passage', '2 essays', '0 essays')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def render_hit(hit: Hit) -> dict[str, Any]:
    """Gives one passage in the shape of the JSON interface."""
    passage = hit.passage
    notes = hit.essay.notes_within(passage.start, passage.end)
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "essay": hit.essay.id,
        "title": hit.essay.title,
        "author": hit.essay.author,
        "heading": passage.heading,
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.text,
        "key_sentence": hit.key_text,
        "notes": [{"quote": note.quote, "note": note.note} for note in notes],
    }


def render_json(answer: Answer) -> dict[str, Any]:
    """Gives an answer in the shape of the JSON interface."""
    return {
        "question": answer.question,
        "searched_as": answer.searched_as,
        "status": answer.status,
        "missing": list(answer.missing),
        "passages": [render_hit(hit) for hit in answer.hits],
    }
