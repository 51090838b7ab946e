"""Refreshes the index: the corpus into the store, the store's vectors into a file of their own.

A refresh encodes only the passages that were added or changed (see `reuse`). Its FAISS file is
written beside the store, under the name of the coming generation, before the store's transaction is
committed; so whenever the process is killed, either the last generation or the new one is whole.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pactqa.errors import EssayError, StoreError
from pactqa.essays.files import Essay
from pactqa.essays.listing import covers
from pactqa.essays.splitting import Passage, split_essay
from pactqa.index.reuse import (
    EncodedPassage,
    ReadPassage,
    collect_encoded,
    encode_passages,
    find_new,
    read_texts,
)
from pactqa.index.store import Store
from pactqa.index.vectors import remove_old_files, write_vectors
from pactqa.index.writer import Writer
from pactqa.models.encoder import Encoder

__all__ = ["Changes", "Progress", "RefreshReport", "find_changes", "find_kept", "refresh_index"]

Progress = Callable[[int, int], None]
"""Called with the number of passages encoded so far, and of all that will be."""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did, by essay id; `truncated` are ids of passages not read to their end.

    `kept` are those whose file cannot be read now: they stay as they were read last. `errors` are
    what could not be read as essays.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    generation: int
    truncated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    errors: tuple[EssayError, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether the index differs from the one before."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a refresh would do, by essay id.

    Attributes:
        kept: the essays whose file cannot be read now.
        is_stale: whether the index is missing, or differs from what a refresh would make.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    is_stale: bool


def find_changes(
    store: Store, essays: Sequence[Essay], encoder: str, errors: Sequence[EssayError] = ()
) -> Changes:
    """Finds what `refresh_index` would do with the same essays.

    `encoder` is the identity of the one that would be used.
    """
    before: dict[str, str] = {}
    indexed: list[Essay] = []
    is_usable = False
    with contextlib.suppress(StoreError), store.read() as snapshot:
        before, indexed = snapshot.fingerprints(), snapshot.essays()
        is_usable = snapshot.encoder == encoder and snapshot.generation > 0
    kept = find_kept(indexed, essays, errors)
    wanted = {essay.id: essay.sha256 for essay in _join(essays, kept)}
    return Changes(
        added=tuple(i for i in wanted if i not in before),
        changed=tuple(i for i in wanted if before.get(i, wanted[i]) != wanted[i]),
        removed=tuple(i for i in before if i not in wanted),
        kept=tuple(essay.id for essay in kept),
        is_stale=not is_usable or list(before.items()) != list(wanted.items()),
    )


def find_kept(
    indexed: Sequence[Essay], essays: Sequence[Essay], errors: Sequence[EssayError]
) -> list[Essay]:
    """Gives the essays indexed whose file cannot be read now: they are not removed for that.

    Args:
        indexed: the essays of the index.
        essays: those that were read now.
        errors: what could not be read, with its places below the corpus.
    """
    places = [error.place for error in errors if error.place is not None]
    read = {essay.id for essay in essays}
    return [
        essay
        for essay in indexed
        if essay.id not in read and any(covers(place, essay.file) for place in places)
    ]


def refresh_index(
    store: Store,
    essays: Sequence[Essay],
    encoder: Encoder,
    progress: Progress | None = None,
    errors: Sequence[EssayError] = (),
) -> RefreshReport:
    """Brings the index up to the essays: adds, changes and removes, in one transaction.

    Args:
        store: the index.
        essays: what the corpus says now.
        encoder: makes the vectors.
        progress: is told how far it is.
        errors: what could not be read, with its places below the corpus; what was read there
            before stays.

    Raises:
        StoreError: if the index folder cannot be written.
    """
    with store.write() as writer:
        rebuild = writer.encoder != encoder.identity
        before, indexed = writer.fingerprints(), writer.essays()
        kept = find_kept(indexed, essays, errors)
        essays = _join(essays, kept)
        if rebuild:
            for essay_id in before:
                writer.remove_essay(essay_id)
            writer.set_encoder(encoder.identity, encoder.dim)
        known = {} if rebuild else before
        fresh = [essay for essay in essays if known.get(essay.id) != essay.sha256]
        removed = [essay_id for essay_id in before if essay_id not in {e.id for e in essays}]
        leaving = {*removed, *(essay.id for essay in fresh)}
        encoded = collect_encoded(writer, (e for e in indexed if e.id in leaving and e.id in known))
        for essay_id in removed:
            writer.remove_essay(essay_id)
        truncated = _index_essays(writer, fresh, essays, encoded, encoder, progress)
        for position, essay in enumerate(essays):
            writer.move_essay(essay.id, position)
        fresh_ids = {essay.id for essay in fresh}
        report = RefreshReport(
            added=tuple(e.id for e in fresh if e.id not in before),
            changed=tuple(e.id for e in fresh if e.id in before and e not in kept),
            removed=tuple(removed),
            unchanged=tuple(e.id for e in essays if e.id not in fresh_ids and e not in kept),
            generation=writer.generation + 1,
            truncated=tuple(truncated),
            kept=tuple(essay.id for essay in kept),
            errors=tuple(errors),
        )
        if not report.is_change and writer.generation:
            return replace(report, generation=writer.generation)
        digest = write_vectors(store, writer, report.generation)
        writer.set_generation(report.generation, digest)
    remove_old_files(store, report.generation)
    return report


def _join(essays: Sequence[Essay], kept: Sequence[Essay]) -> list[Essay]:
    """Gives the essays in the order of the corpus, with those kept in their places."""
    if not kept:
        return list(essays)
    return sorted([*essays, *kept], key=lambda essay: Path(essay.file))


def _index_essays(
    writer: Writer,
    fresh: Sequence[Essay],
    essays: Sequence[Essay],
    known: dict[ReadPassage, EncodedPassage],
    encoder: Encoder,
    progress: Progress | None,
) -> list[str]:
    """Encodes and writes essays; gives the ids of passages longer than the encoder reads."""
    read = {}
    for essay in fresh:
        passages = split_essay(essay, encoder.count_tokens, encoder.max_tokens)
        _check_verbatim(essay, passages)
        read[essay.id] = (passages, read_texts(essay, passages))
    total = len(find_new((text for _, texts in read.values() for text in texts), known))
    positions = {essay.id: position for position, essay in enumerate(essays)}
    done, truncated = 0, []
    for essay in fresh:
        passages, texts = read[essay.id]
        new = len(find_new(texts, known))

        def tell(count: int, before: int = done) -> None:
            if progress:
                progress(before + count, total)

        encoded = encode_passages(texts, known, encoder, tell)
        done += new
        truncated += [p.id for p, e in zip(passages, encoded, strict=True) if e.whole.truncated]
        writer.put_essay(
            essay,
            positions[essay.id],
            passages,
            [one.whole for one in encoded],
            [text.text for text in texts],
            [one.sentences for one in encoded],
        )
    return truncated


def _check_verbatim(essay: Essay, passages: Sequence[Passage]) -> None:
    for passage in passages:
        if essay.text[passage.start : passage.end] != passage.text:
            raise AssertionError(f"{passage.id} is not a slice of its essay: this is a bug")
