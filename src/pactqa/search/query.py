"""What a question is: its vectors, the words in it that carry its subject, what it asks for.

Everything that is known of a question before anything is searched is found here, once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pactqa.models.encoder import Encoder, Encoding
from pactqa.search.kinds import Kind, find_kinds

__all__ = [
    "STOP_WORDS",
    "WORD",
    "Query",
    "QueryWord",
    "encode_question",
    "find_subject_words",
    "strip_possessive",
]

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
"""A word, with the apostrophes and hyphens inside it."""

_POSSESSIVE = re.compile(r"[’']s?$", re.IGNORECASE)
STOP_WORDS = frozenset(
    """
    a about above after again against all also although am an and any are as at be because
    been before being between both but by can could did do does doing done down during each
    either else ever every few for from further had has have having he her here hers herself
    him himself his how however i if in into is it its itself just let me mean means might
    mine more most much must my myself neither no nor not now of off on once only or other our
    ours ourselves out over own per please rather same say says shall she should since so some
    such tell than that the their theirs them themselves then there therefore these they this
    those though through thus to too toward towards under until up upon us very was we were
    what whatever when where whether which while who whom whose why will with within without
    would yes yet you your yours yourself explain describe give show many way ways kind sort
    really actually exactly according essay essays text article author passage make makes made
    get gets got go goes went happen happened s t d ll re ve don didn doesn isn wasn weren
    aren w u r wanna gonna something anything everything nothing
    """.split()
)
"""Words that carry no subject of their own: grammar, and the manners of asking."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the query that carries its subject.

    Attributes:
        text: the word, as it was typed, without a possessive ending.
        rows: of its tokens in the query's encoding.
        is_name: whether it is a number, or a name, in whatever letters it is typed.
        others: what else it may be called, in small letters ("british" for Britain).
    """

    text: str
    rows: tuple[int, ...]
    is_name: bool = False
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question or a claim as the encoder sees it, with all that its words say.

    Attributes:
        text: what is searched for.
        encoding: of the text.
        words: those that carry its subject, in its order.
        kinds: the kinds of thing that it asks for.
    """

    text: str
    encoding: Encoding
    words: tuple[QueryWord, ...]
    kinds: tuple[Kind, ...] = ()

    @property
    def rows(self) -> list[int]:
        """The rows of the tokens that count: those of `words`, or all if there are none."""
        rows = [row for word in self.words for row in word.rows]
        return rows or list(range(len(self.encoding.tokens)))

    @property
    def asked(self) -> frozenset[str]:
        """The words that carry its subject and their other names, in small letters."""
        own = frozenset(word.text.casefold() for word in self.words)
        return own.union(*(word.others for word in self.words))


def encode_question(
    encoder: Encoder,
    text: str,
    is_name: Callable[[str], bool] = lambda word: False,
    find_others: Callable[[str], frozenset[str]] = lambda word: frozenset(),
) -> Query:
    """Encodes a question or claim and finds the words in it that carry its subject.

    Args:
        encoder: makes the vectors.
        text: what is searched for.
        is_name: tells whether a word is a name, whatever its case.
        find_others: gives what else a word may be called, in small letters.
    """
    encoding = encoder.encode_query(text)
    words = []
    for match in WORD.finditer(text):
        bare = strip_possessive(match[0])
        key = bare.casefold()
        rows = np.flatnonzero(
            (encoding.offsets[:, 0] >= match.start())
            & (encoding.offsets[:, 1] <= match.start() + len(bare))
        )
        if len(rows) and key not in STOP_WORDS:
            others = find_others(bare) - {key}
            named = bare[0].isdigit() or bool(others) or any(map(is_name, bare.split("-")))
            words.append(QueryWord(bare, tuple(int(row) for row in rows), named, others))
    return Query(text, encoding, tuple(words), find_kinds(text))


def find_subject_words(text: str) -> list[str]:
    """Gives the words of a text that carry its subject, in small letters."""
    words = (strip_possessive(word).casefold() for word in WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS]


def strip_possessive(word: str) -> str:
    """Gives a word without the ending of a possessive.

    >>> strip_possessive("Stalin’s"), strip_possessive("allies'")
    ('Stalin', 'allies')
    """
    return _POSSESSIVE.sub("", word)
