"""Negations: the word that a sentence denies, and where its denial stands."""

import pytest

from pactqa.judgement.negations import denies, find_negated, has_negation
from pactqa.search.words import read_words


def show(text):
    """Gives each word denied, and the words from the denial to it."""
    found = find_negated(text, read_words(text))
    return [(negated.word.text, text[negated.span.start : negated.span.end]) for negated in found]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The miller did not sell bread.", [("sell", "not sell")]),
        ("The miller didn't sell bread.", [("sell", "didn't sell")]),
        ("The miller didn’t sell bread.", [("sell", "didn’t sell")]),
        ("The miller cannot sell bread.", [("sell", "cannot sell")]),
        ("No miller sold bread.", [("miller", "No miller")]),
        ("He sold nothing.", [("sold", "sold nothing")]),
        ("Nothing was sold.", []),
        ("Nobody sold bread.", [("sold", "Nobody sold")]),
        ("He asked nobody there.", [("asked", "asked nobody")]),
        ("He refused to sell bread.", [("sell", "refused to sell")]),
        ("He was reluctant to fully sell it.", [("sell", "reluctant to fully sell")]),
        ("He refused bread.", []),
        ("He did not really sell bread.", [("sell", "not really sell")]),
        ("He did not think of it.", []),
        ("He did not only sell bread.", []),
        ("It was no longer his mill.", []),
        ("It was not, he said, a mill.", []),
        ("He did not, because he slept, sell it.", []),
        ("It was not in or of the or at the mill.", []),  # five words further on
        ("No. 5 was a mill.", []),
        ("He sold no bread and never slept.", [("bread", "no bread"), ("slept", "never slept")]),
    ],
)
def test_a_denial_is_about_the_next_word_that_carries_a_subject(text, denied):
    assert show(text) == denied


@pytest.mark.parametrize(
    ("text", "denial", "negation"),
    [
        ("He denied it.", True, False),
        ("He sold it despite the king.", True, False),
        ("He never sold it.", True, True),
        ("He won’t sell it.", True, True),
        ("He hardly slept.", True, False),
        ("The knot held.", False, False),
    ],
)
def test_words_of_denial_are_more_than_words_of_negation(text, denial, negation):
    assert (denies(text), has_negation(text)) == (denial, negation)
