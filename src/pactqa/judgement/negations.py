"""Finds what a sentence denies: the word that "not", "never", "no" or "without" is about.

The rule is one of nearness within a clause: a word of denial is about the next word that carries a
subject; "nothing", "nobody" and "none" after a verb are about that verb ("he knew nothing"). Who
refused, failed or was reluctant "to" do something did not do it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.essays.splitting import Span
from pactqa.search.words import Word

__all__ = ["Negated", "denies", "find_negated", "has_negation"]

_BEFORE = frozenset(
    "not never no neither nor without cannot hardly scarcely barely unable nobody none".split()
)
_AFTER = frozenset("nothing nobody none".split())
_NO_DENIAL = re.compile(
    r"\s+(?:only|just|merely|least|doubt|longer|matter|until|necessarily|sooner|less|more|later"
    r"|yet|otherwise|unlike|\d)\b|\.\s*\d|\s+(?:be|been|have\s+been)\s+(?:an?\s+)?more\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[,;:.!?()—–]|\b(?:but|because|although|though|while|whereas|who|which|that)\b"
)
_REACH = 5
_REFUSES = re.compile(r"(?:refus|fail|reluctan|unwilling|declin|hesita|neglect)\w*$", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|never|no|neither|nor|without|cannot|nobody|nothing|none|\w+n['’]t)\b", re.IGNORECASE
)
_LIGHT = frozenset("think thinks thought seem seems seemed want wants wanted say says said".split())
_DENIES = re.compile(
    r"\b(?:not|never|no|neither|nor|without|cannot|unable|nobody|nothing|none|hardly|barely"
    r"|\w+n['’]t|den(?:y|ies|ied)|refus\w+|fail(?:s|ed|ing)?|reject\w*|lack(?:s|ed|ing)?|instead"
    r"|rather|contrary|except|unlike|although|despite|stopp?(?:s|ed|ing)?|ceas\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Negated:
    """A word that is denied, and where the denial and the word stand together."""

    word: Word
    span: Span


def denies(text: str) -> bool:
    """Tells whether a sentence has any word that may deny something, or take it back."""
    return bool(_DENIES.search(text))


def has_negation(text: str) -> bool:
    """Tells whether a sentence has a word of negation, whatever it is about."""
    return bool(_NEGATION.search(text))


def find_negated(text: str, words: Sequence[Word]) -> list[Negated]:
    """Finds the words of a sentence that are denied, in order.

    >>> from pactqa.search.words import read_words
    >>> text = "It did not mitigate the threat; he knew nothing of it."
    >>> [n.word.text for n in find_negated(text, read_words(text))]
    ['mitigate', 'knew']
    """
    found = []
    for at, word in enumerate(words):
        refuses = _REFUSES.match(word.key) and [w.key for w in words[at + 1 : at + 2]] == ["to"]
        if not (refuses or word.key in _BEFORE | _AFTER or word.key.endswith("n't")):
            continue
        if _NO_DENIAL.match(text[word.end :]):
            continue
        target = None
        if word.key in _AFTER and at:
            target = _find(text, words[max(0, at - 2) : at][::-1], word)
        if target is None and word.key != "nothing":
            target = _find(text, words[at + 1 : at + 1 + _REACH], word)
        if target and target.key.endswith("ly"):  # "fully cooperate"
            target = _find(text, [w for w in words if w.start > target.start][:2], target)
        if target and target.key not in _LIGHT:
            span = Span(min(word.start, target.start), max(word.end, target.end))
            found.append(Negated(target, span))
    return found


def _find(text: str, near: Sequence[Word], denial: Word) -> Word | None:
    """Gives the first word that carries a subject, unless a clause ends before it."""
    for word in near:
        between = text[min(denial.end, word.end) : max(denial.start, word.start)]
        if _BREAK.search(between):
            return None
        if word.carries:
            return word
    return None
