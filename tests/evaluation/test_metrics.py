"""The figures of an evaluation, on values small enough to count by hand."""

import math

import numpy as np
import pytest

from pactqa.evaluation import metrics
from pactqa.evaluation.metrics import (
    Figure,
    compute_auroc,
    compute_balanced_accuracy,
    measure_auroc,
    measure_balanced_accuracy,
    measure_hit_rate,
    measure_mean,
    measure_reciprocal_rank,
)

RANKS = [1, 2, 3, 4, None]


def test_a_hit_is_a_rank_within_the_depth():
    assert [measure_hit_rate(RANKS, depth).value for depth in (1, 2, 3, 4, 10)] == [
        *(0.2, 0.4, 0.6, 0.8, 0.8)
    ]


def test_the_reciprocal_rank_is_a_mean_of_fractions_and_of_noughts():
    assert measure_reciprocal_rank(RANKS).value == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 5)
    assert measure_reciprocal_rank([2]) == Figure(0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [([3, 4], [1, 2], 1), ([1, 2], [3, 4], 0), ([1, 3], [2, 3], 0.375), ([1], [1], 0.5)],
)
def test_auroc_counts_pairs_and_ties_half(positive, negative, area):
    assert compute_auroc(np.array(positive, float), np.array(negative, float)) == area


def test_auroc_of_one_kind_alone_is_not_a_number():
    some, none = np.array([0.5]), np.array([])
    assert math.isnan(compute_auroc(some, none))
    assert math.isnan(compute_auroc(none, some))


def test_balanced_accuracy_weighs_both_kinds_alike():
    positive = np.array([True, True, True, False])
    negative = np.array([True, False])
    # 3/4 of the one, 1/2 of the other; 4/6 of all would be another figure
    assert compute_balanced_accuracy(positive, negative) == 0.625
    assert measure_balanced_accuracy(positive, negative).value == 0.625
    assert compute_balanced_accuracy(positive, np.array([False] * 6)) == 0.875


def test_draws_are_counted_as_the_value_is():
    random = np.random.default_rng(3)
    positive, negative = random.integers(5, size=(7, 12)), random.integers(4, size=(7, 9))
    drawn = metrics._auroc_of_draws(positive, negative, axis=-1)
    assert drawn == pytest.approx([*map(compute_auroc, positive, negative)])
    positive, negative = positive > 2, negative > 1
    drawn = metrics._balanced_accuracy_of_draws(positive, negative, axis=-1)
    assert drawn == pytest.approx([*map(compute_balanced_accuracy, positive, negative)])


def test_an_interval_is_that_of_the_percentile_bootstrap():
    figure = measure_mean([0.0] * 50 + [1.0] * 50)
    assert figure.value == 0.5
    # 1.96 standard errors of a proportion of 100: 0.098
    assert figure.low == pytest.approx(0.402, abs=0.015)
    assert figure.high == pytest.approx(0.598, abs=0.015)
    assert measure_mean([0.0] * 50 + [1.0] * 50) == figure  # the same each time


def test_values_that_do_not_differ_have_no_width():
    assert measure_mean([1.0, 1.0, 1.0]) == Figure(1, 1, 1)
    assert measure_mean([0.25]) == Figure(0.25, 0.25, 0.25)


def test_both_kinds_keep_their_number_when_they_are_drawn():
    figure = measure_auroc(np.array([0.9]), np.array([0.1, 0.95]))
    assert figure.value == 0.5
    assert (figure.low, figure.high) == (0, 1)
    alone = measure_auroc(np.array([0.2, 0.9]), np.array([0.5]))
    assert (alone.value, alone.low, alone.high) == (0.5, 0, 1)


def test_the_interval_of_the_balanced_accuracy_holds_its_value():
    figure = measure_balanced_accuracy(np.array([True, True, False]), np.array([False, True]))
    assert figure.value == pytest.approx(7 / 12)
    assert figure.low < figure.value < figure.high
