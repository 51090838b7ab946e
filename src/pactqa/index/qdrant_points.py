"""Essays and passages as points of a Qdrant collection, and back.

A point is one essay, one passage, or the state of the index. Essays and passages carry the first
generation that has them (`since`) and the first that has not (`until`), so a generation is a
filter. What is shown or ranked has a checksum, as in the embedded index.
"""

import base64
import json
import uuid
from collections.abc import Sequence
from typing import Any

import zstandard
from qdrant_client import models

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.checksums import checksum_of
from pactqa.index.records import (
    PassageTokens,
    dump_essay,
    dump_spans,
    load_essay,
    load_passage,
    pack_offsets,
    pack_sentences,
    pack_vector,
    place_tokens,
    unpack_offsets,
    unpack_sentences,
    unpack_vector,
)
from pactqa.index.word_terms import describe_terms, weigh_terms
from pactqa.models.encoder import Encoding, Floats, normalise_rows
from pactqa.models.int8 import pack_rows, unpack_rows

__all__ = [
    "ALWAYS",
    "PASSAGE_VECTOR",
    "WORDS",
    "Payload",
    "essay_point",
    "is_whole",
    "passage_content",
    "passage_point",
    "read_encoding",
    "read_essay",
    "read_passage",
    "read_title",
    "read_tokens",
    "read_vectors",
]

Payload = dict[str, Any]
"""What Qdrant keeps of a point besides vectors: JSON."""

ALWAYS = 2**53
"""The `until` of what no generation has lost yet."""

PASSAGE_VECTOR, WORDS = "passage", "words"
"""The names of the dense and the sparse vector of a passage."""

_CHECKED = (
    *("essay", "title", "first", "last", "text", "heading", "paragraph", "sentences"),
    *("heading_start", "passage_start", "vector", "sentence_vectors", "offsets", "tokens"),
)


def essay_point(essay: Essay, title: Encoding, since: int) -> models.PointStruct:
    """Gives the point of an essay, from one generation on."""
    payload: Payload = {
        "kind": "essay",
        "essay": essay.id,
        "file": essay.file,
        "sha256": essay.sha256,
        "fields": _to_text(zstandard.compress(dump_essay(essay).encode("utf-8", "surrogatepass"))),
        "vector": _to_text(pack_vector(title.vector)),
        "offsets": _to_text(pack_offsets(title.offsets)),
        "tokens": _to_text(pack_rows(title.tokens)),
        "since": since,
        "until": ALWAYS,
    }
    payload["checksum"] = _checksum_of(payload)
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{since} {essay.id}")
    return models.PointStruct(id=str(name), vector={}, payload=payload)


def passage_content(
    passage: Passage, encoding: Encoding, text: EncodedText, sentences: Floats
) -> Payload:
    """Gives what is kept of a passage, whatever its number and generation."""
    payload: Payload = {
        "kind": "passage",
        "essay": passage.essay_id,
        "title": text.title,
        "first": passage.start,
        "last": passage.end,
        "text": passage.text,
        "heading": passage.heading,
        "paragraph": passage.paragraph,
        "sentences": dump_spans(passage),
        "heading_start": text.heading_start,
        "passage_start": text.passage_start,
        "vector": _to_text(pack_vector(encoding.vector)),
        "sentence_vectors": _to_text(pack_sentences(sentences)),
        "offsets": _to_text(pack_offsets(encoding.offsets)),
        "tokens": _to_text(pack_rows(encoding.tokens)),
    }
    payload["checksum"] = _checksum_of(payload)
    return payload


def passage_point(
    number: int, content: Payload, terms: Sequence[Sequence[str]], average: float, since: int
) -> models.PointStruct:
    """Gives the point of a passage, from one generation on.

    Args:
        number: the passage's number.
        content: of `passage_content`.
        terms: of its title, its heading and its text.
        average: how many terms a passage has on average.
        since: the first generation that has it.
    """
    title, *whole = terms
    weights = weigh_terms([term for column in terms for term in column], average)
    payload = {
        **content,
        "terms": describe_terms(whole),
        "title_terms": describe_terms([title]),
        "since": since,
        "until": ALWAYS,
    }
    sparse = models.SparseVector(indices=list(weights), values=list(weights.values()))
    vector = unpack_vector(_to_bytes(content["vector"])).tolist()
    return models.PointStruct(
        id=number, vector={PASSAGE_VECTOR: vector, WORDS: sparse}, payload=payload
    )


def is_whole(payload: Payload) -> bool:
    """Tells whether a point holds what was written."""
    try:
        return bool(payload["checksum"] == _checksum_of(payload))
    except (KeyError, TypeError):
        return False


def read_essay(payload: Payload) -> Essay:
    """Gives the essay of a point."""
    fields = zstandard.decompress(_to_bytes(payload["fields"]))
    return load_essay(fields.decode("utf-8", "surrogatepass"))


def read_title(payload: Payload, dim: int) -> Encoding:
    """Gives what the encoder made of the title of an essay's point."""
    return Encoding(
        unpack_vector(_to_bytes(payload["vector"])),
        normalise_rows(unpack_rows(_to_bytes(payload["tokens"]), dim)),
        unpack_offsets(_to_bytes(payload["offsets"])),
    )


def read_passage(payload: Payload) -> Passage:
    """Gives the passage of a point."""
    words = (payload["text"], payload["heading"], payload["paragraph"], payload["sentences"])
    return load_passage(payload["essay"], payload["first"], payload["last"], *words)


def read_tokens(payload: Payload, dim: int) -> PassageTokens:
    """Gives the token vectors of a passage's point."""
    return place_tokens(
        unpack_rows(_to_bytes(payload["tokens"]), dim),
        unpack_offsets(_to_bytes(payload["offsets"])),
        payload["first"],
        payload["heading_start"],
        payload["passage_start"],
    )


def read_vectors(payload: Payload, dim: int) -> tuple[Floats, Floats]:
    """Gives the vector and the sentences' vectors of a passage's point."""
    sentences = unpack_sentences(_to_bytes(payload["sentence_vectors"]), dim)
    return unpack_vector(_to_bytes(payload["vector"])), sentences


def read_encoding(payload: Payload, dim: int) -> tuple[Encoding, Floats]:
    """Gives what the encoder made of a passage's point, up to rounding, and of its sentences."""
    vector, sentences = read_vectors(payload, dim)
    tokens = unpack_rows(_to_bytes(payload["tokens"]), dim)
    return Encoding(vector, tokens, unpack_offsets(_to_bytes(payload["offsets"]))), sentences


def _checksum_of(payload: Payload) -> int:
    if payload["kind"] == "essay":
        names: Sequence[str] = ("essay", "file", "sha256", "fields", "vector", "offsets", "tokens")
    else:
        names = _CHECKED
    return checksum_of(json.dumps(payload[name]) for name in names)


def _to_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _to_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
