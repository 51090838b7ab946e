"""Text: plain for programs, underlined for terminals."""

import io
import re
from dataclasses import replace

from rich.console import Console

from pactqa.answer import Answer
from pactqa.export.session import take_session
from pactqa.export.terminal import show_session, write_text
from tests.export.sessions import PLAIN, hits_of, plain_session

WHOLE = """1. Kings · Taxes · paragraph 1
The king came. He raised a tax. Bread was dear.
Key sentence: He raised a tax.
Editor’s note on “He raised”: Parliament did.
Editor’s note on “dear”: At fourteen sous.
Citation: (Carr, par. 1)

2. Kings · Taxes · paragraph 2
Nobody laughed.
Key sentence: Nobody laughed.
Editor’s note on “Nobody”: Some did.
Citation: (Carr, par. 2)

Works Cited:
Carr, E. H. “Kings.”
“Kings”: This copy does not name its date, site or address."""


def test_plain_text_is_written_whole():
    assert write_text(take_session(plain_session(), "mla")) == WHOLE


def test_a_copy_that_breaks_off_says_so():
    answers = [Answer("q", "q", "answered", 0.9, hits_of(replace(PLAIN, excerpt=True), 0)[1:])]
    assert "laughed.\nThe copy of this essay breaks off here.\n" in write_text(
        take_session(answers, "mla")
    )


def test_a_terminal_shows_the_same_with_the_key_sentence_underlined():
    console = Console(file=io.StringIO(), force_terminal=True, width=200, highlight=False)
    console.print(show_session(take_session(plain_session(), "mla")))
    shown = console.file.getvalue()
    assert "The king came. \x1b[1;4mHe raised a tax.\x1b[0m Bread" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert [line.strip() for line in plain.splitlines() if line.strip()] == [
        "1. The king came. He raised a tax. Bread was dear.",
        "— Kings · Taxes · paragraph 1",
        "Editor’s note on “He raised”: Parliament did.",
        "Editor’s note on “dear”: At fourteen sous.",
        "(Carr, par. 1)",
        "2. Nobody laughed.",
        "— Kings · Taxes · paragraph 2",
        "Editor’s note on “Nobody”: Some did.",
        "(Carr, par. 2)",
        *WHOLE.splitlines()[-3:],
    ]


def test_what_only_stands_near_the_words_looked_up_is_parted_off():
    first, second = hits_of(PLAIN, 1)
    answer = Answer("bread", "bread", "answered", 0.9, (first, replace(second, bears=False)))
    session = take_session([answer], "mla", [[first.passage.id, second.passage.id]])
    first_block, line, second_block, _ = write_text(session).split("\n\n")
    assert (first_block[:2], line, second_block[:2]) == (
        "1.",
        "Also near, without mentioning it:",
        "2.",
    )
    console = Console(file=io.StringIO(), width=200)
    console.print(show_session(session))
    assert line in console.file.getvalue()
