"""Mends the spelling of a question with the essays' own words, and says what it changed.

A word that neither the essays nor general English know is taken for the nearest word of the essays:
one edit away, or two from eight letters. An edit is a letter too many, too few or wrong, or two
letters that changed places (Damerau, "A technique for computer detection and correction of
spelling errors", 1964). Of several near words the likeliest wins: how often the essays use it,
times how easily the hand slips so (the noisy channel of Kernighan, Church and Gale, 1990). A common
word of English that is likelier than any of the essays keeps "bild" from becoming "Bill"; if it is
long enough, it is mended itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from symspellpy import SymSpell, Verbosity

from pactqa.search.english import English, stems_of
from pactqa.search.vocabulary import LETTERS, Vocabulary

__all__ = ["Correction", "Speller"]

_LEAST = 4
"""Shorter words are left alone, and nothing is corrected to one."""

_MOST = 40
"""A longer run of letters is no word."""

_TWO_EDITS_FROM = 8
_ENGLISH_FROM = 6
_HALF_LEAST = 4
_ENDINGS = ("s", "es", "d", "ed", "ing")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ASKING = frozenset("what when where which whose".split())  # what is asked for hangs on these
_VOWELS = frozenset("aeiouyäöüéèáíóú")
_SLIP, _LIKELY, _UNLIKELY = 1.0, 0.05, 0.01
"""How easily an edit happens: a letter left out, doubled or swapped; a wrong vowel or a letter too
many; any other wrong letter. Chosen by hand, by what the questions of people show."""

_FIRST_LETTER = 0.1
_ASKED_OF = 5_000
"""Of so many words at most a question is about, however long the essays are together."""

_ALL_ENGLISH = 590e9
"""How many words the list of English was counted in."""

_Near = tuple[float, str]  # how likely it is that the word was meant, the word


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its spelling mended, and what was typed for what."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


class Speller:
    """What mends questions with the words of the essays."""

    def __init__(self, vocabulary: Vocabulary, english: English) -> None:
        """Takes the essays' words; a second for each 20,000 of them."""
        self._vocabulary = vocabulary
        self._english = english
        self._total = min(max(sum(vocabulary.counts.values()), 1), _ASKED_OF)
        self._near = SymSpell(max_dictionary_edit_distance=2)
        for word, count in vocabulary.counts.items():
            if len(word) >= _LEAST:
                self._near.create_dictionary_entry(word, count)

    def correct(self, question: str) -> Correction:
        """Mends the words of a question that nobody knows; every other character stays.

        >>> from pactqa.search.vocabulary import read_vocabulary
        >>> speller = Speller(read_vocabulary(["He met Chamberlain."]), English({}))
        >>> speller.correct("chamberlian?")
        Correction(text='Chamberlain?', changes=(('chamberlian', 'Chamberlain'),))
        """
        pieces: list[str] = []
        changes: dict[tuple[str, str], None] = {}
        end = 0
        for match in LETTERS.finditer(question):
            if _touches_number(question, *match.span()):
                continue
            corrected = self._correct_word(match[0])
            if corrected is not None:
                changes[match[0], corrected] = None
                pieces += question[end : match.start()], corrected
                end = match.end()
        return Correction("".join([*pieces, question[end:]]), tuple(changes))

    def _correct_word(self, typed: str) -> str | None:
        word = typed.casefold()
        if not _LEAST <= len(word) <= _MOST or self._knows(word):
            return None
        own, rival = self._nearest(word, 1), self._nearest_english(word)
        if own is not None and (rival is None or own[0] >= rival[0]):
            return _dress(own[1], typed, self._vocabulary)
        like_name = typed[0].isupper() and not typed.isupper()
        if rival is not None:
            is_slip = _judge_edit(word, rival[1]) == _SLIP
            mend = own is None and is_slip and len(word) >= _ENGLISH_FROM and not like_name
            return (
                _dress(rival[1], typed, self._vocabulary)
                if mend or (is_slip and rival[1] in _ASKING)
                else None
            )
        halves = self._split(word)
        if halves is not None:
            return " ".join(_dress(half, typed, self._vocabulary) for half in halves)
        far = self._nearest(word, 2) if len(word) >= _TWO_EDITS_FROM else None
        if far is None or (like_name and not self._vocabulary.is_name(far[1])):
            return None  # what is written as a name is the name of something else
        return _dress(far[1], typed, self._vocabulary)

    def _knows(self, word: str) -> bool:
        return (
            word in self._vocabulary
            or self._english.knows(word)
            or any(stem in self._vocabulary for stem in stems_of(word))
            or any(word + ending in self._vocabulary for ending in _ENDINGS)
        )

    def _nearest(self, word: str, edits: int) -> _Near | None:
        """Gives the word of the essays that was most likely meant, so many edits away at most."""
        found = self._near.lookup(word, Verbosity.ALL, max_edit_distance=edits)
        near = (_judge(word, one.term, one.count / self._total) for one in found)
        return max((one for one in near if one[0] > 0), default=None)

    def _nearest_english(self, word: str) -> _Near | None:
        """Gives the common word of English, one edit away, that was most likely meant."""
        counts = self._english.counts
        common = (other for other in _edits_of(word) if self._english.is_common(other))
        return max((_judge(word, one, counts[one] / _ALL_ENGLISH) for one in common), default=None)

    def _split(self, word: str) -> tuple[str, str] | None:
        """Gives the two words of the essays that were typed as one."""
        for at in range(_HALF_LEAST, len(word) - _HALF_LEAST + 1):
            if word[:at] in self._vocabulary and word[at:] in self._vocabulary:
                return word[:at], word[at:]
        return None


def _judge(typed: str, meant: str, share: float) -> _Near:
    """Gives how likely a word was meant: its share of a text, times how easily the hand slips so.

    In the shortest words only slips are believed.
    """
    ease = _judge_edit(typed, meant)
    if len(typed) == _LEAST and ease != _SLIP:
        return (0.0, meant)
    return (share * ease * (1 if meant[0] == typed[0] else _FIRST_LETTER), meant)


def _judge_edit(typed: str, meant: str) -> float:
    """Gives how easily the first edit happens that makes a word of what was typed.

    >>> [_judge_edit(typed, "their") for typed in ("thier", "thir", "theirr", "thair", "tbeir")]
    [1.0, 1.0, 1.0, 0.05, 0.01]
    """
    pairs = enumerate(zip(typed, meant, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(meant)))
    if len(typed) < len(meant):
        return _SLIP
    if len(typed) > len(meant):
        return _SLIP if at and typed[at] == typed[at - 1] else _LIKELY
    if typed[at + 1 : at + 2] == meant[at] and typed[at] == meant[at + 1 : at + 2]:
        return _SLIP
    return _LIKELY if {typed[at], meant[at]} <= _VOWELS else _UNLIKELY


def _edits_of(word: str) -> Iterator[str]:
    """Gives every word that is one edit away."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in _ALPHABET)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _ALPHABET if letter != tail[0])
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


def _touches_number(text: str, start: int, end: int) -> bool:
    """Tells whether a digit stands beside a run of letters, as in "1930s"."""
    return text[max(0, start - 1) : start].isdigit() or text[end : end + 1].isdigit()


def _dress(word: str, typed: str, vocabulary: Vocabulary) -> str:
    """Writes a word with the essays' capitals if it is a name, else in the case that was typed."""
    if vocabulary.is_name(word):
        return vocabulary.write(word)
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[0].isupper() else word
