"""Exports: numbered through, each with its reference, and harmless to what opens them."""

import csv
import io
import zipfile
from dataclasses import replace

import docx
import pytest

from pactqa.answer import Answer
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import split_essay
from pactqa.export.formats import FORMATS, export_answers
from pactqa.search.ranking import Hit

ESSAY = Essay(
    id="bees",
    title="*Bees* & <b>",
    text='=HYPERLINK("http://evil.example","x") of *bees*. They "dance", all.\n\n'
    "1. A second one\r\nwith a break.\n\nBell\x07 and \ud83d\udc1d end.".encode(
        "utf-16", "surrogatepass"
    ).decode("utf-16"),
    notes=(EditorNote("dance", "+1 note"),),
)


def answers():
    hits = tuple(
        Hit(ESSAY, passage, passage.sentences[-1], 0.5, rank)
        for rank, passage in enumerate(split_essay(ESSAY), start=1)
    )
    first = Answer("=1+1", "=1+1", "answered", 0.9, hits[:2])
    second = Answer("and <cold>?", "Why? <cold>?", "nearby", 0.4, hits[2:])
    third = Answer("@bread", "@bread", "absent", 0.1, ())
    return [first, second, third]


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_each_quotation_and_one_for_an_absent_answer():
    rows = rows_of(export_answers(answers(), "csv", "mla"))
    assert [row["number"] for row in rows] == ["1", "2", "3", ""]
    assert [row["status"] for row in rows] == ["answered", "answered", "nearby", "absent"]
    assert rows[1]["quotation"] == "1. A second one\r\nwith a break."
    assert rows[0]["quotation"] == "'" + split_essay(ESSAY)[0].text
    assert all("[author not given]" in row["reference"] for row in rows[:3])


def test_no_cell_of_the_csv_is_computed_by_a_spreadsheet():
    for row in rows_of(export_answers(answers(), "csv", "apa")):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t"))
    for start in ("=", "+", "-", "@", " =", "\t=", "\n=", "＝", "\ufeff="):
        evil = replace(answers()[2], question=f"{start}1+1")
        assert rows_of(export_answers([evil], "csv", "mla"))[0]["question"].startswith("'")


def test_markdown_shows_characters_and_no_markup_of_the_essays():
    text = export_answers(answers(), "md", "mla").decode()
    assert "\n## \\=1" not in text
    assert r"\*bees\*" in text
    assert r"\<cold\>" in text
    assert "**1.**" in text
    assert "**3.**" in text
    assert "Searched as: Why? \\<cold\\>?" in text
    for line in text.splitlines():
        assert not line.startswith(("1. ", "=", "<"))
    assert "The essays say nothing about this." in text


def test_docx_holds_the_exact_words_and_marks_the_key_sentence():
    content = export_answers(answers(), "docx", "chicago")
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert split_essay(ESSAY)[0].text in texts
    bold = [run.text for p in document.paragraphs for run in p.runs if run.font.highlight_color]
    assert bold[0] == 'They "dance", all.'
    assert any("\ufffd" in text for text in texts)  # a bell has no place in XML
    assert any("Editor’s note" in text for text in texts)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "word/document.xml" in names
    assert document.core_properties.author == ""


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_session_gives_a_readable_file(kind):
    assert export_answers([], kind, "mla")


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_the_same_session_gives_the_same_bytes(kind):
    assert export_answers(answers(), kind, "apa") == export_answers(answers(), kind, "apa")
