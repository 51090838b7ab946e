"""Light words: nobody looks for them in an essay."""

import pytest

from pactqa.judgement.light_words import is_light


@pytest.mark.parametrize(
    "word", ["whole", "Everyone", "nobody", "almost", "entirely", "possibly", "happily",
             "basically", "plenty", "factor"],
)  # fmt: skip
def test_words_of_degree_and_pronouns_are_light(word):
    assert is_light(word)


@pytest.mark.parametrize(
    "word", ["family", "assembly", "monopoly", "ally", "supply", "oil", "Italy", "army", "treaty",
             "wholesale"],
)  # fmt: skip
def test_what_may_be_looked_for_is_not(word):
    assert not is_light(word)
