"""Writes the next generation of a Qdrant collection; see `protocol.NextGeneration`.

New points begin with the coming generation and old ones end with it, so that those who read see
nothing of it until the one point that names the current generation is written (see `qdrant_index`).
Of an essay that changed, a passage that is the same in every respect stays as it is.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from qdrant_client import models

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.qdrant_calls import Calls
from pactqa.index.qdrant_points import ALWAYS, Payload, essay_point, passage_content, passage_point
from pactqa.index.qdrant_reading import QdrantGeneration, equals, filter_of
from pactqa.index.word_terms import read_terms
from pactqa.models.encoder import Encoding, Floats

__all__ = ["QdrantWriter"]

_SENT_TOGETHER = 64


class QdrantWriter(QdrantGeneration):
    """The next generation of a collection, while it is written; it reads the one before."""

    def __init__(self, calls: Calls, state: Mapping[str, Any]) -> None:
        """Begins after the generation that the state names."""
        super().__init__(calls, state)
        self._next = self.generation + 1
        self._waiting: list[models.PointStruct] = []
        self._untitled: dict[str, Essay] = {}
        self._put: set[str] = set()
        self.is_finished = False

    @property
    def state(self) -> dict[str, Any]:
        """What is to be noted of the collection when this generation becomes the current one."""
        return self._state

    def set_encoder(self, identity: str, dim: int) -> None:
        """Notes which encoder makes the vectors; see `protocol.NextGeneration`."""
        self._state |= {"encoder": identity, "dim": dim}
        self.encoder, self.dim = identity, dim

    def put_essay(
        self,
        essay: Essay,
        position: int,
        passages: Sequence[Passage],
        encodings: Sequence[Encoding],
        texts: Sequence[EncodedText],
        sentences: Sequence[Floats],
    ) -> None:
        """Writes an essay in place of what there was; see `protocol.NextGeneration`.

        Its place follows from its file's name, and its point is written with its title.
        """
        rows = zip(passages, encodings, texts, sentences, strict=True)
        contents = [passage_content(*row) for row in rows]
        same = self._find_same(essay.id, contents)
        self._end(essay.id, list(same.values()))
        self._put.add(essay.id)
        self._untitled[essay.id] = essay
        new = [content for content in contents if _key_of(content) not in same]
        columns = read_terms(
            [part for one in new for part in (essay.title, one["heading"], one["text"])]
        )
        parts = [columns[first : first + 3] for first in range(0, len(columns), 3)]
        average = self._average([sum(map(len, terms)) for terms in parts])
        for content, terms in zip(new, parts, strict=True):
            self._state["number"] += 1
            point = passage_point(self._state["number"], content, terms, average, self._next)
            self._waiting.append(point)
        self._send(_SENT_TOGETHER)

    def put_title(self, essay_id: str, encoding: Encoding) -> None:
        """Writes an essay that was put, with its title."""
        self._waiting.append(essay_point(self._untitled.pop(essay_id), encoding, self._next))
        self._send(_SENT_TOGETHER)

    def move_essay(self, essay_id: str, position: int) -> None:
        """Does nothing: essays stand in the order of their files' names."""

    def remove_essay(self, essay_id: str) -> None:
        """Removes an essay and all that belongs to it."""
        self._end(essay_id)

    def finish(self, generation: int) -> None:
        """Sends what is not sent yet and notes what there is."""
        self._send(1)
        self._state["generation"] = generation
        for kind in ("essay", "passage"):
            wanted = filter_of(kind, generation)
            self._state[f"{kind}s"] = self._calls.ask(
                "count", count_filter=wanted, exact=True
            ).count
        self.is_finished = True

    def _average(self, counts: Sequence[int]) -> float:
        """Gives how many terms a passage has on average: those of the essay that came first.

        It only has to be about right, and stays the same for all that was weighed with it.
        """
        if not self._state["average"] and counts:
            self._state["average"] = max(round(fmean(counts)), 1)
        return float(self._state["average"])

    def _find_same(self, essay_id: str, contents: Sequence[Payload]) -> dict[str, int]:
        """Gives the numbers of the passages that are there already, by what is in them."""
        lasts = models.FieldCondition(key="until", range=models.Range(gte=ALWAYS))
        wanted = filter_of("passage", self.generation, equals("essay", essay_id), lasts)
        keys = {_key_of(content) for content in contents}
        fields = ["essay", "first", "last", "checksum"]
        records = self._calls.scroll(wanted, fields)
        found = {_key_of(record.payload or {}): int(record.id) for record in records}
        return {key: number for key, number in found.items() if key in keys}

    def _end(self, essay_id: str, but: Sequence[int] = ()) -> None:
        """Ends what there is of an essay with this generation, but for some passages."""
        own = equals("essay", essay_id)
        if essay_id in self._put:  # in this generation, which nobody reads yet
            self._send(1)
            begun = models.FieldCondition(key="since", range=models.Range(gt=self.generation))
            mine = models.FilterSelector(filter=models.Filter(must=[begun, own]))
            self._calls.change("delete", points_selector=mine)
        for kind in ("essay", "passage"):
            old = filter_of(kind, self.generation, own)
            old.must_not = [models.HasIdCondition(has_id=list(but))] if but else None
            self._calls.change("set_payload", payload={"until": self._next}, points=old)

    def _send(self, least: int) -> None:
        """Sends what waits, if it is at least so many points."""
        while len(self._waiting) >= least and self._waiting:
            batch = self._waiting[:_SENT_TOGETHER]
            self._calls.change("upsert", points=batch)
            self._waiting = self._waiting[_SENT_TOGETHER:]


def _key_of(payload: Payload) -> str:
    return f"{payload['essay']} {payload['first']} {payload['last']} {payload['checksum']}"
