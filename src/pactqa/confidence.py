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
from pactqa.search import UNREAD, Candidate, Query, QueryWord
from pactqa.snapshot import Snapshot

__all__ = [
    "ConfidenceModel",
    "Judgement",
    "Signals",
    "Status",
    "find_missing_words",
    "find_names_apart",
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
_NAME_MEANT = 0.5
_STEM_MIN = 5


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
    file = resources.files("pactqa") / "models" / "confidence.json"
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
    names = _join_names(query)
    return Signals(
        support=max(float(c.support.max()) for c in candidates),
        names=max(min((_match(name, c) for name in names), default=1.0) for c in candidates),
        reading=max(float(c.readings.max()) for c in candidates),
        sentence=max(float(c.nearness.max()) for c in candidates),
        tokens=max(float(c.token_scores.mean()) for c in candidates),
        cosine=max(c.cosine for c in candidates),
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
        word: match >= (_NAME_MENTIONED if word.is_name else _MENTIONED)
        or bool(_passages_with(snapshot, word))
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


def find_names_apart(
    snapshot: Snapshot, query: Query, candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Gives the names of a question that are mentioned, if no passage mentions them together.

    A passage mentions a name of several words if it has any of them. It also counts if it may mean
    the same ("Russians" for the Soviets): rather nothing is said than something wrong.
    """
    mentioned: dict[str, set[int]] = {}
    for name in _join_names(query):
        best = {c.number: max(_match([word], c) for word in name) for c in candidates}
        having = set().union(*(_passages_with(snapshot, word) for word in name))
        if having or max(best.values(), default=0.0) >= _NAME_MENTIONED:
            like = {number for number, match in best.items() if match >= _NAME_MEANT}
            mentioned[" ".join(word.text for word in name)] = having | like
    together = set.intersection(*mentioned.values()) if mentioned else set()
    return () if together else tuple(mentioned)


def _passages_with(snapshot: Snapshot, word: QueryWord) -> set[int]:
    """Gives the passages that have a word or, if none does, one that begins so ("Russians")."""
    found = snapshot.passages_with(word.text)
    if found or len(word.text) <= _STEM_MIN:
        return found
    stem = word.text[: max(len(word.text) - 2, _STEM_MIN)]
    return snapshot.passages_with(stem, prefix=True)


def _touch(one: QueryWord, other: QueryWord) -> bool:
    """Tells whether two words stand side by side in the question."""
    return one.rows[0] - other.rows[-1] in (0, 1) or other.rows[0] - one.rows[-1] in (0, 1)


def _match_words(query: Query, candidates: Sequence[Candidate]) -> list[float]:
    """Gives for each word of the query its best match over all candidates."""
    return [
        max((_match([word], candidate) for candidate in candidates), default=-1.0)
        for word in query.words
    ]


def _match(words: Sequence[QueryWord], candidate: Candidate) -> float:
    """Gives how well a passage matches some words of the query."""
    return float(candidate.token_scores[[row for word in words for row in word.rows]].mean())


def _join_names(query: Query) -> list[list[QueryWord]]:
    """Gives the names of a question, those side by side as one ("Red Army")."""
    names: list[list[QueryWord]] = []
    for word in (word for word in query.words if word.is_name):
        if names and _touch(names[-1][-1], word):
            names[-1].append(word)
        else:
            names.append([word])
    return names
