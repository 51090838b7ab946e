"""Takes running heads and page numbers off the pages of a PDF, and learns the numbers from them."""

import re
from collections import Counter
from collections.abc import Sequence

from pactqa.conversion.pdf_lines import PdfLine

__all__ = ["number_pages", "strip_furniture"]

_NUMBER = re.compile(
    r"[\W_]*(?:page|p\.|pp\.|seite)?\s*(\d{1,4})(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*", re.I
)
_ROMAN = re.compile(r"[\W_]*[ivxlc]{1,7}[\W_]*", re.I)
_DIGITS = re.compile(r"\d+")
_AT_EDGE, _TIMES_LEAST, _SHARE_LEAST = 2, 3, 0.2
_NUMBERED_LEAST = 0.6
_SAME_PLACE, _MARGIN = 12.0, 40.0


def strip_furniture(
    pages: Sequence[Sequence[PdfLine]],
) -> tuple[list[list[PdfLine]], list[str | None], tuple[str, ...]]:
    """Takes off the lines at the top and the bottom that pages repeat, and page numbers.

    Returns:
        The lines left of each page; the number printed on each, if any; what was taken off, each
        kind once.
    """
    bottoms = [line.bottom for page in pages for line in page]
    margins = (min(bottoms, default=0) + _MARGIN, max(bottoms, default=0) - _MARGIN)
    edges_of = [_find_edges(page, margins) for page in pages]
    seen = Counter(key for edges in edges_of for key in {_key(line) for line in edges})
    least = max(_TIMES_LEAST, int(len(pages) * _SHARE_LEAST))
    left, printed = [], []
    removed: dict[str, None] = {}
    for page, edges in zip(pages, edges_of, strict=True):
        number, kept = None, []
        for line in page:
            is_number = bool(_NUMBER.fullmatch(line.words) or _ROMAN.fullmatch(line.words))
            if line in edges and (seen[_key(line)] >= least or (is_number and len(pages) > 1)):
                digits = _DIGITS.findall(line.words)
                if is_number and digits:
                    number = digits[0]
                elif number is None and digits:
                    number = digits[-1] if line.words.endswith(digits[-1]) else digits[0]
                removed.setdefault(_DIGITS.sub("…", line.words), None)
            else:
                kept.append(line)
        left.append(kept)
        printed.append(number)
    return left, printed, tuple(removed)


def number_pages(labels: Sequence[str], printed: Sequence[str | None]) -> list[str]:
    """Gives the number of each page: by the PDF's labels, else as printed, else counted.

    Numbers that are printed count if they go up by one with the pages on most of them.

    >>> number_pages(["", "", ""], ["211", "212", None])
    ['211', '212', '213']
    """
    counted = [str(at) for at in range(1, len(printed) + 1)]
    if any(labels) and list(labels) != counted:
        return [label or number for label, number in zip(labels, counted, strict=True)]
    steps = Counter(int(number) - at for at, number in enumerate(printed) if number)
    if steps:
        step, times = steps.most_common(1)[0]
        if times >= max(2, len(printed) * _NUMBERED_LEAST) and step >= 0:
            return [str(at + step) for at in range(len(printed))]
    return counted


def _find_edges(page: Sequence[PdfLine], margins: tuple[float, float]) -> list[PdfLine]:
    """Gives the first and the last lines of a page that stand in the margins of the pages."""
    ordered = sorted(page, key=lambda line: -line.bottom)
    first = [line for line in ordered[:_AT_EDGE] if line.bottom >= margins[1]]
    return [*first, *(line for line in ordered[-_AT_EDGE:] if line.bottom <= margins[0])]


def _key(line: PdfLine) -> tuple[str, int]:
    """Gives what a line has in common with that of other pages: its words, its height."""
    return _DIGITS.sub("#", line.words.casefold()), round(line.bottom / _SAME_PLACE)
