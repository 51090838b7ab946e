"""Reads the tables of the store inside one transaction; `store` opens it, `writer` changes them.

Token vectors are kept as int8 rows; `scripts/measure_token_storage.py` measures what that costs.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Passage, Span
from pactqa.models.encoder import Floats, normalise_rows
from pactqa.models.int8 import unpack_rows

__all__ = ["PassageTokens", "Snapshot", "match_expression"]

_MATCH_WORD = re.compile(r"\w+")
_MATCH_WORDS_MAX = 64


@dataclass(frozen=True, slots=True, eq=False)
class PassageTokens:
    """A passage's token vectors, (tokens, dim) float32, and where each token stands.

    `offsets` are (tokens, 2) int32 characters of the essay; a token of the title or heading, which
    the passage is encoded with, has a start below 0. `of_heading` are (tokens,) bool.
    """

    vectors: Floats
    offsets: npt.NDArray[np.int32]
    of_heading: npt.NDArray[np.bool_]


def match_expression(text: str, *, stop_words: Iterable[str] = ()) -> str:
    """Makes any text into an FTS5 query that matches each of its words, joined by OR.

    Only letters and digits are taken and every word is quoted, so no input can be an operator or a
    syntax error. At most 64 different words are taken. A text without any gives `""`.
    """
    stop = set(stop_words)
    words = dict.fromkeys(word for word in _find_words(text) if word not in stop)
    return " OR ".join(f'"{word}"' for word in list(words)[:_MATCH_WORDS_MAX])


def _find_words(text: str) -> list[str]:
    return _MATCH_WORD.findall(text.casefold().replace("_", " "))


class Snapshot:
    """One generation of the store, to read. It belongs to the thread that opened it."""

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
            SELECT number, essay_id, first, last, text, heading, paragraph, sentences
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
            "SELECT number, first, heading_start, passage_start, offsets, tokens FROM passage "
            f"WHERE number IN ({marks})",
            numbers,
        )
        found = {}
        for number, first, heading_start, passage_start, packed, tokens in rows:
            offsets = np.frombuffer(packed, dtype=np.int32).reshape(-1, 2)
            starts = offsets[:, 0]
            found[number] = PassageTokens(
                vectors=normalise_rows(unpack_rows(tokens, self.dim)),
                offsets=_shift(offsets, first, passage_start),
                of_heading=(heading_start <= starts) & (starts < passage_start),
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

    def passages_with(self, word: str, *, prefix: bool = False, whole: bool = False) -> set[int]:
        """Gives the numbers of the passages with a word, whatever its ending ("purge": "Purges").

        Args:
            word: of one part or several ("Nazi-Soviet"), which must stand together.
            prefix: whether any word that begins so is enough.
            whole: whether it must stand in a passage or its heading; what stands in the title alone
                is then not enough.
        """
        words = _find_words(word)
        if not words:
            return set()
        phrase = f'"{" ".join(words)}"' + (" *" if prefix else "")
        if whole:
            phrase = f"{{heading text}} : {phrase}"
        rows = self._connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (phrase,))
        return {number for (number,) in rows}


def _shift(offsets: npt.NDArray[np.int32], first: int, start: int) -> npt.NDArray[np.int32]:
    """Turns offsets in the encoded text into offsets in the essay.

    The passage begins at `start` in the one and at `first` in the other; what stands before it gets
    the offset -1.
    """
    shifted = offsets + (first - start)
    shifted[offsets[:, 0] < start] = -1
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
) -> Passage:
    return Passage(
        essay_id=essay_id,
        start=first,
        end=last,
        text=text,
        heading=heading,
        paragraph=paragraph,
        sentences=tuple(Span(start, end) for start, end in json.loads(sentences)),
    )
