"""Finds the headings of a Markdown text by the CommonMark rules, with the library markdown-it-py.

The rules decide what only looks like a heading: `# x` in a fenced or indented block of code or in a
comment is text, and so is a heading inside a list or a quotation, because nothing below it belongs
to it alone. Source: https://spec.commonmark.org/0.31.2/, sections 4.2 and 4.3.

Twice this module takes less: where several lines are underlined together, or one of white
space that the rules count as a word (U+2028), they stay text. The former is a heading by the rules,
but in an essay more likely a paragraph with a rule below it, and a heading is never quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pactqa.essays.time_limit import check_time

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["HEADING_LINE", "Heading", "find_headings"]

HEADING_LINE = re.compile(r"^ {0,3}#{1,6}[ \t].*$", re.MULTILINE)
"""A line that looks like a heading, wherever it stands: enough where only words are counted."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words (Markdown, maybe none), and its lines from `first` up to `end`.

    Lines are counted from 0 as `split_lines` gives them; `end` is the first line below.
    """

    words: str
    first: int
    end: int


def find_headings(text: str) -> Iterator[Heading]:
    r"""Gives the headings of a Markdown text, in order.

    >>> list(find_headings("# Bees\n\n```\n# no\n```\nDance\n---\n"))
    [Heading(words='Bees', first=0, end=1), Heading(words='Dance', first=5, end=7)]
    """
    tokens = _load_parser().parse(text)
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and opening.level == 0 and opening.map:
            first, end = opening.map
            words, underlined = content.content.strip(), opening.markup in {"=", "-"}
            if end - first == 1 + underlined and (words or not underlined):
                yield Heading(words, first, end)


@cache
def _load_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    # Lines are normalised there as `split_lines` splits them: at CR LF, CR and LF alone.
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before("code", "time", _ask_time)
    return parser


def _ask_time(*_: object) -> bool:
    """Asks for the time at each block, as a rule of the parser that never matches."""
    check_time()
    return False
