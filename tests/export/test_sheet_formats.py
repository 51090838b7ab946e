"""Sheets of claims and tables of reasons as files of every kind."""

import csv
import io

import docx
import pytest

from pactqa.errors import SettingError
from pactqa.export.escapes import plain_markdown
from pactqa.export.formats import FORMATS
from pactqa.export.sheet import make_sheet
from pactqa.export.sheet_formats import SHEET_KINDS, write_reasons, write_sheet
from pactqa.export.sheet_json import read_sheet
from pactqa.reasons import find_reasons

TAXES = "Kings “tax” bread. Kings tax the harvest. Kings tax people. Kings dance."
KINGS = f"---\ntitle: Kings\n---\n## Tax\n\n{TAXES}\n"


@pytest.fixture
def made(assistant, monkeypatch):
    monkeypatch.delenv("PACTQA_NLI", raising=False)
    monkeypatch.setenv("PACTQA_PAPER", "A4")
    return assistant({"kings.md": KINGS})


@pytest.fixture
def sheet(made):
    sheet = make_sheet([made.check("Kings tax bread.")], "mla")
    assert len(sheet.claims[0].quotations) > 2
    return sheet


def test_a_sheet_has_one_format_more_than_answers():
    assert list(SHEET_KINDS) == [*FORMATS, "json"]
    assert SHEET_KINDS["json"] == "application/json"


def test_a_sheet_is_written_in_the_format_asked_for(made, sheet):
    essays = made.essays()
    assert "> Kings “tax” bread" in write_sheet(sheet, "md", essays).decode("utf-8")
    text = write_sheet(sheet, "csv", essays)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[0]["quotation"] == "Kings “tax” bread."
    document = docx.Document(io.BytesIO(write_sheet(sheet, "docx", essays)))
    assert "1. Kings tax bread." in [paragraph.text for paragraph in document.paragraphs]
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    assert read_sheet(write_sheet(sheet, "json", essays)) == sheet


def test_all_quotations_are_written_unless_fewer_are_asked_for(made, sheet):
    essays, count = made.essays(), len(sheet.claims[0].quotations)
    text = {
        which: write_sheet(sheet, "md", essays, which).decode() for which in ("short", "judged")
    }
    assert write_sheet(sheet, "md", essays).decode().count("> Kings") == count
    assert (text["short"].count("> Kings"), text["judged"].count("> Kings")) == (2, 0)
    tables = [
        write_sheet(sheet, "csv", essays, which).decode().count("Kings “tax”")
        for which in ("all", "judged")
    ]
    assert tables == [1, 0]
    documents = [write_sheet(sheet, "docx", essays, which) for which in ("short", "all")]
    left_out = f"{count - 2} further sentence"
    texts = [
        "\n".join(p.text for p in docx.Document(io.BytesIO(document)).paragraphs)
        for document in documents
    ]
    assert [left_out in text for text in texts] == [True, False]
    assert read_sheet(write_sheet(sheet, "json", essays, "judged")) == sheet


def test_reasons_are_written_in_the_format_and_the_style_asked_for(assistant):
    bees = "---\ntitle: Bees\n---\n## Dance\n\nBees dance because of flowers.\n"
    kings = "---\ntitle: Kings\n---\n## Tax\n\nKings needed bread in Paris.\n"
    table = find_reasons(assistant({"bees.md": bees, "kings.md": kings}))
    for style, cited in (("mla", "(“Kings,” par. 1)"), ("apa", "(Kings, n.d., para. 1)")):
        markdown = write_reasons(table, "md", style).decode("utf-8")
        assert plain_markdown(cited) in markdown.replace("*Kings*", "Kings")
        text = write_reasons(table, "csv", style)
        assert text.startswith(b"\xef\xbb\xbf")
        assert cited in text.decode("utf-8")
        document = docx.Document(io.BytesIO(write_reasons(table, "docx", style)))
        assert cited in document.tables[0].rows[2].cells[2].text
        height = document.sections[0].page_height  # A4 on its side
        assert height.mm == pytest.approx(210, abs=0.1)


def test_a_paper_that_is_none_is_said(made, sheet, monkeypatch):
    monkeypatch.setenv("PACTQA_PAPER", "A0")
    for write in (
        lambda: write_sheet(sheet, "docx", made.essays()),
        lambda: write_reasons(find_reasons(made), "docx", "mla"),
    ):
        with pytest.raises(SettingError, match="PACTQA_PAPER"):
            write()
