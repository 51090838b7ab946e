"""Refreshes the index: the corpus into the store, the store's vectors into a file of their own.

A refresh encodes only what was added or changed. Its FAISS file is written beside the store, under
the name of the coming generation, before the store's transaction is committed; so whenever the
process is killed, either the last generation or the new one is whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pactqa.errors import EssayError, StoreError
from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, split_essay
from pactqa.index.store import Store
from pactqa.index.vectors import remove_old_files, write_vectors
from pactqa.index.writer import Writer
from pactqa.models.encoder import Encoder

__all__ = ["Progress", "RefreshReport", "is_stale", "refresh_index"]

Progress = Callable[[int, int], None]
"""Called with the number of passages encoded so far, and of all that will be."""

_ENCODED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did, by essay id; `truncated` are ids of passages not read to their end.

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
        """Whether the index differs from the one before."""
        return bool(self.added or self.changed or self.removed)


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
        digest = write_vectors(store, writer, report.generation)
        writer.set_generation(report.generation, digest)
    remove_old_files(store, report.generation)
    return report


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
        texts = [EncodedText(essay.title, p.heading, p.text) for p in passages]
        encodings = []
        for first in range(0, len(texts), _ENCODED_AT_ONCE):
            some = [text.whole for text in texts[first : first + _ENCODED_AT_ONCE]]
            encodings += encoder.encode_passages(some)
            if progress:
                progress(done + len(encodings), total)
        done += len(passages)
        truncated += [p.id for p, e in zip(passages, encodings, strict=True) if e.truncated]
        sentences = _encode_sentences(essay, passages, encoder)
        writer.put_essay(essay, positions[essay.id], passages, encodings, texts, sentences)
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
