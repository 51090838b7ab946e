import json
from dataclasses import FrozenInstanceError, replace

import pytest

from pactqa.answer import Answer, render_hit, render_json, to_hits
from pactqa.errors import QuestionError
from pactqa.essays.files import EditorNote, Essay
from pactqa.essays.splitting import split_essay
from pactqa.messages import describe_status, describe_words
from pactqa.search.ranking import Hit
from pactqa.validation import K_MAX, QUESTION_MAX, check_k, check_question

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
ANSWER_KEYS = ["question", "searched_as", "status", "missing", "reply", "passages"]
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
    with pytest.raises(QuestionError) as error:
        check_question(question)
    assert str(error.value) == "The question is empty. Ask something in words."


def test_a_question_that_is_too_long_is_refused():
    assert QUESTION_MAX == 10_000
    with pytest.raises(QuestionError) as error:
        check_question("a" * 10_001)
    assert str(error.value) == (
        "The question has 10,001 characters, more than the 10,000 that are read. Shorten it."
    )


def test_half_a_surrogate_pair_is_searched_as_a_question_mark():
    assert check_question("a \ud800 pact") == "a ? pact"
    assert check_question("\udfffé") == "?é"


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


BOTH = Essay(
    id="both",
    title="Both",
    text="No heading.\n\n# Winter\n\nFirst one. Its end.\n\nSecond.\n\n# Summer\n\nThird.",
    notes=(EditorNote("Its end", "Not so."), EditorNote("Second", "Nor this.")),
)
TWIN = replace(BOTH, id="twin", title="Twin", author="Carr, E. H.")


def hit_of(essay, number, rank, score=0.5):
    passage = split_essay(essay)[number]
    return Hit(essay, passage, passage.sentences[-1], score, rank)


def made(*hits, status="answered", **fields):
    return Answer("Why?", "Why?", status, 0.5, hits, about_reasons=True, **fields)


def test_essays_are_counted_once():
    first, second, other = hit_of(BOTH, 0, 1), hit_of(BOTH, 1, 2), hit_of(TWIN, 0, 3)
    assert made(first, second).essay_count == 1
    assert made(first, other, second).essay_count == 2
    assert made().essay_count == 0


def test_the_leading_hits_are_the_first_three_that_bear_on_the_question():
    hits = [replace(hit_of(BOTH, 0, rank), bears=rank != 2) for rank in range(1, 6)]
    assert [hit.rank for hit in made(*hits).leading] == [1, 3, 4]
    assert made().leading == ()


def test_reasons_are_the_first_hit_under_each_heading_of_each_essay():
    hits = [
        hit_of(BOTH, 2, 1),
        hit_of(BOTH, 0, 2),
        hit_of(BOTH, 1, 3),
        hit_of(TWIN, 1, 4),
        hit_of(BOTH, 3, 5),
    ]
    answered = made(*hits)
    assert [hit.rank for hit in answered.reasons] == [1, 4, 5]
    assert replace(answered, about_reasons=False).reasons == ()
    assert replace(answered, status="nearby").reasons == ()


def test_a_status_is_said_in_one_sentence():
    one, two, other = hit_of(BOTH, 0, 1), hit_of(BOTH, 1, 2), hit_of(TWIN, 0, 3)
    assert describe_status(made(one)) == "1 passage from 1 essay, word for word."
    assert describe_status(made(one, two)) == "2 passages from 1 essay, word for word."
    assert describe_status(made(one, two, other)) == "3 passages from 2 essays, word for word."
    assert describe_status(made(one, status="nearby")) == (
        "The essays may not answer this directly. The closest passages:"
    )
    assert describe_status(made(one, two, is_more=True)) == (
        "2 further passages from 1 essay, word for word."
    )
    assert describe_status(made(one, status="nearby", is_more=True)).endswith("passages near it:")
    assert describe_status(made(status="absent")) == (
        "Nothing in the essays was found to be about this."
    )


def test_a_hit_is_rendered_whole():
    assert render_hit(hit_of(TWIN, 1, 3, score=0.123456)) == {
        "rank": 3,
        "score": 0.1235,
        "essay": "twin",
        "title": "Twin",
        "author": "Carr, E. H.",
        "heading": "Winter",
        "paragraph": 2,
        "start": TWIN.text.index("First"),
        "end": TWIN.text.index("First") + len("First one. Its end."),
        "quote": "First one. Its end.",
        "key_sentence": "Its end.",
        "notes": [{"quote": "Its end", "note": "Not so."}],
    }


def test_an_answer_is_rendered_whole():
    hit = hit_of(BOTH, 2, 1)
    answer = replace(made(hit, status="nearby", missing=("paris",)), searched_as="And why?")
    assert render_json(answer) == {
        "question": "Why?",
        "searched_as": "And why?",
        "status": "nearby",
        "missing": ["paris"],
        "reply": [],
        "passages": [render_hit(hit)],
    }


def test_candidates_become_hits_in_the_order_given():
    class Found:
        def __init__(self, number):
            self.essay, self.passage = BOTH, split_essay(BOTH)[number]
            self.key_sentence, self.score = self.passage.sentences[0], number / 10

    hits = to_hits([Found(2), Found(1)])
    assert [(hit.rank, hit.score, hit.passage.text) for hit in hits] == [
        (1, 0.2, "Second."),
        (2, 0.1, "First one. Its end."),
    ]
    assert [hit.key_text for hit in hits] == ["Second.", "First one."]
    assert {hit.essay.id for hit in hits} == {"both"}


def test_an_answer_cannot_be_changed(answer):
    with pytest.raises(FrozenInstanceError):
        answer.status = "absent"


LOOKED_UP = [
    # status, words, all of them meant, further, stale, bearing of the hits, what is said
    ("answered", ["flowers"], True, False, (True,), "This passage mentions “flowers”."),
    ("answered", ["a", "b"], True, False, (True, True), "These 2 passages mention “a” and “b”."),
    ("answered", ["a", "b"], False, False, (True, False), "1 passage mentions “a” or “b”."),
    ("answered", ["a"], True, False, (True, True, False), "2 passages mention “a”."),
    ("answered", ["a"], True, True, (True,), "This further passage mentions “a”."),
    ("answered", ["a"], True, True, (True, True), "These 2 further passages mention “a”."),
    ("answered", ["a"], True, True, (True, False), "1 further passage mentions “a”."),
    (
        *("nearby", ["a", "b", "c"], True, False, (False,)),
        "No passage that can be quoted mentions “a”, “b” and “c”. Others near it:",
    ),
    (
        *("nearby", ["a"], True, True, (False,)),
        "The passages found that mention “a” have been shown. Others near it:",
    ),
]


@pytest.mark.parametrize(("status", "words", "uses_all", "is_more", "bearing", "said"), LOOKED_UP)
def test_words_looked_up_are_said_with_the_number_of_passages(
    answer, status, words, uses_all, is_more, bearing, said
):
    hits = tuple(replace(answer.hits[0], bears=bears) for bears in bearing)
    found = replace(
        answer, status=status, looked_up=tuple(words), uses_all=uses_all, is_more=is_more, hits=hits
    )
    assert describe_status(found) == said


def test_passages_that_were_shown_are_not_said_to_be_if_some_cannot_be_quoted(answer):
    found = replace(answer, status="nearby", looked_up=("a",), is_more=True, stale=("kings",))
    assert describe_status(found) == "No passage that can be quoted mentions “a”. Others near it:"


def test_a_list_of_four_words_has_commas():
    assert describe_words(["a", "b", "c", "d"]) == (
        "The essays do not use the words “a”, “b”, “c” or “d”."
    )


def test_words_looked_up_are_shown_in_the_sentence_that_has_them(library):
    made = library(bees="Bees rest. Kings rest. Bees need flowers.")
    query = made.query("flowers")
    candidates = made.search(query)
    (plain,), (hit,) = to_hits(candidates), to_hits(candidates, query.words)
    text = hit.essay.text
    assert plain.words == ()
    assert [text[word.start : word.end] for word in hit.words] == ["flowers"]
    assert hit.key_text == "Bees need flowers."
    (other,) = to_hits(candidates, made.query("king").words)
    assert other.key_text == "Kings rest."
