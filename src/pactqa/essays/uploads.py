"""Reads a text that somebody hands in to be checked: txt, md, docx or pdf, in memory only.

It is no essay of the corpus and is never kept. Of a Word document the paragraphs and cells are
read, of a PDF the text that it carries; where its lines break, a blank stands instead. The module
refuses what is too large, encrypted, packed too densely, or not what its name says.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from pactqa.errors import ClaimError

__all__ = ["MAX_UPLOAD_BYTES", "UPLOAD_KINDS", "UploadedText", "read_upload"]

MAX_UPLOAD_BYTES = 5_000_000
"""A larger file is refused."""

_MAX_CHARACTERS = 300_000
_MAX_UNPACKED = 60_000_000
_MAX_PARTS = 3_000
_MAX_PAGES = 300
_HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"(?:heading|title|subtitle)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UploadedText:
    """A text that was handed in, and whether its headings are those of Markdown."""

    text: str
    markdown: bool


def read_upload(name: str, content: bytes) -> UploadedText:
    """Reads a file by the ending of its name.

    Args:
        name: of the file; only its ending counts.
        content: what is in it.

    Raises:
        ClaimError: names the file and says why it cannot be read.
    """
    shown = PurePath(name.replace("\\", "/")).name or name
    suffix = PurePath(shown).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise ClaimError(
            f"{shown}: this kind of file cannot be read. Supported are {', '.join(_READERS)}."
        )
    if len(content) > MAX_UPLOAD_BYTES:
        raise ClaimError(
            f"{shown}: the file has {len(content):,} bytes, more than the {MAX_UPLOAD_BYTES:,} "
            "that are read. Take pictures out of it, or paste the text."
        )
    text = reader(shown, content).replace("\r\n", "\n").replace("\r", "\n")
    if not any(character.isalnum() for character in text):
        raise ClaimError(f"{shown}: there is no text in it. {_NO_TEXT.get(suffix, 'Check it.')}")
    if len(text) > _MAX_CHARACTERS:
        raise ClaimError(
            f"{shown}: the text has {len(text):,} characters, more than the {_MAX_CHARACTERS:,} "
            "that are checked at once. Divide it."
        )
    return UploadedText(text, markdown=suffix in (".md", ".docx"))


def _read_plain(name: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise ClaimError(
            f"{name}: this is no text file, whatever its name says. Give it the ending of what it "
            "is (docx or pdf), or export it as text."
        )
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ClaimError(
            f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8 text, or paste it."
        ) from error
    if "\0" in text:
        raise ClaimError(
            f"{name}: this is no text file, whatever its name says. Export it as text."
        )
    return text


def _read_docx(name: str, content: bytes) -> str:
    """Gives the paragraphs of a Word document, its headings as those of Markdown."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ClaimError(
            f"{name}: this Word document is protected by a password or is of the old kind (doc). "
            "Save it as DOCX without a password."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ClaimError(
            f"{name}: this is no Word document, whatever its name says ({error}). Save it as DOCX."
        ) from error
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise ClaimError(
            f"{name}: unpacked it would be larger than the {_MAX_UNPACKED:,} bytes that are read. "
            "Take pictures out of it, or paste the text."
        )
    if "word/document.xml" not in {part.filename for part in parts}:
        raise ClaimError(
            f"{name}: this is no Word document, whatever its name says. Save it as DOCX."
        )
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        paragraphs = list(_read_paragraphs(document))
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise ClaimError(
            f"{name}: the Word document is damaged ({error}). Save it anew, or paste the text."
        ) from error
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _read_paragraphs(document: Any) -> list[str]:
    found = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            # A cell that spans several places is given once for each of them.
            cells = {cell._tc: cell.text for row in item.rows for cell in row.cells}
            found += [text.strip() for text in cells.values()]
            continue
        words = " ".join(item.text.split()) if _is_heading(item) else item.text.strip()
        found.append(f"## {words}" if words and _is_heading(item) else words)
    return found


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.style
    return bool(style is not None and style.name and _HEADING.match(style.name))


def _read_pdf(name: str, content: bytes) -> str:
    """Gives the text of a PDF, a paragraph where the page leaves a line empty."""
    if b"%PDF-" not in content[:1024]:
        raise ClaimError(f"{name}: this is no PDF, whatever its name says. Save it as PDF.")
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
        texts = [page.extract_text() for page in reader.pages] if 0 < pages <= _MAX_PAGES else []
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise ClaimError(
            f"{name}: the PDF cannot be read ({error}). If it is protected, save it without a "
            "password; else paste the text."
        ) from error
    if locked:
        raise ClaimError(f"{name}: the PDF is protected by a password. Save it without one.")
    if pages > _MAX_PAGES:
        raise ClaimError(
            f"{name}: the PDF has {pages} pages, more than the {_MAX_PAGES} that are read. "
            "Divide it."
        )
    return "\n\n".join(map(_join_lines, _EMPTY_LINES.split("\n\n".join(map(str.strip, texts)))))


def _join_lines(paragraph: str) -> str:
    """Gives a paragraph without its line ends, nor the hyphens that stand at them."""
    return " ".join(line.strip(" \t") for line in _HYPHENATED.sub("", paragraph).split("\n"))


_READERS: dict[str, Callable[[str, bytes], str]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
_NO_TEXT = {
    ".pdf": "It may be a scan: have its text recognised first, or type the claims.",
    ".docx": "Its text may stand in pictures or text boxes: paste it instead.",
}
UPLOAD_KINDS = tuple(_READERS)
"""The endings of the files that are read."""
