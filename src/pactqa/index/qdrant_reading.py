"""Reads one generation of a Qdrant collection; see `protocol.Generation`.

What is read of a passage is kept until the generation is closed: a question asks for the same
passages several times.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qdrant_client import models

from pactqa.errors import DamagedIndexError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.matching import find_words
from pactqa.index.qdrant_calls import Calls
from pactqa.index.qdrant_points import (
    PASSAGE_VECTOR,
    WORDS,
    Payload,
    is_whole,
    read_encoding,
    read_essay,
    read_passage,
    read_title,
    read_tokens,
    read_vectors,
)
from pactqa.index.records import PassageTokens
from pactqa.index.word_terms import look_up_as, read_terms, term_index
from pactqa.models.encoder import Encoding, Floats

__all__ = ["QdrantGeneration", "QdrantVectors", "equals", "filter_of"]

_LOOKED_UP = {"terms": ["heading", "text"], "title_terms": ["title"]}
"""What a passage can be looked up by, and what that was made of."""

_NO_TERMS = models.PayloadSelectorExclude(exclude=["terms", "title_terms"])


def equals(key: str, value: Any) -> models.FieldCondition:
    """Gives the condition that a field of the payload has a value."""
    return models.FieldCondition(key=key, match=models.MatchValue(value=value))


def filter_of(kind: str, generation: int, *conditions: models.Condition) -> models.Filter:
    """Gives the filter of what a generation has of a kind, where all conditions hold."""
    lives = [
        models.FieldCondition(key="since", range=models.Range(lte=generation)),
        models.FieldCondition(key="until", range=models.Range(gt=generation)),
    ]
    return models.Filter(must=[equals("kind", kind), *lives, *conditions])


def _is_of(essays: Sequence[str] | None) -> list[models.Condition]:
    if essays is None:
        return []
    return [models.FieldCondition(key="essay", match=models.MatchAny(any=list(essays)))]


class QdrantVectors:
    """The passages' vectors of one generation; the server finds the nearest by HNSW.

    Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
    Hierarchical Navigable Small World graphs" (2018), describe the method.
    """

    def __init__(self, calls: Calls, generation: int, identity: str) -> None:
        """Names the generation; nothing is asked yet."""
        self._calls, self._generation = calls, generation
        self.identity = identity

    def search(
        self, vector: Floats, k: int, numbers: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the `k` nearest passages with their cosine; see `protocol.VectorSearch`."""
        among = [] if numbers is None else [models.HasIdCondition(has_id=list(numbers))]
        found = self._calls.ask(
            "query_points",
            query=vector.tolist(),
            using=PASSAGE_VECTOR,
            query_filter=filter_of("passage", self._generation, *among),
            limit=k,
            with_payload=False,
        )
        return _rank(found.points)


class QdrantGeneration:
    """One generation of a collection, to read."""

    def __init__(self, calls: Calls, state: Mapping[str, Any]) -> None:
        """Wraps what the collection says of its current generation."""
        self._calls = calls
        self._state = dict(state)
        self.generation = int(state["generation"])
        self.identity = f"{state['store']}-{self.generation}"
        self.encoder = str(state["encoder"])
        self.dim = int(state["dim"])
        self._passages: dict[int, Payload] = {}
        self._essays: list[Payload] | None = None

    def check(self) -> None:
        """Checks that the collection has as many essays and passages as were written."""
        for kind in ("essay", "passage"):
            wanted = filter_of(kind, self.generation)
            found = self._calls.ask("count", count_filter=wanted, exact=True).count
            if found != self._state[f"{kind}s"]:
                raise self._damaged(f"{found} of {self._state[f'{kind}s']} {kind}s are there")

    def fingerprints(self) -> dict[str, str]:
        """Gives the SHA-256 of every essay's file, by essay id, in the order of the corpus."""
        wanted = filter_of("essay", self.generation)
        fields = ["essay", "file", "sha256"]
        found = [record.payload or {} for record in self._calls.scroll(wanted, fields)]
        return {one["essay"]: one["sha256"] for one in sorted(found, key=_place_of)}

    def essays(self) -> list[Essay]:
        """Gives every essay, in the order of the corpus."""
        return [read_essay(payload) for payload in self._all_essays()]

    def titles(self) -> dict[str, Encoding]:
        """Gives what the encoder made of every essay's title, by essay id."""
        return {one["essay"]: read_title(one, self.dim) for one in self._all_essays()}

    def numbers_of(self, essays: Iterable[str]) -> list[int]:
        """Gives the numbers of the passages of some essays."""
        wanted = filter_of("passage", self.generation, *_is_of(list(essays)))
        return sorted(int(record.id) for record in self._calls.scroll(wanted, False))

    def passages(self, numbers: Sequence[int] | None = None) -> dict[int, Passage]:
        """Gives passages by their numbers (all for None), in the order of the corpus."""
        if numbers is None:
            wanted = filter_of("passage", self.generation)
            records = self._calls.scroll(wanted, _NO_TERMS)
            payloads = {int(one.id): self._checked(one) for one in records}
            places = {name: place for place, name in enumerate(self.fingerprints())}
        else:
            payloads, places = self._payloads(numbers), {}
        rows = [(number, read_passage(payload)) for number, payload in payloads.items()]
        rows.sort(key=lambda row: (places.get(row[1].essay_id, 0), row[1].essay_id, row[1].start))
        return dict(rows)

    def tokens(self, numbers: Sequence[int]) -> dict[int, PassageTokens]:
        """Gives the token vectors of passages by their numbers."""
        return {i: read_tokens(one, self.dim) for i, one in self._payloads(numbers).items()}

    def vectors_of(self, numbers: Sequence[int]) -> dict[int, tuple[Floats, Floats]]:
        """Gives the vector and the sentences' vectors of passages by their numbers."""
        return {i: read_vectors(one, self.dim) for i, one in self._payloads(numbers).items()}

    def encodings(self, numbers: Sequence[int]) -> dict[int, tuple[Encoding, Floats]]:
        """Gives what the encoder made of passages, and of their sentences."""
        return {i: read_encoding(one, self.dim) for i, one in self._payloads(numbers).items()}

    def search_words(
        self, words: Sequence[str], k: int, essays: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the best passages by BM25; the server knows how rare a word is.

        Its inverse document frequency is never below that of a word in half of the passages, which
        FTS5 counts as nothing: the order differs where only such words are asked for.
        """
        indices = sorted({term_index(term) for terms in read_terms(words) for term in terms})
        if not indices:
            return []
        found = self._calls.ask(
            "query_points",
            query=models.SparseVector(indices=indices, values=[1.0] * len(indices)),
            using=WORDS,
            query_filter=filter_of("passage", self.generation, *_is_of(essays)),
            limit=k,
            with_payload=False,
        )
        return _rank(found.points)

    def passages_with(
        self,
        word: str,
        *,
        prefix: bool = False,
        whole: bool = False,
        among: Collection[int] | None = None,
        most: int | None = None,
    ) -> set[int]:
        """Gives the numbers of the passages with a word; see `protocol.Generation`."""
        (terms,) = read_terms([" ".join(find_words(word))])
        if not terms:
            return set()
        wanted = look_up_as(terms, prefix=prefix)
        is_exact = len(wanted) == 1  # else the parts are there, but perhaps not together
        found = set[int]()
        for key, parts in list(_LOOKED_UP.items())[: 1 if whole else 2]:
            conditions: list[models.Condition] = [equals(key, term) for term in wanted]
            if among is not None:
                conditions.append(models.HasIdCondition(has_id=list(among)))
            living = filter_of("passage", self.generation, *conditions)
            for record in self._calls.scroll(living, False if is_exact else parts):
                texts = [(record.payload or {})[part] for part in parts] if not is_exact else []
                if is_exact or _stand_together(terms, read_terms(texts), prefix):
                    found.add(int(record.id))
                if most is not None and len(found) >= most:
                    return found
        return found

    def _payloads(self, numbers: Sequence[int]) -> dict[int, Payload]:
        """Gives what is kept of passages, read once."""
        unread = [number for number in numbers if number not in self._passages]
        for record in self._calls.retrieve(unread, _NO_TERMS):
            self._passages[int(record.id)] = self._checked(record)
        if any(number not in self._passages for number in numbers):
            raise self._damaged("a passage that the search finds is missing")
        return {number: self._passages[number] for number in numbers}

    def _all_essays(self) -> list[Payload]:
        if self._essays is None:
            wanted = filter_of("essay", self.generation)
            found = [self._checked(record) for record in self._calls.scroll(wanted, True)]
            self._essays = sorted(found, key=_place_of)
        return self._essays

    def _checked(self, record: models.Record) -> Payload:
        payload = record.payload or {}
        if not is_whole(payload):
            raise self._damaged(f"point {record.id} does not hold what was written")
        return payload

    def _damaged(self, reason: str) -> DamagedIndexError:
        return DamagedIndexError(
            f"{self._calls.place}: the index is damaged ({reason}). Delete the collection and "
            "run: pactqa index"
        )


def _rank(points: Iterable[models.ScoredPoint]) -> list[tuple[int, float]]:
    """Gives numbers and scores, best first; the server leaves the order of equal ones open."""
    rows = [(int(point.id), float(point.score)) for point in points]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _place_of(payload: Payload) -> Path:
    """Gives what essays stand in the order of: that of their files."""
    return Path(payload["file"])


def _stand_together(wanted: Sequence[str], columns: Sequence[Sequence[str]], prefix: bool) -> bool:
    """Tells whether terms stand side by side in one of the columns, the last perhaps cut short."""
    phrase = " ".join(["", *wanted]) + ("" if prefix else " ")
    return any(phrase in f" {' '.join(column)} " for column in columns)
