"""Decides how far an answer can be relied on: answered, nearby or absent, and why.

A small logistic regression joins what the search and the reader say of a question. Its coefficients
and two thresholds lie in `models/confidence.json`, with the data and the command that gave them;
`scripts/fit_confidence.py` makes the file.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib import resources
from typing import Literal

import numpy as np

from pactqa.errors import ReaderError
from pactqa.search import Candidate, Query, QueryWord
from pactqa.snapshot import Snapshot

__all__ = [
    "ConfidenceModel",
    "Judgement",
    "Signals",
    "Status",
    "find_missing_words",
    "judge_question",
    "load_confidence_model",
    "measure_signals",
]

Status = Literal["answered", "nearby", "absent"]
"""answered: a passage answers; nearby: passages are about it, none answers; absent: none is."""

_LIGHT_WORDS = frozenset(
    """
    think thinks thought put puts look looks looked turn turned turns back still good bad set
    going come comes came take takes took taken keep keeps kept see seen saw know known knew
    feel felt try tries tried trying using use used call called point near end first second
    last able truly around thing things something anything everything want wants wanted
    mattered important showed stood decided working work helped help
    """.split()
)
"""Words that a question may hold and no essay mention without anything being missing."""

_MENTIONED = 0.42
_NAME_MENTIONED = 0.8
_STEM_MIN = 5
_LOG_ODDS_MIN = -6.0


@dataclass(frozen=True, slots=True)
class Signals:
    """Is what is known of a question before its status is decided.

    Attributes:
        reading: the reader's best probability, as log odds.
        sentence: how near the nearest sentence is.
        tokens: the best passage's mean match over all of the question's tokens.
        cosine: the best cosine of a passage.
        words: the best passage's mean match over the question's words.
        weakest_word: the least match of one of them, over all candidates.
    """

    reading: float
    sentence: float
    tokens: float
    cosine: float
    words: float
    weakest_word: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Is a logistic regression over `Signals`, and the two thresholds on what it gives."""

    weights: tuple[float, ...]
    intercept: float
    answered: float
    nearby: float

    def compute(self, signals: Signals) -> float:
        """Gives the confidence, from 0 to 1, that the best passages answer."""
        logit = float(np.dot(self.weights, astuple(signals))) + self.intercept
        return 1 / (1 + float(np.exp(-logit)))


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
    file = resources.files("pactqa") / "models" / "confidence.json"
    values = json.loads(file.read_text("utf-8"))
    names = [field.name for field in fields(Signals)]
    if list(values["weights"]) != names:
        raise ReaderError(
            f"{file}: it was fitted on the signals {list(values['weights'])}, not {names}. "
            "Run scripts/fit_confidence.py"
        )
    return ConfidenceModel(
        weights=tuple(values["weights"].values()),
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
    status: Status = "absent"
    if confidence >= model.answered:
        status = "answered"
    elif confidence >= model.nearby:
        status = "nearby"
    return Judgement(status, confidence, signals)


def measure_signals(query: Query, candidates: Sequence[Candidate]) -> Signals:
    """Measures the signals of a question on its candidates."""
    if not candidates:
        return Signals(_LOG_ODDS_MIN, 0.0, 0.0, 0.0, 0.0, 0.0)
    read = max(float(c.readings.max()) for c in candidates)
    reading = np.log(read + 1e-9) - np.log(1 - read + 1e-9)
    return Signals(
        reading=float(np.clip(reading, _LOG_ODDS_MIN, -_LOG_ODDS_MIN)),
        sentence=max(float(c.nearness.max()) for c in candidates),
        tokens=max(float(c.token_scores.mean()) for c in candidates),
        cosine=max(c.cosine for c in candidates),
        words=max(c.maxsim for c in candidates),
        weakest_word=min(_match_words(query, candidates), default=candidates[0].maxsim),
    )


def find_missing_words(
    snapshot: Snapshot, query: Query, candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Gives the words of a question that the essays never mention, in its order.

    A word is mentioned if a passage has it, whatever its ending, or has a word of much the same
    meaning. Names must be much nearer than other words, since "Berlin" is near "Moscow" without
    being it; but a name of several words counts as mentioned with any of them ("Red Army").
    """
    matches = dict(zip(query.words, _match_words(query, candidates), strict=True))
    mentioned = {
        word: match >= (_NAME_MENTIONED if word.is_name else _MENTIONED) or _occurs(snapshot, word)
        for word, match in matches.items()
    }
    missing: dict[str, None] = {}
    for before, word, after in zip(
        (None, *query.words), query.words, (*query.words[1:], None), strict=False
    ):
        together = [w for w in (before, after) if w and w.is_name and _touch(w, word)]
        light = word.text.casefold() in _LIGHT_WORDS
        if not (light or mentioned[word] or any(mentioned[w] for w in together)):
            missing[word.text] = None
    return tuple(missing)


def _occurs(snapshot: Snapshot, word: QueryWord) -> bool:
    """Tells whether a passage has a word, or one that begins like it ("Russians")."""
    if snapshot.count_passages_with(word.text):
        return True
    stem = word.text[: max(len(word.text) - 2, _STEM_MIN)]
    return len(word.text) > _STEM_MIN and snapshot.count_passages_with(stem, prefix=True) > 0


def _touch(one: QueryWord, other: QueryWord) -> bool:
    """Tells whether two words stand side by side in the question."""
    return one.rows[0] - other.rows[-1] in (0, 1) or other.rows[0] - one.rows[-1] in (0, 1)


def _match_words(query: Query, candidates: Sequence[Candidate]) -> list[float]:
    """Gives for each word of the query its best match over all candidates."""
    return [
        max((float(c.token_scores[list(word.rows)].mean()) for c in candidates), default=-1.0)
        for word in query.words
    ]
