"""Finds in the essays' own sentences which two names mean one thing: "X, also known as Y".

Patterns in the manner of Hearst, "Automatic Acquisition of Hyponyms from Large Text Corpora"
(1992); where the first name is not clear, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator

__all__ = ["find_other_names"]

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_PART = rf"{_CAPITAL}[\w]*(?:[’'–-]\w+)*"
_NAME = rf"{_PART}(?:\s+(?:(?:of|the|and|de|von|van|for)\s+){{0,2}}{_PART}){{0,6}}"
_ADVERB = r"""(?:also|better|otherwise|sometimes|often|commonly|usually|generally|formerly|popularly
    |officially|previously|originally|once|then|now|later|long|hence|more|simply|widely|formally)"""
_KNOWN_AS = re.compile(
    rf"""(?<![\s,;(–—]) (?P<mark>[\s,;(–—]++) (?:(?:and|which|who|that|or)\s+)?
    (?P<verb>(?:is|are|was|were|became|has\s+been)\s+)?
    (?P<adverb>(?:{_ADVERB}\s+){{0,2}})
    (?:(?:known|referred\s+to|remembered)\s+(?:{_ADVERB}\s+){{0,2}}as
        | (?:called|named|dubbed|nicknamed|termed)(?:\s+{_ADVERB})?)
    \s+ [“"'‘*_]? (?:the\s+|an?\s+)? (?P<other>{_NAME})""",
    re.VERBOSE,
)
_OR = re.compile(rf"(?:,|\s\()\s*(?:or|alias|i\.e\.,?)\s+(?:the\s+)?(?P<other>{_NAME})\s*[,;.)]")
_SHORT = re.compile(r"\s\(\s*(?:the\s+)?(?P<other>[A-Z](?:\.?[A-Z]){1,7}\.?)\s*\)")
_NAMES = re.compile(_NAME)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z“\"])|\n")
_BEFORE = 200
_OF_WHAT = frozenset("in of at from near to on into under over by and with for".split())
"""After these a name says where a thing is or whose: "a fort in Denmark, known as Y"."""

_NO_NAMES = frozenset(
    "he she it they we you i this that these those there the a an who which and but or so in on at"
    " its his her their when while as for by".split()
)


def find_other_names(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Finds what some texts say of other names: "X, also known as Y", "X, or Y,", "X (XY)".

    The first name must share its last word with the other or stand right before it; otherwise
    nothing is said. Short forms must be made of the first letters of the words before.

    >>> find_other_names(["They signed the Iron Pact with Rome, known as the Steel Pact."])
    (('Iron Pact', 'Steel Pact'),)
    """
    pairs = dict.fromkeys(pair for text in texts for pair in _find_pairs(text))
    return tuple(pairs)


def _find_pairs(text: str) -> Iterator[tuple[str, str]]:
    for pattern in (_KNOWN_AS, _OR, _SHORT):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            before = _SENTENCE_END.split(before)[-1]
            other = " ".join(match["other"].split())
            if pattern is _SHORT:
                name = _spell_out(before, other)
            else:
                # "in Denmark called Y": without a mark or a verb, Y may be a thing in Denmark.
                beside = pattern is _KNOWN_AS and any(
                    (match["mark"].strip(), match["adverb"], match["verb"])
                )
                name = _find_first_name(before, other, beside)
            name = name.removeprefix("The ") if name else None
            if name and name.casefold() != other.casefold():
                yield name, other


def _find_first_name(before: str, other: str, beside: bool) -> str | None:
    """Gives the name that has another one: the last with the same last word, or the one beside."""
    found = [match for match in _NAMES.finditer(before) if not _is_no_name(match[0])]
    for match in reversed(found):
        if match[0].split()[-1].casefold() == other.split()[-1].casefold():
            return " ".join(match[0].split())
    if beside and found and found[-1].end() == len(before.rstrip()):
        words_before = before[: found[-1].start()].split()
        if not words_before or words_before[-1].casefold() not in _OF_WHAT:
            return " ".join(found[-1][0].split())
    return None


def _is_no_name(name: str) -> bool:
    return name.casefold() in _NO_NAMES


def _spell_out(before: str, short: str) -> str | None:
    """Gives the words before a short form whose first letters it is made of.

    >>> _spell_out("He led the Union of Soviet Socialist Republics", "USSR")
    'Union of Soviet Socialist Republics'
    """
    letters = [letter for letter in short if letter.isalpha()]
    words = before.rstrip(",; ").split()
    for count in range(len(letters), len(letters) + 4):
        chosen = words[-count:] if count <= len(words) else []
        first = [word[0] for word in chosen if word[0].isupper()]
        if chosen and chosen[0][0].isupper() and first == letters:
            return " ".join(chosen).strip(",;")
    return None
