"""Answers a question that only names something ("Munich", "Baltic states") with where it stands.

Nothing is asked of the thing, so what bears on it are the passages that use its words, and what is
shown in them are the words themselves.
"""

import re
from collections.abc import Collection, Sequence

from pactqa.essays.splitting import Span
from pactqa.search.frames import ASKING_WORD
from pactqa.search.query import WORD, Query, QueryWord
from pactqa.search.ranking import Candidate

__all__ = ["find_words", "is_lookup", "put_first"]

_WORDS_MAX = 3
_STEM_MIN = 4
_ASKS = re.compile(rf"\b{ASKING_WORD}", re.IGNORECASE | re.VERBOSE)


def is_lookup(query: Query) -> bool:
    """Tells whether a question only names something, in one to three words, and asks nothing."""
    return 0 < len(query.words) <= _WORDS_MAX and not (
        _ASKS.search(query.text) or query.text.rstrip().endswith("?") or len(query.text) > 60
    )


def put_first(candidates: Sequence[Candidate], numbers: Collection[int]) -> list[Candidate]:
    """Puts the candidates with some numbers before the others, each group in its order."""
    return sorted(candidates, key=lambda candidate: candidate.number not in numbers)


def find_words(candidate: Candidate, words: Sequence[QueryWord]) -> tuple[Span, ...]:
    """Gives where a passage uses some words, in any of their forms or other names.

    A form is the word with another ending: "purges" for "purge".
    """
    forms = [form for word in words for form in (word.text.casefold(), *word.others)]
    start = candidate.passage.start
    return tuple(
        Span(start + match.start(), start + match.end())
        for match in WORD.finditer(candidate.passage.text)
        if any(_is_form_of(match[0].casefold(), form) for form in forms)
    )


def _is_form_of(word: str, form: str) -> bool:
    """Tells whether two words differ by their ending only, or one is part of a hyphened other.

    >>> _is_form_of("purges", "purge"), _is_form_of("nazi-soviet", "nazi")
    (True, True)
    >>> _is_form_of("purchase", "purge")
    False
    """
    stem = form if len(form) < _STEM_MIN else form[: max(len(form) - 1, _STEM_MIN)]
    return any(
        part.startswith(stem) and abs(len(part) - len(form)) <= 2
        for part in (word, *re.split(r"[-’']", word))
    )
