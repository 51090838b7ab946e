"""The words of a text and which of them are the same word."""

import pytest

from pactqa.search.wording import are_same, find_names_in, forms_of, read_words


def test_words_know_where_they_stand():
    text = "Stalin’s USSR and the Soviet Union signed."
    words = read_words(text)
    assert [word.text for word in words] == [
        "Stalin", "USSR", "and", "the", "Soviet Union", "signed",
    ]  # fmt: skip
    assert all(text[word.start : word.end] == word.text for word in words)
    assert [word.is_country for word in words] == [False, True, False, False, True, False]
    assert [word.carries for word in words] == [True, True, False, False, True, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("signed", "signing", True), ("knew", "known", True), ("countries", "country", True),
        ("USSR", "Soviet Union", True), ("British", "Britain", True),
        ("Nazi-Soviet", "Soviet", True), ("trust", "distrust", False), ("known", "unknown", False),
        ("Germany", "Poland", False), ("rose", "rise", True),
    ],
)  # fmt: skip
def test_two_words_are_the_same_in_another_form(one, other, same):
    assert are_same(*read_words(f"x {one} {other}")[1:]) is same


def test_a_form_is_an_english_word_and_no_opposite():
    assert forms_of("distrusted") == {"distrusted", "distrust"}


@pytest.mark.parametrize(
    ("claim", "names"),
    [
        ("Khalkhin met Gol in the mill.", {"khalkhin", "gol"}),
        ("The mill of Ann burnt.", {"ann"}),
        ("THE MILL OF ANN BURNT", set()),
        ("People met in the mill.", set()),
    ],
)
def test_names_are_told_by_their_capitals(claim, names):
    assert find_names_in(claim) == names
