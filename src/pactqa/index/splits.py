"""Splits the essays that a refresh finds new or changed, none for longer than an essay may take."""

from collections.abc import Mapping, Sequence

from pactqa.errors import EssayError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, split_essay
from pactqa.essays.time_limit import limit_time
from pactqa.index.reuse import ReadPassage, read_texts
from pactqa.models.encoder import Encoder

__all__ = ["Split", "split", "split_fresh"]

Split = tuple[list[Passage], list[ReadPassage]]
"""The passages of an essay, and what the encoder reads of each."""


def split_fresh(
    essays: Sequence[Essay], known: Mapping[str, str], encoder: Encoder
) -> tuple[dict[str, Split], list[EssayError]]:
    """Splits the essays that are new or changed, by id; those that take too long are errors."""
    read: dict[str, Split] = {}
    slow = []
    for essay in essays:
        if known.get(essay.id) != essay.sha256:
            try:
                with limit_time(essay.file):
                    read[essay.id] = split(essay, encoder)
            except EssayError as error:
                error.place = essay.file
                slow.append(error)
    return read, slow


def split(essay: Essay, encoder: Encoder) -> Split:
    """Splits an essay, however long that takes."""
    passages = split_essay(essay, encoder.count_tokens, encoder.max_tokens)
    _check_verbatim(essay, passages)
    return passages, read_texts(essay, passages)


def _check_verbatim(essay: Essay, passages: Sequence[Passage]) -> None:
    for passage in passages:
        if essay.text[passage.start : passage.end] != passage.text:
            raise AssertionError(f"{passage.id} is not a slice of its essay: this is a bug")
