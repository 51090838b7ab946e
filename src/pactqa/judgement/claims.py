"""Decides how far the essays speak of a claim: found, nearby or absent.

A logistic regression over the best sentences' measures; `scripts/measure_claims.py` fits it.
`found` says that a sentence speaks of what is claimed, never that it agrees: readers see to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pactqa.models.fitted import ConfidenceModel
from pactqa.search.sentence_ranking import Bearing

__all__ = ["ClaimSignals", "EvidenceStatus", "judge_claim", "measure_claim"]

EvidenceStatus = Literal["found", "nearby", "absent"]
"""found: a sentence speaks of the claim; nearby: only of its subject; absent: nothing does."""


@dataclass(frozen=True, slots=True)
class ClaimSignals:
    """What is known of a claim before its status is decided, each the best of any sentence.

    Attributes:
        score: how well it bears on the claim, which its rare words decide: those that every
            sentence has ("pact", in essays on a pact) tell nothing.
        maxsim: the mean match of the claim's tokens.
        cosine: the nearness of the whole sentence.
        reading: the reader's log odds.
    """

    score: float
    maxsim: float
    cosine: float
    reading: float


def measure_claim(ranked: Sequence[Bearing]) -> ClaimSignals:
    """Measures the signals of a claim on the sentences that bear on it, of which there is one."""
    return ClaimSignals(
        score=max(bearing.score for bearing in ranked),
        maxsim=max(bearing.maxsim for bearing in ranked),
        cosine=max(bearing.cosine for bearing in ranked),
        reading=max(bearing.reading for bearing in ranked),
    )


def judge_claim(
    model: ConfidenceModel, ranked: Sequence[Bearing], mentioned: bool
) -> tuple[EvidenceStatus, float]:
    """Gives the status of a claim, and the number from 0 to 1 that it was decided by.

    Args:
        model: the regression and its thresholds.
        ranked: the sentences that bear on the claim, best first.
        mentioned: whether the essays use the words that carry its subject; if so, it is not absent.
    """
    if not ranked:
        return "absent", 0.0
    signals = measure_claim(ranked)
    confidence = model.compute(signals)
    if confidence >= model.answered:
        return "found", confidence
    return "nearby" if mentioned or signals.maxsim >= model.nearby else "absent", confidence
