"""CSV: a row a quotation, and nothing that a spreadsheet would compute."""

import csv
import io
from dataclasses import replace

import pytest

from pactqa.export.session import take_session
from pactqa.export.table import write_csv
from tests.export.sessions import HOSTILE, hostile_session, plain_session

WHOLE = [
    (
        "number,question,searched as,status,essay,author,heading,paragraph,quotation,"
        "key sentence,editor's notes,in-text citation,reference,not in the copy,link,note"
    ).split(","),
    [
        *("1", "Who came", "Who came", "answered", "Kings", "Carr, E. H.", "Taxes", "1"),
        "The king came. He raised a tax. Bread was dear.",
        "He raised a tax.",
        "“He raised”: Parliament did.; “dear”: At fourteen sous.",
        "(Carr, par. 1)",
        "Carr, E. H. “Kings.”",
        "This copy does not name its date, site or address.",
        *("http://h/?p=1", ""),
    ],
    [
        *("2", "and bread", "Who came bread", "nearby", "Kings", "Carr, E. H.", "Taxes", "2"),
        "Nobody laughed.",
        "Nobody laughed.",
        "“Nobody”: Some did.",
        "(Carr, par. 2)",
        "Carr, E. H. “Kings.”",
        "This copy does not name its date, site or address.",
        *("http://h/?p=2", ""),
    ],
    ["", "Bees", "Bees", "absent", *[""] * 12],
]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write(answers, style="mla", **options):
    return write_csv(take_session(answers, style, **options))


def test_a_session_is_written_whole():
    text = write(plain_session(), link_to=lambda hit: f"http://h/?p={hit.passage.paragraph}")
    assert list(csv.reader(io.StringIO(text, newline=""))) == WHOLE
    assert text.startswith('"number","question",')  # every cell is quoted
    assert text.count("\r\n") == len(WHOLE)


def test_an_unknown_author_is_an_empty_cell_and_a_line_end_is_kept():
    row = rows_of(write(hostile_session()))[1]
    assert row["author"] == ""
    assert row["quotation"] == "1. A second one\r\nwith a break."


def test_no_cell_of_the_csv_is_computed_by_a_spreadsheet():
    rows = rows_of(write(hostile_session(), "apa"))
    assert rows[0]["quotation"].startswith("'=HYPERLINK")
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t"))
    assert rows[0]["editor's notes"] == f"“dance”: {HOSTILE.notes[0].note}"


@pytest.mark.parametrize("formula", "= + - @ ＝ ＋ － ＠ ﹢ ﹣ ﹦ ﹫ | %".split())
@pytest.mark.parametrize(
    "before",
    [
        "", " ", "\t", "\n", "\v", "\x00", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u034f",
        "\u061c", "\u115f", "\u180e", "\u200b", "\u200d", "\u200f", "\u2028", "\u202e", "\u2060",
        "\u2066", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\U000e0041",
        "\u200b \ufeff\t",
    ],
)  # fmt: skip
def test_a_formula_is_disarmed_after_any_invisible_character(before, formula):
    evil = replace(hostile_session()[2], question=f"{before}{formula}1+1")
    assert rows_of(write([evil]))[0]["question"] == f"'{before}{formula}1+1"


@pytest.mark.parametrize("cell", ["1 = 1", "a-b", "“=1”", "−1", "", "\u200bwhy", "é=1"])
def test_a_cell_that_nothing_computes_stays_as_it_is(cell):
    plain = replace(hostile_session()[2], question=cell)
    assert rows_of(write([plain]))[0]["question"] == cell


@pytest.mark.parametrize("cell", ["\twhy", "\rwhy", "\nwhy"])
def test_a_cell_that_could_begin_in_another_one_is_disarmed(cell):
    assert (
        rows_of(write([replace(hostile_session()[2], question=cell)]))[0]["question"] == f"'{cell}"
    )
