"""The vectors of a generation's passages in FAISS, and the file that keeps them.

The file is derived from the store and named by its generation; one that is missing or damaged is
made again from the store. No other module imports faiss.

Search is exact (a flat inner product over unit vectors, which is their cosine) as long as it takes
less than a quarter of a question's time. Of more passages only the nearest tenth of the cells is
looked through into which they are divided (an inverted file): `benchmarks/scale.py` measures both.
Johnson, Douze and Jégou, "Billion-scale similarity search with GPUs" (2017), describe the library.
"""

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from pactqa.errors import StoreError
from pactqa.index.snapshot import Snapshot
from pactqa.index.store import Store

__all__ = [
    "EXACT_UP_TO",
    "VectorIndex",
    "build_faiss",
    "open_index",
    "remove_old_files",
    "write_vectors",
]

EXACT_UP_TO = 60_000
"""So many passages are all compared with a question, which takes about ten milliseconds."""

_CELLS_READ = 10  # one in so many
_ROUNDS, _POINTS = 8, 64  # of the division into cells: more give no better recall


class VectorIndex:
    """The passages' vectors of one generation, to search. Several threads may use it at once."""

    def __init__(self, index: faiss.Index, identity: str) -> None:
        """Wraps a FAISS index whose ids are passage numbers, of the generation of that identity."""
        self._index = index
        self.identity = identity

    def __len__(self) -> int:
        """Gives the number of vectors."""
        return int(self._index.ntotal)

    def search(
        self, vector: npt.NDArray[np.float32], k: int, numbers: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the `k` passages nearest to a unit vector (dim,), with their cosine, best first.

        `numbers` limits the search to those passages. Fewer than `k` are given where there are
        fewer.
        """
        parameters: faiss.SearchParameters | None = None
        if numbers is not None:
            selector = faiss.IDSelectorBatch(np.array(numbers, dtype=np.int64))
            cells = getattr(self._index, "nlist", 0)
            # Among some passages the search is exact again: all cells, but no vector of the others.
            parameters = (
                faiss.SearchParametersIVF(sel=selector, nprobe=cells)  # type: ignore[call-arg]
                if cells
                else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # see its C++
            )
        scores, ids = self._index.search(vector[None, :], min(k, len(self)) or 1, params=parameters)
        # FAISS fills up with the id -1 where it finds too few.
        pairs = zip(ids[0], scores[0], strict=True)
        rows = [(int(number), float(score)) for number, score in pairs if number >= 0]
        return sorted(rows, key=lambda row: (-row[1], row[0]))  # FAISS leaves equal ones open


def open_index(store: Store, snapshot: Snapshot) -> VectorIndex:
    """Opens the FAISS file of a snapshot's generation, or makes it again from the store.

    A file that cannot be written again (a read-only folder) is no error: the index is then kept in
    memory alone.
    """
    file = _faiss_file(store, snapshot.generation)
    try:
        derived = file.read_bytes()
    except OSError:
        derived = b""
    if hashlib.sha256(derived).hexdigest() != snapshot.faiss_sha256:
        derived = _serialize(_build_faiss(snapshot))
        with contextlib.suppress(StoreError):
            _write_whole(derived, file)
    index = faiss.deserialize_index(np.frombuffer(derived, dtype=np.uint8))
    return VectorIndex(index, snapshot.identity)


def write_vectors(store: Store, snapshot: Snapshot, generation: int) -> str:
    """Writes the FAISS file of a generation from the store's vectors; gives its SHA-256.

    Raises:
        StoreError: if the folder cannot be written.
    """
    derived = _serialize(_build_faiss(snapshot))
    _write_whole(derived, _faiss_file(store, generation))
    return hashlib.sha256(derived).hexdigest()


def _faiss_file(store: Store, generation: int) -> Path:
    return store.folder / f"passages-{generation:06d}.faiss"


def _build_faiss(snapshot: Snapshot) -> faiss.Index:
    return build_faiss(*snapshot.vectors())


def build_faiss(numbers: npt.NDArray[np.int64], vectors: npt.NDArray[np.float32]) -> faiss.Index:
    """Builds a FAISS index of unit vectors (n, dim), whose ids are the numbers (n,)."""
    dim = vectors.shape[1]
    index: faiss.Index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    if len(numbers) > EXACT_UP_TO:
        cells = int(2 * len(numbers) ** 0.5)
        divided: Any = faiss.index_factory(dim, f"IVF{cells},Flat", faiss.METRIC_INNER_PRODUCT)
        divided.cp.niter, divided.cp.max_points_per_centroid = _ROUNDS, _POINTS
        divided.train(vectors)
        divided.nprobe = max(cells // _CELLS_READ, 1)
        index = divided
    if len(numbers):
        index.add_with_ids(vectors, numbers)
    return index


def _serialize(index: faiss.Index) -> bytes:
    return bytes(faiss.serialize_index(index).tobytes())


def _write_whole(content: bytes, file: Path) -> None:
    """Writes beside, makes sure that it is on the disk, and renames: never half a file."""
    beside = file.with_suffix(f".{os.getpid()}.part")
    try:
        with beside.open("wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        beside.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise StoreError(
            f"{file}: cannot be written ({error.strerror}). Check the folder's permissions and "
            "that the disk is not full; the index is unchanged."
        ) from error


def remove_old_files(store: Store, generation: int) -> None:
    """Removes FAISS files of generations that nobody opens any more, and parts left by a kill.

    The generation before stays: an app may be opening it at this moment.
    """
    keep = {f"passages-{number:06d}.faiss" for number in (generation - 1, generation)}
    for file in [*store.folder.glob("passages-*.faiss"), *store.folder.glob("passages-*.part")]:
        if file.name not in keep:
            with contextlib.suppress(OSError):
                file.unlink()
