"""Keeps where the pages of a PDF begin when its text becomes Markdown, and finds them again.

The front matter says with which words each page begins, so that the text can be edited: it holds no
mark of a page, and no offset that an edit would make wrong.
"""

from collections.abc import Sequence
from pathlib import Path

from pactqa.conversion.document import PageStart
from pactqa.errors import EssayError
from pactqa.essays.front_matter import PageBegin

__all__ = ["describe_pages", "find_page_starts"]

_WORDS, _WORDS_MAX = 6, 40


def describe_pages(text: str, starts: Sequence[PageStart]) -> tuple[PageBegin, ...]:
    """Gives the words with which each page begins, as many as tell it from what is before.

    >>> describe_pages("One two. One three.", [PageStart(0, "7"), PageStart(9, "8")])[1]
    PageBegin(page='8', begins='One three.')
    """
    found: list[PageBegin] = []
    at = 0
    for start in starts:
        line = text[start.start :].split("\n", 1)[0]
        for count in range(_WORDS, _WORDS_MAX):
            begins = " ".join(line.split(" ")[:count])
            if begins.strip() and text.find(begins, at) == start.start:
                found.append(PageBegin(start.page, begins))
                at = start.start + 1
                break
    return tuple(found)


def find_page_starts(path: Path, text: str, paged: Sequence[PageBegin]) -> tuple[PageStart, ...]:
    """Finds where each page begins.

    Args:
        path: the file, for the message.
        text: of the essay.
        paged: what the front matter says, in the order of the pages.

    Raises:
        EssayError: if the words of one do not follow those of the one before.
    """
    found: list[PageStart] = []
    at = 0
    for begin in paged:
        start = text.find(begin.begins, at)
        if start < 0:
            raise EssayError(
                f"{path}: page {begin.page[:20]} is said to begin with {begin.begins[:80]!r}, "
                "which does not follow in the text. Mend the field 'paged' of the front matter, or "
                "take it out."
            )
        found.append(PageStart(start, begin.page))
        at = start + 1
    return tuple(found)
