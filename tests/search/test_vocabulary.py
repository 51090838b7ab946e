"""Which words the essays use, and which of them are names."""

import pytest

from pactqa.essays.files import Essay
from pactqa.search.vocabulary import Vocabulary, build_vocabulary


def build(*texts, title=""):
    return build_vocabulary([Essay(id=str(n), title=title, text=t) for n, t in enumerate(texts)])


def test_the_words_of_titles_and_texts_are_counted_in_small_letters():
    vocabulary = build("Bees dance. The BEES’ queen’s dance!", title="On bees")
    assert vocabulary.counts == {"on": 1, "bees": 3, "dance": 2, "the": 1, "queen": 1}


def test_a_word_with_a_capital_inside_a_sentence_is_a_name_as_it_is_written():
    vocabulary = build("There Stalin met McAdoo, but not Stalin’s mother.")
    assert vocabulary.names == {"stalin": "Stalin", "mcadoo": "McAdoo"}


@pytest.mark.parametrize(
    "text",
    [
        "Honey is food.",
        "It is food. Honey is.",
        "Is it food? Honey!",
        "It is food! Honey.",
        "It is this: Honey.",
        "It is … Honey.",
        "It is food\nHoney is.",
        "It is food\r\n\r\nHoney is.",
        "He said “Honey”.",
        'He said "Honey".',
        "He said ‘Honey’.",
        "It is food (Honey is).",
        "It is [Honey].",
        "# Honey",
        "## 1. Honey",
        "- Honey",
        "* Honey",
        "_Honey_ is",
        "**Honey** is",
        "– said 1. Honey",
        "It ends. “(Honey",
    ],
)
def test_a_capital_that_a_sentence_heading_or_quotation_may_ask_for_says_nothing(text):
    assert "honey" not in build(text).names
    assert "honey" in build(text).counts


@pytest.mark.parametrize(
    "text",
    [
        "It is 3 Honey.",
        "A jar, Honey says.",
        "A Honey is.",
        "one two three four five six seven Honey",
    ],
)
def test_any_other_capital_does(text):
    assert "honey" in build(text).names


def test_a_word_written_both_ways_is_what_it_mostly_is():
    assert "west" in build("In the West and the West it is west.").names
    assert "west" not in build("In the West it is west.").names
    assert "west" not in build("In the West it is west", "and west again").names
    assert "west" not in build("West. West. In the West it is west.").names, "beginnings count not"


def test_a_name_is_written_as_it_mostly_is():
    assert build("by NATO or Nato, and NATO").names == {"nato": "NATO"}
    assert build("by Nato or NATO, and Nato").names == {"nato": "Nato"}


def test_the_words_of_a_title_are_no_names_by_their_capitals():
    assert build("It is so.", title="The Long Way of Bees").names == {}


def test_no_essay_has_no_words():
    assert build_vocabulary([]) == Vocabulary({}, {}) == Vocabulary()
