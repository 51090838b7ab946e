"""Where the words of a quotation stand in the essays, and how two places lie to each other."""

import pytest

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Span
from pactqa.search.quotation_places import (
    EssayWords,
    Place,
    find_exactly,
    find_nearly,
    find_pieces,
    follows,
    is_left_out,
)
from pactqa.search.quotations import read_quoted_words

BEES = Essay("bees", "Bees", "Bees like the red flowers. In winter the old queen rests. Bees rest.")
KINGS = Essay("kings", "Kings", "Kings tax the bread of people. In winter the old king rests.")


def words(text):
    return read_quoted_words(text)


def essays(*wanted):
    return [EssayWords(essay) for essay in wanted]


def place(essay, text):
    start = essay.text.index(text)
    return Place(essay, Span(start, start + len(text)))


def test_one_place_follows_another_of_its_essay_only():
    first, second = place(BEES, "Bees like"), place(BEES, "the red")
    assert follows(first, second)
    assert not follows(second, first)
    assert not follows(first, place(KINGS, "of people"))
    assert follows(place(BEES, "Bees"), place(BEES, " like"))  # side by side
    assert not follows(place(BEES, "Bees like"), place(BEES, "like the"))


@pytest.mark.parametrize(("between", "left_out"), [(0, True), (40, True), (41, False)])
def test_no_more_than_forty_words_are_left_out(between, left_out):
    essay = Essay("long", "Long", "first " + "word " * between + "last")
    assert is_left_out(place(essay, "first"), place(essay, "last")) is left_out


def test_what_stands_before_is_not_left_out_behind():
    assert not is_left_out(place(BEES, "the red"), place(BEES, "Bees like"))


def test_words_are_found_in_the_first_essay_that_has_them_from_a_place_on():
    everywhere = essays(BEES, KINGS)
    assert find_exactly(words("IN WINTER the"), everywhere) == place(BEES, "In winter the")
    assert find_exactly(words("winter the old king"), everywhere) == place(
        KINGS, "winter the old king"
    )
    assert find_exactly(words("in winter the old queer"), everywhere) is None
    assert find_exactly(words("bees"), everywhere).span == Span(0, 4)
    again = find_exactly(words("bees"), everywhere, 1)
    assert again.span == Span(BEES.text.rindex("Bees"), BEES.text.rindex("Bees") + 4)
    assert find_exactly(words("the"), everywhere, len(BEES.text) - 5) is None
    assert find_exactly(words("he"), everywhere) is None  # a part of a word is no word


def test_two_pieces_are_the_longest_first_and_the_rest_behind_it():
    text = words("like the red flowers the old queen rests")
    assert find_pieces(text, essays(KINGS, BEES)) == (
        place(BEES, "like the red flowers"),
        place(BEES, "the old queen rests"),
    )
    # Behind the first piece if the words stand there, though they stand before it too.
    twice = Essay("twice", "Twice", "a b c d. one two three four. a b c d. end")
    head, tail = find_pieces(words("one two three four a b c d"), essays(twice)) or (None, None)
    assert head is None or tail.span.start > head.span.end


def test_pieces_of_three_words_are_none():
    assert find_pieces(words("like the red the old queen rests"), essays(BEES)) is None
    assert find_pieces(words("like the red flowers the old queen"), essays(BEES)) is None


def test_what_is_nearly_there_is_found_with_the_words_that_differ():
    found = find_nearly(words("in summer the old queen rests"), essays(KINGS, BEES))
    assert found.essay is BEES
    assert BEES.text[found.span.start : found.span.end] == "In winter the old queen rests"
    (change,) = found.changes
    assert BEES.text[change.essay.start : change.essay.end] == "winter"
    assert (change.quoted.start, change.quoted.end) == (3, 9)


def test_a_word_left_out_has_an_empty_place_behind_the_word_before():
    found = find_nearly(words("in winter the queen rests"), essays(BEES))
    (change,) = found.changes
    assert BEES.text[change.essay.start : change.essay.end] == "old"
    assert change.quoted == Span(13, 13)


def test_other_words_are_nowhere():
    assert find_nearly(words("wasps eat cheese at noon"), essays(BEES, KINGS)) is None
    assert find_nearly(words("wasps"), [EssayWords(Essay("no", "No", "…"))]) is None
