"""Frames: how a person asks is taken off, what is asked for stays as typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.search.frames import strip_frame

QUESTION = "why did the queen sign the treaty?"


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "hi, {}",
        "Hello there! {}",
        "hey {}",
        "good morning, {}",
        "umm hello, quick question: {}",
        "ok so {}",
        "please, {}",
        "Can you tell me {}",
        "hi could someone please explain to me {}",
        "Please could you tell us {}",
        "do you know {}",
        "Any idea {}",
        "I need to know {}",
        "I'd like to know {}",
        "i was just wondering {}",
        "I wonder {}",
        "explain {}",
        "Tell me, {}",
        "According to the essays, {}",
        "based on these texts {}",
        "In the two essays, {}",
        "In your opinion, {}",
        "for my history homework i need to know {}",
        "what do the essays say about {}",
        "do the essays explain {}",
        "{}?!?!",
        "{} please",
        "{} Thanks!",
        "{} Thank you very much.",
        "{} Thanks in advance",
    ],
)
def test_a_frame_is_taken_off(frame):
    assert strip_frame(frame.format(QUESTION)) == QUESTION


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("quotes about Munich", "Munich"),
        ("Give me some good quotes on the purges please", "the purges"),
        ("find passages that mention Poland", "Poland"),
        ("please show me a few passages about bees", "bees"),
        ("What do the essays say about Munich?", "Munich"),
        ("does the author mention a queen bee?", "a queen bee"),
        ("is there anything about Finland in the essays?", "Finland"),
        ("tell me about the purges", "the purges"),
        ("tell me something about the purges", "the purges"),
        ("a bit more about the purges please", "the purges"),
        ("Show me more facts on bees", "bees"),
        ("Explain why bees sting.", "why bees sting."),
        ("How did bees sting, according to the text?", "How did bees sting?"),
        ("i was wondering if bees sting", "if bees sting"),
        ("Munich!!!", "Munich"),
        ("Bees sting.", "Bees sting."),
    ],
)
def test_what_is_asked_for_stays(text, left):
    assert strip_frame(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "hello there!",
        "Hi",
        "please",
        "thanks",
        "?!",
        "what do the essays say?",
        "",
        "  ",
    ],
)
def test_a_text_that_is_all_frame_is_left_as_it_is(text):
    assert strip_frame(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "In which city was the treaty signed?",
        "Hey Jude lyrics",
        "Hello Kitty",
        "hi hat cymbals",
        "Will anyone help Poland?",
        "In the class struggle, who won?",
        "In the text of the treaty, what was secret?",
        "According to the author of the book, who won?",
        "What did the text of the treaty say?",
        "Why do people say please?",
        "Give the lines of demarcation.",
        "what about Britain?",
    ],
)
def test_words_of_the_question_that_look_like_a_frame_stay(text):
    assert strip_frame(text) == text


@given(st.text(max_size=200))
def test_what_is_left_is_a_piece_of_the_text(text):
    left = strip_frame(text)
    assert left in text or left.removesuffix("?") in text
    assert left.strip() or not text.strip()


@pytest.mark.parametrize(
    "piece",
    ["can you tell me ", "please ", "hi, ", " ", "?", "!a", ", thanks", "i would ", "in the "],
)
def test_a_hostile_text_takes_no_long_time(piece):
    started = time.perf_counter()
    strip_frame((piece * 10_000)[:10_000])
    assert time.perf_counter() - started < 0.5
