"""Follow-up questions: which lean on the one before, and what is searched for then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.search.followup import is_follow_up, resolve_question

FIRST = "Why did Stalin sign the pact?"


@pytest.mark.parametrize(
    "question",
    [
        "and Poland?",
        "And what about Poland?",
        "what about Britain",
        "How about the army?",
        "But Hitler?",
        "… and France?",
        "“and Poland?”",
        "why?",
        "Why so?",
        "how?",
        "Who signed it?",
        "What did he fear?",
        "Did they agree?",
        "ok, and Munich?",
        "AND POLAND",
        "ａｎｄ Poland?",
    ],
)
def test_a_question_that_leans_on_the_one_before(question):
    assert is_follow_up(question)
    assert resolve_question(question, FIRST).startswith(FIRST)


@pytest.mark.parametrize(
    "question",
    [
        FIRST,
        "Why did Stalin distrust the West?",
        "But why did Stalin distrust the Western powers?",
        "Andorra and Poland?",
        "Orwell",
        "Что подписал Сталин?",
        "Why did he sign the pact with Hitler in Moscow?",
        "Butter exports of Denmark",
    ],
)
def test_a_question_that_stands_alone(question):
    assert not is_follow_up(question)
    assert resolve_question(question, FIRST) == question


@pytest.mark.parametrize("previous", [None, "", "   "])
def test_without_a_question_before_nothing_is_added(previous):
    assert resolve_question("and Poland?", previous) == "and Poland?"


def test_a_chain_asks_the_first_question_of_the_last_thing():
    poland = resolve_question("and Poland?", FIRST)
    assert poland == f"{FIRST} Poland?"
    assert resolve_question("and France?", poland) == f"{FIRST} France?"
    assert resolve_question("why?", poland) == f"{FIRST} Poland? why?"


def test_the_same_word_twice_is_added_once():
    assert resolve_question("and Poland?", f"{FIRST} Poland?") == f"{FIRST} Poland?"


def test_a_very_long_question_before_is_cut_at_a_word():
    resolved = resolve_question("why?", "word " * 1900)
    assert len(resolved) < 520
    assert resolved.endswith("word … why?")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gives_a_text_and_nothing_fails(question, previous):
    resolved = resolve_question(question, previous)
    assert resolved == question or resolved.strip()
    assert len(resolved) <= len(question) + 510


@given(st.text(max_size=60))
def test_asking_again_what_was_searched_changes_nothing(question):
    assert resolve_question(question, None) == question
