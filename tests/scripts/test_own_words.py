"""The lists of pairs made of questions in people's own words (`scripts/own_words.py`)."""

import importlib.util
import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
SECTION = [f"Sentence {number} of the section." for number in range(9)]
OTHER = ["Another section begins.", "It goes on.", "It ends."]


@pytest.fixture(scope="module")
def own_words():
    loaded = {}
    for name in ("reader_pairs", "own_words"):
        spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
        loaded[name] = sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded[name])
    yield loaded["own_words"]
    for name in loaded:
        del sys.modules[name]


def encode(texts):
    vectors = np.array([np.random.default_rng(len(text)).normal(size=8) for text in texts])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def questions(own_words, tmp_path):
    documents = [
        {
            "id": "a",
            "title": "Bees",
            "heading": "Honey",
            "sentences": SECTION,
            "text": "long " * 90,
        },
        {"id": "b", "title": "Cats", "heading": "", "sentences": OTHER, "text": "short " * 9},
    ]
    asked = [
        {"id": "q1", "question": "how many?", "about_doc": "a", "answer_sentences": SECTION[2:4]},
        {"id": "q2", "question": "who ended it?", "about_doc": "b"},
    ]
    for name, rows in (("documents", documents), ("questions", asked)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return own_words.OwnWords(tmp_path, encode, random.Random(3), context=0.5)


def test_a_list_holds_what_answers_some_of_the_rest_and_one_from_outside(questions):
    made = questions.make_list(questions.questions[0], wrong=5)
    assert [pair.sentence for pair in made if pair.answers] == SECTION[2:4]
    assert len({pair.sentence for pair in made}) == len(made) == 8
    assert made[-1].sentence in OTHER
    assert made[-1].place is None


def test_a_question_that_nothing_answers_has_wrong_sentences_only(questions):
    made = questions.make_list(questions.questions[1], wrong=5)
    assert not any(pair.answers for pair in made)
    assert {pair.sentence for pair in made[:-1]} == set(OTHER)
    assert made[-1].sentence in SECTION


def test_what_misled_the_reader_comes_again(questions):
    row = questions.questions[0]
    made = [
        questions.make_pair("how many?", "a", number, False, ("q1", number)) for number in (5, 8)
    ]
    questions.remember(made, [4.0, 5.0])
    for _ in range(5):
        chosen = questions.choose_wrong("q1", "a", (2, 3), 3)
        assert chosen[:2] == [8, 5]
        assert not {2, 3} & {pair.place[1] for pair in questions.make_list(row, 5)[2:-1]}


def test_every_question_comes_once_a_pass(questions):
    batches = questions.make_batches(1)
    assert sorted(row["id"] for batch in batches for row in batch) == ["q1", "q2"]


def test_the_context_is_title_heading_and_the_sentence_before(own_words, questions):
    assert own_words.describe_place(questions.sections["a"], 1) == f"Bees Honey. {SECTION[0]}"
    assert own_words.describe_place(questions.sections["b"], 0) == "Cats. "


def test_a_misspelt_question_has_one_letter_lost_moved_or_doubled(own_words):
    rng = random.Random(1)
    made = {own_words.misspell("do cats purr?", rng) for _ in range(200)}
    assert {"do cats purr?", "do cats purr"} < made
    assert all(abs(len(text.rstrip("?")) - len("do cats purr")) <= 1 for text in made)


def test_the_earlier_data_has_the_same_context_for_a_whole_group(own_words):
    group = [("who?", "b.", 1), ("who?", "z.", 0)]
    replay = own_words.Replay([group], ["a.", "b.", "c."], random.Random(1), context=0.5)
    taken = [replay.take(2)[0] for _ in range(20)]
    contexts = [{pair.context for pair in pairs} for pairs in taken]
    assert {"a."} in contexts
    assert {""} in contexts
    assert all(len(found) == 1 for found in contexts)
