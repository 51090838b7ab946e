"""Takes running heads and page numbers off the pages of a PDF, and learns the numbers from them."""

import re
from collections import Counter
from collections.abc import Sequence

from pactqa.conversion.pdf_lines import PdfLine

__all__ = ["number_pages", "strip_furniture"]

_DECORATION = r"[\s\-–—.|•\[\]]*"
_NUMBER = re.compile(
    rf"{_DECORATION}(?:page|p\.|seite)?\s*(\d{{1,4}})(?:\s*(?:of|/|von)\s*\d{{1,4}})?{_DECORATION}",
    re.I,
)
_ROMAN = re.compile(rf"{_DECORATION}[ivxlc]{{1,7}}{_DECORATION}", re.I)
_EDGE_NUMBER = re.compile(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$")
_DIGITS = re.compile(r"\d+")
_AT_EDGE, _TIMES_LEAST, _SHARE_LEAST = 2, 3, 0.2
_NUMBERED_LEAST = 0.6
_HEAD_MAX = 100
_SAME_PLACE, _MARGIN = 12.0, 40.0


def strip_furniture(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[list[list[PdfLine]], int | None, tuple[str, ...]]:
    """Takes off the lines at the top and the bottom that pages repeat, and page numbers.

    Returns:
        The lines left of each page; the number that the first page has, or would have, by those
        printed if they go up by one with the pages; what was taken off, each kind once.
    """
    bottoms = [line.bottom for page in pages for line in page]
    margins = (min(bottoms, default=0) + _MARGIN, max(bottoms, default=0) - _MARGIN)
    edges_of = [_find_edges(page, margins) for page in pages]
    seen = Counter(key for edges in edges_of for key in {_key(line) for line in edges})
    least = max(_TIMES_LEAST, int(len(pages) * _SHARE_LEAST))
    first = _find_first_number(edges_of)
    left = []
    removed: dict[str, None] = {}
    for at, (page, edges) in enumerate(zip(pages, edges_of, strict=True)):
        own = None if first is None else first + at
        taken = [
            line
            for line in edges
            if seen[_key(line)] >= least
            or (len(pages) > 1 and _is_number(line.words))
            or (own in _read_numbers(line.words) and len(line.words) <= _HEAD_MAX)
        ]
        if len(taken) == len(page):  # a page of few lines, which would be empty
            taken = [line for line in taken if _is_number(line.words)]
        removed |= dict.fromkeys(_DIGITS.sub("…", line.words) for line in page if line in taken)
        left.append([line for line in page if line not in taken])
    return left, first, tuple(removed)


def number_pages(labels: Sequence[str], first: int | None) -> list[str]:
    """Gives the number of each page: by the PDF's labels, else as printed, else counted.

    >>> number_pages(["", "", ""], 211), number_pages(["i", "1"], 7), number_pages(["1", "2"], None)
    (['211', '212', '213'], ['i', '1'], ['1', '2'])
    """
    counted = [str(at) for at in range(1, len(labels) + 1)]
    if any(labels) and list(labels) != counted:
        return [label or number for label, number in zip(labels, counted, strict=True)]
    if first is None:
        return counted
    # Brackets stand for numbers that are not printed.
    return [str(first + at) if first + at > 0 else f"[{at + 1}]" for at in range(len(labels))]


def _find_first_number(edges_of: Sequence[Sequence[PdfLine]]) -> int | None:
    """Gives the number of the first page, if most pages have one that fits it in a margin."""
    firsts = Counter(
        first
        for at, edges in enumerate(edges_of)
        for first in {number - at for line in edges for number in _read_numbers(line.words)}
    )
    first, times = firsts.most_common(1)[0] if firsts else (0, 0)
    return first if times >= max(2, len(edges_of) * _NUMBERED_LEAST) else None


def _is_number(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words) or _ROMAN.fullmatch(words))


def _read_numbers(words: str) -> set[int]:
    """Gives the numbers that a line begins or ends with, and that of one such as "Page 3 of 9"."""
    whole = _NUMBER.fullmatch(words)
    found = [whole[1]] if whole else _EDGE_NUMBER.findall(words)
    return {int(number) for number in found}


def _find_edges(page: Sequence[PdfLine], margins: tuple[float, float]) -> list[PdfLine]:
    """Gives the first and the last lines of a page that stand in the margins of the pages."""
    ordered = sorted(page, key=lambda line: -line.bottom)
    first = [line for line in ordered[:_AT_EDGE] if line.bottom >= margins[1]]
    return [*first, *(line for line in ordered[-_AT_EDGE:] if line.bottom <= margins[0])]


def _key(line: PdfLine) -> tuple[str, int]:
    """Gives what a line has in common with that of other pages: its words, its height."""
    return _DIGITS.sub("#", line.words.casefold()), round(line.bottom / _SAME_PLACE)
