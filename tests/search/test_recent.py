"""The passages that were needed last: read once, never too many, the same as if they were read."""

import numpy as np
import pytest

from pactqa.search.recent import RecentPassages

ESSAY = "\n\n".join(f"Bees fly {n}. Why do they? Honey is made of nectar." for n in range(5))


class Counting:
    """A snapshot that counts which passages are read of it."""

    def __init__(self, snapshot):
        self._snapshot = snapshot
        self.read = []

    def passages(self, numbers):
        self.read += numbers
        return self._snapshot.passages(numbers)

    def tokens(self, numbers):
        return self._snapshot.tokens(numbers)

    def vectors_of(self, numbers):
        return self._snapshot.vectors_of(numbers)


@pytest.fixture
def snapshot(library):
    with library(bees=ESSAY).store.read() as opened:
        yield Counting(opened)


def test_a_passage_is_read_once(snapshot):
    recent = RecentPassages()
    first = recent.read(snapshot, [1, 2])
    again = recent.read(snapshot, [2, 3, 1])
    assert snapshot.read == [1, 2, 3]
    assert again[1] is first[1]
    assert [again[number].passage.paragraph for number in (1, 2, 3)] == [1, 2, 3]


def test_no_more_are_kept_than_may_be_and_the_oldest_go_first(snapshot):
    recent = RecentPassages(2)
    found = recent.read(snapshot, [1, 2, 3, 4])
    assert list(found) == [1, 2, 3, 4], "a question may need more than are kept"
    recent.read(snapshot, [3])
    recent.read(snapshot, [5])
    recent.read(snapshot, [3])
    assert snapshot.read == [1, 2, 3, 4, 5]
    recent.read(snapshot, [4])
    assert snapshot.read[-1] == 4


def test_what_is_known_of_the_sentences_is_what_they_say(snapshot):
    kept = RecentPassages().read(snapshot, [2])[2]
    assert kept.texts == ("Bees fly 1.", "Why do they?", "Honey is made of nectar.")
    assert kept.states.tolist() == [True, False, True]
    assert "nectar" in kept.subject_words[2]
    assert "nectar" not in kept.subject_words[0]
    assert kept.owns.shape == (3, len(kept.tokens))
    assert kept.owns.any(axis=1).all()
    assert not (kept.owns[0] & kept.owns[2]).any(), "without a heading no token is of two sentences"
    assert np.allclose(np.linalg.norm(kept.tokens, axis=1), 1, atol=1e-5)


def test_the_tokens_of_the_heading_belong_to_each_sentence(library):
    with library(bees="# Honey\n\nBees fly. They rest.").store.read() as opened:
        kept = RecentPassages().read(opened, [1])[1]
    both = kept.owns[0] & kept.owns[1]
    assert both.sum() == 1


def test_a_new_generation_is_not_answered_from_the_old_one(assistant, write_corpus):
    opened = assistant({"bees.md": "Bees need flowers."})
    assert opened.ask("Why do bees need flowers?").hits[0].passage.text == "Bees need flowers."
    write_corpus({"bees.md": "Bees need honey."})
    opened.refresh()
    assert opened.ask("Why do bees need honey?").hits[0].passage.text == "Bees need honey."
