"""Recognises what a file is by what is in it.

Text is told from everything else; whether a text is Markdown no content can tell. What is
recognised and not read is an error that says what to do instead. Archives are looked into, but
hardly anything of them is unpacked, and one that would become too large is refused here.
"""

import io
import re
import zipfile
from enum import StrEnum

from pactqa.errors import ConversionError

__all__ = ["Kind", "recognise_kind"]

_UNPACKED_MAX = 200_000_000
_PARTS_MAX = 10_000
_HTML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TYPE_IT, _UNPACK_IT = "Have its text recognised first, or type it", "Unpack it first"
_OTHERS = {
    b"{\\rtf": ("an RTF file", "Save it as DOCX or PDF"),
    b"\xff\xd8\xff": ("a JPEG picture", _TYPE_IT),
    b"\x89PNG": ("a PNG picture", _TYPE_IT),
    b"GIF8": ("a GIF picture", _TYPE_IT),
    b"II*\0": ("a TIFF picture", _TYPE_IT),
    b"MM\0*": ("a TIFF picture", _TYPE_IT),
    b"bplist": ("a web archive", "Save the page as 'HTML only'"),
    b"\x1f\x8b": ("a packed file", _UNPACK_IT),
    b"7z\xbc\xaf": ("a packed file", _UNPACK_IT),
    b"Rar!": ("a packed file", _UNPACK_IT),
    b"%!PS": ("a PostScript file", "Save it as PDF"),
    b"MZ": ("a program", "Check that it is the right file"),
    b"\x7fELF": ("a program", "Check that it is the right file"),
}
"""How files of some other kinds begin, what they are, and what can be done."""


class Kind(StrEnum):
    """What a file is; the value is how it is called in a sentence."""

    TEXT = "a text file"
    WEB_PAGE = "a web page"
    WORD = "a Word document"
    PDF = "a PDF"
    OPEN_DOCUMENT = "an OpenDocument text"
    EPUB = "an EPUB"


def recognise_kind(content: bytes) -> Kind:
    """Tells what a file is.

    Raises:
        ConversionError: if it is empty, of a kind that is not read, protected, or would unpack to
            more than is read.
    """
    if not content.strip():
        raise ConversionError("the file is empty. Check that it was saved")
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(b"PK"):
        return _recognise_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ConversionError(
            "this is a Word document that is protected by a password, or a file of the old kind "
            "(doc, xls, ppt). Save it as DOCX without a password"
        )
    for start, (name, remedy) in _OTHERS.items():
        if content.startswith(start):
            raise ConversionError(f"this is {name}, whatever its name says. {remedy}")
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return Kind.WEB_PAGE
    return Kind.TEXT


def _recognise_archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            mimetype = parts.get("mimetype")
            mime = b""
            if mimetype and mimetype.file_size < 200:
                mime = archive.read(mimetype)
            manifest = parts.get("META-INF/manifest.xml")
            listed = b""
            if manifest and manifest.file_size < 1_000_000:
                listed = archive.read(manifest)
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise ConversionError(
            f"the file is damaged: it is an archive that cannot be opened ({error}). Save it anew"
        ) from error
    unpacked = sum(part.file_size for part in parts.values())
    if len(parts) > _PARTS_MAX or unpacked > _UNPACKED_MAX:
        raise ConversionError(
            f"unpacked it would have {unpacked:,} bytes in {len(parts):,} parts, more than the "
            f"{_UNPACKED_MAX:,} and {_PARTS_MAX:,} that are read. Take pictures out of it"
        )
    if "word/document.xml" in parts:
        return Kind.WORD
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        if b"encryption-data" in listed:
            raise ConversionError("it is protected by a password. Save it without one")
        return Kind.OPEN_DOCUMENT
    if mime.strip() == b"application/epub+zip" or "META-INF/container.xml" in parts:
        return Kind.EPUB
    raise ConversionError(
        "this is an archive that is no Word document, OpenDocument text or EPUB, whatever its name "
        "says. Unpack it, or save the essay as DOCX"
    )
