"""Questions made of titles, headings and names: worded as a person would, or not at all."""

import pytest

from pactqa.essays.files import Essay
from pactqa.essays.splitting import split_essay
from pactqa.web.topics import names_reason, propose_questions, read_topic

BEES = """# Why bees dance

Bees dance to show flowers. The Bee Queen of Austria rests.

## 2. Cold Winter

In the cold winter bees rest, as the Bee Queen of Austria does.

## Introduction

Bees.

## Honey -

Honey is made of nectar by the bees.
"""


def proposals(text, title=""):
    essay = Essay(id="x", title=title, text=text)
    return list(propose_questions(essay, split_essay(essay)))


def test_headings_become_questions_without_numbers_and_empty_ones():
    found = proposals(BEES)
    assert "What do the essays say about cold winter?" in found
    assert "What do the essays say about honey?" in found
    assert not any("introduction" in question.casefold() for question in found)
    assert "Where do the essays mention the Bee Queen of Austria?" in found


def test_a_heading_or_title_that_is_a_question_is_taken_as_it_is():
    assert proposals("# Why do bees dance?\n\nThey show flowers.")[0] == "Why do bees dance?"
    assert proposals("# Signs\n\nThey show.", "Why do bees dance?")[0] == "Why do bees dance?"


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Stalin’s first objectives-", "What were Stalin’s first objectives?"),
        ("Stalin’s Plan", "What was Stalin’s plan?"),
        ("The King’s Reasons For War", "What were the king’s reasons for war?"),
        ("Flaws in Stalins Strategic Plan", "What were the flaws in Stalin’s strategic plan?"),
        ("Causes of the War", "What were the causes of the war?"),
        ("Distrust Of The West", "What do the essays say about the distrust of the West?"),
        ("Stalin’s Motives in Signing: A Study", "What were Stalin’s motives in signing?"),
    ],
)
def test_a_heading_is_asked_for_as_a_person_would(heading, question):
    text = (
        f"# {heading}\n\nThen Stalin was of the West, and Stalin’s plan was, and the West had it."
    )
    assert question in proposals(text, heading)


@pytest.mark.parametrize(
    ("title", "heading", "question"),
    [
        (
            "Stalin’s Motives: A Study",
            "1. Security Concerns",
            "How did security concerns matter to Stalin?",
        ),
        ("The Kings’ Reasons", "Loss Of Gold", "How did the loss of gold matter to the kings?"),
        ("Stalin’s Motives", "Reactions Abroad", "What do the essays say about reactions abroad?"),
        ("Why bees dance", "Cold Winter", "What do the essays say about cold winter?"),
        ("The War’s Causes", "Cold Winter", "What do the essays say about cold winter?"),
    ],
)
def test_what_may_have_been_a_reason_is_asked_of_whom_the_title_names(title, heading, question):
    text = f"## {heading}\n\nThen Stalin was there, and there was gold, and the kings had it."
    assert question in proposals(text, title)


@pytest.mark.parametrize(
    "heading", ["How it began", "Bees: a study", "The war was lost", "Why bees dance", "“Fear”"]
)
def test_a_heading_that_makes_no_question_gives_none(heading):
    assert proposals(f"# {heading}\n\nThe bees were there.") == []


def test_an_essay_of_today_is_asked_of_in_the_present():
    found = proposals("# Causes of hunger\n\nIt is large, it has weight and there are many.")
    assert found[0] == "What are the causes of hunger?"


def test_only_headings_that_can_name_a_reason_do():
    assert names_reason("1. Security Concerns")
    assert names_reason("Stalin’s first objectives-")
    assert not any(map(names_reason, ["Conclusion", "Flaws in the plan", "", "2. Consequences"]))
    assert read_topic("Conclusion -") == ""
