"""Reads the tables of the store inside one transaction, which `store` opens."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.checksums import check_rows, check_tables, checksum_of, checksum_words
from pactqa.index.matching import find_words
from pactqa.index.records import (
    PassageTokens,
    load_essay,
    load_passage,
    place_tokens,
    unpack_offsets,
    unpack_sentences,
    unpack_vector,
)
from pactqa.models.encoder import Encoding, Floats, normalise_rows
from pactqa.models.int8 import unpack_rows

__all__ = ["Snapshot", "match_any"]

_Found = TypeVar("_Found")


def match_any(words: Iterable[str]) -> str:
    """Gives the FTS5 query that matches any of some words of `choose_words`."""
    return " OR ".join(f'"{word}"' for word in words)


class Snapshot:
    """One generation of the store, to read. It belongs to the thread that opened it.

    Every method raises a sqlite3.DatabaseError, which the store makes a DamagedIndexError, if what
    it reads is not what was written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wraps a connection that is inside a read transaction; `Store.read` makes them."""
        self._connection = connection
        settings = self._settings()
        if settings.pop("seal", "") != str(checksum_of(sorted(settings.items()))):
            raise sqlite3.DatabaseError("the settings are not those that were written")
        self.generation = int(settings.get("generation", "0"))
        self.identity = f"{settings['store']}-{self.generation}"
        """Of the generation: unlike its number never that of another, of whatever store."""
        self.encoder = settings.get("encoder", "")
        """The identity of the encoder that made the vectors."""
        self.dim = int(settings.get("dim", "0"))
        self.faiss_sha256 = settings.get("faiss_sha256", "")
        self._content = settings.get("content", "")

    def _settings(self) -> dict[str, str]:
        rows = self._connection.execute("SELECT name, value FROM setting")
        return {str(name): str(value) for name, value in rows}

    def check(self) -> None:
        """Checks what no row tells of itself: the file's structure, its counts, the word search."""
        (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok" or (self.generation and self._describe_content() != self._content):
            raise sqlite3.DatabaseError(found if found != "ok" else "rows are missing or altered")

    def check_everything(self) -> None:
        """Checks the whole store, row by row; holds one row at a time, whatever there is."""
        self.check()
        check_tables(self._connection)

    def _describe_content(self) -> str:
        """Gives how many essays and passages there are, and the checksum of the word search."""
        counts = self._connection.execute(
            "SELECT (SELECT count(*) FROM essay), (SELECT count(*) FROM passage)"
        ).fetchone()
        return f"{counts} {checksum_words(self._connection)}"

    def fingerprints(self) -> dict[str, str]:
        """Gives the SHA-256 of every indexed essay's file, by essay id, in corpus order."""
        return {essay_id: sha256 for essay_id, sha256, _ in self._essay_rows()}

    def essays(self) -> list[Essay]:
        """Gives every essay, in the order of the corpus."""
        return [load_essay(fields) for _, _, fields in self._essay_rows()]

    def _essay_rows(self) -> list[tuple[str, str, str]]:
        rows = self._connection.execute(
            "SELECT id, sha256, position, fields, checksum FROM essay ORDER BY position"
        )
        return [(essay_id, sha256, fields) for essay_id, sha256, _, fields in check_rows(rows)]

    def passages(self, numbers: Sequence[int] | None = None) -> dict[int, Passage]:
        """Gives passages by their numbers (all of them for None), in the order of the corpus."""
        columns = """
            SELECT number, essay_id, first, last, text, heading, paragraph, sentences, text_checksum
            FROM passage JOIN essay ON essay.id = essay_id
        """
        order = " ORDER BY essay.position, first"
        if numbers is None:
            rows = self._connection.execute(columns + order)
        else:
            marks = ",".join("?" * len(numbers))
            rows = self._connection.execute(f"{columns} WHERE number IN ({marks}){order}", numbers)
        found = {int(number): load_passage(*rest) for number, *rest in check_rows(rows)}
        return found if numbers is None else _check_found(found, numbers)

    def tokens(self, numbers: Sequence[int]) -> dict[int, PassageTokens]:
        """Gives the token vectors of passages by their numbers."""
        found = {}
        for number, first, heading_start, passage_start, packed, tokens in self._tokens(numbers):
            found[number] = place_tokens(
                unpack_rows(tokens, self.dim),
                unpack_offsets(packed),
                first,
                heading_start,
                passage_start,
            )
        return _check_found(found, numbers)

    def _tokens(self, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT number, first, heading_start, passage_start, offsets, tokens, tokens_checksum "
            f"FROM passage WHERE number IN ({marks})",
            numbers,
        )
        return check_rows(rows)

    def titles(self) -> dict[str, Encoding]:
        """Gives what the encoder made of every essay's title, up to rounding, by essay id."""
        rows = self._connection.execute(
            "SELECT essay_id, vector, offsets, tokens, checksum FROM title"
        )
        return {
            essay_id: Encoding(
                unpack_vector(vector),
                normalise_rows(unpack_rows(tokens, self.dim)),
                unpack_offsets(offsets),
            )
            for essay_id, vector, offsets, tokens in check_rows(rows)
        }

    def encodings(self, numbers: Sequence[int]) -> dict[int, tuple[Encoding, Floats]]:
        """Gives what the encoder made of passages, up to rounding, and of their sentences."""
        vectors = self.vectors_of(numbers)
        found = {}
        for number, _, _, _, packed, tokens in self._tokens(numbers):
            vector, sentences = vectors[number]
            tokens = unpack_rows(tokens, self.dim)
            found[number] = (Encoding(vector, tokens, unpack_offsets(packed)), sentences)
        return _check_found(found, numbers)

    def vectors_of(self, numbers: Sequence[int]) -> dict[int, tuple[Floats, Floats]]:
        """Gives the vector (dim,) and the sentences' vectors (sentences, dim) of passages."""
        marks = ",".join("?" * len(numbers))
        rows = self._connection.execute(
            "SELECT number, vector, sentence_vectors, vectors_checksum FROM passage "
            f"WHERE number IN ({marks})",
            numbers,
        )
        found = {
            int(number): (
                unpack_vector(vector),
                unpack_sentences(sentences, self.dim),
            )
            for number, vector, sentences in check_rows(rows)
        }
        return _check_found(found, numbers)

    def vectors(self) -> tuple[npt.NDArray[np.int64], Floats]:
        """Gives the numbers (n,) and the vectors (n, dim) of all passages, ordered by number."""
        rows = self._connection.execute(
            "SELECT number, vector, sentence_vectors, vectors_checksum FROM passage ORDER BY number"
        )
        pairs = [(number, vector) for number, vector, _ in check_rows(rows)]
        numbers = np.array([number for number, _ in pairs], dtype=np.int64)
        joined = b"".join(vector for _, vector in pairs)
        return numbers, np.frombuffer(joined, dtype=np.float32).reshape(len(pairs), self.dim)

    def numbers_of(self, essays: Iterable[str]) -> list[int]:
        """Gives the numbers of the passages of some essays."""
        ids = list(essays)
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT number FROM passage WHERE essay_id IN ({marks}) ORDER BY number", ids
        )
        return [number for (number,) in rows]

    def search_words(
        self, words: Sequence[str], k: int, essays: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the numbers of the `k` best passages by BM25 with their scores, higher is better.

        `words` are those of `choose_words`, in any number. Source of the method: Robertson and
        Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5
        implements it (it gives the negative of the score).
        """
        if not words:
            return []
        within, names = "", list(essays or [])
        if essays is not None:
            marks = ",".join("?" * len(names))
            within = f"AND rowid IN (SELECT number FROM passage WHERE essay_id IN ({marks}))"
        rows = self._connection.execute(
            f"SELECT rowid, -bm25(words) AS score FROM words WHERE words MATCH ? {within} "
            "ORDER BY score DESC, rowid LIMIT ?",
            (match_any(words), *names, k),
        )
        return [(number, score) for number, score in rows]

    def passages_with(
        self,
        word: str,
        *,
        prefix: bool = False,
        whole: bool = False,
        among: Collection[int] | None = None,
        most: int | None = None,
    ) -> set[int]:
        """Gives the numbers of the passages with a word ("purge": "Purges"); see `protocol`."""
        words = find_words(word)
        if not words:
            return set()
        phrase = f'"{" ".join(words)}"' + (" *" if prefix else "")
        if whole:
            phrase = f"{{heading text}} : {phrase}"
        asked = "" if among is None else "AND rowid IN (SELECT value FROM json_each(?))"
        numbers = [] if among is None else [json.dumps(list(among))]
        rows = self._connection.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? {asked} LIMIT ?",
            (phrase, *numbers, -1 if most is None else most),
        )
        return {number for (number,) in rows}


def _check_found(found: dict[int, _Found], numbers: Iterable[int]) -> dict[int, _Found]:
    """Gives what was found for some passages, if it was for each."""
    if not found.keys() >= set(numbers):
        raise sqlite3.DatabaseError("a passage that the search finds is missing")
    return found
