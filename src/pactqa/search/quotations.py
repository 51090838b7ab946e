"""Finds what a text quotes: the words in quotation marks, and the parts that an ellipsis leaves.

Marks are straight, curly, low and angular, single or double; a mark inside a word, or behind one
without a mark that opens, is an apostrophe. A quotation inside a quotation belongs to the outer
one, and none goes on past the end of its paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactqa.essays.splitting import Span

__all__ = ["QuotedWord", "find_quotations", "read_quoted_words", "split_parts"]

_CLOSING = {
    "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›", '"': '"', "'": "'",
}  # fmt: skip
_DOUBLE = frozenset('“„«»"')
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_LONGEST = 3_000
_DEEPEST = 20
_OMISSION = re.compile(r"\[\s*(?:…|\.\s*\.\s*\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\s?\.\s?\.\.?")
_INSERTED = re.compile(r"(?<!\w)\[[^\[\]]{1,200}\](?!\w)")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_WORD_WITH_MARKS = re.compile(r"\w+(?:[’']\w+)*")
_LETTER_IN_BRACKETS = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word of a text: its key (small letters, straight apostrophes), and where it stands."""

    key: str
    start: int
    end: int


def find_quotations(text: str) -> Iterator[Span]:
    """Finds the words between quotation marks, the marks left out, in order.

    >>> [text[s.start:s.end] for text in ["It's “all ‘one’ pact” to the allies' men."]
    ...  for s in find_quotations(text)]
    ['all ‘one’ pact']
    """
    at = 0
    read: dict[str, int] = {}
    while at < len(text):
        if _opens(text, at):
            end = _find_end(text, at, read)
            if end is not None:
                if text[at + 1 : end].strip():
                    yield Span(at + 1, end)
                at = end
        at += 1


def split_parts(text: str, quotation: Span) -> list[Span]:
    """Splits a quotation where it says itself that words were left out or put in.

    >>> text = "the pact … was [he says] seen as [a] tool"
    >>> [text[s.start:s.end].strip() for s in split_parts(text, Span(0, len(text)))]
    ['the pact', 'was', 'seen as', 'tool']
    """
    piece = text[quotation.start : quotation.end]
    cuts = [m.span() for pattern in (_OMISSION, _INSERTED) for m in pattern.finditer(piece)]
    parts, begin = [], 0
    for start, end in [*sorted(cuts), (len(piece), len(piece))]:
        if begin < start and _WORD.search(piece, begin, start):
            parts.append(Span(quotation.start + begin, quotation.start + start))
        begin = max(begin, end)
    return parts


def read_quoted_words(text: str, within: Span | None = None) -> list[QuotedWord]:
    """Reads the words of a text as they are compared: any case, dashes, spaces and marks apart.

    A letter in brackets at a word ("[T]he") is a letter of the word.

    >>> [word.key for word in read_quoted_words("“[T]he Nazi–Soviet  pact’s”")]
    ['the', 'nazi', 'soviet', "pact's"]
    """
    within = within or Span(0, len(text))
    # Brackets around letters become lines under them, which are no wider.
    piece = _LETTER_IN_BRACKETS.sub("_\\1_", text[within.start : within.end])
    return [
        QuotedWord(
            match[0].replace("_", "").casefold().replace("’", "'"),
            within.start + match.start(),
            within.start + match.end(),
        )
        for match in _WORD_WITH_MARKS.finditer(piece)
        if match[0].strip("_")
    ]


def _opens(text: str, at: int) -> bool:
    mark = text[at]
    if mark not in _CLOSING:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after.isspace() or (mark == "'" and after.isdigit()):
        return False
    return mark in "“„«" or not (before.isalnum() or before in _DOUBLE.union("'’‘"))


def _find_end(text: str, opening: int, read: dict[str, int]) -> int | None:
    """Gives where the mark stands that closes a quotation; None if the paragraph ends before it.

    `read` keeps, for a mark that does not nest, up to where nothing closes it, so that no place is
    read for it twice.
    """
    mark = text[opening]
    limit = _PARAGRAPH.search(text, opening, opening + _LONGEST)
    stop = limit.start() if limit else min(len(text), opening + _LONGEST)
    nests = mark not in _CLOSING[mark] and mark in _DOUBLE
    depth = 0
    for at in range(opening + 1 if nests else max(opening + 1, read.get(mark, 0)), stop):
        character = text[at]
        if character == mark and nests:
            depth += 1
            if depth > _DEEPEST:
                return None
        elif character in _CLOSING[mark]:
            if mark not in _DOUBLE and _is_apostrophe(text, at):
                continue
            if mark == '"' and text[at - 1 : at].isspace() and at + 1 < stop and _opens(text, at):
                continue  # a straight mark that opens stands for a quotation inside
            if depth == 0:
                return at
            depth -= 1
    if not nests:
        read[mark] = stop
    return None


def _is_apostrophe(text: str, at: int) -> bool:
    """Tells whether a single mark stands inside a word, or behind a blank."""
    after, before = text[at + 1 : at + 2], text[at - 1 : at]
    return (after.isalnum() and before.isalnum()) or before.isspace()
