"""The words of a text and which of them are the same word."""

import pytest

from pactqa.search.words import are_same, find_names_in, forms_of, is_past_form, read_words


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The miller met Ann. Ben slept.", ["Ann"]),  # "Ben" opens a sentence
        ("In Leeds He slept.", ["Leeds"]),  # no word of grammar is a name
        ("the british army", ["british"]),  # a country in any case
    ],
)
def test_a_word_is_a_name_by_its_capital_within_a_sentence(text, names):
    assert [word.text for word in read_words(text) if word.is_name] == names


def test_words_given_as_names_are_names_in_any_case():
    assert [w.text for w in read_words("ann met ben", ["ann"]) if w.is_name] == ["ann"]


def test_the_first_word_alone_is_a_name_by_being_no_common_one():
    assert find_names_in("Khalkhin Met the mill of the town.") == {"khalkhin", "met"}
    assert find_names_in("Khalkhin fell to the khan.") == {"khalkhin"}
    assert find_names_in("the Khan fell to the mill") == {"khan"}


def test_apostrophes_are_one():
    assert [word.key for word in read_words("didn’t didn't")] == ["didn't", "didn't"]


@pytest.mark.parametrize(
    ("word", "past"),
    [
        ("warned", True),
        ("Ate", True),
        ("met", True),
        ("meet", False),
        ("red", True),
        ("oil", False),
    ],
)
def test_a_past_form_is_told_by_its_ending_or_a_list(word, past):
    assert is_past_form(word) is past


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nazi-Soviet", "Nazi", True), ("Nazi", "Nazi-Soviet", True),
        ("anti-war", "war", False),  # too short
        ("well-known", "half-known", False),
    ],
)  # fmt: skip
def test_a_part_of_a_word_with_a_hyphen_is_the_word(one, other, same):
    assert are_same(*read_words(f"x {one} {other}")[1:]) is same
