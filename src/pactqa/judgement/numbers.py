"""Reads the numbers of a sentence, in digits or letters, with what each counts.

"three treaties" and "3 treaties" are one number of one thing; "the 1930s" and "the 19th century"
are spans of years, and 1938 lies in the first of them. A number that is only bounded or estimated
("over 100", "nearly a million") is read but never compared.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.essays.splitting import Span
from pactqa.search.query import STOP_WORDS
from pactqa.search.words import Word, are_same, read_words

__all__ = ["Number", "differ", "is_number_word", "read_numbers"]

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_VALUES = {word: value for value, word in enumerate(_SMALL)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SPELT = "|".join([*_VALUES, *_SCALES])
_NUMBER = re.compile(
    rf"""(?<![\w.,])(?:
        (?P<decade> (?:1\d|20)\d0 ) ['’]?s \b
      | (?P<ordinal> \d{{1,3}} (?:st|nd|rd|th) | {"|".join(_ORDINALS[1:])} ) \b
      | (?P<digits> \d{{1,3}}(?:,\d{{3}})+ | \d+ ) (?P<decimals> \.\d+ )?
        (?: [ ] (?P<scale> hundred|thousand|million|billion ) )? (?!\w)
      | (?P<spelt> (?:{_SPELT}) (?: [ -](?:and[ ])?(?:{_SPELT}) ){{0,20}} ) \b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BOUNDED = re.compile(
    r"(?:\b(?:over|under|above|below|than|least|most|about|around|nearly|almost|roughly|some|to|until"
    r"|approximately|up|before|after|since|by|circa|c\.|between|from|and|or|beyond|within|every|of"
    r"|past|till|through|exceeding|reached|last|first|next|another)\s+(?:the\s+|an?\s+)?"
    r"|[~<>≈$£€–—/:-])$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:[–—/:-]|to\b|or\b|and\b)\s*\d")
_YEAR_BEFORE = re.compile(r"\b(?:in|year|of|during|summer|winter|spring|autumn|fall)\s+$", re.I)
_NEAR = 24
_MONTH = frozenset(
    "january february march april may june july august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence.

    Attributes:
        span: where it stands.
        low: its value; of a decade or a century, its first year.
        high: the same again; of a decade or century, its last year.
        kind: "year", "day", "count" or "ordinal".
        unit: the word that it counts, None for a year or where no word follows.
        bounded: whether it is only a bound, an estimate, or a part of a range.
    """

    span: Span
    low: float
    high: float
    kind: str
    unit: Word | None
    bounded: bool


def read_numbers(text: str, words: Sequence[Word] | None = None) -> list[Number]:
    """Reads the numbers of a text, in order.

    >>> [(n.low, n.kind, n.unit.text) for n in read_numbers("He signed three treaties.")]
    [(3.0, 'count', 'treaties')]
    """
    words = read_words(text) if words is None else words
    return [_read(text, match, words) for match in _NUMBER.finditer(text)]


def is_number_word(word: str) -> bool:
    """Tells whether a word is a number in letters, or a part of one.

    >>> is_number_word("Thousand"), is_number_word("1936")
    (True, False)
    """
    return word.casefold() in _VALUES or word.casefold() in _SCALES


def differ(one: Number, other: Number) -> bool:
    """Tells whether two numbers of one kind and one unit are different, neither being a bound."""
    if one.kind != other.kind or one.bounded or other.bounded:
        return False
    if one.low <= other.high and other.low <= one.high:
        return False
    if one.kind == "year":
        return True
    return one.unit is not None and other.unit is not None and are_same(one.unit, other.unit)


def _read(text: str, match: re.Match[str], words: Sequence[Word]) -> Number:
    kind, low, high = "count", 0.0, 0.0
    before, after = (
        text[max(0, match.start() - _NEAR) : match.start()],
        text[match.end() : match.end() + _NEAR],
    )
    if match["decade"]:
        low = int(match["decade"])
        kind, high = "year", low + (99 if low % 100 == 0 else 9)
    elif match["ordinal"]:
        low = high = _read_ordinal(match["ordinal"].casefold())
        kind = "ordinal"
        if re.match(r"[ -]centur(?:y|ies)\b", after, re.IGNORECASE):
            kind, low, high = "year", 100 * (low - 1), 100 * low - 1
    elif match["spelt"]:
        low = high = _read_spelt(match["spelt"].casefold())
    else:
        low = high = float(match["digits"].replace(",", "") + (match["decimals"] or ""))
        low = high = low * _SCALES.get((match["scale"] or "").casefold(), 1)
        is_plain = len(match["digits"]) == 4 and not match["decimals"] and not match["scale"]
        if is_plain and 1000 <= low <= 2099:
            kind = "year"
    unit = None if kind == "year" else _find_unit(text, match, words)
    if unit and unit.key in _MONTH and low <= 31:
        kind = "day"
    bounded = bool(_BOUNDED.search(before) and not _is_date(before, kind)) or bool(
        _RANGE.match(after)
    )
    return Number(Span(*match.span()), low, high, kind, unit, bounded)


def _is_date(before: str, kind: str) -> bool:
    """Tells whether "of" before a year only dates: "the summer of 1939"."""
    return kind == "year" and bool(_YEAR_BEFORE.search(before))


def _read_ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS.index(word)


def _read_spelt(words: str) -> float:
    """Reads "two hundred and five" as 205."""
    total, part = 0, 0
    for word in re.findall(_SPELT, words):
        if word in _VALUES:
            part += _VALUES[word]
        else:
            part = max(part, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, part = total + part, 0
    return float(total + part)


def _find_unit(text: str, match: re.Match[str], words: Sequence[Word]) -> Word | None:
    """Gives what is counted: the next word, or the month before a day ("August 28th")."""
    after = bisect_left(words, match.end(), key=lambda word: word.start)
    for word in words[after : after + 1]:
        gap = text[match.end() : word.start]
        if gap in (" ", "-", " of ", "\u00a0") and word.key not in STOP_WORDS:
            return word
    before = bisect_right(words, match.start(), key=lambda word: word.end)
    for word in words[max(0, before - 1) : before]:
        if word.key in _MONTH and match.start() - word.end == 1:
            return word
    return None
