"""The words of a question that passages are searched by, the same in each engine."""

import re
from collections.abc import Iterable

__all__ = ["choose_words", "find_words"]

_WORD = re.compile(r"\w+")
_WORDS_MAX = 64


def choose_words(text: str, *, stop_words: Iterable[str] = ()) -> list[str]:
    """Gives the different words of any text that passages can be searched by, 64 at most.

    Only letters and digits are taken, so no input can be an operator of a search engine.
    """
    stop = set(stop_words)
    words = dict.fromkeys(word for word in find_words(text) if word not in stop)
    return list(words)[:_WORDS_MAX]


def find_words(text: str) -> list[str]:
    """Gives the words of a text in their order: letters and digits, in small letters."""
    return _WORD.findall(text.casefold().replace("_", " "))
