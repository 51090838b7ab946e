"""Ranks the sentences that bear on a claim, of all the passages that a search found for it.

A sentence bears on a claim by how near its tokens are to the claim's (MaxSim, see `ranking`), above
all to those that few of the sentences have: a claim's rare words tell what it is about (inverse
document frequency as in BM25, Robertson and Zaragoza 2009, but of tokens that are near, not equal).
Its passage counts too, and the reader. A claim may say several things, each in another sentence, so
the next sentence is always one that also covers what those before it do not (maximal marginal
relevance, Carbonell and Goldstein 1998, has the same aim).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pactqa.essays.splitting import Span
from pactqa.models.encoder import Floats
from pactqa.models.fitted import BearingWeights
from pactqa.search.ranking import Candidate
from pactqa.search.words import Word, are_same, read_words

__all__ = ["Bearing", "rank_sentences", "rarity_of"]

_PLACES = 20
"""As many as can be shown; behind them the score decides alone."""

_TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Bearing:
    """A sentence that bears on a claim.

    Attributes:
        candidate: its passage.
        number: of the sentence in the passage, from 0.
        covered: the words of the claim that it has, in any form.
        score: how well it bears on the claim by itself; higher is better.
    """

    candidate: Candidate
    number: int
    covered: tuple[Word, ...]
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
    candidates: Sequence[Candidate],
    weights: BearingWeights,
    rows: Sequence[int],
) -> list[Bearing]:
    """Ranks the sentences of some passages that state something, best first.

    Args:
        words: of the claim that carry its subject.
        candidates: the passages, read.
        weights: what the measures weigh.
        rows: the claim's tokens that carry its subject.
    """
    stating = list(_find_stating(candidates))
    if not stating:
        return []
    near = np.stack([candidate.sentence_tokens[number] for candidate, number in stating])
    near = near[:, list(rows)]
    shares = _weigh_tokens(near, weights.same)
    found = []
    for (candidate, number), rare in zip(stating, near @ shares, strict=True):
        its = read_words(candidate.sentence(number))
        score = (
            float(rare)
            + weights.maxsim * float(candidate.sentence_maxsims[number])
            + weights.passage * candidate.maxsim
        ) / (1 + weights.maxsim + weights.passage)
        score += weights.reading * float(candidate.readings[number])
        covered = tuple(w for w in words if any(are_same(w, other) for other in its))
        found.append(Bearing(candidate, number, covered, score))
    covers = np.maximum(near - weights.covers, 0) / (1 - weights.covers) * shares
    scores = np.array([bearing.score for bearing in found], dtype=np.float32)
    return [found[at] for at in _order(scores, covers.astype(np.float32), weights.gain)]


def _weigh_tokens(near: Floats, same: float) -> Floats:
    """Gives what each token of a claim weighs, together 1: the more, the fewer sentences have it.

    Args:
        near: (sentences, tokens): how near each sentence comes to each token.
        same: from which on a sentence has it.
    """
    using = (near >= same).sum(axis=0)
    weights = np.array([rarity_of(int(count), len(near)) for count in using], dtype=np.float32)
    return weights / max(float(weights.sum()), _TINY)


def _order(scores: Floats, covers: Floats, gain: float) -> Iterator[int]:
    """Orders sentences: the best first, then each by its score and by what it covers anew.

    Args:
        scores: (sentences,): how well each bears on the claim.
        covers: (sentences, tokens): how much of each token it covers, by the token's weight.
        gain: what covering anew weighs beside the score.
    """
    left = [int(at) for at in np.argsort(-scores, kind="stable")]
    covered = np.zeros(covers.shape[1])
    for place in range(min(len(left), _PLACES)):
        anew = np.maximum(covers[left] - covered, 0).sum(axis=1) if place else 0.0
        best = left.pop(int(np.argmax(scores[left] + gain * anew)))
        covered = np.maximum(covered, covers[best])
        yield best
    yield from left


def _find_stating(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, int]]:
    """Gives the sentences that neither ask nor announce; a question is no evidence."""
    for candidate in candidates:
        for number in range(len(candidate.passage.sentences)):
            if candidate.states[number]:
                yield candidate, number
