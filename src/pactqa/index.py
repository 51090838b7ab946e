"""Builds and opens the index: the corpus into the store, the store's vectors into FAISS.

A refresh encodes only what was added or changed. Its FAISS file is written beside the store, under
the name of the coming generation, before the store's transaction is committed; so whenever the
process is killed, either the last generation or the new one is whole. A FAISS file that is missing
or damaged is made again from the store. No other module imports faiss.

Search is exact (a flat inner product over unit vectors, which is their cosine): Johnson, Douze and
Jégou, "Billion-scale similarity search with GPUs" (2017), describe the library.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from pactqa.encoder import Encoder
from pactqa.errors import EssayError, StoreError
from pactqa.essays import Essay
from pactqa.passages import Passage, split_essay
from pactqa.snapshot import Snapshot, Writer
from pactqa.store import Store

__all__ = ["Progress", "RefreshReport", "VectorIndex", "is_stale", "open_index", "refresh_index"]

Progress = Callable[[int, int], None]
"""Is told the number of passages encoded so far, and of all that will be."""

_ENCODED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """Says what a refresh did, by essay id; `truncated` are ids of passages not read to their end.

    `errors` are the files that could not be read as essays (the assistant fills them in).
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    generation: int
    truncated: tuple[str, ...] = ()
    errors: tuple[EssayError, ...] = ()

    @property
    def is_change(self) -> bool:
        """Tells whether the index differs from the one before."""
        return bool(self.added or self.changed or self.removed)


class VectorIndex:
    """Searches the passages' vectors of one generation. It may be used from several threads."""

    def __init__(self, index: faiss.Index, generation: int) -> None:
        """Wraps a FAISS index whose ids are passage numbers."""
        self._index = index
        self.generation = generation

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
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # see its C++ source
        scores, ids = self._index.search(vector[None, :], min(k, len(self)) or 1, params=parameters)
        # FAISS fills up with the id -1 where it finds too few.
        return [
            (int(number), float(score))
            for number, score in zip(ids[0], scores[0], strict=True)
            if number >= 0
        ]


def is_stale(store: Store, essays: Sequence[Essay], encoder_name: str) -> bool:
    """Tells whether the index is missing, or differs from what a refresh would make."""
    try:
        with store.read() as snapshot:
            indexed = snapshot.fingerprints()
            return (
                snapshot.encoder_name != encoder_name
                or list(indexed.items()) != [(essay.id, essay.sha256) for essay in essays]
                or snapshot.generation == 0
            )
    except StoreError:
        return True


def refresh_index(
    store: Store, essays: Sequence[Essay], encoder: Encoder, progress: Progress | None = None
) -> RefreshReport:
    """Brings the index up to the essays: adds, changes and removes, in one transaction.

    Raises:
        StoreError: if the index folder cannot be written.
    """
    with store.write() as writer:
        rebuild = writer.encoder_name != encoder.name
        before = writer.fingerprints()
        if rebuild:
            for essay_id in before:
                writer.remove_essay(essay_id)
            writer.set_encoder(encoder.name, encoder.dim)
        known = {} if rebuild else before
        fresh = [essay for essay in essays if known.get(essay.id) != essay.sha256]
        removed = [essay_id for essay_id in before if essay_id not in {e.id for e in essays}]
        for essay_id in removed:
            writer.remove_essay(essay_id)
        truncated = _index_essays(writer, fresh, essays, encoder, progress)
        for position, essay in enumerate(essays):
            writer.move_essay(essay.id, position)
        fresh_ids = {essay.id for essay in fresh}
        report = RefreshReport(
            added=tuple(e.id for e in fresh if e.id not in before),
            changed=tuple(e.id for e in fresh if e.id in before),
            removed=tuple(removed),
            unchanged=tuple(e.id for e in essays if e.id not in fresh_ids),
            generation=writer.generation + 1,
            truncated=tuple(truncated),
        )
        if not report.is_change and writer.generation:
            return replace(report, generation=writer.generation)
        derived = _serialize(_build_faiss(writer))
        _write_whole(derived, _faiss_file(store, report.generation))
        writer.set_generation(report.generation, hashlib.sha256(derived).hexdigest())
    _remove_old_files(store, report.generation)
    return report


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
    return VectorIndex(index, snapshot.generation)


def _index_essays(
    writer: Writer,
    fresh: Sequence[Essay],
    essays: Sequence[Essay],
    encoder: Encoder,
    progress: Progress | None,
) -> list[str]:
    """Encodes and writes essays; gives the ids of passages longer than the encoder reads."""
    split = {
        essay.id: split_essay(essay, encoder.count_tokens, encoder.max_tokens) for essay in fresh
    }
    positions = {essay.id: position for position, essay in enumerate(essays)}
    total, done = sum(map(len, split.values())), 0
    truncated = []
    for essay in fresh:
        passages = split[essay.id]
        _check_verbatim(essay, passages)
        prefixes = [_prefix(essay, passage) for passage in passages]
        texts = [prefix + p.text for prefix, p in zip(prefixes, passages, strict=True)]
        encodings = []
        for first in range(0, len(texts), _ENCODED_AT_ONCE):
            encodings += encoder.encode_passages(texts[first : first + _ENCODED_AT_ONCE])
            if progress:
                progress(done + len(encodings), total)
        done += len(passages)
        truncated += [p.id for p, e in zip(passages, encodings, strict=True) if e.truncated]
        lengths = [len(prefix) for prefix in prefixes]
        sentences = _encode_sentences(essay, passages, encoder)
        writer.put_essay(essay, positions[essay.id], passages, encodings, lengths, sentences)
    return truncated


def _encode_sentences(
    essay: Essay, passages: Sequence[Passage], encoder: Encoder
) -> list[npt.NDArray[np.float32]]:
    """Gives the vectors (sentences, dim) of each passage's sentences, each encoded by itself."""
    spans = [span for passage in passages for span in passage.sentences]
    vectors: list[npt.NDArray[np.float32]] = []
    for first in range(0, len(spans), _ENCODED_AT_ONCE):
        texts = [essay.text[s.start : s.end] for s in spans[first : first + _ENCODED_AT_ONCE]]
        vectors += [encoding.vector for encoding in encoder.encode_passages(texts)]
    ends = np.cumsum([len(passage.sentences) for passage in passages])[:-1]
    return np.split(np.array(vectors, dtype=np.float32), ends) if passages else []


def _check_verbatim(essay: Essay, passages: Sequence[Passage]) -> None:
    for passage in passages:
        if essay.text[passage.start : passage.end] != passage.text:
            raise AssertionError(f"{passage.id} is not a slice of its essay: this is a bug")


def _faiss_file(store: Store, generation: int) -> Path:
    return store.folder / f"passages-{generation:06d}.faiss"


def _build_faiss(snapshot: Snapshot) -> faiss.Index:
    numbers, vectors = snapshot.vectors()
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(snapshot.dim))
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


def _remove_old_files(store: Store, generation: int) -> None:
    """Removes FAISS files of generations that nobody opens any more, and parts left by a kill.

    The generation before stays: an app may be opening it at this moment.
    """
    keep = {f"passages-{number:06d}.faiss" for number in (generation - 1, generation)}
    for file in [*store.folder.glob("passages-*.faiss"), *store.folder.glob("passages-*.part")]:
        if file.name not in keep:
            with contextlib.suppress(OSError):
                file.unlink()


def _prefix(essay: Essay, passage: Passage) -> str:
    """Gives what the encoder reads before the passage: the essay's title and the heading."""
    return "".join(f"{words}\n" for words in (essay.title, passage.heading) if words)
