import doctest
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactqa.essays import encoded, headings, text
from pactqa.essays.text import (
    find_line_number,
    is_valid,
    join_surrogates,
    repair_surrogates,
    split_lines,
)

LINES = st.text(st.sampled_from("\r\n\u2028\x0b\x0c\x1c\x85 ab#"), max_size=30)


@pytest.mark.parametrize("module", [text, headings, encoded], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@given(LINES)
def test_lines_follow_each_other_and_end_as_those_of_a_file_do(content):
    lines = [content[start:end] for start, end in split_lines(content)]
    assert "".join(lines) == content
    wanted = re.split(r"\r\n|\r|\n", content)
    assert [line.rstrip("\r\n") for line in lines] == (wanted if wanted[-1] else wanted[:-1])


@given(LINES)
def test_a_line_number_is_that_of_the_line_that_holds_the_character(content):
    for number, (start, _) in enumerate(split_lines(content), start=1):
        assert find_line_number(content, start) == number


def test_halves_of_surrogate_pairs_become_question_marks_one_for_one():
    broken = "a\ud83d\udc1d \udfff 😀 \ufffd"
    assert repair_surrogates(broken) == "a?? ? 😀 \ufffd"
    assert not is_valid(broken)
    assert is_valid(repair_surrogates(broken))


@given(st.text(st.characters()))
def test_a_repaired_text_can_be_written_and_keeps_its_length(content):
    assert is_valid(repair_surrogates(content))
    assert len(repair_surrogates(content).encode().decode()) == len(content)


@given(st.text())
def test_a_text_as_json_writes_it_is_joined_to_what_it_was(content):
    halves = json.dumps(content)
    read = re.sub(r"\\u(d[89a-f]..)", lambda match: chr(int(match[1], 16)), halves)
    assert json.loads(join_surrogates(read)) == content
