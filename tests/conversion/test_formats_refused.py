"""What cannot be made into text: each kind of file has a sentence of its own."""

import os
import subprocess
import time

import pytest
from documents import PAGE, add_parts, bomb, make_docx, make_epub, make_odt, make_pdf

from pactqa.conversion import convert as module
from pactqa.conversion.convert import convert
from pactqa.conversion.kinds import Kind, recognise_kind
from pactqa.errors import ConversionError

LOCKED = '<e><EncryptedData><EncryptionMethod Algorithm="http://x/aes"/></EncryptedData></e>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">' + b"".join(
    f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">'.replace("&b0;", "&b;").encode() for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture, whatever its name says"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"{\\rtf1 The mill.}", "an RTF file.*Save it as DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "protected by a password, or a file of the old kind"),
        (b"PK\x03\x04rest", "the file is damaged: it is an archive that cannot be opened"),
        (add_parts(make_docx("A."), {"word/document.xml": b"<w"}), "Word document is damaged"),
        (make_docx("It burnt.")[:-300], "damaged"),
        (make_docx("", heading=""), "there is no text in it; it may stand in pictures"),
        (bomb(), "unpacked it would have 300,000,000 bytes in 1 parts, more than the 200,000,000"),
        (make_pdf("The mill.", password="secret"), "the PDF is protected by a password"),
        (make_pdf(), "there is no text in it: it may be a scan"),
        (b"%PDF-1.7\nrubbish", r"the PDF is damaged \([^)]*[^).]\)?\)\. Save"),
        (make_pdf("The mill.")[:-400], "the PDF is damaged|no text"),
        (make_odt("<text:p>A.</text:p>", encrypted=True), "protected by a password"),
        (make_odt("<text:p>"), "its part content.xml is no XML"),
        (make_odt(""), "there is no text in it"),
        (make_epub(), "there is no text in it; its pages may be pictures"),
        (make_epub("<p>A.</p>", parts=[("META-INF/encryption.xml", LOCKED)]), "against copying"),
        (add_parts(make_epub("<p>A.</p>"), {"O/p.opf": b"no"}), "its part O/p.opf is no XML"),
        (b"<html><body><script>x</script></body></html>", "there is no text in the page"),
        (b"The mill\0burnt.", "line 1 holds a NUL character"),
        ("“The mill” was ‘old’.".encode() + b"\xff", "byte 29 .line 1. is not UTF-8, and no other"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, message):
    with pytest.raises(ConversionError, match=message) as caught:
        convert(content)
    assert len(str(caught.value)) < 400
    assert not str(caught.value).endswith(".")


def test_the_content_tells_what_a_file_is():
    kinds = [make_docx("A."), make_pdf("A."), make_odt(""), make_epub("A."), PAGE.encode(), b"A."]
    assert [recognise_kind(content) for content in kinds] == [
        *(Kind.WORD, Kind.PDF, Kind.OPEN_DOCUMENT, Kind.EPUB, Kind.WEB_PAGE, Kind.TEXT)
    ]
    assert recognise_kind(b"\xef\xbb\xbf <!-- x --> <HTML><p>A.") is Kind.WEB_PAGE
    assert recognise_kind(b"<p align=center>Markdown</p>") is Kind.TEXT


def test_a_file_is_given_no_more_time_than_the_setting_says(monkeypatch, tmp_path):
    monkeypatch.setenv("PACTQA_CONVERT_SECONDS", "1")
    (tmp_path / "sleeper.py").write_text("import time; time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(module, "_WORKER", "sleeper")
    start = time.monotonic()
    with pytest.raises(ConversionError, match=r"more than the 1 seconds.*PACTQA_CONVERT_SECONDS"):
        convert(make_pdf("The mill."))
    assert time.monotonic() - start < 20


def test_a_file_is_given_no_more_memory_than_the_setting_says(monkeypatch):
    pages = "<text:p>The mill.</text:p>" * 400_000
    with_room = convert(make_odt(pages[:2600]))
    assert with_room.text.startswith("The mill.")
    monkeypatch.setenv("PACTQA_CONVERT_BYTES", "100000000")
    with pytest.raises(ConversionError, match=r"more than the 100,000,000 bytes"):
        convert(make_odt(pages))


def test_a_pdf_is_given_no_more_pages_than_the_setting_says(monkeypatch):
    monkeypatch.setenv("PACTQA_ESSAY_PAGES", "1")
    pages = [[(50, 700, "F1", 12, f"Page {at}.")] for at in range(2)]
    with pytest.raises(ConversionError, match="the PDF has 2 pages, more than the 1 that are read"):
        convert(make_pdf(pages=pages))


@pytest.mark.parametrize("outcome", [OSError("no process"), b"", b"Traceback", b"[1"])
def test_a_process_that_fails_is_a_sentence_too(monkeypatch, outcome):
    def run(*_, **__):
        if isinstance(outcome, OSError):
            raise outcome
        return subprocess.CompletedProcess([], -11, stdout=outcome, stderr=b"")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ConversionError, match=r"no process could be started|reading it failed"):
        convert(make_pdf("The mill."))


def test_an_entity_that_stands_for_millions_of_letters_is_not_written_out():
    body = ENTITIES + b"]>"
    odt = make_odt("<text:p>A.&b11;</text:p>")
    content = add_parts(odt, {"content.xml": body + b"<a>&b11;</a>"})
    with pytest.raises(ConversionError):
        convert(content)


def test_a_pdf_that_opens_without_a_password_is_read():
    assert convert(make_pdf("The mill burnt.", password="")).text == "The mill burnt.\n"
