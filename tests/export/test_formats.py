"""What every format has in common: one table of formats, one numbering, one sentence a status."""

import csv
import io

import pytest

from pactqa.export.formats import FORMATS, export_answers
from pactqa.export.markdown import write_markdown
from pactqa.export.session import introduce_answer, number_quotations
from pactqa.export.table import write_csv
from tests.export.sessions import PLAIN, hits_of, hostile_session, plain_session


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_session_gives_a_readable_file(kind):
    assert export_answers([], kind, "mla")


def test_a_text_format_is_written_in_utf_8_and_csv_with_a_mark_for_excel():
    session = plain_session()
    assert export_answers(session, "md", "apa") == write_markdown(session, "apa").encode()
    assert export_answers(session, "csv", "apa") == b"\xef\xbb\xbf" + write_csv(
        session, "apa"
    ).encode("utf-8")
    assert export_answers(session, "docx", "apa").startswith(b"PK")


def test_every_format_has_its_media_type():
    assert FORMATS["md"].startswith("text/markdown")
    assert FORMATS["csv"].startswith("text/csv")
    assert FORMATS["docx"].endswith("wordprocessingml.document")


def test_quotations_are_numbered_through_the_session():
    numbered = list(number_quotations(hostile_session(), "mla"))
    assert [[q.number for q in quotations] for _, quotations in numbered] == [[1, 2], [3], []]
    assert [answer.status for answer, _ in numbered] == ["answered", "nearby", "absent"]
    assert numbered[0][1][1].reference.endswith("par. 2.")


def test_a_quotation_says_its_place_with_the_heading_if_there_is_one():
    ((_, (first,)), (_, (second,)), _) = number_quotations(plain_session(), "mla")
    assert first.place == "Kings, Taxes, paragraph 1"
    assert second.place == "Kings, Taxes, paragraph 2"
    ((_, quotations), _, _) = number_quotations(hostile_session(), "mla")
    assert quotations[1].place == "*Bees* & <b>, paragraph 2"


def test_a_quotation_has_the_notes_on_its_own_words_only():
    ((_, (first,)), (_, (second,)), _) = number_quotations(plain_session(), "mla")
    assert [note.quote for note in first.notes] == ["He raised", "dear"]
    assert [note.quote for note in second.notes] == ["Nobody"]


@pytest.mark.parametrize(
    ("key", "pieces"),
    [
        (0, [("The king came.", True), (" He raised a tax. Bread was dear.", False)]),
        (
            1,
            [
                ("The king came. ", False),
                ("He raised a tax.", True),
                (" Bread was dear.", False),
            ],
        ),
        (2, [("The king came. He raised a tax. ", False), ("Bread was dear.", True)]),
    ],
)
def test_a_quotation_in_pieces_is_whole_and_one_is_the_key_sentence(key, pieces):
    session = plain_session()[:1]
    session = [type(session[0])("q", "q", "answered", 0.9, hits_of(PLAIN, key))]
    ((_, quotations),) = number_quotations(session, "mla")
    assert quotations[0].pieces == pieces
    assert quotations[1].pieces == [("Nobody laughed.", True)]


def test_a_status_is_introduced_by_the_sentence_that_says_it():
    assert [introduce_answer(answer) for answer in plain_session()] == [
        "",
        "The essays may not answer this directly. The closest passages:",
        "Nothing in the essays was found to be about this.",
    ]


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_the_same_session_gives_the_same_bytes(kind):
    first = export_answers(hostile_session(), kind, "apa")
    assert export_answers(hostile_session(), kind, "apa") == first


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_editors_notes_stand_in_every_text(kind):
    text = export_answers(plain_session(), kind, "mla").decode("utf-8-sig")
    for note in ("Parliament did", "At fourteen sous", "Some did"):
        assert text.count(note) == 1
    if kind == "csv":
        assert next(csv.DictReader(io.StringIO(text, newline="")))["editor's notes"]
