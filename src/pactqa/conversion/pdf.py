"""Reads a PDF: its paragraphs, headings and page numbers, from where its lines stand.

A PDF has neither paragraphs nor headings, only letters in places. A paragraph ends where the gap to
the next line is wide, the type changes, the next line is indented or this one ends early; one that
a page breaks off goes on. A heading is a short paragraph in larger or bold type, or named by a
bookmark. Running heads and page numbers are taken off.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactqa.conversion.archives import read_year
from pactqa.conversion.blocks import Block, join_blocks
from pactqa.conversion.document import Document, PageStart
from pactqa.conversion.kinds import Kind
from pactqa.conversion.pdf_furniture import number_pages, strip_furniture
from pactqa.conversion.pdf_lines import PdfLine, read_pages
from pactqa.errors import ConversionError

__all__ = ["read_pdf"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:…][”’\"')\]]*(?:\[?\d{1,3}\]?)?$")
_BULLET = re.compile(r"[•◦▪●‣·–*-]\s+")
_NO_TITLE = re.compile(r"untitled|microsoft word|.*\.(?:docx?|tex|dvi|pdf|rtf|odt|indd|qxd)$", re.I)
_HEADING_MAX, _HEADING_LINES = 150, 3
_LARGER, _SMALLER, _GAP, _INDENT, _SHORT = 1.1, 0.92, 1.35, 0.7, 0.85


@dataclass(slots=True, frozen=True)
class _Piece:
    """Lines that belong together, and the number of the page of each."""

    lines: tuple[PdfLine, ...]
    pages: tuple[str, ...]

    @property
    def size(self) -> float:
        return statistics.median(line.size for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether it seems to go on."""
        last = self.lines[-1]
        return last.broken or not _ENDS.search(last.words)


def read_pdf(content: bytes, pages_max: int) -> Document:
    """Reads a PDF.

    Args:
        content: of the file.
        pages_max: how many pages it may have.

    Raises:
        ConversionError: if it is protected, damaged or too long, or has no text (as a scan has).
    """
    found = read_pages(content, pages_max)
    letters = "".join(line.words for page in found.lines for line in page)
    if not any(letter.isalnum() for letter in letters):
        raise ConversionError(
            "there is no text in it: it may be a scan. Have its text recognised first"
        )
    unknown = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in letters)
    if unknown > len(letters) / 10:
        raise ConversionError(
            "its letters cannot be told: the PDF does not say which its fonts show. Have its text "
            "recognised first"
        )
    pages, first, removed = strip_furniture(found.lines)
    numbers = number_pages(found.labels, first)
    lines = [line for page in pages for line in page]
    body = _find_body_size(lines)
    pitch = _find_pitch(lines, body)
    pieces: list[_Piece] = []
    for page, number in zip(pages, numbers, strict=True):
        _add_page(
            pieces, [_Piece(part, (number,) * len(part)) for part in _split(page, pitch)], body
        )
    hyphenated = {w.casefold() for line in lines for w in _WORD.findall(line.words) if "-" in w}
    blocks = [_make_block(piece, body, found.bookmarks, hyphenated) for piece in pieces]
    text, starts = join_blocks(blocks)
    if not text.strip():
        raise ConversionError(
            "there is no text in it but page numbers. Check that it is the right file"
        )
    empty = [number for number, page in zip(numbers, found.lines, strict=True) if not page]
    warnings: tuple[str, ...] = ()
    if empty:
        warnings = (f"No text on page {', '.join(empty[:20])}: pictures, or a scan.",)
    return Document(
        kind=Kind.PDF,
        text=text,
        title=_find_title(found.title, pieces, body, numbers),
        author=found.author or None,
        year=read_year(found.date),
        page_starts=tuple(PageStart(start, page) for start, page in starts),
        removed=removed,
        warnings=warnings,
    )


def _find_body_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    return sizes.most_common(1)[0][0]


def _find_pitch(lines: Sequence[PdfLine], body: float) -> float:
    """Gives the usual distance between two lines of the body."""
    gaps = [
        one.bottom - other.bottom
        for one, other in pairwise(lines)
        if 0 < one.bottom - other.bottom < 4 * body
    ]
    return statistics.median_low(gaps) if gaps else 1.2 * body


def _split(page: Sequence[PdfLine], pitch: float) -> Iterator[tuple[PdfLine, ...]]:
    """Splits the lines of a page where a paragraph seems to end."""
    part: list[PdfLine] = []
    for at, line in enumerate(page):
        following = page[at + 1] if at + 1 < len(page) else None
        if part and _begins(part, line, following, pitch):
            yield tuple(part)
            part = []
        part.append(line)
    if part:
        yield tuple(part)


def _begins(
    part: Sequence[PdfLine], line: PdfLine, following: PdfLine | None, pitch: float
) -> bool:
    last = part[-1]
    gap = last.bottom - line.bottom
    if abs(line.size - last.size) > 0.08 * max(line.size, last.size) and abs(gap) > 0.5:
        return True
    if line.bold != last.bold and line.bold and not last.broken and len(part) > 0:
        return bool(_ENDS.search(last.words)) or gap > pitch * 1.1
    if last.bold and not line.bold and all(one.bold for one in part):
        return True
    if gap < -line.size:  # a new column
        return not (last.broken or (not _ENDS.search(last.words) and line.words[:1].islower()))
    if gap > max(pitch, 1.1 * line.size) * _GAP or _BULLET.match(line.words):
        return not last.broken
    margin = min(one.left for one in part)
    right = max(one.right for one in part)
    is_indented = line.left > margin + _INDENT * line.size and len(part) > 1
    is_back = following is None or following.left < line.left - _INDENT * line.size
    ended = bool(_ENDS.search(last.words))
    if is_indented and is_back and (ended or line.left > part[-1].left + _INDENT * line.size):
        return not last.broken
    width = max(right - margin, 1)
    return ended and len(part) > 1 and last.right < margin + _SHORT * width


def _add_page(pieces: list[_Piece], page: list[_Piece], body: float) -> None:
    """Adds the pieces of a page; one that the page before broke off goes on in the first."""
    at = len(pieces) - 1
    while at >= 0 and pieces[at].size < _SMALLER * body:  # notes at the foot of the page
        at -= 1
    first = next((piece for piece in page if piece.size >= _SMALLER * body), None)
    if at >= 0 and first is not None and pieces[at].is_open:
        last = pieces[at]
        is_alike = abs(last.size - first.size) <= 0.08 * last.size
        if is_alike and (first.lines[0].words[:1].islower() or last.lines[-1].broken):
            pieces[at] = _Piece(last.lines + first.lines, last.pages + first.pages)
            page = [piece for piece in page if piece is not first]
    pieces += page


def _make_block(
    piece: _Piece, body: float, bookmarks: frozenset[str], hyphenated: set[str]
) -> Block:
    words, broken = "", False
    turns: list[tuple[int, str]] = []
    for line, page in zip(piece.lines, piece.pages, strict=True):
        if broken:
            words = _join_hyphen(words, line.words, hyphenated)
        elif words:
            words += " "
        if page != (turns[-1][1] if turns else piece.pages[0]):
            turns.append((len(words), page))
        words += line.words
        broken = line.broken or (line.words[-1:] == "-" and line.words[-2:-1].islower())
    is_bullet = bool(_BULLET.match(words))
    level = 0 if is_bullet else _find_level(piece, words, body, bookmarks)
    return Block(words, level, page=piece.pages[0], turns=tuple(turns))


def _join_hyphen(words: str, after: str, hyphenated: set[str]) -> str:
    """Takes the hyphen off that a line ends with, unless the word has it elsewhere too."""
    first, second = re.search(r"[^\W\d_]*-$", words), re.match(r"[^\W\d_]+", after)
    if not first or not second or not second[0][:1].islower():
        return words
    whole = f"{first[0]}{second[0]}".casefold()
    return words if whole in hyphenated else words[:-1]


def _find_level(piece: _Piece, words: str, body: float, bookmarks: frozenset[str]) -> int:
    """Gives the level of a heading, 0 for a paragraph."""
    if len(words) > _HEADING_MAX or len(piece.lines) > _HEADING_LINES:
        return 0
    if not any(letter.isalpha() for letter in words):
        return 0
    if piece.size >= 1.5 * body:
        return 1
    if piece.size >= _LARGER * body or words in bookmarks:
        return 2
    is_bold = all(line.bold for line in piece.lines) and piece.size >= _SMALLER * body
    return 3 if is_bold and not re.search(r"[.!?,;]$", words) else 0


def _find_title(
    said: str, pieces: Sequence[_Piece], body: float, numbers: Sequence[str]
) -> str | None:
    """Gives the title that the PDF says, else the largest words on its first page."""
    if said and not _NO_TITLE.match(said):
        return said
    first = [p for p in pieces if p.pages[0] == numbers[0] and p.size >= _LARGER * body]
    largest = max(first, key=lambda piece: piece.size, default=None)
    return " ".join(line.words for line in largest.lines) if largest else None
