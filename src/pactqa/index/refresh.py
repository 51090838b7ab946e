"""Refreshes the index: the corpus into the store, the store's vectors into a file of their own.

A refresh encodes only the passages that were added or changed (see `reuse`). Its FAISS file is
written beside the store, under the name of the coming generation, before the store's transaction is
committed; so whenever the process is killed, either the last generation or the new one is whole,
and what was encoded is not encoded again (see `unfinished`).
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pactqa.errors import EssayError, StoreError, UnreachableIndexError
from pactqa.essays.files import Essay
from pactqa.essays.listing import covers
from pactqa.index.protocol import Index, NextGeneration
from pactqa.index.reuse import (
    ENCODED_AT_ONCE,
    EncodedPassage,
    ReadPassage,
    collect_encoded,
    encode_passages,
    find_new,
)
from pactqa.index.splits import Split, split, split_fresh
from pactqa.index.unfinished import Unfinished
from pactqa.models.encoder import Encoder

__all__ = [
    "Changes",
    "Progress",
    "RefreshReport",
    "find_changes",
    "find_converted",
    "find_kept",
    "refresh_index",
]

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
    index: Index, essays: Sequence[Essay], encoder: str, errors: Sequence[EssayError] = ()
) -> Changes:
    """Finds what `refresh_index` would do with the same essays.

    `encoder` is the identity of the one that would be used.
    """
    before: dict[str, str] = {}
    indexed: list[Essay] = []
    is_usable = False
    with _may_be_unreadable(), index.read() as snapshot:
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


def find_converted(index: Index) -> dict[str, Essay]:
    """Gives the essays of an index whose files were converted, by their digest."""
    with _may_be_unreadable(), index.read() as snapshot:
        return {essay.sha256: essay for essay in snapshot.essays() if essay.converted}
    return {}


@contextmanager
def _may_be_unreadable() -> Iterator[None]:
    """Goes on without an index that cannot be read, but not without a server that is silent."""
    try:
        yield
    except UnreachableIndexError:
        raise
    except StoreError:
        pass


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
    index: Index,
    essays: Sequence[Essay],
    encoder: Encoder,
    progress: Progress | None = None,
    errors: Sequence[EssayError] = (),
) -> RefreshReport:
    """Brings the index up to the essays: adds, changes and removes, in one transaction.

    Args:
        index: what is brought up to them.
        essays: what the corpus says now.
        encoder: makes the vectors.
        progress: is told how far it is.
        errors: what could not be read, with its places below the corpus; what was read there
            before stays.

    Raises:
        StoreError: if the index cannot be written.
    """
    unfinished = Unfinished(index.folder, encoder)
    with index.write(encoder.dim) as writer:
        rebuild = writer.encoder != encoder.identity
        before, indexed = writer.fingerprints(), writer.essays()
        known = {} if rebuild else before
        read, slow = split_fresh(essays, known, encoder)
        too_slow = {error.place for error in slow}
        essays = [essay for essay in essays if essay.file not in too_slow]
        errors = [*errors, *slow]
        kept = find_kept(indexed, essays, errors)
        essays = _join(essays, kept)
        if rebuild:
            for essay_id in before:
                writer.remove_essay(essay_id)
            writer.set_encoder(encoder.identity, encoder.dim)
        fresh = [essay for essay in essays if known.get(essay.id) != essay.sha256]
        wanted = {essay.id for essay in essays}
        removed = [essay_id for essay_id in before if essay_id not in wanted]
        leaving = {*removed, *(essay.id for essay in fresh)}
        encoded = collect_encoded(writer, (e for e in indexed if e.id in leaving and e.id in known))
        for essay_id in removed:
            writer.remove_essay(essay_id)
        truncated = _index_essays(
            writer, read, fresh, essays, encoded, encoder, unfinished, progress
        )
        titles = encoder.encode_passages([essay.title for essay in fresh])
        for essay, title in zip(fresh, titles, strict=True):
            writer.put_title(essay.id, title)
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
            unfinished.remove()
            return replace(report, generation=writer.generation)
        index.finish(writer, report.generation)
    unfinished.remove()
    index.tidy(report.generation)
    return report


def _join(essays: Sequence[Essay], kept: Sequence[Essay]) -> list[Essay]:
    """Gives the essays in the order of the corpus, with those kept in their places."""
    if not kept:
        return list(essays)
    return sorted([*essays, *kept], key=lambda essay: Path(essay.file))


def _index_essays(
    writer: NextGeneration,
    read: dict[str, Split],
    fresh: Sequence[Essay],
    essays: Sequence[Essay],
    known: dict[ReadPassage, EncodedPassage],
    encoder: Encoder,
    unfinished: Unfinished,
    progress: Progress | None,
) -> list[str]:
    """Encodes and writes essays; gives the ids of passages longer than the encoder reads."""
    # Those kept were split in time before.
    read |= {essay.id: split(essay, encoder) for essay in fresh if essay.id not in read}
    texts = [text for _, its_texts in read.values() for text in its_texts]
    known |= unfinished.read(find_new(texts, known))
    total, done = len(find_new(texts, known)), 0
    left = Counter(texts)
    positions = {essay.id: position for position, essay in enumerate(essays)}
    truncated = []

    def note(batch: Sequence[ReadPassage], encoded: Sequence[EncodedPassage]) -> None:
        nonlocal done
        unfinished.keep(batch, encoded)
        done += len(batch)
        if progress:
            progress(done, total)

    for group in _group(fresh, read, known):
        texts = [text for essay in group for text in read[essay.id][1]]
        found = iter(encode_passages(texts, known, encoder, note))
        for essay in group:
            passages, its_texts = read[essay.id]
            encoded = [next(found) for _ in passages]
            truncated += [p.id for p, e in zip(passages, encoded, strict=True) if e.whole.truncated]
            writer.put_essay(
                essay,
                positions[essay.id],
                passages,
                [one.whole for one in encoded],
                [text.text for text in its_texts],
                [one.sentences for one in encoded],
            )
        left.subtract(texts)
        for text in texts:  # what no essay further on has is forgotten
            if not left[text]:
                known.pop(text, None)
    return truncated


def _group(
    essays: Sequence[Essay],
    read: Mapping[str, Split],
    known: Container[ReadPassage],
) -> Iterator[list[Essay]]:
    """Gives essays together until what is new of them is worth a call of the encoder."""
    group: list[Essay] = []
    new = 0
    for essay in essays:
        group.append(essay)
        new += len(find_new(read[essay.id][1], known))
        if new >= ENCODED_AT_ONCE:
            yield group
            group, new = [], 0
    if group:
        yield group
