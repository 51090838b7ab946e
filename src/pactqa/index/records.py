"""What an index keeps of essays and passages as bytes and JSON, and back, whatever keeps it."""

import json
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from pactqa.conversion.document import PageStart
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Passage, Span
from pactqa.models.encoder import Floats, normalise_rows

__all__ = [
    "PassageTokens",
    "dump_essay",
    "dump_spans",
    "load_essay",
    "load_passage",
    "pack_offsets",
    "pack_sentences",
    "pack_vector",
    "place_tokens",
    "unpack_offsets",
    "unpack_sentences",
    "unpack_vector",
]


@dataclass(frozen=True, slots=True, eq=False)
class PassageTokens:
    """A passage's token vectors, (tokens, dim) float32, and where each token stands.

    `offsets` are (tokens, 2) int32 characters of the essay; a token of the title or heading, which
    the passage is encoded with, has a start below 0. `of_heading` are (tokens,) bool.
    """

    vectors: Floats
    offsets: npt.NDArray[np.int32]
    of_heading: npt.NDArray[np.bool_]


def place_tokens(
    tokens: Floats, offsets: npt.NDArray[np.int32], first: int, heading_start: int, start: int
) -> PassageTokens:
    """Gives a passage's token vectors with their places in the essay.

    Args:
        tokens: the vectors, up to rounding, (tokens, dim).
        offsets: where each stands in the text that was encoded, (tokens, 2).
        first: where the passage begins in the essay.
        heading_start: where its heading begins in the text that was encoded.
        start: where the passage itself begins there.
    """
    starts = offsets[:, 0]
    placed = offsets + (first - start)
    placed[starts < start] = -1
    return PassageTokens(
        vectors=normalise_rows(tokens),
        offsets=np.asarray(placed, dtype=np.int32),
        of_heading=(heading_start <= starts) & (starts < start),
    )


def dump_essay(essay: Essay) -> str:
    """Gives all fields of an essay as JSON."""
    return json.dumps(asdict(essay), ensure_ascii=False)


def load_essay(fields: str) -> Essay:
    """Gives the essay that `dump_essay` made JSON of."""
    values = json.loads(fields)
    values["notes"] = tuple(EditorNote(**note) for note in values["notes"])
    values["page_starts"] = tuple(PageStart(**start) for start in values["page_starts"])
    values["warnings"] = tuple(values["warnings"])
    return Essay(**values)


def dump_spans(passage: Passage) -> str:
    """Gives where the sentences of a passage stand, as JSON."""
    return json.dumps([[span.start, span.end] for span in passage.sentences])


def load_passage(
    essay_id: str, first: int, last: int, text: str, heading: str, paragraph: int, sentences: str
) -> Passage:
    """Gives the passage of these values; `sentences` is of `dump_spans`."""
    return Passage(
        essay_id=essay_id,
        start=first,
        end=last,
        text=text,
        heading=heading,
        paragraph=paragraph,
        sentences=tuple(Span(start, end) for start, end in json.loads(sentences)),
    )


def pack_vector(vector: Floats) -> bytes:
    """Packs a vector (dim,) as float32."""
    return vector.astype(np.float32).tobytes()


def unpack_vector(packed: bytes) -> Floats:
    """Unpacks what `pack_vector` packed."""
    return np.frombuffer(packed, dtype=np.float32)


def pack_offsets(offsets: npt.NDArray[np.int32]) -> bytes:
    """Packs offsets (tokens, 2) as int32."""
    return offsets.astype(np.int32).tobytes()


def unpack_offsets(packed: bytes) -> npt.NDArray[np.int32]:
    """Unpacks what `pack_offsets` packed."""
    return np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)


def pack_sentences(vectors: Floats) -> bytes:
    """Packs the vectors of sentences (sentences, dim) as float16: a cosine differs by < .001."""
    return vectors.astype(np.float16).tobytes()


def unpack_sentences(packed: bytes, dim: int) -> Floats:
    """Unpacks what `pack_sentences` packed, up to rounding."""
    return np.frombuffer(packed, dtype=np.float16).astype(np.float32).reshape(-1, dim)
