"""Reads an OpenDocument text (odt): what LibreOffice and Google Docs write.

Headings are the document's own. Notes follow at the end, with their numbers; comments and what was
deleted while changes were tracked are left out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactqa.conversion.archives import open_archive, parse_part, read_year
from pactqa.conversion.blocks import Block, join_blocks, squeeze
from pactqa.conversion.document import Document, describe_pictures
from pactqa.conversion.kinds import Kind
from pactqa.errors import ConversionError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_open_document"]

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LEFT_OUT = {
    *(f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end"),
    *(f"{_TEXT}table-of-content", f"{_OFFICE}forms", f"{_TEXT}sequence-decls"),
}


def read_open_document(content: bytes) -> Document:
    """Reads an OpenDocument text.

    Raises:
        ConversionError: if it is damaged, or there is no text in it.
    """
    with open_archive(content) as archive:
        root = parse_part(archive, "content.xml")
        about = parse_part(archive, "meta.xml") if "meta.xml" in archive.namelist() else root
        pictures = sum(name.startswith("Pictures/") for name in archive.namelist())
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise ConversionError("the file is damaged: it has no text. Save it anew")
    reader = _Reader(_find_titles(root))
    blocks = [*reader.read(body), *reader.notes]
    text, _ = join_blocks(blocks)
    if not text.strip():
        raise ConversionError("there is no text in it; it may stand in pictures. Paste the text")
    first = next((block.words for block in blocks if block.level == 1), None)
    fields = {str(element.tag).rsplit("}", 1)[-1]: element.text for element in about.iter("{*}*")}
    return Document(
        kind=Kind.OPEN_DOCUMENT,
        text=text,
        title=fields.get("title") or first,
        author=fields.get("initial-creator") or fields.get("creator"),
        year=read_year(fields.get("creation-date") or fields.get("date")),
        warnings=describe_pictures(pictures),
    )


def _find_titles(root: "_Element") -> set[str]:
    """Gives the names of the styles of a title: the common one, and those made from it."""
    styles = root.iter(f"{_STYLE}style")
    made = {
        s.get(f"{_STYLE}name", "") for s in styles if s.get(f"{_STYLE}parent-style-name") == "Title"
    }
    return {"Title", *made}


class _Reader:
    """The paragraphs of a document as they are read, with its notes for the end."""

    def __init__(self, titles: set[str]) -> None:
        self._titles = titles
        self.notes: list[Block] = []

    def read(self, element: "_Element", is_item: bool = False) -> Iterator[Block]:
        """Gives the headings and paragraphs in an element."""
        for child in element.iterchildren("{*}*"):
            if child.tag in _LEFT_OUT:
                continue
            if child.tag in (f"{_TEXT}h", f"{_TEXT}p"):
                frames: list[_Element] = []
                words = _squeeze_lines("".join(self._read_words(child, frames)))
                level = int(child.get(f"{_TEXT}outline-level", "1")) + 1
                if child.tag == f"{_TEXT}p":
                    level = int(child.get(f"{_TEXT}style-name") in self._titles)
                if level:
                    words = squeeze(words)
                yield Block(words, level, is_item and not level)
                for frame in frames:
                    yield from self.read(frame)
            else:
                yield from self.read(child, is_item or child.tag == f"{_TEXT}list-item")

    def _read_words(self, element: "_Element", frames: list["_Element"]) -> Iterator[str]:
        yield element.text or ""
        for child in element.iterchildren("{*}*"):
            if child.tag == f"{_TEXT}s":
                yield " " * min(int(child.get(f"{_TEXT}c", "1")), 100)
            elif child.tag == f"{_TEXT}tab":
                yield "\t"
            elif child.tag == f"{_TEXT}line-break":
                yield "\n"
            elif child.tag == f"{_TEXT}note":
                yield self._read_note(child)
            elif str(child.tag).endswith("}frame"):
                frames.append(child)
            elif child.tag not in _LEFT_OUT:
                yield from self._read_words(child, frames)
            yield child.tail or ""

    def _read_note(self, note: "_Element") -> str:
        mark = f"[{squeeze(note.findtext(f'{_TEXT}note-citation') or str(len(self.notes) + 1))}]"
        body = note.find(f"{_TEXT}note-body")
        found = list(self.read(body)) if body is not None else []
        words = " ".join(block.words for block in found if block.words)
        self.notes.append(Block(f"{mark} {words}"))
        return mark


def _squeeze_lines(text: str) -> str:
    """Gives a text with single blanks, its line breaks kept."""
    return "\n".join(line for line in map(squeeze, text.split("\n")) if line)
