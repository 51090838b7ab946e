"""Computes the figures of an evaluation from judged questions, each with its 95 % interval.

The area under the ROC curve and the balanced accuracy are scikit-learn's; the interval is SciPy's
percentile bootstrap (Efron, 1979) over the questions. "Positive" are the questions that can be
answered, "negative" those that cannot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Figure",
    "compute_auroc",
    "compute_balanced_accuracy",
    "measure_auroc",
    "measure_balanced_accuracy",
    "measure_hit_rate",
    "measure_mean",
    "measure_reciprocal_rank",
]

_RESAMPLES = 2000
_AT_ONCE = 200  # draws; so that thousands of questions fit into memory
_SEED = 0

_Values = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


def measure_hit_rate(ranks: Sequence[int | None], depth: int) -> Figure:
    """Measures how often the right document is among the first `depth`.

    Args:
        ranks: of the right document for each question, from 1; None where it was not found.
        depth: how far down it may stand.
    """
    return measure_mean([rank is not None and rank <= depth for rank in ranks])


def measure_reciprocal_rank(ranks: Sequence[int | None]) -> Figure:
    """Measures the mean of 1 / rank of the right document, 0 where it was not found."""
    return measure_mean([0.0 if rank is None else 1 / rank for rank in ranks])


def measure_mean(values: Sequence[float]) -> Figure:
    """Measures the mean of one value a question."""
    sample = np.array(values, dtype=np.float64)
    return _add_interval(float(sample.mean()), np.mean, sample)


def measure_auroc(positive: _Values, negative: _Values) -> Figure:
    """Measures how well scores tell the positive questions from the negative."""
    return _add_interval(compute_auroc(positive, negative), _auroc_of_draws, positive, negative)


def measure_balanced_accuracy(positive: _Values, negative: _Values) -> Figure:
    """Measures how often a question is called what it is, both kinds weighed alike.

    Args:
        positive: (positive questions,) bool: whether each was called positive.
        negative: (negative questions,) bool: the same.
    """
    value = compute_balanced_accuracy(positive, negative)
    return _add_interval(value, _balanced_accuracy_of_draws, positive, negative)


def compute_auroc(positive: _Values, negative: _Values) -> float:
    """Gives how often a positive scores above a negative, ties half; NaN if either is empty."""
    from sklearn.metrics import roc_auc_score

    if not len(positive) or not len(negative):
        return float("nan")
    labels, scores = _join(positive, negative)
    return float(roc_auc_score(labels, scores))


def compute_balanced_accuracy(positive: _Values, negative: _Values) -> float:
    """Gives the mean of the share of positives called positive and of negatives called negative."""
    from sklearn.metrics import balanced_accuracy_score

    labels, called = _join(positive, negative)
    return float(balanced_accuracy_score(labels, called))


def _join(positive: _Values, negative: _Values) -> tuple[_Values, _Values]:
    """Gives the labels of all questions, and what was measured of them, in the same order."""
    labels = np.repeat([True, False], [len(positive), len(negative)])
    return labels, np.concatenate([positive, negative])


# scikit-learn takes one sample at a time, and two thousand of them take it a minute; these two give
# the same numbers for all draws at once.


def _auroc_of_draws(positive: _Values, negative: _Values, axis: int) -> _Values:
    """Gives the AUROC of each draw: the share of pairs that Mann and Whitney's U counts (1947)."""
    from scipy.stats import mannwhitneyu

    counted = mannwhitneyu(positive, negative, axis=axis, method="asymptotic").statistic
    share: _Values = counted / (positive.shape[axis] * negative.shape[axis])
    return share


def _balanced_accuracy_of_draws(positive: _Values, negative: _Values, axis: int) -> _Values:
    """Gives the balanced accuracy of each draw: the mean of the two kinds' shares."""
    right: _Values = positive.mean(axis=axis) + (~negative).mean(axis=axis)
    return right / 2


def _add_interval(value: float, statistic: Callable[..., Any], *samples: _Values) -> Figure:
    """Gives a value with its interval; each sample is drawn from apart, so it keeps its number."""
    from scipy.stats import bootstrap

    # SciPy refuses a sample of one, which can only be drawn as it is; twice the same is as good.
    drawn_from = [np.repeat(sample, 2) if len(sample) == 1 else sample for sample in samples]
    interval = bootstrap(
        drawn_from,
        statistic,
        n_resamples=_RESAMPLES,
        batch=_AT_ONCE,
        method="percentile",
        rng=_SEED,
    ).confidence_interval
    return Figure(value, float(interval.low), float(interval.high))
