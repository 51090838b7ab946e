"""Every number that was fitted or chosen by measuring, as one frozen value.

They lie in `weights/fitted.json`, each group with the data and the command that gave it, beside the
names of the encoder and the reader they were fitted with: another model gives other distances, and
numbers of this one would judge it silently wrong.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from pactqa.errors import ReaderError

__all__ = [
    "FITTED_FILE",
    "BearingWeights",
    "ConfidenceModel",
    "Fitted",
    "MentionBars",
    "OutlineBars",
    "RankingWeights",
    "load_fitted",
]

FITTED_FILE = Path(__file__).with_name("weights") / "fitted.json"

_Group = TypeVar("_Group")


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """The weights that order passages and sentences.

    Attributes:
        rrf_k: the constant of reciprocal rank fusion.
        cosine: of a sentence's cosine, beside its MaxSim, which weighs 1.
        kind: of saying a thing of the kind asked for.
        maxsim: of the whole passage's MaxSim.
        reading: of the reader's log odds, in what makes a sentence the key sentence.
        asking: taken off the score of a passage in which every sentence asks or announces.
        near_duplicate: the share of words in common from which two passages say the same.
    """

    rrf_k: float
    cosine: float
    kind: float
    maxsim: float
    reading: float
    asking: float
    near_duplicate: float


@dataclass(frozen=True, slots=True)
class OutlineBars:
    """The bars that tell a question as wide as an essay's title.

    Attributes:
        title_word: how near each word of the question must be to a word of the title.
        title_word_beside: the same for a question that has two words of the title itself.
        title_cosine: how near the whole question must be to the whole title.
    """

    title_word: float
    title_word_beside: float
    title_cosine: float


@dataclass(frozen=True, slots=True)
class MentionBars:
    """The bars from which a passage's word is taken to mean a word of the question.

    Attributes:
        word: for a word that is no name.
        name: for a name.
    """

    word: float
    name: float


@dataclass(frozen=True, slots=True)
class BearingWeights:
    """The weights that order the sentences which bear on a claim.

    Attributes:
        maxsim: of the sentence's MaxSim, beside that weighed by rarity, which weighs 1.
        passage: of its passage's MaxSim.
        reading: of the reader's log odds, beside the mean of these three.
        same: how near a token must be to one of the claim, for the claim's to count as common.
        covers: how near it must be, to cover some of the claim's.
        gain: of what a sentence covers that no sentence before it does.
    """

    maxsim: float
    passage: float
    reading: float
    same: float
    covers: float
    gain: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic regression over signals, and the two thresholds of the status.

    Attributes:
        weights: of the signals, by name.
        intercept: of the regression.
        answered: the confidence from which a question is answered, or a claim found.
        nearby: how near the nearest sentence must be, for a question or claim not to be absent.
    """

    weights: Mapping[str, float]
    intercept: float
    answered: float
    nearby: float

    def compute(self, signals: object) -> float:
        """Gives the confidence, from 0 to 1, that the best passages answer.

        Args:
            signals: a value with an attribute for each name in `weights`.
        """
        logit = sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1 / (1 + float(np.exp(-logit - self.intercept)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """All fitted numbers, and the models that they were fitted with."""

    encoder: str
    reader: str
    ranking: RankingWeights
    outline: OutlineBars
    mentions: MentionBars
    confidence: ConfidenceModel
    bearing: BearingWeights
    claims: ConfidenceModel

    def describe_misfit(self, encoder: str, reader: str) -> str:
        """Gives a sentence about models that these numbers were not fitted with, `""` for none."""
        others = [
            f"{kind} {found} (fitted with {wanted})"
            for kind, found, wanted in (
                ("encoder", encoder, self.encoder),
                ("reader", reader, self.reader),
            )
            if found != wanted
        ]
        if not others:
            return ""
        return (
            f"The thresholds of 'answered' were fitted with other models: {', '.join(others)}. "
            "Passages are quoted as ever; how sure an answer is may be wrong until "
            "scripts/fit_confidence.py is run with these models."
        )


@cache
def load_fitted(file: Path = FITTED_FILE) -> Fitted:
    """Loads the fitted numbers, by default those that come with the package.

    Raises:
        ReaderError: if the file cannot be read or does not hold every number, and no other.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Fitted(
            encoder=content["encoder"],
            reader=content["reader"],
            ranking=_read_group(RankingWeights, content["ranking"]),
            outline=_read_group(OutlineBars, content["outline"]),
            mentions=_read_group(MentionBars, content["mentions"]),
            confidence=_read_group(ConfidenceModel, content["confidence"]),
            bearing=_read_group(BearingWeights, content["bearing"]),
            claims=_read_group(ConfidenceModel, content["claims"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderError(
            f"{file}: the fitted numbers cannot be read ({error!r}). Restore the file, or make it "
            "again with scripts/fit_confidence.py."
        ) from error


def _read_group(group: type[_Group], content: Mapping[str, Any]) -> _Group:
    """Makes a group of its numbers; what says where they come from is left out."""
    numbers = {name: content[name] for name in content if name not in ("data", "command")}
    known = {field.name for field in fields(group)}  # type: ignore[arg-type]  # a dataclass
    if numbers.keys() != known:
        raise ValueError(f"{group.__name__} has {sorted(known)}, not {sorted(numbers)}")
    return group(**numbers)
