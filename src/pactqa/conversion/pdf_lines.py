"""Reads the lines of a PDF with the place and type of each, by PDFium."""

import ctypes
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pactqa.errors import ConversionError

__all__ = ["PdfLine", "PdfPages", "read_pages"]

_SOFT_HYPHEN = "\ufffe"
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\xad": "-"}
)
_BOLD = 500
_GAP = 0.15  # of a letter's height: so far apart are two words, and no two letters of one
_Letter = tuple[str, tuple[float, float, float, float] | None, int]


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a page.

    Attributes:
        words: what is written.
        left, right, bottom: where it stands on the page, in points from its lower left corner.
        size: the height of its letters, in points.
        bold: whether it is set in bold from end to end.
        broken: whether its last word goes on in the next line; its hyphen is in `words`.
    """

    words: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    broken: bool = False


@dataclass(frozen=True, slots=True)
class PdfPages:
    """The lines of each page, the number that the PDF gives it, and what it says of itself."""

    lines: tuple[tuple[PdfLine, ...], ...]
    labels: tuple[str, ...]
    title: str
    author: str
    date: str
    bookmarks: frozenset[str]


def read_pages(content: bytes, pages_max: int) -> PdfPages:
    """Reads the lines of every page.

    Raises:
        ConversionError: if the PDF is protected or damaged, or has more pages than that.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ConversionError(
                "the PDF is protected by a password. Save it without one"
            ) from error
        reason = str(error).rstrip(".")
        raise ConversionError(f"the PDF is damaged ({reason}). Save it anew") from error
    if len(pdf) > pages_max:
        raise ConversionError(
            f"the PDF has {len(pdf):,} pages, more than the {pages_max:,} that are read. Divide it"
        )
    about = pdf.get_metadata_dict()
    lines, labels = [], []
    for number in range(len(pdf)):
        labels.append(_read_label(pdf, number))
        try:
            page = pdf[number]
            lines.append(tuple(_read_lines(page.get_textpage(), pypdfium2.raw)))
        except pypdfium2.PdfiumError as error:
            reason = str(error).rstrip(".")
            raise ConversionError(
                f"page {number + 1} of the PDF is damaged ({reason}). Save it anew"
            ) from error
    return PdfPages(
        lines=tuple(lines),
        labels=tuple(labels),
        title=about.get("Title", "").strip(),
        author=about.get("Author", "").strip(),
        date=about.get("CreationDate", "").removeprefix("D:"),
        bookmarks=frozenset(_read_bookmarks(pdf)),
    )


def _read_label(pdf: Any, number: int) -> str:
    try:
        return str(pdf.get_page_label(number)).strip()
    except Exception:  # a broken label is none
        return ""


def _read_bookmarks(pdf: Any) -> Iterator[str]:
    try:
        for bookmark in pdf.get_toc(max_depth=6):
            yield " ".join(bookmark.get_title().split())
    except Exception:  # broken bookmarks are none
        return


def _read_lines(page: Any, raw: Any) -> Iterator[PdfLine]:
    box, is_bold = raw.FS_RECTF(), False
    found: list[_Letter] = []
    for index in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if letter in "\r\n":
            yield from _end_line(found, broken=False)
            found = []
            continue
        is_hyphen = letter in (_SOFT_HYPHEN, "\x02")
        is_generated = raw.FPDFText_IsGenerated(page, index) == 1
        raw.FPDFText_GetLooseCharBox(page, index, box)
        weight = raw.FPDFText_GetFontWeight(page, index)
        if not found and letter.strip():
            is_bold = "bold" in _read_font(page, index, raw)
        weight = max(weight, _BOLD * is_bold)
        place = (box.left, box.right, box.bottom, box.top - box.bottom)
        letter = "-" if is_hyphen else letter
        before = found[-1][1] if found else None
        if (
            before
            and letter.strip()
            and not is_generated
            and _GAP * place[3] < box.left - before[1]
        ):
            found.append((" ", None, weight))  # where PDFium takes two words for one
        if letter.isprintable() or letter == "\t":
            found.append((letter, None if is_generated or not letter.strip() else place, weight))
        if is_hyphen:
            yield from _end_line(found, broken=True)
            found = []
    yield from _end_line(found, broken=False)


def _read_font(page: Any, index: int, raw: Any) -> str:
    """Gives the name of a letter's font in small letters; one that begins a line says enough."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, len(name), flags)
    return name.value.decode("latin-1").lower()


def _end_line(found: list[_Letter], *, broken: bool) -> Iterator[PdfLine]:
    words = " ".join("".join(letter for letter, _, _ in found).translate(_LIGATURES).split())
    places = [place for _, place, _ in found if place]
    if words and places:
        weights = [weight for _, place, weight in found if place]
        yield PdfLine(
            words=words,
            left=min(place[0] for place in places),
            right=max(place[1] for place in places),
            bottom=statistics.median(place[2] for place in places),
            size=statistics.median(place[3] for place in places),
            bold=min(weights) >= _BOLD,
            broken=broken,
        )
