"""Decides whether the passages found answer a question, and which of its words they never mention.

The first form: the best passage's MaxSim against two thresholds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.answer import Status
from pactqa.search import Candidate, Query
from pactqa.store import Snapshot

__all__ = ["Judgement", "find_missing_words", "judge_candidates"]

ANSWERED, NEARBY = 0.5, 0.36
_MENTIONED = 0.55


@dataclass(frozen=True, slots=True)
class Judgement:
    """Says how far an answer can be relied on, and the number from 0 to 1 behind it."""

    status: Status
    confidence: float


def judge_candidates(query: Query, candidates: Sequence[Candidate]) -> Judgement:
    """Judges the candidates for a question, best first."""
    confidence = max((candidate.maxsim for candidate in candidates), default=0.0)
    status: Status = "absent"
    if confidence >= ANSWERED:
        status = "answered"
    elif confidence >= NEARBY:
        status = "nearby"
    return Judgement(status, min(max(confidence, 0.0), 1.0))


def find_missing_words(
    snapshot: Snapshot, query: Query, candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Gives the words of a question that the essays never mention, in its order.

    A word is mentioned if a passage has it, whatever its ending, or has a word of much the same
    meaning: a cosine of the token vectors of at least .55.
    """
    missing: dict[str, None] = {}
    for word in query.words:
        rows = list(word.rows)
        nearest = max((float(c.token_scores[rows].mean()) for c in candidates), default=-1.0)
        if nearest < _MENTIONED and not snapshot.count_passages_with(word.text):
            missing[word.text] = None
    return tuple(missing)
