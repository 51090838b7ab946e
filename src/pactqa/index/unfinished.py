"""Keeps what a refresh encoded until it is committed, so that an interrupted one goes on there.

Each batch of passages is a file of its own in the folder `unfinished` beside the store, an archive
of NumPy arrays; its parts carry checksums. What cannot be read, or was made by another encoder, is
encoded again. A committed refresh removes the folder.
"""

import contextlib
import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from pactqa.index.reuse import EncodedPassage, ReadPassage
from pactqa.models.encoder import Encoder, Encoding
from pactqa.models.int8 import pack_rows, unpack_rows

__all__ = ["Unfinished"]

_FOLDER = "unfinished"
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


class Unfinished:
    """The passages that were encoded since the last refresh was committed."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Names the folder of the index; nothing is read yet."""
        self._folder = folder / _FOLDER
        self._name, self._dim = encoder.identity, encoder.dim
        self._is_kept = True

    def read(self, wanted: Iterable[ReadPassage]) -> dict[ReadPassage, EncodedPassage]:
        """Gives those of some passages that were encoded before."""
        files = sorted(self._folder.glob("*.npz"))
        by_key = {self._key_of(text): text for text in wanted} if files else {}
        known: dict[ReadPassage, EncodedPassage] = {}
        for file in files:
            with contextlib.suppress(*_UNREADABLE):
                for key, encoded in self._read_file(file).items():
                    if key in by_key:
                        known[by_key[key]] = encoded
        return known

    def keep(self, texts: Sequence[ReadPassage], encoded: Sequence[EncodedPassage]) -> None:
        """Writes a batch of passages; where that is not possible, no more are kept."""
        if not self._is_kept:
            return
        keys = [self._key_of(text) for text in texts]
        file = self._folder / f"{keys[0]}.npz"
        arrays = {"keys": np.array(keys)}
        for number, one in enumerate(encoded):
            arrays[f"vector{number}"] = one.whole.vector
            arrays[f"tokens{number}"] = np.frombuffer(pack_rows(one.whole.tokens), np.uint8)
            arrays[f"offsets{number}"] = one.whole.offsets
            arrays[f"sentences{number}"] = one.sentences
        part = file.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as target:
                np.savez(target, allow_pickle=False, **arrays)
            part.replace(file)
        except OSError:  # a full disk: the room is left to the index
            self._is_kept = False
            self.remove()

    def remove(self) -> None:
        """Removes all that is kept."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _read_file(self, file: Path) -> dict[str, EncodedPassage]:
        with np.load(file, allow_pickle=False) as arrays:
            return {
                str(key): EncodedPassage(
                    Encoding(
                        arrays[f"vector{number}"],
                        unpack_rows(arrays[f"tokens{number}"].tobytes(), self._dim),
                        arrays[f"offsets{number}"],
                    ),
                    arrays[f"sentences{number}"],
                )
                for number, key in enumerate(arrays["keys"])
            }

    def _key_of(self, text: ReadPassage) -> str:
        """Gives the digest of what is read, and of which encoder reads it."""
        content = [self._name, self._dim, asdict(text)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()
