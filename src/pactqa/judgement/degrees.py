"""Finds where a claim says more than a sentence: "never" for "often", "all" for "some", "only".

Each word of degree is compared with one of the other side only where both stand at the same word.
"""

import re
from collections.abc import Sequence

from pactqa.essays.splitting import Span
from pactqa.search.words import Word, are_same

__all__ = ["find_degrees"]

_HOW_OFTEN = {
    "never": 0, "rarely": 1, "seldom": 1, "occasionally": 2, "sometimes": 2, "often": 3,
    "frequently": 3, "usually": 4, "regularly": 3, "repeatedly": 3, "always": 5,
}  # fmt: skip
_HOW_MANY = {
    "no": 0, "none": 0, "few": 1, "some": 2, "several": 2, "many": 3, "most": 4, "all": 5,
    "every": 5, "each": 5,
}  # fmt: skip
_APART = 2
_REACH = 3
_ONLY = re.compile(r"\b(?:the|his|her|its|their)\s+(?:only|sole|single)\s+(\w+)", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\b(?:one\s+of\s+(?:the|his|her|its|their|many|several|two|three)|another|a\s+second"
    r"|one\s+such|among\s+the|several|many)\s+(?=\w+)",
    re.IGNORECASE,
)


def find_degrees(
    claim: str, sentence: str, ours: Sequence[Word], theirs: Sequence[Word]
) -> list[tuple[list[Span], list[Span]]]:
    """Finds words of degree of a claim and of a sentence that say something else.

    Returns:
        For each, where it stands in the claim and where in the sentence.
    """
    found = []
    for scale in (_HOW_OFTEN, _HOW_MANY):
        for word, at in _read(scale, ours):
            for other, its in _read(scale, theirs):
                apart = abs(scale[word.key] - scale[other.key])
                if apart >= _APART and are_same(at, its):
                    found.append(([Span(word.start, word.end)], [Span(other.start, other.end)]))
    for only in _ONLY.finditer(claim):
        for one in _ONE_OF.finditer(sentence):
            mine = next((w for w in ours if w.end >= only.end(1)), None)
            if mine is None:
                continue  # "the only _": no word
            behind = [w for w in theirs if w.start >= one.end()][:_REACH]
            same = next((w for w in behind if are_same(w, mine)), None)
            if same:
                found.append(([Span(*only.span())], [Span(one.start(), same.end)]))
    return found


def _read(scale: dict[str, int], words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Gives each word of a scale with the next word that carries a subject."""
    pairs = []
    for at, word in enumerate(words):
        if word.key in scale:
            following = next((w for w in words[at + 1 : at + 4] if w.carries), None)
            if following:
                pairs.append((word, following))
    return pairs
