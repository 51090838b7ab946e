"""Questions that only name something, and where its words stand."""

import pytest

from pactqa.search.lookup import find_words, is_lookup, put_first
from pactqa.search.query import encode_question

TEXT = "Bees dance. The king of bees-wax met kings.\n\nPolish bread was dear in Warsaw."


@pytest.fixture
def found(library):
    """Gives the candidates of a made essay, by their first words."""
    made = library(plain=TEXT)
    return {c.passage.text.split()[0]: c for c in made.search("bees bread")}


@pytest.mark.parametrize("text", ["Munich", "the Baltic states", "Great Purges!", "bees"])
def test_a_name_alone_is_looked_up(encoder, text):
    assert is_lookup(encode_question(encoder, text))


@pytest.mark.parametrize(
    "text",
    [
        "Munich?",  # a mark asks
        "who met",
        "when bees dance",
        "bees honey flowers winter",  # four words are no name
        "the of and",  # no word of its own
        "",
        "Bees " + "of " * 30,
    ],
)
def test_what_asks_or_says_more_is_not(encoder, text):
    assert not is_lookup(encode_question(encoder, text))


def words_of(candidate, encoder, text, others=()):
    query = encode_question(encoder, text, find_others=lambda word: frozenset(others))
    spans = find_words(candidate, query.words)
    return [candidate.essay.text[span.start : span.end] for span in spans]


def test_a_word_is_found_in_its_forms_and_in_words_with_a_hyphen(found, encoder):
    assert words_of(found["Bees"], encoder, "bee") == ["Bees", "bees-wax"]
    assert words_of(found["Bees"], encoder, "KINGS") == ["king", "kings"]
    assert words_of(found["Bees"], encoder, "dances") == ["dance"]
    assert words_of(found["Bees"], encoder, "be") == []


def test_other_names_are_found_too(found, encoder):
    assert words_of(found["Polish"], encoder, "Poland", {"polish", "warsaw"}) == [
        "Polish",
        "Warsaw",
    ]
    assert words_of(found["Polish"], encoder, "Poland") == []


def test_chosen_candidates_come_first_and_keep_their_order(found):
    bees, bread = found["Bees"], found["Polish"]
    assert put_first([bees, bread], {bread.number}) == [bread, bees]
    assert put_first([bees, bread], {bees.number, bread.number}) == [bees, bread]
    assert put_first([bees, bread], ()) == [bees, bread]
