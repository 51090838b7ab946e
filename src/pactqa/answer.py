"""The answer to a question: the passages quoted, and what is said of them.

An answer says how far it can be relied on (`status`) and which nouns and names of the question the
essays do not use (`missing`); `messages` says both in sentences. Which passages are quoted, and in
what order, is decided in `finding`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pactqa.judgement.confidence import Signals, Status
from pactqa.search.lookup import find_words
from pactqa.search.query import QueryWord
from pactqa.search.ranking import Candidate, Hit
from pactqa.search.replies import Reply

__all__ = [
    "LEADING_MAX",
    "Answer",
    "render_hit",
    "render_json",
    "to_hits",
]

LEADING_MAX = 3
"""How many passages are shown at once; the others are folded below them."""


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
        missing: the nouns and names of the question that the essays do not use.
        looked_up: the words of a question that only names them; empty for any other.
        uses_all: whether the passages that mention them mention all of them, else any.
        corrections: the words that were searched in another spelling: as typed, and as searched.
        as_typed: whether the spelling was left as it was typed.
        is_more: whether passages that were shown before are left out ("more").
        reply: what the program itself says to a request that is no question; no passage is quoted.
        is_statement: whether it states something instead of asking.
        only: the ids of the essays that were searched; empty means all.
        about_reasons: whether the question asks for reasons.
        stale: the ids of essays whose file no longer says what was indexed; nothing of them is
            quoted until the index is refreshed.
        unreadable: the ids of the essays quoted whose file cannot be opened now, so that nobody
            knows whether it still says so.
        generation: the identity of that of the index; no other one has it.
    """

    question: str
    searched_as: str
    status: Status
    confidence: float
    hits: tuple[Hit, ...]
    missing: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()
    uses_all: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    as_typed: bool = False
    is_more: bool = False
    reply: Reply | None = None
    is_statement: bool = False
    only: tuple[str, ...] = ()
    about_reasons: bool = False
    stale: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    generation: str = ""
    signals: Signals | None = None

    @property
    def leading(self) -> tuple[Hit, ...]:
        """The hits that are shown at once: the first three that bear on the question."""
        return tuple(hit for hit in self.hits if hit.bears)[:LEADING_MAX]

    @property
    def essay_count(self) -> int:
        """The number of essays that are quoted."""
        return len({hit.essay.id for hit in self.hits})

    @property
    def reasons(self) -> tuple[Hit, ...]:
        """For a question about reasons, the first hit under each heading of an essay."""
        first: dict[tuple[str, str], Hit] = {}
        if self.about_reasons and self.status == "answered":
            for hit in self.hits:
                if hit.passage.heading:
                    first.setdefault((hit.essay.id, hit.passage.heading), hit)
        return tuple(first.values())


def to_hits(
    candidates: Sequence[Candidate],
    looked_up: Sequence[QueryWord] = (),
    bearing: Collection[int] | None = None,
) -> tuple[Hit, ...]:
    """Numbers candidates, in the order given, as the hits of an answer.

    Args:
        candidates: the passages quoted.
        looked_up: the words of a question that only names them; they are shown in the passages.
        bearing: the numbers of the passages that bear on the question; None means all.
    """
    hits = []
    for rank, candidate in enumerate(candidates, start=1):
        words = find_words(candidate, looked_up) if looked_up else ()
        holding = [
            sentence
            for sentence in candidate.passage.sentences
            if words and sentence.start <= words[0].start < sentence.end
        ]
        hits.append(
            Hit(
                essay=candidate.essay,
                passage=candidate.passage,
                key_sentence=holding[0] if holding else candidate.key_sentence,
                score=candidate.score,
                rank=rank,
                bears=bearing is None or candidate.number in bearing,
                words=words,
            )
        )
    return tuple(hits)


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
        "reply": [answer.reply.text, *answer.reply.lines] if answer.reply else [],
        "passages": [render_hit(hit) for hit in answer.hits],
    }
