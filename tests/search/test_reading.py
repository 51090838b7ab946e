"""Which sentences are read, and what follows from it."""

import numpy as np
import pytest

from pactqa.search.ranking import UNREAD
from pactqa.search.reading import SENTENCES_READ, read_candidates

KINGS = "## Tax\n\nKings raise taxes."


class ScriptedReader:
    """Answers with the logits it was given by sentence, and remembers what it read."""

    name = "scripted"

    def __init__(self, logits):
        self.logits = logits
        self.seen = []

    def read(self, question, sentences):
        self.seen += sentences
        self.asked = question
        return np.array([self.logits.get(s, -9.0) for s in sentences], dtype=np.float32)


@pytest.fixture
def candidates(library):
    bees = "Bees dance. They dance for flowers. Honey is food."
    made = library(titles={"bees": "Bees", "kings": "Kings"}, bees=bees, kings=KINGS)
    return made.search("dance")


def test_every_sentence_is_read_word_for_word(candidates):
    reader = ScriptedReader({})
    read_candidates(reader, "dance", candidates)
    assert reader.asked == "dance"
    assert {"They dance for flowers.", "Bees dance.", "Kings raise taxes."} <= set(reader.seen)
    assert len(reader.seen) == sum(len(c.passage.sentences) for c in candidates)


def test_what_the_reader_says_decides_the_key_sentence(candidates):
    assert candidates[0].key_sentence == candidates[0].passage.sentences[0]
    reader = ScriptedReader({"They dance for flowers.": 9.0})
    first = read_candidates(reader, "dance", candidates)[0]
    assert first.key_sentence == first.passage.sentences[1]
    assert first.readings[1] == -UNREAD  # 9, but no sentence counts for more
    assert first.score == candidates[0].score


def test_only_the_nearest_sentences_are_read(candidates):
    reader = ScriptedReader({"Bees dance.": 9.0})
    read = read_candidates(reader, "dance", candidates, limit=1)
    assert reader.seen == ["Bees dance."]
    assert [c.readings.tolist() for c in read if c.essay.id == "kings"] == [[UNREAD]]


def test_each_reading_belongs_to_its_own_sentence(candidates):
    reader = ScriptedReader(
        {"Bees dance.": 3.0, "They dance for flowers.": 2.0, "Honey is food.": 1.0}
    )
    read = read_candidates(reader, "dance", candidates)
    assert {c.essay.id: c.readings.tolist() for c in read} == {
        "bees": [3, 2, 1],
        "kings": [UNREAD],  # -9, but no sentence counts for less
    }
    assert [c.essay.id for c in read] == [c.essay.id for c in candidates]
    assert all(c.readings.tolist() == [UNREAD] * len(c.readings) for c in candidates)


def test_the_nearest_over_all_passages_are_read_first(library):
    text = "\n\n".join(f"Bees dance z{n}z. Kings rule z{n}z." for n in range(SENTENCES_READ))
    reader = ScriptedReader({})
    read_candidates(reader, "bees dance", library(a=text).search("bees dance"))
    assert len(reader.seen) == SENTENCES_READ
    assert all("dance" in sentence for sentence in reader.seen)


def test_nothing_found_is_nothing_read():
    reader = ScriptedReader({})
    assert read_candidates(reader, "why?", []) == []
    assert reader.seen == []


def test_a_reader_that_gives_too_few_numbers_is_not_believed(candidates):
    reader = ScriptedReader({})
    reader.read = lambda question, sentences: np.zeros(len(sentences) - 1)
    with pytest.raises(ValueError, match="zip"):
        read_candidates(reader, "dance", candidates)
