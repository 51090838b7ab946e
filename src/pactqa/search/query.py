"""What a question is: its vectors, and the words in it that carry its subject.

Everything that is known of a question before anything is searched is found here, once.
"""

import re
from dataclasses import dataclass

import numpy as np

from pactqa.models.encoder import Encoder, Encoding

__all__ = ["STOP_WORDS", "WORD", "Query", "QueryWord", "encode_question", "find_subject_words"]

WORD = re.compile(r"\w+(?:[’'-]\w+)*")
"""A word, with the apostrophes and hyphens inside it."""

_POSSESSIVE = re.compile(r"[’']s?$")
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
    aren
    """.split()
)
"""Words that carry no subject of their own: grammar, and the manners of asking."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """Is a word of the query that carries its subject, and the rows of its tokens.

    `is_name` says that it is written like a name (a capital inside the question) or a number.
    """

    text: str
    rows: tuple[int, ...]
    is_name: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """Is a question or a claim as the encoder sees it."""

    text: str
    encoding: Encoding
    words: tuple[QueryWord, ...]

    @property
    def rows(self) -> list[int]:
        """Gives the rows of the tokens that count: those of `words`, or all if there are none."""
        rows = [row for word in self.words for row in word.rows]
        return rows or list(range(len(self.encoding.tokens)))


def encode_question(encoder: Encoder, text: str) -> Query:
    """Encodes a question or claim and finds the words in it that carry its subject."""
    encoding = encoder.encode_query(text)
    words = []
    for match in WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        rows = np.flatnonzero(
            (encoding.offsets[:, 0] >= match.start())
            & (encoding.offsets[:, 1] <= match.start() + len(bare))
        )
        if len(rows) and bare.casefold() not in STOP_WORDS:
            is_name = bare[0].isdigit() or (bare[0].isupper() and match.start() > 0)
            words.append(QueryWord(bare, tuple(int(row) for row in rows), is_name))
    return Query(text, encoding, tuple(words))


def find_subject_words(text: str) -> list[str]:
    """Gives the words of a text that carry its subject, in small letters."""
    words = (_POSSESSIVE.sub("", word).casefold() for word in WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS]
