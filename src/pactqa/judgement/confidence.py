"""Decides how far an answer can be relied on: answered, nearby or absent, and why.

A small logistic regression joins what the search and the reader say of a question. Its coefficients
and two thresholds lie in `models/confidence.json`, with the data and the command that gave them;
`scripts/fit_confidence.py` makes the file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Literal

import numpy as np

from pactqa.errors import ReaderError
from pactqa.judgement.mentions import join_names, match_words
from pactqa.search.query import Query
from pactqa.search.ranking import UNREAD, Candidate

__all__ = [
    "ConfidenceModel",
    "Judgement",
    "Signals",
    "Status",
    "judge_question",
    "load_confidence_model",
    "measure_signals",
]

Status = Literal["answered", "nearby", "absent"]
"""answered: a passage answers; nearby: passages are about it, none answers; absent: none is."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Is what is known of a question before its status is decided.

    The model weighs the first two; the others are what these are made of, kept to explain and to
    compare.

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
class ConfidenceModel:
    """Is a logistic regression over some of `Signals`, and the two thresholds of the status.

    Attributes:
        weights: of the signals, by name.
        intercept: of the regression.
        answered: the confidence from which a question is answered.
        nearby: how near the nearest sentence of a question must be, for it not to be absent.
    """

    weights: Mapping[str, float]
    intercept: float
    answered: float
    nearby: float

    def compute(self, signals: Signals) -> float:
        """Gives the confidence, from 0 to 1, that the best passages answer."""
        logit = sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1 / (1 + float(np.exp(-logit - self.intercept)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Says how far an answer can be relied on, and the number from 0 to 1 behind it."""

    status: Status
    confidence: float
    signals: Signals


@cache
def load_confidence_model() -> ConfidenceModel:
    """Loads the fitted coefficients that come with the package.

    Raises:
        ReaderError: if the file does not fit the signals that this version measures.
    """
    file = resources.files("pactqa") / "models" / "weights" / "confidence.json"
    values = json.loads(file.read_text("utf-8"))
    known = [field.name for field in fields(Signals)]
    if unknown := [name for name in values["weights"] if name not in known]:
        raise ReaderError(
            f"{file}: it weighs the signals {unknown}, which are not among {known}. "
            "Run scripts/fit_confidence.py"
        )
    return ConfidenceModel(
        weights=values["weights"],
        intercept=values["intercept"],
        answered=values["thresholds"]["answered"],
        nearby=values["thresholds"]["nearby"],
    )


def judge_question(
    model: ConfidenceModel, query: Query, candidates: Sequence[Candidate]
) -> Judgement:
    """Judges what was found for a question, the best candidate first."""
    signals = measure_signals(query, candidates)
    confidence = model.compute(signals) if candidates else 0.0
    status: Status = "answered" if confidence >= model.answered else "nearby"
    if signals.sentence < model.nearby:
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
