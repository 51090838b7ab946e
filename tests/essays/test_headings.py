"""Headings by the CommonMark rules, and on which lines they stand."""

import time

import pytest
from hypothesis import given

from pactqa.essays.headings import find_headings
from pactqa.essays.splitting import split_essay
from pactqa.essays.text import split_lines
from tests.essays.test_splitting import TEXTS, essay_of


def found(*lines, newline="\n"):
    return [(h.words, h.first, h.end) for h in find_headings(newline.join(lines))]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_headings_have_their_words_and_their_lines(newline):
    lines = ["# One #", "", "Two", "===", "text", "### Three", "Four", "-", ""]
    assert found(*lines, newline=newline) == [
        ("One", 0, 1),
        ("Two", 2, 4),
        ("Three", 5, 6),
        ("Four", 6, 8),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["```", "# x", "```"],
        ["~~~", "# x", "", "y", "---"],
        ["    # x"],
        ["<!--", "# x", "-->"],
        ["<div>", "# x", "</div>"],
        ["> # x"],
        ["- # x"],
        ["1. a", "", "   # x"],
        ["- a", "---"],
        ["[a]: https://example.org", "---"],
        ["a", "", "---"],
        ["a", "b", "---"],
        ["a", "b", "==="],
        [r"\# x"],
        ["#x"],
        ["####### x"],
        ["a", "\u2028# x"],
        ["a\x0b# x"],
        ["a\x85# x"],
        ["\u2028", "==="],
    ],
    ids="|".join,
)
def test_what_only_looks_like_a_heading_is_none(lines):
    assert found(*lines) == []


@pytest.mark.parametrize("line", ["#", "# #", "###   ###  "])
def test_a_heading_may_have_no_words(line):
    assert found(line) == [("", 0, 1)]


def test_the_words_are_as_they_are_written():
    assert found(r"# **Bold** &amp; [a](b) \# *") == [(r"**Bold** &amp; [a](b) \# *", 0, 1)]


def test_a_fence_that_is_closed_hides_nothing_below_it():
    assert found("```", "# x", "```", "# y") == [("y", 3, 4)]


@given(TEXTS)
def test_the_words_of_a_heading_stand_on_its_first_line(text):
    lines = [text[start:end] for start, end in split_lines(text)]
    below = 0
    for heading in find_headings(text):
        assert below <= heading.first < heading.end <= len(lines)
        assert heading.words in lines[heading.first].replace("\0", "\ufffd")
        below = heading.end


@pytest.mark.parametrize(
    "piece", [" ", "#", " #", "\t", "- ", "> ", "[", "\\", "a\n", "\r"], ids=ascii
)
def test_a_long_text_takes_no_more_time_than_its_length(piece):
    begun = time.process_time()
    split_essay(essay_of("# a" + piece * 20_000 + "b"))
    assert time.process_time() - begun < 5, "seconds; a square of the length takes minutes"
