"""Suggested questions: tried before they are shown, and never at an end."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pactqa.web.conversation import ask_turn
from pactqa.web.links import Link
from pactqa.web.suggestions import Suggester
from pactqa.web.topics import propose_questions

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


def test_what_was_asked_or_suggested_comes_again_last_and_the_question_itself_never(opened, ready):
    every = ready.first(50)
    answer = opened.ask("Why do bees rest?")
    assert set(ready.after(answer, count=50)) == set(every)
    found = ready.after(answer, [every[2], every[0].upper()], count=50)
    assert set(found) == set(every)
    assert found[-2:] == (every[2], every[0])
    same = replace(answer, question="and that?", searched_as=every[1])
    assert every[1] not in ready.after(same, count=50)


def test_suggestions_differ_after_each_turn_and_never_run_out(assistant, monkeypatch):
    headings = "\n\n".join(f"## {name} days\n\nThe bees: {name} days." for name in MORE)
    opened = assistant({"bees.md": f"# Why bees dance\n\nBees dance.\n\n{headings}\n"})
    answer = opened.ask("Why do bees dance?")

    def answer_all(question, **options):
        return replace(answer, question=question, searched_as=question)

    monkeypatch.setattr(opened, "ask", answer_all)
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    said, groups = [], []
    for _ in range(8):
        turn = ask_turn(opened, suggester, Link("Why do bees rest?"), said)
        said += [turn.answer.question, *turn.suggestions]
        groups.append(set(turn.suggestions))
    assert [len(group) for group in groups] == [3] * 8
    assert all(one != other for one, other in pairwise(groups))
    count = len(suggester.first(50)) // 3
    assert len(set.union(*groups[:count])) == 3 * count  # each once before one comes again


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
