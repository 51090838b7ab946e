"""Ranks the sentences that bear on a claim, of all the passages that a search found for it.

A sentence bears on a claim by its own nearness (token MaxSim, see `ranking`), by that of its
passage, and by the reader. The share of the claim's words that it has, each weighed by its rarity
in the essays (inverse document frequency as in BM25, Robertson and Zaragoza 2009), counts for the
status alone: sentences that share a claim's words are often not the ones that speak of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pactqa.essays.splitting import Span
from pactqa.models.fitted import BearingWeights
from pactqa.search.ranking import Candidate
from pactqa.search.wording import Word, are_same, read_words

__all__ = ["Bearing", "rank_sentences", "rarity_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Bearing:
    """A sentence that bears on a claim.

    Attributes:
        candidate: its passage.
        number: of the sentence in the passage, from 0.
        covered: the words of the claim that it has, in any form.
        coverage: their share of the claim's words, each weighed by its rarity; from 0 to 1.
        score: how well it bears on the claim; higher is better.
    """

    candidate: Candidate
    number: int
    covered: tuple[Word, ...]
    coverage: float
    score: float

    @property
    def span(self) -> Span:
        """Where the sentence stands in its essay."""
        return self.candidate.passage.sentences[self.number]

    @property
    def maxsim(self) -> float:
        """The mean, over the claim's tokens, of the best cosine over the sentence's."""
        return float(self.candidate.sentence_maxsims[self.number])

    @property
    def cosine(self) -> float:
        """The cosine of the claim's and the sentence's vectors."""
        return float(self.candidate.sentence_cosines[self.number])

    @property
    def reading(self) -> float:
        """The reader's log odds."""
        return float(self.candidate.readings[self.number])


def rarity_of(using: int, passages: int) -> float:
    """Gives how much a word tells that `using` of `passages` passages have, as BM25 does.

    >>> rarity_of(1, 100) > rarity_of(50, 100) > 0
    True
    """
    return float(np.log(1 + (passages - using + 0.5) / (using + 0.5)))


def rank_sentences(
    words: Sequence[Word],
    rarities: Sequence[float],
    candidates: Sequence[Candidate],
    weights: BearingWeights,
) -> list[Bearing]:
    """Ranks the sentences of some passages that state something, best first.

    Args:
        words: of the claim that carry its subject.
        rarities: of these words, in the same order.
        candidates: the passages, read.
        weights: what the measures weigh.
    """
    total = sum(rarities) or 1.0
    found = []
    for candidate, number in _find_stating(candidates):
        its = read_words(candidate.sentence(number))
        has = [any(are_same(word, other) for other in its) for word in words]
        coverage = sum(rarity for rarity, here in zip(rarities, has, strict=True) if here) / total
        score = (
            float(candidate.sentence_maxsims[number])
            + weights.cosine * candidate.cosine
            + weights.maxsim * candidate.maxsim
        ) / (1 + weights.cosine + weights.maxsim)
        score += weights.reading * float(candidate.readings[number])
        covered = tuple(word for word, here in zip(words, has, strict=True) if here)
        found.append(Bearing(candidate, number, covered, coverage, score))
    return sorted(found, key=lambda bearing: -bearing.score)


def _find_stating(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, int]]:
    """Gives the sentences that neither ask nor announce; a question is no evidence."""
    for candidate in candidates:
        for number in range(len(candidate.passage.sentences)):
            if candidate.states[number]:
                yield candidate, number
