"""Suggested questions: made of headings and names, tried before they are shown."""

from dataclasses import replace

import pytest

from pactqa.essays.files import Essay
from pactqa.essays.splitting import split_essay
from pactqa.web.conversation import ask_next
from pactqa.web.suggestions import Suggester, propose_questions

BEES = """# Why bees dance

Bees dance to show flowers. The Bee Queen of Austria rests.

## 2. Cold Winter

In the cold winter bees rest, as the Bee Queen of Austria does.

## Introduction

Bees.

## Honey -

Honey is made of nectar by the bees.
"""
MORE = ("pollen", "hive", "harvest", "bread", "army", "debt", "poland", "revolution")
KINGS = "# The king’s taxes\n\nThe king took taxes of Paris, and King Louis Philip ate bread."


def proposals(text):
    essay = Essay(id="x", title="T", text=text)
    return list(propose_questions(essay, split_essay(essay)))


def test_headings_become_questions_without_numbers_and_empty_ones():
    found = proposals(BEES)
    assert "What do the essays say about cold winter?" in found
    assert "What do the essays say about honey?" in found
    assert not any("introduction" in question.casefold() for question in found)
    assert "What do the essays say about the Bee Queen of Austria?" in found


def test_a_heading_that_is_a_question_is_taken_as_it_is():
    assert proposals("# Why do bees dance?\n\nThey show flowers.")[0] == "Why do bees dance?"


def test_a_title_that_is_a_question_comes_first():
    essay = Essay(id="x", title="Why do bees dance?", text="# Signs\n\nThey show flowers.")
    assert next(propose_questions(essay, split_essay(essay))) == "Why do bees dance?"


def test_names_keep_their_capitals():
    text = "# Distrust Of Stalins West\n\nThen Stalin feared the West again. Stalin feared."
    assert proposals(text)[0] == "What do the essays say about distrust of Stalins West?"


def test_only_what_is_answered_is_suggested(assistant):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    suggester = Suggester(opened)
    assert suggester.first() == ()  # nothing is tried before it is started
    suggester.start()
    suggester.wait(30)
    known = suggester.first(50)
    assert known
    for question in known:
        assert opened.ask(question).status == "answered", question


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES, "kings.md": KINGS})


@pytest.fixture
def ready(opened):
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    return suggester


def made_from(opened, essay_id):
    """Gives the questions made from an essay."""
    essay = next(essay for essay in opened.essays() if essay.id == essay_id)
    return set(propose_questions(essay, opened.passages(essay_id)))


def test_what_was_asked_or_suggested_is_not_suggested_again(opened, ready):
    every = ready.first(50)
    answer = opened.ask("Why do bees rest?")
    assert set(ready.after(answer, count=50)) == set(every)
    assert set(ready.after(answer, [every[0].upper()], count=50)) == set(every[1:])
    same = replace(answer, question="and that?", searched_as=every[1])
    assert every[1] not in ready.after(same, count=50)


def test_no_suggestion_of_a_conversation_is_repeated(assistant, monkeypatch):
    headings = "\n\n".join(f"## {name} days\n\nThe bees: {name} days." for name in MORE)
    opened = assistant({"bees.md": f"# Why bees dance\n\nBees dance.\n\n{headings}\n"})
    answer = opened.ask("Why do bees dance?")

    def answer_all(question, **options):
        return replace(answer, question=question, searched_as=question)

    monkeypatch.setattr(opened, "ask", answer_all)
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    first = ask_next(opened, suggester, (), suggester.first()[0], []).turns
    second = ask_next(opened, suggester, first, first[0].suggestions[0], []).turns
    third = ask_next(opened, suggester, second, "Why do bees rest?", []).turns
    assert [len(turn.suggestions) for turn in third] == [3, 3, 2]  # all there are, each once
    said = [question for turn in third for question in turn.suggestions]
    assert len({*said, suggester.first()[0]}) == len(said) + 1


def test_a_question_that_two_essays_give_is_suggested_once(assistant):
    text = "# {} bees\n\n## Cold winter\n\nIn the cold winter bees rest."
    opened = assistant({"a.md": text.format("Old"), "b.md": text.format("New")})
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    assert made_from(opened, "a") & made_from(opened, "b")
    assert len(suggester.first(50)) == len(set(suggester.first(50)))


def test_a_suggestion_is_answered_by_the_essay_it_was_made_from(opened, monkeypatch):
    bees = opened.ask("Why do bees dance?", essays=["bees"])
    monkeypatch.setattr(opened, "ask", lambda question: bees)  # whatever is asked
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    assert bees.status == "answered"
    assert set(suggester.first(50)) == made_from(opened, "bees")


def test_under_a_filter_only_questions_of_those_essays_are_suggested(opened, ready):
    answer = opened.ask("Why do bees dance?")
    of_kings = set(ready.first(50)) & made_from(opened, "kings")
    assert of_kings
    assert set(ready.after(replace(answer, only=("kings",)), count=50)) == of_kings


@pytest.mark.parametrize("essay_id", ["bees", "kings"])
def test_questions_of_the_essays_quoted_come_before_others(opened, ready, essay_id):
    answer = opened.ask("Why do bees dance?", essays=[essay_id])
    found = ready.after(replace(answer, only=()), count=50)
    own = [question in made_from(opened, essay_id) for question in found]
    assert own == sorted(own, reverse=True)
    assert len(set(own)) == 2


def test_a_new_generation_is_tried_anew_and_nothing_old_is_shown(assistant, write_corpus):
    opened = assistant({"bees.md": BEES})
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    write_corpus({"bees.md": KINGS})
    opened.refresh()
    answer = opened.ask("What taxes did the king take?")
    first = suggester.after(answer)
    assert not any("bee" in question.casefold() for question in first)
    suggester.wait(30)
    assert not any("winter" in q for q in suggester.after(answer, count=50))


def test_trying_is_done_once_for_each_generation(assistant, encoder, monkeypatch):
    opened = assistant({"bees.md": BEES})
    asked = []
    ask = opened.ask
    monkeypatch.setattr(opened, "ask", lambda *a, **k: (asked.append(a), ask(*a, **k))[1])
    suggester = Suggester(opened)
    for _ in range(3):
        suggester.start(ask("bees").generation)
        suggester.wait(30)
    assert len(asked) == len({a[0] for a in asked})
