import json
from dataclasses import FrozenInstanceError, replace

import pytest

from pactqa.answer import K_MAX, check_k, check_question, render_json
from pactqa.errors import QuestionError

BEES = """---
title: The Bees
author: A. Keeper
notes:
  - quote: six flowers
    note: A bee visits hundreds.
  - quote: a cold queen
    note: She is warm.
---
Bees need six flowers. They dance.

# Winter
In winter a cold queen rests because flowers are gone.

Bees need rest.
"""
ANSWER_KEYS = ["question", "searched_as", "status", "missing", "passages"]
PASSAGE_KEYS = [
    *("rank", "score", "essay", "title", "author", "heading", "paragraph"),
    *("start", "end", "quote", "key_sentence", "notes"),
]


@pytest.fixture
def answer(assistant):
    return assistant({"bees.md": BEES, "k.txt": "The king."}).ask("Why do bees need flowers?", k=3)


def test_the_number_of_passages_is_eight_for_reasons_and_five_otherwise():
    assert check_k(None, True) == 8
    assert check_k(None, False) == 5


@pytest.mark.parametrize("k", [1, 7, K_MAX])
def test_a_number_of_passages_that_is_asked_for_is_taken(k):
    assert check_k(k, True) == check_k(k, False) == k


@pytest.mark.parametrize("k", [0, -1, 21, 10**9])
def test_a_number_of_passages_out_of_range_is_refused(k):
    with pytest.raises(QuestionError, match=f"from 1 to 20, not {k}"):
        check_k(k, False)


@pytest.mark.parametrize("question", ["Why?", "  why ", "7", "Почему?", "a" * 10_000, "😀 b"])
def test_a_question_is_given_back_as_it_is(question):
    assert check_question(question) == question


@pytest.mark.parametrize("question", ["", "  \n", "?!", "😀", "…", "\u202e"])
def test_a_question_without_a_word_is_refused(question):
    with pytest.raises(QuestionError, match="Ask something in words"):
        check_question(question)


def test_a_question_that_is_too_long_is_refused():
    with pytest.raises(QuestionError, match=r"10,001 characters.*Shorten it"):
        check_question("a" * 10_001)


def test_the_json_has_the_keys_of_the_contract_and_no_other(answer):
    shape = render_json(answer)
    assert list(shape) == ANSWER_KEYS
    assert shape["passages"]
    for passage in shape["passages"]:
        assert list(passage) == PASSAGE_KEYS
        for note in passage["notes"]:
            assert list(note) == ["quote", "note"]
    assert json.loads(json.dumps(shape)) == shape


def test_the_json_says_what_the_answer_says(answer):
    shape = render_json(answer)
    first = shape["passages"][0]
    assert shape["question"] == shape["searched_as"] == "Why do bees need flowers?"
    assert shape["status"] == answer.status
    assert [passage["rank"] for passage in shape["passages"]] == [1, 2, 3][: len(answer.hits)]
    assert first["quote"] == "Bees need six flowers. They dance."
    assert first["key_sentence"] == "Bees need six flowers."
    assert (first["essay"], first["title"], first["author"]) == ("bees", "The Bees", "A. Keeper")
    assert (first["heading"], first["paragraph"]) == ("", 1)
    text = answer.hits[0].essay.text
    assert text[first["start"] : first["end"]] == first["quote"]
    assert first["notes"] == [{"quote": "six flowers", "note": "A bee visits hundreds."}]
    assert 0 < first["score"] <= 1
    winter = next(p for p in shape["passages"] if p["paragraph"] == 2)
    assert winter["heading"] == "Winter"
    assert [note["quote"] for note in winter["notes"]] == ["a cold queen"]


def test_an_unknown_author_is_null(assistant):
    shape = render_json(assistant({"k.txt": "The king raised a tax."}).ask("king tax"))
    assert shape["passages"][0]["author"] is None


def test_hits_are_numbered_from_one(answer):
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))


def test_essays_are_counted_once(answer):
    assert answer.essay_count == len({hit.essay.id for hit in answer.hits})
    assert replace(answer, hits=()).essay_count == 0


def test_reasons_are_the_first_hit_under_each_heading(answer):
    answered = replace(answer, status="answered", about_reasons=True)
    assert [hit.passage.heading for hit in answered.reasons] == ["Winter"]
    assert replace(answered, about_reasons=False).reasons == ()
    assert replace(answered, status="nearby").reasons == ()


def test_an_answer_cannot_be_changed(answer):
    with pytest.raises(FrozenInstanceError):
        answer.status = "absent"
