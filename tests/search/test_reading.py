"""Which sentences are read, and what follows from it."""

from pathlib import Path

import numpy as np
import pytest

from pactqa.essays.files import Essay
from pactqa.index.refresh import refresh_index
from pactqa.index.store import Store
from pactqa.index.vectors import open_index
from pactqa.search.query import encode_question
from pactqa.search.ranking import UNREAD, search_passages
from pactqa.search.reading import read_candidates
from tests.conftest import FakeEncoder

ESSAYS = [
    Essay(id="bees", title="Bees", text="Bees dance. They dance for flowers. Honey is food."),
    Essay(id="kings", title="Kings", text="## Tax\n\nKings raise taxes."),
]


class ScriptedReader:
    """Answers with the logits it was given by sentence, and remembers what it read."""

    name = "scripted"

    def __init__(self, logits):
        self.logits = logits
        self.seen = []

    def read(self, question, sentences):
        self.seen += sentences
        return np.array([self.logits.get(s.text, -9.0) for s in sentences], dtype=np.float32)


@pytest.fixture
def candidates(tmp_path: Path):
    encoder, store = FakeEncoder(), Store(tmp_path / "index")
    refresh_index(store, ESSAYS, encoder)
    with store.read() as snapshot:
        index = open_index(store, snapshot)
        query = encode_question(encoder, "dance")
        return search_passages(snapshot, index, ESSAYS, query)


def test_a_sentence_is_read_with_what_stands_around_it(candidates):
    reader = ScriptedReader({})
    read_candidates(reader, "dance", candidates)
    by_text = {sentence.text: sentence for sentence in reader.seen}
    middle = by_text["They dance for flowers."]
    assert (middle.title, middle.before, middle.after) == ("Bees", "Bees dance.", "Honey is food.")
    alone = by_text["Kings raise taxes."]
    assert (alone.title, alone.before, alone.after) == ("Kings Tax", "", "")


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
    assert [sentence.text for sentence in reader.seen] == ["Bees dance."]
    assert [c.readings.tolist() for c in read if c.essay.id == "kings"] == [[UNREAD]]


def test_nothing_found_is_nothing_read():
    reader = ScriptedReader({})
    assert read_candidates(reader, "why?", []) == []
    assert reader.seen == []
