"""Conversations: a link brings all that its question leans on, and is enough to ask it again."""

import pytest

from pactqa.errors import QuestionError, StoreError
from pactqa.web.conversation import ask_link, ask_turn, known_essays
from pactqa.web.links import Link, parse_link
from pactqa.web.suggestions import Suggester

BEES = "# Why bees dance\n\nBees dance to show flowers.\n\nBees rest in the winter cold."


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES, "kings.md": "The king took taxes of the people of Paris."})


@pytest.fixture
def suggester(opened):
    return Suggester(opened)


def test_a_question_leans_on_the_one_that_its_link_names(opened, suggester):
    alone = ask_turn(opened, suggester, Link("Why do bees dance?"))
    leaning = ask_turn(opened, suggester, Link("and the winter?", previous="Why do bees dance?"))
    assert alone.answer.searched_as == "Why do bees dance?"
    assert leaning.answer.searched_as == "Why do bees dance? the winter?"
    assert leaning.previous == "Why do bees dance?"


def test_what_does_not_lean_keeps_nothing_of_the_one_before(opened, suggester):
    link = Link("What taxes did the king take?", previous="bees", shown=("bees:0-9",))
    turn = ask_turn(opened, suggester, link)
    assert (turn.previous, turn.shown) == (None, ())
    assert turn.link == turn.asked == "?q=What%20taxes%20did%20the%20king%20take%3F"


def test_more_leaves_out_what_was_shown_and_its_link_says_so(opened, suggester):
    first = ask_turn(opened, suggester, Link("bees"))
    shown = tuple(hit.passage.id for hit in first.answer.hits[:1])
    more = ask_turn(opened, suggester, Link("more", previous="bees", shown=shown))
    assert more.answer.hits
    assert not set(shown) & {hit.passage.id for hit in more.answer.hits}
    assert parse_link(more.link).shown == parse_link(more.asked).shown == shown


def test_an_unusable_question_is_refused(opened, suggester):
    with pytest.raises(QuestionError, match="Ask something in words"):
        ask_turn(opened, suggester, Link("?!"))


def test_half_a_surrogate_pair_is_searched_as_a_question_mark(opened, suggester):
    turn = ask_turn(opened, suggester, Link("bees \ud83d dance"))
    assert turn.answer.question == "bees ? dance"


def test_essays_that_are_gone_are_named_and_the_others_asked(opened, suggester):
    turn = ask_turn(opened, suggester, parse_link("?q=and%20taxes%3F&essays=kings,gone"))
    assert turn.answer.only == ("kings",)
    assert turn.notice.endswith("“gone”. The others were asked.")
    every = ask_turn(opened, suggester, parse_link("?q=taxes&essays=gone"))
    assert every.answer.only == ()
    assert every.notice.endswith("All essays were asked instead.")
    assert ask_turn(opened, suggester, Link("taxes", essays=("kings",))).notice == ""


def test_an_index_that_cannot_be_read_gives_its_message(opened, suggester, monkeypatch):
    def fail(*args, **kwargs):
        raise StoreError("The index is broken. Delete it.")

    monkeypatch.setattr(opened, "ask", fail)
    monkeypatch.setattr(opened, "essays", fail)
    assert known_essays(opened) == ()
    with pytest.raises(StoreError, match="Delete it"):
        ask_turn(opened, suggester, Link("bees"))


@pytest.mark.parametrize(
    "link",
    [
        Link("Why do bees dance?", essays=("bees",)),
        Link("and the winter?", essays=("bees",), previous="Why do bees dance?"),
        Link("What taxes did the king take?", previous="Why do bees dance?"),
        Link("wintr bees", as_typed=True),
    ],
)
def test_a_turn_keeps_all_that_asks_it_again(opened, suggester, link):
    turn = ask_turn(opened, suggester, link)
    assert ask_link(opened, parse_link(turn.asked)) == turn.answer
