"""Puts headings and paragraphs together to Markdown, and reads them from the elements of a page.

A paragraph's words are written as they are, not escaped: what is quoted is a slice of this text. A
line that would be read as a heading, as the beginning of code or as an HTML block is indented by
four blanks instead, which keeps it a paragraph of the same words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Block", "join_blocks", "read_elements", "squeeze"]

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LOOKS_LIKE = re.compile(r"(?:#{1,6}(?:\s|$)|`{3}|~{3}|<|=+\s*$|-+\s*$)")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = {"script", "style", "template", "noscript", "svg", "math", "iframe"}
_PARTS = {
    *("p", "div", "section", "article", "main", "body", "blockquote", "quote", "li", "item", "dt"),
    *("dd", "td", "th", "cell", "tr", "row", "table", "ul", "ol", "dl", "list", "figure", "header"),
    *("figcaption", "aside", "footer", "pre", "nav", "hr", "address", "form", "tbody", "thead"),
    *("caption", "html", "center", "details", "summary", "fieldset", "tfoot", "doc"),
}
_ITEMS = {"li", "item"}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list.

    Attributes:
        words: what is written, in one line or several.
        level: of a heading, from 1; 0 for what is none.
        is_item: whether it is an item of a list.
        page: the number of the page that it begins on, `""` where there are none.
        turns: for each page that begins inside it, the offset in `words` and the page's number.
    """

    words: str
    level: int = 0
    is_item: bool = False
    page: str = ""
    turns: tuple[tuple[int, str], ...] = ()


def join_blocks(blocks: Sequence[Block]) -> tuple[str, list[tuple[int, str]]]:
    r"""Gives the Markdown of some blocks, and where each page begins in it.

    >>> join_blocks([Block("Bees", level=1, page="1"), Block("# They fly.", page="2")])
    ('# Bees\n\n    # They fly.\n', [(2, '1'), (12, '2')])
    """
    text = ""
    pages: list[tuple[int, str]] = []
    was_item = False
    for block in blocks:
        if not block.words:
            continue
        gap = "\n" if was_item and block.is_item else "\n\n"
        text += gap if text else ""
        lead = f"{'#' * min(block.level, 6)} " if block.level else "- " if block.is_item else ""
        lines = [block.words] if lead else block.words.split("\n")
        starts, at = [], 0  # where each line begins in the block's words, and in the text
        text += lead
        for number, line in enumerate(lines):
            text += "\n" if number else ""
            text += "    " if not lead and _LOOKS_LIKE.match(line) else ""
            starts.append((at, len(text)))
            at += len(line) + 1
            text += line
        for offset, page in ((0, block.page), *block.turns):
            if page and (not pages or pages[-1][1] != page):
                begin, there = next(start for start in reversed(starts) if start[0] <= offset)
                pages.append((there + offset - begin, page))
        was_item = block.is_item
    return f"{text}\n" if text else "", pages


def read_elements(root: "_Element") -> Iterator[Block]:
    """Reads the headings, paragraphs and items of a tree of HTML elements, or of TEI's."""
    yield from _Reader().read(root)


def squeeze(text: str) -> str:
    """Gives a text with one blank in the place of each run of blanks and line ends."""
    return _BLANKS.sub(" ", text).strip(" ")


class _Reader:
    """The words collected until an element ends a block."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def read(self, element: "_Element", level: int = 0, is_item: bool = False) -> Iterator[Block]:
        """Gives the blocks in an element; the words after the last one are still kept."""
        yield from self._read(element, level, is_item)
        yield from self._close(level, is_item)

    def _read(self, element: "_Element", level: int, is_item: bool) -> Iterator[Block]:
        self._words.append(element.text or "")
        for child in element:
            tag = _name_tag(child)
            if tag == "br" or tag == "lb":
                self._words.append("\x0b")
            elif tag == "sup" and (mark := squeeze("".join(child.itertext()))).isdigit():
                self._words.append(f"[{mark}]" if child.find(".//{*}a") is not None else mark)
            elif tag and tag not in _LEFT_OUT:
                if tag in _PARTS or tag in _HEADINGS or tag == "head":
                    yield from self._close(level, is_item)
                    own = _find_level(child, tag) or level
                    yield from self.read(child, own, is_item or tag in _ITEMS)
                else:
                    yield from self._read(child, level, is_item)
            self._words.append(child.tail or "")

    def _close(self, level: int, is_item: bool) -> Iterator[Block]:
        lines = map(squeeze, "".join(self._words).split("\x0b"))
        joined = (" " if level or is_item else "\n").join(line for line in lines if line)
        self._words = []
        if joined:
            yield Block(joined, level, is_item and not level)


def _name_tag(element: "_Element") -> str:
    """Gives an element's name without its namespace; `""` for a comment and the like."""
    tag: Any = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def _find_level(element: "_Element", tag: str) -> int:
    return _HEADINGS.get(element.get("rend", "h2") if tag == "head" else tag, 0)
