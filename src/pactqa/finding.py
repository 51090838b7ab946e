"""Finds what answers a question and judges it: the search and the judgement in one step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pactqa.index.protocol import Generation
from pactqa.judgement.confidence import Judgement, judge_question
from pactqa.judgement.mentions import WordUse, find_missing_words, find_use, stands_as_name
from pactqa.models.encoder import Encoder
from pactqa.models.fitted import Fitted
from pactqa.models.reader import Reader
from pactqa.search.followup import Resolved
from pactqa.search.library import Library
from pactqa.search.lookup import is_lookup, put_first
from pactqa.search.names import same_names
from pactqa.search.outline import (
    asks_for_reasons,
    choose_outlined,
    lead_with_heading,
    order_by_outline,
)
from pactqa.search.query import Query, QueryWord, encode_question
from pactqa.search.ranking import Candidate, search_passages
from pactqa.search.reading import read_candidates
from pactqa.search.statements import is_statement

__all__ = ["Finding", "Models", "find_passages", "is_mentioned"]


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """The models that search and judge, and the numbers fitted with them."""

    encoder: Encoder
    reader: Reader
    fitted: Fitted


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What was found for a question, and how far it can be relied on.

    Attributes:
        candidates: the passages, in the order in which they are quoted.
        judgement: the status and what it was decided by.
        missing: the nouns and names of the question that the essays do not use.
        about_reasons: whether the question asks for reasons.
        looked_up: the words, of those used, of a question that only names something; empty for any
            other.
        bearing: the numbers of the passages that use these words; None for any other question.
        uses_all: whether the bearing passages use all of these words, else any.
    """

    candidates: list[Candidate]
    judgement: Judgement
    missing: tuple[str, ...]
    about_reasons: bool
    looked_up: tuple[QueryWord, ...] = ()
    bearing: frozenset[int] | None = None
    uses_all: bool = False


def find_passages(
    models: Models,
    snapshot: Generation,
    library: Library,
    asked: Resolved,
    only: Sequence[str] | None = None,
) -> Finding:
    """Searches, reads, orders and judges the passages for a question.

    Args:
        models: what searches and judges.
        snapshot: the open store.
        library: the same generation in memory.
        asked: what is searched for; passages with the words that a follow-up adds come first.
        only: the ids of the essays to search in; None means all.
    """
    fitted, text = models.fitted, asked.text
    query = encode_question(models.encoder, text, library.vocabulary.is_name, same_names)
    # "and Poland?" after a wide question asks something narrower.
    outlined = [] if asked.added else _choose_outlined(library, query, fitted, only)
    found = search_passages(
        snapshot,
        library.index,
        library.essays,
        query,
        fitted.ranking,
        only,
        outlined,
        recent=library.recent,
    )
    found = read_candidates(models.reader, text, found)
    numbers = [candidate.number for candidate in found]
    uses = [find_use(snapshot, word, numbers) for word in query.words]
    is_said = is_mentioned(query, [use.is_used for use in uses])
    judgement = judge_question(fitted.confidence, found, is_said)
    missing = find_missing_words(query, uses, found, fitted.mentions)
    if judgement.status == "answered" and _lacks_a_name(query, missing):
        judgement = replace(judgement, status="nearby")
    looked_up: tuple[QueryWord, ...] = ()
    bearing, uses_all = frozenset[int](), False
    if outlined:
        ordered = order_by_outline(found, outlined)
        # What a title asks is what its essay is there to answer.
        judgement = replace(judgement, status="answered")
    else:
        ordered = lead_with_heading(query, found)
        if is_lookup(query) and not is_statement(library.vocabulary.write_names(text)):
            looked_up, bearing, uses_all = _find_mentioning(snapshot, query, found)
        if bearing:
            ordered = put_first(ordered, bearing)
            judgement = replace(judgement, status="answered")  # asked is where the words stand
        else:
            ordered = put_first(ordered, _find_added(query, uses, asked.added))
    return Finding(
        candidates=ordered,
        judgement=judgement,
        missing=missing,
        about_reasons=asks_for_reasons(text),
        looked_up=looked_up,
        bearing=bearing or None,
        uses_all=uses_all,
    )


def _choose_outlined(
    library: Library, query: Query, fitted: Fitted, only: Sequence[str] | None
) -> list[str]:
    """Gives the essays whose outline answers; a copy that breaks off does not open it."""
    titles = {i: title for i, title in library.titles.items() if only is None or i in only}
    broken = {essay.id for essay in library.essays if essay.excerpt}
    chosen = choose_outlined(query, titles, fitted.outline)
    return sorted(chosen, key=lambda essay_id: essay_id in broken)


def is_mentioned(query: Query, used: Sequence[bool]) -> bool:
    """Tells whether the essays use a name of the question, or half of its words or more.

    One word of many may stand anywhere: an essay on a world war says nothing of a world cup.
    """
    named = any(its for word, its in zip(query.words, used, strict=True) if word.is_name)
    return named or (bool(used) and 2 * sum(used) >= len(used))


def _find_mentioning(
    snapshot: Generation, query: Query, found: Sequence[Candidate]
) -> tuple[tuple[QueryWord, ...], frozenset[int], bool]:
    """Gives the words of a question that passages found mention, and those that mention all or any.

    What stands in the title alone is no mention. The third value tells whether they mention all the
    words of the question.
    """
    numbers = {candidate.number for candidate in found}
    using = [find_use(snapshot, word, numbers, whole=True).numbers for word in query.words]
    mentioned = tuple(word for word, own in zip(query.words, using, strict=True) if own)
    every = frozenset(numbers.intersection(*using))
    return mentioned, every or frozenset().union(*using), bool(every)


def _lacks_a_name(query: Query, missing: Collection[str]) -> bool:
    """Tells whether the essays do not use somebody or something whose name the question has."""
    return any(word.text in missing and stands_as_name(query, word) for word in query.words)


def _find_added(query: Query, uses: Sequence[WordUse], added: Sequence[str]) -> frozenset[int]:
    """Gives the numbers of the passages found that use a word which a follow-up adds."""
    new = {word.casefold() for word in added}
    return frozenset(
        number
        for word, use in zip(query.words, uses, strict=True)
        if word.text.casefold() in new
        for number in use.numbers
    )
