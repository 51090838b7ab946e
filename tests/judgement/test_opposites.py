"""Words that mean the opposite of each other, in any inflection, and words that do not."""

import pytest

from pactqa.judgement.opposites import are_opposite


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stronger", "weakened"), ("refusing", "accepted"), ("trusted", "suspected"),
        ("rose", "fell"), ("known", "unknown"), ("possible", "impossible"),
        ("hopeless", "hopeful"), ("trust", "distrust"), ("before", "after"),
    ],
)  # fmt: skip
def test_opposites_go_both_ways(one, other):
    assert are_opposite(one, other)
    assert are_opposite(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strong", "stronger"), ("increase", "crease"), ("united", "unit"), ("import", "port"),
        ("bread", "butter"), ("impress", "press"), ("invest", "vest"),
    ],
)  # fmt: skip
def test_what_only_looks_so_is_no_opposite(one, other):
    assert not are_opposite(one, other)
