"""Writes the tables of the store inside one transaction, which `store` opens."""

import sqlite3
from collections.abc import Sequence

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.index.checksums import checksum_of
from pactqa.index.records import (
    dump_essay,
    dump_spans,
    pack_offsets,
    pack_sentences,
    pack_vector,
)
from pactqa.index.snapshot import Snapshot
from pactqa.models.encoder import Encoding, Floats
from pactqa.models.int8 import pack_rows

__all__ = ["Writer"]


class Writer(Snapshot):
    """A generation of the store that can be changed, inside one transaction; see `Store.write`."""

    @staticmethod
    def begin(connection: sqlite3.Connection, form: str, store: str) -> None:
        """Notes in an empty store of which format it is, and its name, which no other store has."""
        settings = {"format": form, "store": store}
        seal = str(checksum_of(sorted(settings.items())))
        rows = [*settings.items(), ("seal", seal)]
        connection.executemany("INSERT INTO setting VALUES (?, ?)", rows)

    def set_encoder(self, identity: str, dim: int) -> None:
        """Notes which encoder made the vectors, by its identity, and how long they are."""
        self._set("encoder", identity)
        self._set("dim", str(dim))
        self.encoder, self.dim = identity, dim

    def set_generation(self, generation: int, faiss_sha256: str) -> None:
        """Makes a generation the current one, as soon as the transaction is committed.

        `faiss_sha256` is the digest of the FAISS file derived from it.
        """
        self._set("generation", str(generation))
        self._set("faiss_sha256", faiss_sha256)
        for order in ("SAVEPOINT content", "RELEASE content"):
            self._connection.execute(order)  # the word search writes what it still keeps back
        self._set("content", self._describe_content())
        self.generation, self.faiss_sha256 = generation, faiss_sha256

    def put_essay(
        self,
        essay: Essay,
        position: int,
        passages: Sequence[Passage],
        encodings: Sequence[Encoding],
        texts: Sequence[EncodedText],
        sentences: Sequence[Floats],
    ) -> None:
        """Writes an essay with its passages in place of what there was under its id.

        Args:
            essay: the essay.
            position: its place in the corpus, from 0.
            passages: its passages.
            encodings: what the encoder made of each passage.
            texts: what the encoder was given for each passage.
            sentences: the vectors of each passage's sentences, (sentences, dim).

        Raises:
            ValueError: if the four sequences differ in length.
        """
        if not len(passages) == len(encodings) == len(texts) == len(sentences):
            raise ValueError(
                f"{len(passages)} passages, {len(encodings)} encodings, {len(texts)} texts, "
                f"{len(sentences)} blocks of sentence vectors"
            )
        self.remove_essay(essay.id)
        fields = dump_essay(essay)
        checksum = checksum_of((essay.id, essay.sha256, position, fields))
        self._connection.execute(
            "INSERT INTO essay VALUES (?, ?, ?, ?, ?)",
            (essay.id, essay.sha256, position, fields, checksum),
        )
        (number,) = self._connection.execute(
            "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'passage'"
        ).fetchone()
        for passage, encoding, text, vectors in zip(
            passages, encodings, texts, sentences, strict=True
        ):
            number += 1
            spans = dump_spans(passage)
            words = (passage.text, passage.heading, passage.paragraph, spans)
            starts = (text.heading_start, text.passage_start)
            vector = pack_vector(encoding.vector)
            offsets = pack_offsets(encoding.offsets)
            tokens = pack_rows(encoding.tokens)
            sentence_vectors = pack_sentences(vectors)
            self._connection.execute(
                f"INSERT INTO passage VALUES ({', '.join('?' * 17)})",
                (
                    *(number, essay.id, passage.start, passage.end, *words, *starts),
                    *(vector, offsets, tokens, sentence_vectors),
                    checksum_of((number, essay.id, passage.start, passage.end, *words)),
                    checksum_of((number, passage.start, *starts, offsets, tokens)),
                    checksum_of((number, vector, sentence_vectors)),
                ),
            )
            self._connection.execute(
                "INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
                (number, essay.title, passage.heading, passage.text),
            )

    def put_title(self, essay_id: str, encoding: Encoding) -> None:
        """Writes what the encoder made of the title of an essay that is there."""
        vector = pack_vector(encoding.vector)
        offsets = pack_offsets(encoding.offsets)
        row = (essay_id, vector, offsets, pack_rows(encoding.tokens))
        self._connection.execute(
            "REPLACE INTO title VALUES (?, ?, ?, ?, ?)", (*row, checksum_of(row))
        )

    def move_essay(self, essay_id: str, position: int) -> None:
        """Gives an essay another place in the corpus."""
        moved = self._connection.execute(
            "SELECT sha256, fields FROM essay WHERE id = ? AND position <> ?", (essay_id, position)
        ).fetchone()
        if moved:
            sha256, fields = moved
            self._connection.execute(
                "UPDATE essay SET position = ?, checksum = ? WHERE id = ?",
                (position, checksum_of((essay_id, sha256, position, fields)), essay_id),
            )

    def remove_essay(self, essay_id: str) -> None:
        """Removes an essay and all that belongs to it; an unknown id is no error."""
        self._connection.execute(
            "DELETE FROM words WHERE rowid IN (SELECT number FROM passage WHERE essay_id = ?)",
            (essay_id,),
        )
        self._connection.execute("DELETE FROM essay WHERE id = ?", (essay_id,))

    def _set(self, name: str, value: str) -> None:
        settings = {**self._settings(), name: value}
        settings.pop("seal", None)
        seal = str(checksum_of(sorted(settings.items())))
        self._connection.executemany(
            "REPLACE INTO setting VALUES (?, ?)", [(name, value), ("seal", seal)]
        )
