"""A client of Qdrant over its own engine as a library, for the calls that pactqa makes.

`qdrant_edge` is what a server runs (segments, payload indexes, filters, HNSW, inverse document
frequency) without the network; the calls and replies here are those of `qdrant_client`.
"""

import shutil
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qdrant_edge as edge
from qdrant_client import models
from qdrant_client.http.models import UpdateMode

_MODES = {
    None: edge.UpdateMode.Upsert,
    UpdateMode.UPSERT: edge.UpdateMode.Upsert,
    UpdateMode.INSERT_ONLY: edge.UpdateMode.InsertOnly,
}


class EdgeClient:
    """Collections in a folder, each one shard of the engine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shards: dict[str, edge.EdgeShard] = {}
        self._vectors: dict[str, Any] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        for name, shard in self._shards.items():
            shard.close()
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def info(self) -> models.VersionInfo:
        return models.VersionInfo(title="qdrant edge", version="1.18.0")

    def collection_exists(self, name: str) -> bool:
        return name in self._shards

    def create_collection(self, name: str, vectors_config: Any, **options: Any) -> None:
        dense = vectors_config if isinstance(vectors_config, dict) else {"": vectors_config}
        config = edge.EdgeConfig(
            vectors={
                key: edge.EdgeVectorParams(size=one.size, distance=edge.Distance.Dot)
                for key, one in dense.items()
            },
            sparse_vectors={
                key: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)
                for key in options.get("sparse_vectors_config") or {}
            },
        )
        (self._folder / name).mkdir(parents=True)
        self._shards[name] = edge.EdgeShard.create(str(self._folder / name), config)
        self._vectors[name] = vectors_config

    def get_collection(self, name: str) -> Any:
        params = SimpleNamespace(vectors=self._vectors[name])
        return SimpleNamespace(config=SimpleNamespace(params=params))

    def create_payload_index(self, name: str, field_name: str, field_schema: Any) -> None:
        kinds = {
            "keyword": edge.PayloadSchemaType.Keyword,
            "integer": edge.PayloadSchemaType.Integer,
        }
        kind = kinds[str(field_schema.value)]
        self._update(name, edge.UpdateOperation.create_field_index(field_name, kind))

    def upsert(
        self, name: str, points: Any, update_filter: Any = None, update_mode: Any = None, **_: Any
    ) -> None:
        made = [
            edge.Point(point.id, _read_vectors(point.vector), point.payload) for point in points
        ]
        condition = update_filter and _read_filter(update_filter)
        mode = _MODES[update_mode]
        self._update(name, edge.UpdateOperation.upsert_points(made, condition, mode))

    def set_payload(self, name: str, payload: Any, points: Any) -> None:
        operation = (
            edge.UpdateOperation.set_payload(points, payload)
            if isinstance(points, list)
            else edge.UpdateOperation.set_payload_by_filter(_read_filter(points), payload)
        )
        self._update(name, operation)

    def delete(self, name: str, points_selector: Any) -> None:
        operation = (
            edge.UpdateOperation.delete_points(points_selector.points)
            if isinstance(points_selector, models.PointIdsList)
            else edge.UpdateOperation.delete_points_by_filter(_read_filter(points_selector.filter))
        )
        self._update(name, operation)

    def retrieve(self, name: str, ids: Any, with_payload: Any = True) -> list[models.Record]:
        found = self._shard(name).retrieve(ids, _read_payload(with_payload), False)
        return [models.Record(id=_read_id(one.id), payload=one.payload) for one in found]

    def scroll(
        self,
        name: str,
        scroll_filter: Any = None,
        limit: int = 10,
        with_payload: Any = True,
        offset: Any = None,
    ) -> tuple[list[models.Record], Any]:
        request = edge.ScrollRequest(
            offset=offset,
            limit=limit,
            filter=scroll_filter and _read_filter(scroll_filter),
            with_payload=_read_payload(with_payload),
            with_vector=False,
        )
        found, after = self._shard(name).scroll(request)
        records = [models.Record(id=_read_id(one.id), payload=one.payload) for one in found]
        return records, after

    def count(self, name: str, count_filter: Any, exact: bool) -> models.CountResult:
        request = edge.CountRequest(exact=exact, filter=_read_filter(count_filter))
        return models.CountResult(count=self._shard(name).count(request))

    def query_points(
        self, name: str, query: Any, using: str, query_filter: Any, limit: int, with_payload: bool
    ) -> Any:
        request = edge.QueryRequest(
            limit=limit,
            query=edge.Query.Nearest(_read_vector(query), using=using),
            filter=_read_filter(query_filter),
            with_payload=with_payload,
        )
        found = self._shard(name).query(request)
        return SimpleNamespace(
            points=[
                models.ScoredPoint(id=_read_id(one.id), version=one.version, score=one.score)
                for one in found
            ]
        )

    def _shard(self, name: str) -> edge.EdgeShard:
        if name not in self._shards:
            raise ValueError(f"Collection {name} not found")
        return self._shards[name]

    def _update(self, name: str, operation: Any) -> None:
        with self._lock:
            self._shard(name).update(operation)


def _read_id(identity: Any) -> Any:
    return identity if isinstance(identity, int) else str(identity)


def _read_vector(vector: Any) -> Any:
    if isinstance(vector, models.SparseVector):
        return edge.SparseVector(indices=vector.indices, values=vector.values)
    return vector


def _read_vectors(vectors: Any) -> Any:
    return {name: _read_vector(vector) for name, vector in vectors.items()}


def _read_payload(wanted: Any) -> Any:
    if isinstance(wanted, models.PayloadSelectorExclude):
        return edge.PayloadSelector.Exclude(wanted.exclude)
    return wanted


def _read_filter(found: models.Filter) -> edge.Filter:
    return edge.Filter(
        must=[_read_condition(one) for one in found.must or []],
        must_not=[_read_condition(one) for one in found.must_not or []],
    )


def _read_condition(one: Any) -> Any:
    if isinstance(one, models.HasIdCondition):
        return edge.HasIdCondition(set(one.has_id))
    if one.range:
        bounds = {k: v for k, v in one.range.model_dump().items() if v is not None}
        return edge.FieldCondition(key=one.key, range=edge.RangeFloat(**bounds))
    match = (
        edge.MatchAny(one.match.any)
        if isinstance(one.match, models.MatchAny)
        else edge.MatchValue(one.match.value)
    )
    return edge.FieldCondition(key=one.key, match=match)
