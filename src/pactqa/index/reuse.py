"""Encodes passages, but none that the index has already: what says the same costs nothing anew.

A passage is known by what the encoder reads of it: its text with title and heading, and each of its
sentences. So an essay that is renamed, a passage that moves, and every paragraph of an essay but
the one that was changed are not encoded again.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.protocol import Generation
from pactqa.models.encoder import Encoder, Encoding, Floats

__all__ = [
    "ENCODED_AT_ONCE",
    "EncodedPassage",
    "ReadPassage",
    "collect_encoded",
    "encode_passages",
    "find_new",
    "read_texts",
]

ENCODED_AT_ONCE = 64
"""The number of texts that are given to the encoder together."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """What the encoder reads of a passage.

    Attributes:
        text: the passage with title and heading.
        sentences: its sentences, each by itself.
    """

    text: EncodedText
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPassage:
    """What the encoder makes of a passage, and of its sentences, (sentences, dim)."""

    whole: Encoding
    sentences: Floats


def read_texts(essay: Essay, passages: Iterable[Passage]) -> list[ReadPassage]:
    """Gives what the encoder reads of an essay's passages."""
    return [
        ReadPassage(
            EncodedText(essay.title, passage.heading, passage.text),
            tuple(essay.text[span.start : span.end] for span in passage.sentences),
        )
        for passage in passages
    ]


def collect_encoded(
    snapshot: Generation, essays: Iterable[Essay]
) -> dict[ReadPassage, EncodedPassage]:
    """Gives what an index has of some essays, by what the encoder read."""
    known = {}
    for essay in essays:
        numbers = snapshot.numbers_of([essay.id])
        passages, encodings = snapshot.passages(numbers), snapshot.encodings(numbers)
        texts = read_texts(essay, passages.values())
        for number, text in zip(passages, texts, strict=True):
            known[text] = EncodedPassage(*encodings[number])
    return known


def find_new(texts: Iterable[ReadPassage], known: Container[ReadPassage]) -> list[ReadPassage]:
    """Gives those that must be encoded, each once."""
    return [text for text in dict.fromkeys(texts) if text not in known]


def encode_passages(
    texts: Sequence[ReadPassage],
    known: dict[ReadPassage, EncodedPassage],
    encoder: Encoder,
    tell: Callable[[Sequence[ReadPassage], Sequence[EncodedPassage]], None],
) -> list[EncodedPassage]:
    """Gives what the encoder makes of passages; what is new is added to what is known.

    Args:
        texts: what the encoder reads of each.
        known: what was encoded before.
        encoder: makes the vectors.
        tell: is given each batch of passages that are new, as soon as it is encoded.
    """
    new = find_new(texts, known)
    for first in range(0, len(new), ENCODED_AT_ONCE):
        batch = new[first : first + ENCODED_AT_ONCE]
        encoded = _encode(batch, encoder)
        known.update(zip(batch, encoded, strict=True))
        tell(batch, encoded)
    return [_mark_truncated(known[text], text, encoder) for text in texts]


def _encode(texts: Sequence[ReadPassage], encoder: Encoder) -> list[EncodedPassage]:
    wholes = encoder.encode_passages([text.text.whole for text in texts])
    sentences = [sentence for text in texts for sentence in text.sentences]
    vectors: list[Floats] = []
    for first in range(0, len(sentences), ENCODED_AT_ONCE):
        encoded = encoder.encode_passages(sentences[first : first + ENCODED_AT_ONCE])
        vectors += [encoding.vector for encoding in encoded]
    ends = np.cumsum([len(text.sentences) for text in texts])[:-1]
    blocks = np.split(np.array(vectors, dtype=np.float32), ends)
    return [EncodedPassage(whole, block) for whole, block in zip(wholes, blocks, strict=True)]


def _mark_truncated(found: EncodedPassage, text: ReadPassage, encoder: Encoder) -> EncodedPassage:
    """Marks what is longer than the encoder reads; the index does not keep that."""
    truncated = encoder.count_tokens(text.text.whole) > encoder.max_tokens
    return replace(found, whole=replace(found.whole, truncated=truncated))
