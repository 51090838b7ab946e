"""Decides how far an answer can be relied on: answered, nearby or absent.

A small logistic regression joins what the search and the reader say of a question. Its coefficients
and the thresholds are among the fitted numbers (see `models.fitted`); `scripts/fit_confidence.py`
makes them. The status is a remark beside the passages, never a reason to hide them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pactqa.judgement.mentions import join_names, match_words
from pactqa.models.fitted import ConfidenceModel
from pactqa.search.query import Query
from pactqa.search.ranking import UNREAD, Candidate

__all__ = ["Judgement", "Signals", "Status", "judge_question", "measure_signals"]

Status = Literal["answered", "nearby", "absent"]
"""answered: a passage answers; nearby: passages are about it, none answers; absent: none is."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a question before its status is decided.

    The model weighs some of them; the others are kept to explain and to compare.

    Attributes:
        support: how well the best sentence answers, by its nearness and by the reader.
        names: how well the passage that matches them best matches the worst of the question's
            names; 1 without any. Low where names are mentioned, but not together.
        reading: the reader's best log odds.
        sentence: how near the nearest sentence is.
        tokens: the best passage's mean match over all of the question's tokens.
        cosine: the best cosine of a passage.
    """

    support: float
    names: float
    reading: float
    sentence: float
    tokens: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far an answer can be relied on, and the number from 0 to 1 behind it."""

    status: Status
    confidence: float
    signals: Signals


def judge_question(
    model: ConfidenceModel, query: Query, candidates: Sequence[Candidate], mentioned: bool
) -> Judgement:
    """Judges what was found for a question, the best candidate first.

    Args:
        model: the regression and its thresholds.
        query: the question.
        candidates: what was found.
        mentioned: whether the essays use the words that carry the question's subject; if so, it is
            never absent.
    """
    signals = measure_signals(query, candidates)
    confidence = model.compute(signals) if candidates else 0.0
    status: Status = "answered" if confidence >= model.answered else "nearby"
    if not candidates or (signals.sentence < model.nearby and not mentioned):
        status = "absent"
    return Judgement(status, confidence, signals)


def measure_signals(query: Query, candidates: Sequence[Candidate]) -> Signals:
    """Measures the signals of a question on its candidates."""
    if not candidates:
        return Signals(UNREAD, 0.0, UNREAD, 0.0, 0.0, 0.0)
    names = join_names(query)
    return Signals(
        support=max(float(c.support.max()) for c in candidates),
        names=max(min((match_words(name, c) for name in names), default=1.0) for c in candidates),
        reading=max(float(c.readings.max()) for c in candidates),
        sentence=max(float(c.nearness.max()) for c in candidates),
        tokens=max(float(c.token_scores.mean()) for c in candidates),
        cosine=max(c.cosine for c in candidates),
    )
