"""Requests: what is said to the program, and never a question taken for one."""

import json
from pathlib import Path

import pytest

from pactqa.search.intents import Intent, IntentKind, recognise_intent

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "greeting"),
        ("Hi there!!", "greeting"),
        ("hi, how are you?", "greeting"),
        ("thanks", "thanks"),
        ("ok thank you so much", "thanks"),
        ("Great.", "thanks"),
        ("bye", "thanks"),
        ("help", "help"),
        ("What can you do?", "help"),
        ("who are you?", "help"),
        ("Are you an AI?", "help"),
        ("what can i ask", "help"),
        ("what essays are there?", "essays"),
        ("how many texts do you have", "essays"),
        ("List the essays, please.", "essays"),
        ("tell me more", "more"),
        ("what else?", "more"),
        ("and what else do the essays say?", "more"),
        ("More please", "more"),
        ("anything else?", "more"),
        ("go on", "more"),
        ("Pourquoi la reine a-t-elle signé ?", "foreign"),
        ("Bees sting cows.", None),
        ("The queen stung the king.", None),
        ("The queen was kind.", "statement"),
        ("hi, the queen was kind.", "statement"),
    ],
)
def test_a_request_is_recognised(text, kind):
    request = recognise_intent(text)
    assert (request.kind.value if request else None) == kind


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("who wrote this essay?", "author", None),
        ("Who is the author?", "author", None),
        ("who wrote the second essay", "author", 2),
        ("who wrote essay two", "author", 2),
        ("When was this essay written?", "date", None),
        ("in which year was the 3rd text published", "date", 3),
        ("how old are the essays?", "date", None),
        ("where is the first essay from", "source", 1),
        ("What is the source of the essay?", "source", None),
        ("summarise essay 2", "outline", 2),
        ("Could you summarize the first essay in three sentences, please?", "outline", 1),
        ("what is the last essay about", "outline", -1),
        ("What are the two essays about?", "outline", None),
        ("main points of the essay", "outline", None),
        ("what does the first one say", "outline", 1),
        ("tldr", "outline", None),
        ("give me a short summary", "outline", None),
    ],
)
def test_a_request_about_an_essay_names_it(text, kind, number):
    request = recognise_intent(text)
    assert request == Intent(IntentKind(kind), number)


@pytest.mark.parametrize("text", ["who wrote it?", "when was it written?", "summarise this"])
def test_it_may_mean_what_was_asked_before(text):
    request = recognise_intent(text)
    assert request is not None
    assert request.leans


@pytest.mark.parametrize(
    "text",
    [
        "hello, why did the queen sign?",
        "thanks, and why did he sign?",
        "help for the poor",
        "who wrote Mein Kampf?",
        "who wrote the text of the treaty?",
        "when was the treaty signed?",
        "when was the treaty written",
        "summarise the treaty",
        "what is the treaty about",
        "what does the essay say about Munich",
        "tell me more about Poland",
        "any other reasons?",
        "what else did the king do?",
        "why?",
        "and Poland?",
        "what about Britain?",
        "munich",
        "author of the treaty",
        "who are you to him, said the king",
        "great purges",
        "thanks to whom did he win?",
        "",
        "?",
    ],
)
def test_a_question_is_no_request(text):
    assert recognise_intent(text) is None


@pytest.mark.parametrize("file", sorted(DATA.glob("questions_*.json")), ids=lambda path: path.stem)
def test_no_question_about_the_essays_is_taken_for_a_request(file):
    for row in json.loads(file.read_text(encoding="utf-8")):
        question = row["question"]
        for form in (question, question.lower(), question.upper(), question.rstrip("?")):
            assert recognise_intent(form) is None, form


def test_a_very_long_text_is_no_request():
    assert recognise_intent("hello " * 1_600) is None
    assert recognise_intent("ok " * 40 + "thanks") is None
