"""The terms of a text as SQLite's word search finds them, for an engine that takes them ready made.

The text is given to FTS5 itself, in memory, with the tokenizer of the store, and its terms are read
back: so both engines have the same words to the letter. Weights are those of BM25 without the
inverse document frequency, which the engine multiplies: Robertson and Zaragoza, "The Probabilistic
Relevance Framework: BM25 and Beyond" (2009), with the two constants of FTS5.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise

from pactqa.index.store import TOKENIZER

__all__ = ["describe_terms", "look_up_as", "read_terms", "term_index", "weigh_terms"]

_K1, _B = 1.2, 0.75
_PREFIX_LEAST = 2  # characters; a shorter one is never looked up


def read_terms(texts: Sequence[str]) -> list[list[str]]:
    """Gives the terms of each text in their order: words without accents, case and endings.

    >>> read_terms(["The Purges, 1936", ""])
    [['the', 'purg', '1936'], []]
    """
    found: list[list[str]] = [[] for _ in texts]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = '{TOKENIZER}')"
        )
        connection.execute("CREATE VIRTUAL TABLE term USING fts5vocab (words, 'instance')")
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(texts, 1))
        for number, term in connection.execute("SELECT doc, term FROM term ORDER BY doc, offset"):
            found[number - 1].append(term)
    return found


def describe_terms(columns: Sequence[Sequence[str]]) -> list[str]:
    """Gives what a passage can be looked up by: terms, two that stand together, and beginnings.

    Args:
        columns: the terms of each part of it; what stands in two parts does not stand together.
    """
    terms = [term for column in columns for term in column]
    pairs = [f"{a} {b}" for column in columns for a, b in pairwise(column)]
    prefixes = [
        f"{term[:length]}*" for term in terms for length in range(_PREFIX_LEAST, len(term) + 1)
    ]
    return sorted({*terms, *pairs, *prefixes})


def look_up_as(terms: Sequence[str], *, prefix: bool = False) -> list[str]:
    """Gives what `describe_terms` gives of each passage in which these terms stand together.

    With `prefix` the last one is the beginning of a term, which need not stand beside the others.
    Of three and more each two that stand together are asked for.
    """
    if len(terms) == 1:
        return [f"{terms[0]}*" if prefix else terms[0]]
    pairs = [f"{a} {b}" for a, b in pairwise(terms)]
    return [*pairs[:-1], terms[-2], f"{terms[-1]}*"] if prefix else pairs


def term_index(term: str) -> int:
    """Gives the place of a term in a sparse vector, from 0 to 2 ** 32 - 1."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "big")


def weigh_terms(terms: Sequence[str], average: float) -> dict[int, float]:
    """Gives the sparse vector of a passage, by `term_index`.

    Args:
        terms: of all its parts.
        average: how many terms a passage has on average.
    """
    length = _K1 * (1 - _B + _B * len(terms) / average)
    return {
        term_index(term): count * (_K1 + 1) / (count + length)
        for term, count in Counter(terms).items()
    }
