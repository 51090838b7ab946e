"""Texts that are handed in: every kind, and everything that is refused."""

import io
import zipfile

import docx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from pactqa.errors import ClaimError
from pactqa.essays import uploads
from pactqa.essays.uploads import _join_lines, read_upload


def make_docx(*paragraphs, cells=()):
    document = docx.Document()
    document.add_heading("The Mill", level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, words in zip(table.rows[0].cells, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(*lines, password=""):
    """A page of text, written as PDF's own operators."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 50 700 Td {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_plain_text_and_markdown_are_read_as_they_are():
    assert read_upload("a.TXT", b"\xef\xbb\xbfThe mill.\r\n").text == "The mill.\n"
    assert read_upload("a.txt", "The mill.".encode("utf-16")).text == "The mill."
    assert read_upload("a.md", b"# Mill\n\nIt burnt.").markdown
    assert not read_upload("a.txt", b"The mill.").markdown


def test_a_word_document_gives_headings_paragraphs_and_cells():
    upload = read_upload("a.docx", make_docx("It burnt.", "", "It was old.", cells=["One", "Two"]))
    assert upload.text == "## The Mill\n\nIt burnt.\n\nIt was old.\n\nOne\n\nTwo"
    assert upload.markdown


def test_the_lines_of_a_pdf_are_joined():
    upload = read_upload("a.pdf", make_pdf("The mill was a beauti-", "ful place and", "it burnt."))
    assert upload.text == "The mill was a beautiful place and it burnt."


def small_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 2_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.doc", b"", r"a\.doc: this kind of file cannot be read.*txt, \.md, \.docx, \.pdf"),
        ("a", b"The mill.", "this kind of file"),
        ("../x/a.exe", b"", r"^a\.exe: "),
        ("a.txt", b"The mill \xff.", "byte 9 is not UTF-8"),
        ("a.txt", b"PK\x03\x04rest", "no text file, whatever its name"),
        ("a.md", b"%PDF-1.7", "no text file"),
        ("a.txt", b"The\0mill", "no text file"),
        ("a.txt", b" \n ", "there is no text in it"),
        ("a.docx", b"The mill.", "no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1", "protected by a password or is of the old kind"),
        ("a.docx", make_pdf("x"), "no Word document"),
        ("a.docx", make_docx("It burnt.")[:-300], "no Word document|damaged"),
        ("a.pdf", b"The mill.", "no PDF"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "cannot be read"),
        ("a.pdf", make_pdf(), "no text in it.*scan"),
        ("a.pdf", make_pdf("The mill.", password="secret"), "protected"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(name, content, message):
    with pytest.raises(ClaimError, match=message):
        read_upload(name, content)


def test_a_word_document_without_its_text_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("other.xml", "x")
    with pytest.raises(ClaimError, match="no Word document"):
        read_upload("a.docx", out.getvalue())


def test_a_damaged_word_document_is_refused():
    with pytest.raises(ClaimError, match="damaged"):
        read_upload("a.docx", small_bomb())


@pytest.mark.parametrize(
    ("limit", "value", "name", "content", "message"),
    [
        ("_MAX_UNPACKED", 1_000_000, "a.docx", small_bomb(), "unpacked it would be larger"),
        ("_MAX_PARTS", 2, "a.docx", make_docx("It burnt."), "unpacked it would be larger"),
        ("MAX_UPLOAD_BYTES", 8, "a.txt", b"The mill burnt.", "15 bytes, more than the 8"),
        ("_MAX_CHARACTERS", 8, "a.txt", b"The mill burnt.", "15 characters, more than the 8"),
        ("_MAX_PAGES", 0, "a.pdf", make_pdf("The mill."), "1 pages, more than the 0"),
    ],
)
def test_what_is_too_large_is_refused(monkeypatch, limit, value, name, content, message):
    monkeypatch.setattr(uploads, limit, value)
    with pytest.raises(ClaimError, match=message):
        read_upload(name, content)


def test_a_pdf_that_opens_without_a_password_is_read():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf("The mill burnt."))))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert read_upload("a.pdf", out.getvalue()).text == "The mill burnt."


def test_the_lines_of_a_paragraph_are_joined_and_their_hyphens_taken_out():
    assert _join_lines("The mill \n\t burnt be-\nfore noon, on Mon-\nDay.") == (
        "The mill burnt before noon, on Mon- Day."
    )
