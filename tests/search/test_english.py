"""General English: what is a word, in any of its forms."""

import pytest

from pactqa.search.english import English, read_english

SMALL = English({"stop": 9_000_000, "carry": 1, "happy": 1, "use": 1, "analyze": 1, "center": 1})


@pytest.mark.parametrize(
    "word",
    "stop STOPS stopped stopping carries carried happily unhappy centre whats didnt xrays".split(),
)
def test_a_form_of_a_known_word_is_known(word):
    assert SMALL.knows(word)


@pytest.mark.parametrize(
    "word", ["stpo", "stopp", "useded", "carryy", "hapy", "us", "ed", "ing", ""]
)
def test_what_is_no_form_of_a_known_word_is_not(word):
    assert not SMALL.knows(word)


def test_a_short_word_has_no_forms_but_its_plural():
    english = English({"sig": 1})
    assert english.knows("sigs")
    assert not english.knows("siged")


def test_only_words_that_occur_often_are_common():
    assert SMALL.is_common("stop")
    assert not SMALL.is_common("stops")
    assert not SMALL.is_common("carry")


def test_the_list_knows_general_words():
    english = read_english()
    assert all(map(english.knows, ["football", "oil", "calories", "kremlin"]))
    assert not any(map(english.knows, ["footbal", "thier", "chamberlian"]))
    assert english.is_common("of")
