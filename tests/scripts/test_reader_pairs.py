"""The pairs that the reader is trained on (`scripts/reader_pairs.py`)."""

import importlib.util
import random
import sys
from pathlib import Path

import numpy as np
import pytest

FILE = Path(__file__).parents[2] / "scripts" / "reader_pairs.py"
QUESTIONS = ["when did paris rise?", "who led the army in 1911?", "what did the bees make?"]
SENTENCES = [
    "paris rose in june 1789.",
    "in 1911 the king led the army of the north.",
    "the bees made honey in two hives.",
]


@pytest.fixture(scope="module")
def pairs():
    spec = importlib.util.spec_from_file_location("reader_pairs", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["reader_pairs"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules["reader_pairs"]


@pytest.fixture
def maker(pairs):
    def encode(texts):
        random_vectors = [np.random.default_rng(len(text)).normal(size=8) for text in texts]
        return np.array([vector / np.linalg.norm(vector) for vector in random_vectors])

    rows = pairs.TrainingRows(
        questions=QUESTIONS * 20, sentences=SENTENCES * 20, answers=[[] for _ in range(60)]
    )
    rows.unanswerable.append(("who fell in 1911?", SENTENCES))
    return pairs.PairMaker(rows, encode, random.Random(1))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("1911", "year"),
        ("7", "digits"),
        ("12345", "digits"),
        ("²", "word"),  # a digit to Unicode, but no number
        ("june", "month"),
        ("may", "word"),
        ("third", "ordinal"),
        ("19th", "century"),
        ("honey", "word"),
    ],
)
def test_the_kind_of_a_word(pairs, word, kind):
    assert pairs.find_kind(word) == kind


def test_opposites_hold_in_both_directions(pairs):
    assert all(
        word in pairs.ANTONYMS[other] for word, others in pairs.ANTONYMS.items() for other in others
    )


def test_only_whole_words_are_exchanged(pairs):
    assert pairs.exchange("the army, an armyman", "army", "navy") == "the navy, an armyman"
    assert pairs.swap_words("bees need kings", "bees", "kings") == "kings need bees"


def test_only_the_pair_changed_on_both_sides_answers(pairs):
    changed = pairs.pair_changes("who led?", "he led.", lambda text: text.replace("led", "fled"))
    assert changed == [
        ("who fled?", "he led.", 0),
        ("who led?", "he fled.", 0),
        ("who fled?", "he fled.", 1),
    ]


def test_a_pass_has_each_right_pair_and_never_a_right_one_as_wrong(maker):
    groups = maker.make_pass(1.0, squad=False)
    assert len(groups) == 60
    made = [pair for group in groups for pair in group]
    right = set(zip(QUESTIONS, SENTENCES, strict=True))
    assert right <= {pair[:2] for pair in made if pair[2]}
    assert not {pair[:2] for pair in made if not pair[2]} & right
    assert 0.1 < sum(pair[2] for pair in made) / len(made) < 0.6


def test_what_nothing_answers_comes_with_its_best_sentence(maker):
    made = [pair for group in maker.make_pass(0.0, squad=True) for pair in group]
    assert {pair[0] for pair in made} == {"who fell in 1911?"}
    assert SENTENCES[0] in {pair[1] for pair in made}
    assert {pair[2] for pair in made} == {0}


def test_each_pass_is_made_anew_and_alike_from_the_same_seed(maker):
    one, other = maker.make_pass(1.0, squad=False), maker.make_pass(1.0, squad=False)
    assert one != other
    maker.rng.seed(5)
    again = maker.make_pass(1.0, squad=False)
    maker.rng.seed(5)
    assert maker.make_pass(1.0, squad=False) == again


def test_batches_hold_pairs_of_similar_length(pairs):
    groups = [[("q", "x" * length, 1), ("q", "x" * length, 0)] for length in (5, 90, 6, 80)]
    batches = pairs.cut_batches(groups, 4, random.Random(1))
    assert sorted(sorted(len(pair[1]) for pair in batch) for batch in batches) == [
        [5, 5, 6, 6],
        [80, 80, 90, 90],
    ]
