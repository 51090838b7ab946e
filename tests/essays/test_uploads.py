"""Texts that are handed in to be checked: every kind, and what is too large to be checked."""

import pytest
from documents import PAGE, make_docx, make_epub, make_odt, make_pdf

from pactqa.errors import ClaimError
from pactqa.essays import uploads
from pactqa.essays.uploads import read_upload


def test_plain_text_and_markdown_are_read_as_they_are():
    assert read_upload("a.TXT", b"\xef\xbb\xbfThe mill.\r\n").text == "The mill.\n"
    assert read_upload("a.txt", "The mill.".encode("utf-16")).text == "The mill."
    assert read_upload("a.md", b"# Mill\n\nIt burnt.").markdown
    assert not read_upload("a.txt", b"The mill.").markdown


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (make_docx("It burnt.", cells=["One", "Two"]), "## The Mill\n\nIt burnt.\n\nOne\n\nTwo\n"),
        (make_pdf("The mill was a beauti-", "ful place."), "The mill was a beautiful place.\n"),
        (make_odt("<text:p>The mill.</text:p>"), "The mill.\n"),
        (make_epub("<h1>Mill</h1><p>It burnt.</p>"), "# Mill\n\nIt burnt.\n"),
    ],
)
def test_what_is_no_text_is_read_by_what_is_in_it_whatever_its_name(content, text):
    upload = read_upload("a.txt", content)
    assert upload.text == text
    assert upload.markdown


def test_a_web_page_is_read_without_what_belongs_to_the_site():
    assert "Join now" not in read_upload("a.html", PAGE.encode()).text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("../x/a.exe", b"MZ\x90", r"^a\.exe: this is a program, whatever its name says"),
        ("a.docx", b"\xff\xd8\xff\xe0", "a JPEG picture, whatever its name says"),
        ("a.txt", b" \n ", "the file is empty"),
        ("a.txt", b"... \n --", "there is no text in it"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1", "protected by a password, or a file of the old kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(name, content, message):
    with pytest.raises(ClaimError, match=message):
        read_upload(name, content)


@pytest.mark.parametrize(
    ("limit", "content", "message"),
    [
        ("MAX_UPLOAD_BYTES", b"The mill burnt.", "15 bytes, more than the 8"),
        ("_MAX_CHARACTERS", b"The mill burnt.", "15 characters, more than the 8"),
    ],
)
def test_what_is_too_large_is_refused(monkeypatch, limit, content, message):
    monkeypatch.setattr(uploads, limit, 8)
    with pytest.raises(ClaimError, match=message):
        read_upload("a.txt", content)
