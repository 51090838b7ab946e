"""Keeps the index in a collection of a Qdrant server, for what is too much for one machine.

All is in one collection: essays, passages, and the point that names the current generation (see
`qdrant_state`). A refresh that was killed leaves points that no generation has; the next one
removes them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from qdrant_client import QdrantClient, models

from pactqa.errors import StoreError
from pactqa.index.protocol import Generation, NextGeneration
from pactqa.index.qdrant_calls import Calls
from pactqa.index.qdrant_points import ALWAYS, PASSAGE_VECTOR, WORDS
from pactqa.index.qdrant_reading import QdrantGeneration, QdrantVectors
from pactqa.index.qdrant_state import begin_state, hold_state, read_state
from pactqa.index.qdrant_writing import QdrantWriter

__all__ = ["QdrantIndex"]

_INDEXED = {
    "kind": models.PayloadSchemaType.KEYWORD,
    "essay": models.PayloadSchemaType.KEYWORD,
    "terms": models.PayloadSchemaType.KEYWORD,
    "title_terms": models.PayloadSchemaType.KEYWORD,
    "since": models.PayloadSchemaType.INTEGER,
    "until": models.PayloadSchemaType.INTEGER,
}
"""The fields that are filtered by."""

_VERSION_LEAST = (1, 17)  # the first that adds a point only if it is not there


class QdrantIndex:
    """An index in a Qdrant collection. Several threads may use it at once."""

    def __init__(self, client: QdrantClient, collection: str, folder: Path, place: str) -> None:
        """Names the collection; nothing is asked or made yet.

        Args:
            client: of the server.
            collection: its name there.
            folder: of this machine, for what is not kept in the collection.
            place: how messages name the collection, without a key.
        """
        self.folder = folder
        self._calls = Calls(client, collection, place)

    @contextmanager
    def read(self) -> Iterator[QdrantGeneration]:
        """Opens the current generation for reading; see `protocol.Index`."""
        state = read_state(self._calls)
        if not state["generation"]:
            raise self._calls.missing()
        yield QdrantGeneration(self._calls, state)

    @contextmanager
    def write(self, dim: int) -> Iterator[QdrantWriter]:
        """Opens the next generation for writing; see `protocol.Index`."""
        self._make_collection(dim)
        with hold_state(self._calls) as held:
            self._remove_leftovers(held.state["generation"])
            writer = QdrantWriter(held, held.state)
            yield writer
            if writer.is_finished:
                held.state = writer.state

    def finish(self, writer: NextGeneration, generation: int) -> None:
        """Sends what waits; the end of the block makes the generation current."""
        cast(QdrantWriter, writer).finish(generation)

    def open_vectors(self, generation: Generation) -> QdrantVectors:
        """Gives the search of a generation's vectors."""
        return QdrantVectors(self._calls, generation.generation, generation.identity)

    def tidy(self, generation: int) -> None:
        """Removes what only generations before the one before this have."""
        ended = models.FieldCondition(key="until", range=models.Range(lt=generation))
        self._delete(ended)

    def _delete(self, *conditions: models.Condition) -> None:
        chosen = models.FilterSelector(filter=models.Filter(must=list(conditions)))
        self._calls.change("delete", points_selector=chosen)

    def _make_collection(self, dim: int) -> None:
        """Makes the collection if there is none, and checks that it can hold such vectors."""
        version = self._calls.version()
        if _read_version(version) < _VERSION_LEAST:
            least = ".".join(map(str, _VERSION_LEAST))
            raise StoreError(
                f"{self._calls.place}: the server is Qdrant {version}, and {least} is the oldest "
                "that can be written to. Update the server."
            )
        if not self._calls.exists():
            try:
                self._create(dim)
            except StoreError:  # unless somebody else made it meanwhile
                if not self._calls.exists():
                    raise
        found = self._calls.ask("get_collection").config.params.vectors
        size = getattr(found.get(PASSAGE_VECTOR), "size", None) if isinstance(found, dict) else None
        if size != dim:
            raise StoreError(
                f"{self._calls.place}: the collection was made for "
                + (f"vectors of {size} numbers" if size else "something else")
                + f", and the model makes {dim}. Name another collection in PACTQA_INDEX, or "
                "delete this one."
            )
        begin_state(self._calls, dim)

    def _create(self, dim: int) -> None:
        dense = models.VectorParams(size=dim, distance=models.Distance.DOT, on_disk=True)
        sparse = models.SparseVectorParams(modifier=models.Modifier.IDF)
        self._calls.ask(
            "create_collection",
            vectors_config={PASSAGE_VECTOR: dense},
            sparse_vectors_config={WORDS: sparse},
            on_disk_payload=True,
        )
        for field, kind in _INDEXED.items():
            self._calls.change("create_payload_index", field_name=field, field_schema=kind)

    def _remove_leftovers(self, generation: int) -> None:
        """Removes what a refresh began that did not end."""
        begun = models.FieldCondition(key="since", range=models.Range(gt=generation))
        self._delete(begun)
        ended = models.FieldCondition(key="until", range=models.Range(gt=generation, lt=ALWAYS))
        chosen = models.Filter(must=[ended])
        self._calls.change("set_payload", payload={"until": ALWAYS}, points=chosen)
        self.tidy(generation)


def _read_version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])
