"""The page's links: what is built is read again as the same, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.essays.splitting import Span
from pactqa.web.links import (
    QUESTIONS_MAX,
    Link,
    essay_link,
    parse_link,
    parse_questions,
    question_link,
)

IDS = st.from_regex(r"[a-z0-9éя]+(?:-[a-z0-9]+)*", fullmatch=True)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXT, st.lists(IDS, unique=True), TEXT | st.none())
def test_a_question_link_is_read_again_as_the_same_question(question, essays, previous):
    link = parse_link(question_link(question, essays, previous))
    assert link == Link(question=question, essays=tuple(essays), previous=previous)


@given(st.lists(st.tuples(TEXT, st.lists(IDS, unique=True), TEXT | st.none(), st.booleans())))
def test_the_questions_of_an_address_are_read_in_their_order(questions):
    address = "&".join(question_link(*fields).removeprefix("?") for fields in questions)
    assert parse_questions("?" + address) == tuple(
        Link(question=question, essays=tuple(essays), previous=previous, as_typed=as_typed)
        for question, essays, previous, as_typed in questions
    )


def test_what_stands_before_the_first_question_belongs_to_it_and_no_essay_is_one():
    assert parse_questions("?essays=x&q=a&q=b&typed=1") == (
        Link(question="a", essays=("x",)),
        Link(question="b", as_typed=True),
    )
    assert parse_questions("?essay=x&p=1") == parse_questions("") == ()
    assert parse_questions("?" + "&".join(["q=a"] * QUESTIONS_MAX * 6)) == ()


def test_what_more_has_shown_is_part_of_its_link():
    link = question_link("more", previous="Munich", shown=["bees:0-5", "bees:6-9"])
    assert link == "?q=more&previous=Munich&shown=bees%3A0-5,bees%3A6-9"
    assert parse_link(link).shown == ("bees:0-5", "bees:6-9")


@given(IDS, st.integers(1, 9_999_999) | st.none())
def test_an_essay_link_is_read_again_as_the_same_place(essay, paragraph):
    assert parse_link(essay_link(essay, paragraph)) == Link(essay=essay, paragraph=paragraph)


@pytest.mark.parametrize(
    ("search", "link"),
    [
        ("", Link()),
        ("?", Link()),
        ("?q=", Link()),
        ("?q=a&q=b", Link(question="b")),
        ("?essay=x&p=0", Link(essay="x")),
        ("?essay=x&p=-3", Link(essay="x")),
        ("?essay=x&p=٣", Link(essay="x")),
        ("?essay=x&p=99999999999999999999", Link(essay="x")),
        ("?q=a&essays=x,,y,x", Link(question="a", essays=("x", "y"))),
        ("?q=%FF%FE", Link(question="\ufffd\ufffd")),
        ("?" + "&".join(["a=1"] * 1000), Link()),
        ("?essay=x&p=2&key=10-20", Link(essay="x", paragraph=2, key=Span(10, 20))),
        ("?essay=x&key=10", Link(essay="x")),
        ("?essay=x&key=-1-٣", Link(essay="x")),
        ("?essay=x&key=1-1234567890", Link(essay="x")),
    ],
)
def test_what_cannot_be_understood_is_passed_over(search, link):
    assert parse_link(search) == link


def test_half_a_surrogate_pair_does_not_break_a_link():
    assert question_link("\ud800?") == "?q=%3F%3F"


def test_a_link_opens_nothing_but_the_page_itself():
    assert question_link("javascript:alert(1)//evil.example").startswith("?q=javascript%3A")
    assert essay_link("//evil.example", 1) == "?essay=%2F%2Fevil.example&p=1"
