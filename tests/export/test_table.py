"""CSV: a row a quotation, and nothing that a spreadsheet would compute."""

import csv
import io
from dataclasses import replace

from pactqa.export.table import write_csv
from tests.export.sessions import HOSTILE, hostile_session, plain_session

WHOLE = [
    "number,question,searched as,status,essay,author,heading,paragraph,"
    "quotation,key sentence,editor's notes,reference".split(","),
    [
        *("1", "Who came", "Who came", "answered", "Kings", "Carr, E. H.", "Taxes", "1"),
        "The king came. He raised a tax. Bread was dear.",
        "He raised a tax.",
        "“He raised”: Parliament did.; “dear”: At fourteen sous.",
        "Carr, E. H. “Kings.” [site not given], n.d., par. 1.",
    ],
    [
        *("2", "and bread", "Who came bread", "nearby", "Kings", "Carr, E. H.", "Taxes", "2"),
        "Nobody laughed.",
        "Nobody laughed.",
        "“Nobody”: Some did.",
        "Carr, E. H. “Kings.” [site not given], n.d., par. 2.",
    ],
    ["", "Bees", "Bees", "absent", "", "", "", "", "", "", "", ""],
]


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_session_is_written_whole():
    text = write_csv(plain_session(), "mla")
    assert list(csv.reader(io.StringIO(text, newline=""))) == WHOLE
    assert text.startswith('"number","question",')  # every cell is quoted
    assert text.count("\r\n") == len(WHOLE)


def test_an_unknown_author_is_an_empty_cell_and_a_line_end_is_kept():
    row = rows_of(write_csv(hostile_session(), "mla"))[1]
    assert row["author"] == ""
    assert row["quotation"] == "1. A second one\r\nwith a break."


def test_no_cell_of_the_csv_is_computed_by_a_spreadsheet():
    rows = rows_of(write_csv(hostile_session(), "apa"))
    assert rows[0]["quotation"].startswith("'=HYPERLINK")
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t"))
    for start in ("=", "+", "-", "@", " =", "\t=", "\n=", "＝", "\ufeff="):
        evil = replace(hostile_session()[2], question=f"{start}1+1")
        assert rows_of(write_csv([evil], "mla"))[0]["question"] == f"'{start}1+1"
    assert rows[0]["editor's notes"] == f"“dance”: {HOSTILE.notes[0].note}"
