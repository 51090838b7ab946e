"""Reads and writes the tables of the store inside one transaction.

A `Snapshot` reads one generation, a `Writer` changes it; `store` opens them. Token vectors are kept
as one signed byte per number, scaled by the largest number of their row: a quarter of the room of
float32. `scripts/measure_token_storage.py` measures the loss.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from pactqa.essays.files import EditorNote, Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.models.encoder import Encoding, Floats

__all__ = [
    "PassageTokens",
    "Snapshot",
    "Writer",
    "match_expression",
    "pack_tokens",
    "unpack_tokens",
]

_MATCH_WORD = re.compile(r"\w+")
_MATCH_WORDS_MAX = 64


@dataclass(frozen=True, slots=True, eq=False)
class PassageTokens:
    """Holds a passage's token vectors, (tokens, dim) float32, and where each token stands.

    `offsets` are (tokens, 2) int32 characters of the essay; a token of the title or heading, which
    the passage is encoded with, has a start below 0. `of_heading` are (tokens,) bool.
    """

    vectors: Floats
    offsets: npt.NDArray[np.int32]
    of_heading: npt.NDArray[np.bool_]


def pack_tokens(tokens: Floats) -> bytes:
    """Packs unit rows (tokens, dim) into one byte per number and one float32 scale per row."""
    scales = np.abs(tokens).max(axis=1, initial=0.0, keepdims=True).astype(np.float32) / 127
    packed = np.rint(tokens / np.maximum(scales, 1e-12)).astype(np.int8)
    return bytes(scales.tobytes() + packed.tobytes())


def unpack_tokens(packed: bytes, dim: int) -> Floats:
    """Unpacks what `pack_tokens` packed, to rows of unit length again."""
    count = len(packed) // (dim + 4)
    scales = np.frombuffer(packed, dtype=np.float32, count=count)[:, None]
    rows = np.frombuffer(packed, dtype=np.int8, offset=4 * count).reshape(count, dim) * scales
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def match_expression(text: str, *, stop_words: Iterable[str] = ()) -> str:
    """Makes any text into an FTS5 query that matches each of its words, joined by OR.

    Only letters and digits are taken and every word is quoted, so no input can be an operator or a
    syntax error. At most 64 different words are taken. A text without any gives `""`.
    """
    stop = set(stop_words)
    words = dict.fromkeys(
        word for word in _MATCH_WORD.findall(text.casefold().replace("_", " ")) if word not in stop
    )
    return " OR ".join(f'"{word}"' for word in list(words)[:_MATCH_WORDS_MAX])


class Snapshot:
    """Reads one generation of the store. It belongs to the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wraps a connection that is inside a read transaction; `Store.read` makes them."""
        self._connection = connection
        self.generation = int(self._setting("generation", "0"))
        self.encoder_name = self._setting("encoder", "")
        self.dim = int(self._setting("dim", "0"))
        self.faiss_sha256 = self._setting("faiss_sha256", "")

    def _setting(self, name: str, default: str) -> str:
        row = self._connection.execute(
            "SELECT value FROM setting WHERE name = ?", (name,)
        ).fetchone()
        return str(row[0]) if row else default

    def fingerprints(self) -> dict[str, str]:
        """Gives the SHA-256 of every indexed essay's file, by essay id, in corpus order."""
        rows = self._connection.execute("SELECT id, sha256 FROM essay ORDER BY position")
        return dict(rows.fetchall())

    def essays(self) -> list[Essay]:
        """Gives every essay, in the order of the corpus."""
        rows = self._connection.execute("SELECT fields FROM essay ORDER BY position")
        return [_load_essay(fields) for (fields,) in rows]

    def passages(self, numbers: Sequence[int] | None = None) -> dict[int, Passage]:
        """Gives passages by their numbers (all of them for None), in the order of the corpus."""
        columns = """
            SELECT number, essay_id, first, last, text, heading, paragraph, sentences, truncated
            FROM passage JOIN essay ON essay.id = essay_id
        """
        order = " ORDER BY essay.position, first"
        if numbers is None:
            rows = self._connection.execute(columns + order)
        else:
            marks = ",".join("?" * len(numbers))
            rows = self._connection.execute(f"{columns} WHERE number IN ({marks}){order}", numbers)
        return {number: _load_passage(*rest) for number, *rest in rows}

    def tokens(self, numbers: Sequence[int]) -> dict[int, PassageTokens]:
        """Gives the token vectors of passages by their numbers."""
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT number, first, heading, prefix, offsets, tokens FROM passage "
            f"WHERE number IN ({marks})",
            numbers,
        )
        found = {}
        for number, first, heading, prefix, packed, tokens in rows:
            offsets = np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)
            starts = offsets[:, 0]
            # The heading and its line end are the last of what stands before the passage.
            of_heading = (starts < prefix) & (starts >= prefix - len(heading) - 1) & bool(heading)
            found[number] = PassageTokens(
                vectors=unpack_tokens(tokens, self.dim),
                offsets=_shift(offsets, first, prefix),
                of_heading=of_heading,
            )
        return found

    def vectors_of(self, numbers: Sequence[int]) -> dict[int, tuple[Floats, Floats]]:
        """Gives the vector (dim,) and the sentences' vectors (sentences, dim) of passages."""
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            f"SELECT number, vector, sentence_vectors FROM passage WHERE number IN ({marks})",
            numbers,
        )
        return {
            number: (
                np.frombuffer(vector, dtype=np.float32),
                np.frombuffer(sentences, dtype=np.float16).astype(np.float32).reshape(-1, self.dim),
            )
            for number, vector, sentences in rows
        }

    def vectors(self) -> tuple[npt.NDArray[np.int64], Floats]:
        """Gives the numbers (n,) and the vectors (n, dim) of all passages, ordered by number."""
        rows = self._connection.execute(
            "SELECT number, vector FROM passage ORDER BY number"
        ).fetchall()
        numbers = np.array([number for number, _ in rows], dtype=np.int64)
        joined = b"".join(vector for _, vector in rows)
        return numbers, np.frombuffer(joined, dtype=np.float32).reshape(len(rows), self.dim)

    def numbers_of(self, essays: Iterable[str]) -> list[int]:
        """Gives the numbers of the passages of some essays."""
        ids = list(essays)
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT number FROM passage WHERE essay_id IN ({marks}) ORDER BY number", ids
        )
        return [number for (number,) in rows]

    def search_words(
        self, expression: str, k: int, essays: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the numbers of the `k` best passages by BM25 with their scores, higher is better.

        `expression` is one of `match_expression`; an empty one finds nothing. Source of the
        method: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
        (2009), as FTS5 implements it (it gives the negative of the score).
        """
        if not expression:
            return []
        within, names = "", list(essays or [])
        if essays is not None:
            marks = ",".join("?" * len(names))
            within = f"AND rowid IN (SELECT number FROM passage WHERE essay_id IN ({marks}))"
        rows = self._connection.execute(
            f"SELECT rowid, -bm25(words) AS score FROM words WHERE words MATCH ? {within} "
            "ORDER BY score DESC, rowid LIMIT ?",
            (expression, *names, k),
        )
        return [(number, score) for number, score in rows]

    def passages_with(self, word: str, *, prefix: bool = False) -> set[int]:
        """Gives the numbers of the passages with a word, whatever its ending ("purge": "Purges").

        With `prefix`, of those with any word which begins so.
        """
        expression = match_expression(word)
        if not expression:
            return set()
        rows = self._connection.execute(
            "SELECT rowid FROM words WHERE words MATCH ?",
            (f"{expression} *" if prefix else expression,),
        )
        return {number for (number,) in rows}


class Writer(Snapshot):
    """Changes the store inside one transaction; `Store.write` makes one."""

    def set_encoder(self, name: str, dim: int) -> None:
        """Notes which encoder made the vectors."""
        self._set("encoder", name)
        self._set("dim", str(dim))
        self.encoder_name, self.dim = name, dim

    def set_generation(self, generation: int, faiss_sha256: str) -> None:
        """Makes a generation the current one, as soon as the transaction is committed.

        `faiss_sha256` is the digest of the FAISS file derived from it.
        """
        self._set("generation", str(generation))
        self._set("faiss_sha256", faiss_sha256)
        self.generation, self.faiss_sha256 = generation, faiss_sha256

    def put_essay(
        self,
        essay: Essay,
        position: int,
        passages: Sequence[Passage],
        encodings: Sequence[Encoding],
        prefixes: Sequence[int],
        sentences: Sequence[Floats],
    ) -> None:
        """Writes an essay with its passages in place of what there was under its id.

        Args:
            essay: the essay.
            position: its place in the corpus, from 0.
            passages: its passages.
            encodings: what the encoder made of each passage.
            prefixes: how many characters (title, heading) the encoder was given before each one.
            sentences: the vectors of each passage's sentences, (sentences, dim).

        Raises:
            ValueError: if the four sequences differ in length.
        """
        if not len(passages) == len(encodings) == len(prefixes) == len(sentences):
            raise ValueError(
                f"{len(passages)} passages, {len(encodings)} encodings, {len(prefixes)} prefixes, "
                f"{len(sentences)} blocks of sentence vectors"
            )
        self.remove_essay(essay.id)
        fields = json.dumps(asdict(essay), ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO essay VALUES (?, ?, ?, ?)", (essay.id, essay.sha256, position, fields)
        )
        for passage, encoding, prefix, vectors in zip(
            passages, encodings, prefixes, sentences, strict=True
        ):
            cursor = self._connection.execute(
                "INSERT INTO passage VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    essay.id,
                    passage.start,
                    passage.end,
                    passage.text,
                    passage.heading,
                    passage.paragraph,
                    json.dumps([[span.start, span.end] for span in passage.sentences]),
                    passage.truncated,
                    prefix,
                    encoding.vector.astype(np.float32).tobytes(),
                    encoding.offsets.astype(np.int32).tobytes(),
                    pack_tokens(encoding.tokens),
                    vectors.astype(np.float16).tobytes(),
                ),
            )
            self._connection.execute(
                "INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
                (cursor.lastrowid, essay.title, passage.heading, passage.text),
            )

    def move_essay(self, essay_id: str, position: int) -> None:
        """Gives an essay another place in the corpus."""
        self._connection.execute(
            "UPDATE essay SET position = ? WHERE id = ? AND position <> ?",
            (position, essay_id, position),
        )

    def remove_essay(self, essay_id: str) -> None:
        """Removes an essay and all that belongs to it; an unknown id is no error."""
        self._connection.execute(
            "DELETE FROM words WHERE rowid IN (SELECT number FROM passage WHERE essay_id = ?)",
            (essay_id,),
        )
        self._connection.execute("DELETE FROM essay WHERE id = ?", (essay_id,))

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("REPLACE INTO setting VALUES (?, ?)", (name, value))


def _shift(offsets: npt.NDArray[np.int32], first: int, prefix: int) -> npt.NDArray[np.int32]:
    """Turns offsets in the encoded text into offsets in the essay; the prefix's become -1."""
    shifted = offsets + (first - prefix)
    shifted[offsets[:, 0] < prefix] = -1
    return np.asarray(shifted, dtype=np.int32)


def _load_essay(fields: str) -> Essay:
    values = json.loads(fields)
    values["notes"] = tuple(EditorNote(**note) for note in values["notes"])
    return Essay(**values)


def _load_passage(
    essay_id: str,
    first: int,
    last: int,
    text: str,
    heading: str,
    paragraph: int,
    sentences: str,
    truncated: int,
) -> Passage:
    return Passage(
        essay_id=essay_id,
        start=first,
        end=last,
        text=text,
        heading=heading,
        paragraph=paragraph,
        sentences=tuple(Span(start, end) for start, end in json.loads(sentences)),
        truncated=bool(truncated),
    )
