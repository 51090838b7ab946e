"""Finds the essays that say already much of what a text says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pactqa.essays.files import Essay

__all__ = ["SimilarEssay", "find_similar"]

_WORD = re.compile(r"\w+")
_RUN = 4
_SHARE_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class SimilarEssay:
    """An essay that says already much of what a text says.

    Attributes:
        essay: the essay.
        words: the share of the text's runs of four words that stand in the essay too, 0 to 1.
        passages: the share of its passages that stand there word for word, 0 to 1.
    """

    essay: Essay
    words: float
    passages: float


def find_similar(passages: Sequence[str], essays: Iterable[Essay]) -> tuple[SimilarEssay, ...]:
    """Finds the essays that have at least a fifth of a text's words in its order, the most first.

    Args:
        passages: of the text.
        essays: those of the corpus.
    """
    words = [_read_words(passage) for passage in passages]
    runs = {run for own in words for run in _list_runs(own)}
    found = []
    for essay in essays:
        there = _read_words(essay.text)
        shared = len(runs & set(_list_runs(there))) / max(len(runs), 1)
        if shared >= _SHARE_LEAST:
            joined = f" {' '.join(there)} "
            equal = sum(f" {' '.join(own)} " in joined for own in words) / len(words)
            found.append(SimilarEssay(essay, shared, equal))
    return tuple(sorted(found, key=lambda similar: -similar.words))


def _read_words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _list_runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Gives the runs of four words of a text, of a shorter one its words."""
    if len(words) < _RUN:
        return [tuple(words)] if words else []
    return zip(*(words[at:] for at in range(_RUN)), strict=False)
