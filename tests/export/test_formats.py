"""What the formats have in common: one table of formats, one choice, one name for the file."""

import io
from pathlib import Path

import docx
import pytest

from pactqa.answer import Answer
from pactqa.errors import SettingError
from pactqa.export.formats import FORMATS, export_answers, find_kind, name_file
from pactqa.export.markdown import write_markdown
from pactqa.export.session import take_session
from pactqa.export.table import write_csv
from tests.export.sessions import hostile_session, plain_session


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_session_gives_a_readable_file(kind):
    assert export_answers([], kind, "mla")


def test_a_text_format_is_written_in_utf_8_and_csv_with_a_mark_for_excel():
    answers = plain_session()
    session = take_session(answers, "apa")
    assert export_answers(answers, "md", "apa") == write_markdown(session).encode()
    assert export_answers(answers, "csv", "apa") == b"\xef\xbb\xbf" + write_csv(session).encode()
    assert export_answers(answers, "docx", "apa").startswith(b"PK")


def test_every_format_has_its_media_type():
    assert FORMATS["md"].startswith("text/markdown")
    assert FORMATS["csv"].startswith("text/csv")
    assert FORMATS["docx"].endswith("wordprocessingml.document")


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_the_same_session_gives_the_same_bytes(kind):
    first = export_answers(hostile_session(), kind, "apa")
    assert export_answers(hostile_session(), kind, "apa") == first


def text_of(content, kind):
    if kind == "docx":
        return "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
    return content.decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_half_a_surrogate_pair_in_a_question_breaks_no_file(kind):
    odd = "why \ud83d now"
    answers = [Answer(odd, odd, "absent", 0.1, ()), Answer("x", odd, "nearby", 0.1, (), (odd,))]
    text = text_of(export_answers(answers, kind, "mla"), kind)
    assert text.count("why ? now") >= 2


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_chosen_and_where_it_is_shown_reach_every_format(kind):
    answers = plain_session()
    second = answers[1].hits[0]
    content = export_answers(
        answers, kind, "mla", [(), {second.passage.id}], lambda hit: f"http://h/?p={hit.rank}"
    )
    text = text_of(content, kind)
    assert "Nobody" in text
    assert "The king" not in text
    if kind != "docx":
        assert "http://h/?p=1" in text


def test_a_word_document_has_the_paper_of_the_setting(monkeypatch):
    monkeypatch.setenv("PACTQA_PAPER", "letter")
    document = docx.Document(io.BytesIO(export_answers(plain_session(), "docx", "mla")))
    assert round(document.sections[0].page_width.inches, 2) == 8.5


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Why did Stalin sign the pact?", "why-did-stalin-sign-the-pact.md"),
        ("Why didn’t Stalin's army…", "why-didnt-stalins-army.md"),
        ("Où est Molotov? ../../etc/passwd\x00", "ou-est-molotov-etc-passwd.md"),
        ("Что делать?", "passages.md"),
        ("?", "passages.md"),
        ("CON", "passages.md"),
        ("lpt1", "passages.md"),
        ("\ud800", "passages.md"),
        ("x" * 100, "x" * 60 + ".md"),
        ("word " * 30, "-".join(["word"] * 12) + ".md"),
        ("a" * 60 + " b", "a" * 60 + ".md"),
    ],
)
def test_a_file_is_named_by_its_first_question(question, name):
    answers = [Answer(question, question, "absent", 0.1, ()), *plain_session()]
    assert name_file(answers, "md") == name


def test_a_session_without_a_question_has_a_name_too():
    assert name_file([], "docx") == "passages.docx"


@pytest.mark.parametrize("name", ["a.md", "A.MD", "a.b.csv", "folder.md/a.docx"])
def test_the_format_is_the_ending_of_the_name(name):
    assert find_kind(Path(name)) == name.rsplit(".", 1)[1].lower()


@pytest.mark.parametrize("name", ["a.pdf", "a", "md", "é.doc"])
def test_another_ending_is_refused_with_those_there_are(name):
    with pytest.raises(SettingError) as error:
        find_kind(Path(name))
    assert str(error.value) == (
        f"{name!a}: the name of the file must end with one of: .md, .csv, .docx."
    )
