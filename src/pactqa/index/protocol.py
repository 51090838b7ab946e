"""What everything outside asks of an index, whatever keeps it.

Two do: `embedded` (SQLite and FAISS in a folder, nothing to install) and `qdrant_index` (a Qdrant
server, for what is too much for one machine). An `Index` opens one *generation* to read, or the
next one to write; a generation that is open does not change. `opening` tells which a setting means.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.records import PassageTokens
from pactqa.models.encoder import Encoding, Floats

__all__ = ["Generation", "Index", "NextGeneration", "VectorSearch"]


class VectorSearch(Protocol):
    """The passages' vectors of one generation, to search. Several threads may use it at once."""

    @property
    def identity(self) -> str:
        """The identity of the generation."""
        ...

    def search(
        self, vector: Floats, k: int, numbers: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the `k` passages nearest to a unit vector (dim,), with their cosine, best first.

        `numbers` limits the search to those passages.
        """
        ...


class Generation(Protocol):
    """One generation of an index, to read. It belongs to the thread that opened it."""

    @property
    def generation(self) -> int:
        """Its number; 0 if nothing was written yet."""
        ...

    @property
    def identity(self) -> str:
        """What no other generation has, of whatever index."""
        ...

    @property
    def encoder(self) -> str:
        """The identity of the encoder that made the vectors."""
        ...

    @property
    def dim(self) -> int:
        """The length of a vector."""
        ...

    def check(self) -> None:
        """Checks what no row tells of itself, such as how many there are."""
        ...

    def fingerprints(self) -> dict[str, str]:
        """Gives the SHA-256 of every indexed essay's file, by essay id, in corpus order."""
        ...

    def essays(self) -> list[Essay]:
        """Gives every essay, in the order of the corpus."""
        ...

    def titles(self) -> dict[str, Encoding]:
        """Gives what the encoder made of every essay's title, up to rounding, by essay id."""
        ...

    def numbers_of(self, essays: Sequence[str]) -> list[int]:
        """Gives the numbers of the passages of some essays."""
        ...

    def passages(self, numbers: Sequence[int] | None = None) -> dict[int, Passage]:
        """Gives passages by their numbers (all for None); those of an essay in their order."""
        ...

    def tokens(self, numbers: Sequence[int]) -> dict[int, PassageTokens]:
        """Gives the token vectors of passages by their numbers."""
        ...

    def vectors_of(self, numbers: Sequence[int]) -> dict[int, tuple[Floats, Floats]]:
        """Gives the vector (dim,) and the sentences' vectors (sentences, dim) of passages."""
        ...

    def encodings(self, numbers: Sequence[int]) -> dict[int, tuple[Encoding, Floats]]:
        """Gives what the encoder made of passages, up to rounding, and of their sentences."""
        ...

    def search_words(
        self, words: Sequence[str], k: int, essays: Sequence[str] | None = None
    ) -> list[tuple[int, float]]:
        """Gives the numbers of the `k` best passages by BM25 with their scores, best first."""
        ...

    def passages_with(
        self,
        word: str,
        *,
        prefix: bool = False,
        whole: bool = False,
        among: Collection[int] | None = None,
        most: int | None = None,
    ) -> set[int]:
        """Gives the numbers of the passages with a word, whatever its ending.

        Args:
            word: of one part or several ("Nazi-Soviet"), which must stand together.
            prefix: whether any word that begins so is enough.
            whole: whether it must stand in a passage or its heading, not in the title alone.
            among: the numbers of the passages that are asked about; None means all.
            most: how many are given, any of them; None means all.
        """
        ...


class NextGeneration(Generation, Protocol):
    """The generation that follows, while it is written; what it reads is the one before."""

    def set_encoder(self, identity: str, dim: int) -> None:
        """Notes which encoder makes the vectors, and how long they are."""
        ...

    def put_essay(
        self,
        essay: Essay,
        position: int,
        passages: Sequence[Passage],
        encodings: Sequence[Encoding],
        texts: Sequence[EncodedText],
        sentences: Sequence[Floats],
    ) -> None:
        """Writes an essay with its passages in place of what there was under its id."""
        ...

    def put_title(self, essay_id: str, encoding: Encoding) -> None:
        """Writes what the encoder made of the title of an essay that was put."""
        ...

    def move_essay(self, essay_id: str, position: int) -> None:
        """Gives an essay another place in the corpus."""
        ...

    def remove_essay(self, essay_id: str) -> None:
        """Removes an essay and all that belongs to it; an unknown id is no error."""
        ...


class Index(Protocol):
    """An index, wherever it is kept. It holds nothing open, so any thread may use it."""

    @property
    def folder(self) -> Path:
        """The folder of this machine for what belongs to the index but is not kept in it."""
        ...

    def read(self) -> AbstractContextManager[Generation]:
        """Opens the current generation for reading.

        Raises:
            MissingIndexError: if there is none.
            DamagedIndexError: if it does not hold what was written, also in the block.
            StoreError: if it cannot be read.
        """
        ...

    def write(self, dim: int) -> AbstractContextManager[NextGeneration]:
        """Opens the next generation: current at the end of the block, or nothing on an error.

        `dim` is the length of the vectors that will be written.

        Raises:
            StoreError: if it cannot be written, or somebody else keeps writing to it.
        """
        ...

    def finish(self, writer: NextGeneration, generation: int) -> None:
        """Makes what a writer of this index wrote the current generation, when its block ends."""
        ...

    def open_vectors(self, generation: Generation) -> VectorSearch:
        """Opens the vectors of a generation of this index."""
        ...

    def tidy(self, generation: int) -> None:
        """Removes what only generations before the one before this need."""
        ...
