"""Suggested questions: made of headings and names, tried before they are shown."""

from dataclasses import replace

from pactqa.essays.files import Essay
from pactqa.essays.splitting import split_essay
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


def test_what_was_asked_is_not_suggested_again_and_the_filter_holds(assistant):
    opened = assistant({"bees.md": BEES, "kings.md": KINGS})
    suggester = Suggester(opened)
    suggester.start()
    suggester.wait(30)
    answer = opened.ask("Why do bees dance?")
    every = suggester.after(answer, count=50)
    assert every[0] not in suggester.after(answer, [every[0]], count=50)
    only = replace(answer, only=("kings",))
    bees = {q for q in every if "bee" in q.casefold() or "honey" in q}
    assert not bees & set(suggester.after(only, count=50))


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
