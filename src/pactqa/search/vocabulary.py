"""Knows the words of the essays: how often each occurs, and with which capitals it is written.

A name is a word that the essays write with a capital where no sentence begins, and never without;
so names are known in any case in which a visitor types them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pactqa.essays.headings import HEADING_LINE

__all__ = ["LETTERS", "Vocabulary", "read_vocabulary"]

LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters: "Nazi-Soviet" has two, "1930s" one."""

_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:…\n])[\s\d“”‘’\"'()\[\]*_#>–—-]*$")
_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the essays.

    Attributes:
        counts: how often a word occurs, by its small letters.
        forms: how the essays write the words that they write as names, by their small letters.
    """

    counts: dict[str, int]
    forms: dict[str, str]

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self.counts

    def is_name(self, word: str) -> bool:
        """Tells whether the essays write a word as a name, whatever its case here."""
        return word.casefold() in self.forms

    def write(self, word: str) -> str:
        """Gives a word with the essays' capitals if it is a name there, else as it is.

        >>> read_vocabulary(["He met the king in Munich."]).write("MUNICH")
        'Munich'
        """
        return self.forms.get(word.casefold(), word)

    def write_names(self, text: str) -> str:
        """Gives a text with the essays' capitals on every name; its length does not change.

        >>> read_vocabulary(["He met the king in Munich."]).write_names("what of munich, KING?")
        'what of Munich, KING?'
        """

        def write(match: re.Match[str]) -> str:
            form = self.write(match[0])
            return form if len(form) == len(match[0]) else match[0]

        return LETTERS.sub(write, text)


def read_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Reads the words of some texts; numbers are not words.

    Headings (`# so`), whose words may all have capitals, count but show nobody's capitals; a title
    is given as one.
    """
    counts: Counter[str] = Counter()
    inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    small: set[str] = set()
    for text in texts:
        for word, shows_capitals in _read_words(text):
            key = word.casefold()
            counts[key] += 1
            if word == key:
                small.add(key)
            elif shows_capitals:
                inside[key][word] += 1
    forms = {key: max(seen, key=lambda form: (seen[form], form)) for key, seen in inside.items()}
    return Vocabulary(dict(counts), {key: form for key, form in forms.items() if key not in small})


def _read_words(text: str) -> Iterator[tuple[str, bool]]:
    """Gives each word, and whether its capital, if it has one, is its own."""
    headings = {at for match in HEADING_LINE.finditer(text) for at in range(*match.span())}
    for match in LETTERS.finditer(text):
        if not match[0][0].isupper():
            yield match[0], False
            continue
        start = match.start()
        before = text[max(0, start - _BEFORE) : start]
        opens = start == 0 or _BEGINS_SENTENCE.search(before if start > _BEFORE else f"\n{before}")
        yield match[0], not opens and start not in headings
