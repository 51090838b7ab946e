"""Conversations: turns are added to a visitor's own tuple, messages are kept apart from them."""

import pytest

from pactqa.errors import StoreError
from pactqa.web.conversation import ask_link, ask_next, known_essays
from pactqa.web.links import parse_link
from pactqa.web.suggestions import Suggester

BEES = "# Why bees dance\n\nBees dance to show flowers.\n\nBees rest in the winter cold."


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES, "kings.md": "The king took taxes of the people of Paris."})


@pytest.fixture
def suggester(opened):
    return Suggester(opened)


def test_asking_gives_a_new_conversation_and_leaves_the_old_one(opened, suggester):
    first = ask_next(opened, suggester, (), "Why do bees dance?", [])
    second = ask_next(opened, suggester, first.turns, "and the winter?", [])
    assert [turn.answer.question for turn in second.turns] == [
        "Why do bees dance?",
        "and the winter?",
    ]
    assert second.turns[1].answer.searched_as == "Why do bees dance? the winter?"
    assert len(first.turns) == 1


def test_an_unusable_question_gives_a_message_and_no_turn(opened, suggester):
    before = ask_next(opened, suggester, (), "Why do bees dance?", [])
    step = ask_next(opened, suggester, before.turns, "?!", [])
    assert step.turns == before.turns
    assert "Ask something in words" in step.message


def test_half_a_surrogate_pair_is_searched_as_a_question_mark(opened, suggester):
    step = ask_next(opened, suggester, (), "bees \ud83d dance", [])
    assert step.turns[0].answer.question == "bees ? dance"


def test_a_link_stands_alone_and_says_which_essays_are_gone(opened, suggester):
    before = ask_next(opened, suggester, (), "Why do bees dance?", [])
    link = parse_link("?q=and%20taxes%3F&essays=kings,gone")
    step = ask_link(opened, suggester, before.turns, link)
    assert step.turns[-1].answer.searched_as == "and taxes?"
    assert step.turns[-1].answer.only == ("kings",)
    assert "“gone”" in step.message
    assert ask_link(opened, suggester, before.turns, parse_link("?essay=x")).turns == before.turns


def test_an_index_that_cannot_be_read_gives_its_message(opened, suggester, monkeypatch):
    def fail(*args, **kwargs):
        raise StoreError("The index is broken. Delete it.")

    monkeypatch.setattr(opened, "ask", fail)
    monkeypatch.setattr(opened, "essays", fail)
    assert known_essays(opened) == ()
    step = ask_link(opened, suggester, (), parse_link("?q=bees"))
    assert step.message == "The index is broken. Delete it."


def test_a_turn_keeps_what_it_leans_on_so_that_it_can_be_asked_again(opened, suggester):
    first = ask_next(opened, suggester, (), "Why do bees dance?", ["bees"])
    second = ask_next(opened, suggester, first.turns, "and the winter?", ["bees"])
    third = ask_next(opened, suggester, second.turns, "What taxes did the king take?", [])
    assert [turn.previous for turn in third.turns] == [None, "Why do bees dance?", None]
    for turn in third.turns:
        link = parse_link(turn.asked)
        again = opened.ask(link.question, essays=link.essays or None, previous=link.previous)
        assert again == turn.answer
