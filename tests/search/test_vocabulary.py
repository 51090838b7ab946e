"""The essays' own words: how often, and with which capitals."""

import pytest

from pactqa.search.vocabulary import read_vocabulary


def test_words_are_counted_whatever_their_case_and_numbers_are_not_words():
    vocabulary = read_vocabulary(["The king saw the King in 1939.", "the 1930s"])
    assert vocabulary.counts == {"the": 3, "king": 2, "saw": 1, "in": 1, "s": 1}
    assert "KING" in vocabulary and "queen" not in vocabulary


@pytest.mark.parametrize("typed", ["munich", "MUNICH", "Munich"])
def test_a_name_is_known_in_any_case_and_written_as_the_essays_do(typed):
    vocabulary = read_vocabulary(["He went to Munich."])
    assert vocabulary.is_name(typed)
    assert vocabulary.write(typed) == "Munich"


@pytest.mark.parametrize(
    "text",
    [
        "Bread is dear.",
        "It ended. Bread was dear.",
        "“Bread is dear.”",
        "First line\nBread is dear.",
        "What of it? ‘Bread’ was dear.",
        "It had one fault: Bread was dear.",
        "The Price of Bread and bread itself",
        "It ended.\n\n## The Price of Bread\n\nSo it was.",
        "It ended.                      Bread was dear.",
    ],
)
def test_a_capital_that_begins_a_sentence_or_stands_in_a_heading_makes_no_name(text):
    vocabulary = read_vocabulary([text])
    assert not vocabulary.is_name("bread")
    assert vocabulary.write("bREAD") == "bREAD"


def test_the_most_usual_capitals_win():
    vocabulary = read_vocabulary(["The old USSR and the Ussr and the USSR."])
    assert vocabulary.write("ussr") == "USSR"


def test_an_accent_and_another_script_are_letters():
    vocabulary = read_vocabulary(["He met Švejk and Сталин."])
    assert vocabulary.write("švejk") == "Švejk"
    assert vocabulary.is_name("сталин")


def test_names_get_their_capitals_in_a_text_and_nothing_else_changes():
    vocabulary = read_vocabulary(["Old Stalin met the king in Munich; a USSR of bread."])
    text = "did STALIN’s king go to munich, in the ussr? (bread)"
    written = vocabulary.write_names(text)
    assert written == "did Stalin’s king go to Munich, in the USSR? (bread)"
    assert len(written) == len(text)
    assert read_vocabulary(["They met in Straße."]).write_names("STRASSE") == "STRASSE"


def test_a_word_with_a_capital_only_inside_it_is_no_name():
    assert not read_vocabulary(["He saw an iPad there."]).is_name("ipad")


def test_a_word_twelve_characters_in_is_not_taken_for_the_first():
    assert read_vocabulary(["(- - - - - ) and Honey."]).is_name("honey")
    assert read_vocabulary(["A Honey is."]).is_name("honey")
