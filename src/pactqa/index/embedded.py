"""Keeps the index in a folder: SQLite is the truth, FAISS derived from it; see `protocol.Index`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from pactqa.index.protocol import Generation, NextGeneration
from pactqa.index.snapshot import Snapshot
from pactqa.index.store import Store
from pactqa.index.vectors import VectorIndex, open_index, remove_old_files, write_vectors
from pactqa.index.writer import Writer

__all__ = ["EmbeddedIndex"]


class EmbeddedIndex:
    """An index in a folder. It holds nothing open, so any thread may use it."""

    def __init__(self, folder: Path) -> None:
        """Names the folder; nothing is opened or made yet."""
        self.folder = folder
        self.store = Store(folder)

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """Opens the current generation for reading; see `protocol.Index`."""
        with self.store.read() as snapshot:
            yield snapshot

    @contextmanager
    def write(self, dim: int) -> Iterator[Writer]:
        """Opens the next generation for writing, of vectors of any length."""
        with self.store.write() as writer:
            yield writer

    def finish(self, writer: NextGeneration, generation: int) -> None:
        """Writes the vectors' file, and makes the generation current; see `protocol.Index`."""
        own = cast(Writer, writer)
        own.set_generation(generation, write_vectors(self.store, own, generation))

    def open_vectors(self, generation: Generation) -> VectorIndex:
        """Opens the vectors' file of a generation."""
        return open_index(self.store, cast(Snapshot, generation))

    def tidy(self, generation: int) -> None:
        """Removes the vectors' files of generations before the one before this."""
        remove_old_files(self.store, generation)
