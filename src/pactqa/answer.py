"""The answer to a question: the passages quoted, and what is said of them.

An answer says how far it can be relied on (`status`) and which nouns and names of the question the
essays do not use (`missing`). The sentences that say so stand here once, for the page, the terminal
and the files. Which passages are quoted, and in what order, is decided in `finding`.
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
    "count_of",
    "describe_missing",
    "describe_status",
    "describe_words",
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


def describe_status(answer: Answer) -> str:
    """Says in one sentence what was found; every word of it is true of the essays.

    The page, the terminal and the files say it alike.
    """
    if answer.reply:
        return answer.reply.text
    if not answer.hits:
        if answer.stale:
            return "Nothing is quoted: the essays were changed after they were read."
        if answer.is_more:
            return "All the passages that were found for this have been shown."
        return "Nothing in the essays was found to be about this."
    if answer.looked_up:
        return _describe_mentions(answer)
    if answer.is_statement:
        return "Passages about this statement; they may support or contradict it."
    if answer.status == "nearby":
        which = "Further passages near it:" if answer.is_more else "The closest passages:"
        return f"The essays may not answer this directly. {which}"
    passages = count_of(len(answer.hits), "further passage" if answer.is_more else "passage")
    return f"{passages} from {count_of(answer.essay_count, 'essay')}, word for word."


def _describe_mentions(answer: Answer) -> str:
    """Says how many of the passages mention the words that were looked up."""
    words = _quote(answer.looked_up, "and" if answer.uses_all else "or")
    if answer.status == "nearby":
        if answer.is_more and not answer.stale:
            return f"The passages found that mention {words} have been shown. Others near it:"
        return f"No passage that can be quoted mentions {words}. Others near it:"
    count = sum(hit.bears for hit in answer.hits)
    passage = "further passage" if answer.is_more else "passage"
    if count < len(answer.hits):
        return f"{count_of(count, passage)} {'mentions' if count == 1 else 'mention'} {words}."
    if count == 1:  # there may be more than were asked for
        return f"This {passage} mentions {words}."
    return f"These {count} {passage}s mention {words}."


def describe_missing(answer: Answer) -> str:
    """Says which nouns and names of the question the essays do not use; `""` if it uses all."""
    return describe_words(answer.missing)


def describe_words(missing: Sequence[str]) -> str:
    """Says that the essays do not use some words; `""` for none.

    >>> describe_words(["oil", "gas"])
    'The essays do not use the words “oil” or “gas”.'
    """
    if not missing:
        return ""
    noun = "word" if len(missing) == 1 else "words"
    return f"The essays do not use the {noun} {_quote(missing, 'or')}."


def count_of(number: int, noun: str) -> str:
    """Gives a number with its noun: `1 passage`, `2 passages`.

    >>> count_of(2, "essay")
    '2 essays'
    """
    return f"{number} {noun if number == 1 else noun + 's'}"


def _quote(words: Sequence[str], last: str) -> str:
    """Gives words in quotation marks, as a list in a sentence.

    >>> _quote(["oil", "gas"], "or")
    '“oil” or “gas”'
    """
    quoted = [f"“{word}”" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[:-1] else quoted)


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
