"""Replies: true of the essays, in the program's own words."""

import pytest

from pactqa.essays.files import Essay
from pactqa.search.intents import Intent, IntentKind
from pactqa.search.replies import reply_to

BEES = Essay(id="bees", title="On Bees", text="Bees sting.", author="A. Keeper", year=1901)
KINGS = Essay(id="kings", title="On Kings", text="Kings rule.", source="A page of the web.")
ESSAYS = (BEES, KINGS)
HEADINGS = {"bees": ("The hive", "The sting"), "kings": ()}


def ask(kind, number=None, essays=ESSAYS, **given):
    return reply_to(Intent(IntentKind(kind), number, **given), essays, HEADINGS)


@pytest.mark.parametrize("kind", list(IntentKind))
def test_every_kind_has_a_reply(kind):
    reply = ask(kind)
    assert reply.text
    assert reply.text[-1] in ".:"
    assert bool(reply.lines) == reply.text.endswith(":") or kind in {"greeting", "foreign"}


def test_the_author_is_told_where_the_front_matter_names_one():
    assert ask("author", 1).text == "“On Bees”: by A. Keeper."
    assert ask("author", 2).text == "“On Kings”: the copy here does not name its author."
    assert ask("author").lines == (
        "“On Bees”: by A. Keeper.",
        "“On Kings”: the copy here does not name its author.",
    )


def test_the_year_and_the_source_are_told_where_they_are_given():
    assert "1901" in ask("date", 1).text
    assert "does not say when" in ask("date", -1).text
    assert ask("source", 2).text == "“On Kings”: A page of the web."
    assert "does not say where" in ask("source", 1).text


def test_a_summary_is_the_headings_and_says_so():
    reply = ask("outline", 1)
    assert "does not summarise" in reply.text
    assert "On Bees" in reply.text
    assert reply.lines == ("The hive", "The sting")
    assert ask("outline").lines == ("“On Bees”: The hive; The sting", "“On Kings”, no headings")


def test_an_essay_without_headings_has_none_shown():
    reply = ask("outline", 2)
    assert "no headings" in reply.text
    assert reply.lines == ()


@pytest.mark.parametrize("number", [3, 99])
def test_an_essay_that_is_not_there_is_not_answered_for(number):
    reply = ask("author", number)
    assert f"no essay {number}" in reply.text
    assert reply.lines == ("1. On Bees", "2. On Kings")


def test_the_essays_are_counted_and_listed():
    reply = ask("essays")
    assert reply.text == "2 essays can be asked:"
    assert reply.lines == ("1. On Bees", "2. On Kings")
    assert ask("essays", essays=(BEES,)).text == "One essay can be asked:"
    assert ask("outline", essays=(BEES,)).lines == ("The hive", "The sting")


def test_without_essays_nothing_is_claimed():
    assert ask("author", essays=()).text == "There are no essays to search."


def test_a_foreign_question_is_told_so_in_its_language_too():
    assert ask("foreign", language="French").lines[0].startswith("Les textes")
    assert ask("foreign", language="another language").lines == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "greeting",
            "Hello. Ask about the essays in your own words; the answer is their own passages, "
            "word for word.",
        ),
        ("thanks", "You are welcome. Ask on whenever you like."),
        (
            "help",
            "This program finds the passages of the essays that answer a question and shows them "
            "word for word. It writes no answer of its own. Ask in your own words, such as “Why "
            "…?” or “Who …?”, or name what you look for. Then “what about …?”, “why?” or “more” "
            "go on from there. It searches these essays:",
        ),
        ("more", "Ask a question first; then “more” shows further passages."),
        ("foreign", "The essays are in English; ask in English."),
        ("statement", "Passages about this statement; they may support or contradict it."),
        (
            "outline",
            "This program does not summarise. These are the headings of the 2 essays:",
        ),
    ],
)
def test_a_reply_says_this_and_nothing_else(kind, text):
    assert ask(kind).text == text


def test_an_essay_of_which_no_headings_are_known_has_none():
    assert ask("outline", 1, essays=(KINGS,)).text == (
        "This program does not summarise, and “On Kings” has no headings to show. "
        "It can be read whole beside the answers."
    )
    other = Essay(id="other", title="Other", text="x")
    assert ask("outline", essays=(other, KINGS)).lines == (
        "“Other”, no headings",
        "“On Kings”, no headings",
    )
