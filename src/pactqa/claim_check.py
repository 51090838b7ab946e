"""Finds the sentences that bear on a claim and judges them: what `finding` is for a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.finding import Models, is_mentioned
from pactqa.index.protocol import Generation
from pactqa.judgement.claims import EvidenceStatus, judge_claim
from pactqa.judgement.mentions import find_missing_words, find_use
from pactqa.judgement.numbers import is_number_word
from pactqa.search.library import Library
from pactqa.search.names import same_names
from pactqa.search.query import encode_question
from pactqa.search.ranking import drop_near_duplicates, search_passages
from pactqa.search.reading import read_candidates
from pactqa.search.sentence_ranking import Bearing, rank_sentences
from pactqa.search.words import Word, find_names_in, is_past_form, read_words

__all__ = ["Weighing", "weigh_claim"]


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """What was found for a claim.

    Attributes:
        claim: what is claimed.
        ranked: the sentences that bear on it, best first.
        words: of the claim that carry its subject, in its order.
        status: see `EvidenceStatus`.
        confidence: the number from 0 to 1 that the status was decided by.
        missing: the nouns and names of the claim that the essays do not use.
    """

    claim: str
    ranked: list[Bearing]
    words: tuple[Word, ...]
    status: EvidenceStatus
    confidence: float
    missing: tuple[str, ...]


def weigh_claim(
    models: Models,
    snapshot: Generation,
    library: Library,
    claim: str,
    only: Sequence[str] | None = None,
) -> Weighing:
    """Searches, reads, ranks and judges the sentences for a claim.

    Args:
        models: what searches and judges.
        snapshot: the open store.
        library: the same generation in memory.
        claim: what is claimed.
        only: the ids of the essays to search in; None means all.
    """
    fitted = models.fitted
    named = find_names_in(claim)

    def is_name(word: str) -> bool:
        return word.casefold() in named or library.vocabulary.is_name(word)

    query = encode_question(models.encoder, claim, is_name, same_names)
    found = search_passages(
        snapshot,
        library.index,
        library.essays,
        query,
        fitted.ranking,
        only,
        recent=library.recent,
    )
    found = list(drop_near_duplicates(read_candidates(models.reader, claim, found)))
    words = [word for word in read_words(claim) if word.carries]
    ranked = rank_sentences(words, found, fitted.bearing, query.rows)
    # Which words the essays use at all is said of all of them; what is absent, of those searched.
    within = () if only is None else snapshot.numbers_of(only)
    uses = [find_use(snapshot, word, within) for word in query.words]
    here = [use.is_used if only is None else bool(use.numbers) for use in uses]
    status, confidence = judge_claim(fitted.claims, ranked, is_mentioned(query, here))
    missing = find_missing_words(query, uses, found, fitted.mentions, each_alone=True)
    return Weighing(
        claim=claim,
        ranked=ranked,
        words=tuple(words),
        status=status,
        confidence=confidence,
        missing=tuple(word for word in missing if not (is_number_word(word) or is_past_form(word))),
    )
