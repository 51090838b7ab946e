r"""Finds the headings of a plain text, where they are plain.

A heading is a line that stands alone, is short and does not end like a sentence: the first one, one
that is underlined, one in CAPITALS, and one with a number ("2. The pact") that is no item of a
list. What is left in doubt is text: a heading is never quoted.
"""

import re
from collections.abc import Iterator, Sequence

from pactqa.essays.headings import Heading
from pactqa.essays.text import split_lines
from pactqa.essays.time_limit import check_time

__all__ = ["find_plain_headings"]

_CHARACTERS_MAX, _WORDS_MAX = 100, 14
_SENTENCE_END = re.compile(r"[.!,;:…][”’\"')\]]*$")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)*\d{1,2}[.)]?|[IVX]{1,5}\.)\s+[\"'“‘(]?[^\W\d_a-z]")
_UNDERLINE = re.compile(r"([=\-*_~])\1{2,}\Z")
_CAPITALS_SHARE_MAX = 0.5


def find_plain_headings(text: str) -> Iterator[Heading]:
    r"""Gives the headings of a plain text, in order.

    >>> text = "Bees\n\nThey fly.\n\n1. The dance\n\nThey dance.\n\nTHE QUEEN\n\nShe rules.\n"
    >>> [heading.words for heading in find_plain_headings(text)]
    ['Bees', '1. The dance', 'THE QUEEN']
    """
    blocks = _find_blocks(text)
    capitals = sum(_is_capital(lines[0]) for _, lines in blocks)
    trusts_capitals = capitals <= len(blocks) * _CAPITALS_SHARE_MAX
    for at, (first, lines) in enumerate(blocks):
        check_time()
        following = blocks[at + 1][1] if at + 1 < len(blocks) else None
        words = lines[0].strip()
        is_followed = following is not None or len(lines) > 2
        if (
            len(lines) > 1
            and _UNDERLINE.match(lines[1].strip())
            and _is_short(words)
            and is_followed
        ):
            # What stands below without an empty line is text.
            yield Heading(words, first, first + 2)
        elif len(lines) == 1 and following is not None and _is_short(words):
            is_capital = trusts_capitals and _is_capital(words)
            is_numbered = _has_number(words) and not _is_alike(words, following)
            if at == 0 or is_capital or is_numbered:
                yield Heading(words, first, first + 1)


def _find_blocks(text: str) -> list[tuple[int, list[str]]]:
    """Gives the runs of lines without an empty one between them, and where each begins."""
    blocks: list[tuple[int, list[str]]] = []
    is_open = False
    for number, (start, end) in enumerate(split_lines(text)):
        check_time()
        line = text[start:end]
        if not line.strip():
            is_open = False
        elif is_open:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            is_open = True
    return blocks


def _is_short(words: str) -> bool:
    if len(words) > _CHARACTERS_MAX or len(words.split()) > _WORDS_MAX:
        return False
    return any(letter.isalpha() for letter in words) and not _SENTENCE_END.search(words)


def _is_capital(words: str) -> bool:
    return sum(letter.isupper() for letter in words) > 3 and not any(map(str.islower, words))


def _has_number(words: str) -> bool:
    return bool(_NUMBERED.match(words))


def _is_alike(words: str, following: Sequence[str]) -> bool:
    """Tells whether a numbered line is followed by another of the same depth, as in a list."""
    if not (_has_number(following[0]) and _is_short(following[0].strip())):
        return False
    return words.split()[0].count(".") == following[0].split()[0].count(".")
