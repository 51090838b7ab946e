"""Another reader: a CrossEncoder of sentence-transformers in the packaged reader's place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pactqa.errors import ReaderError
from pactqa.models.torch_engine import keep_libraries_quiet

__all__ = ["CrossEncoderReader"]


class CrossEncoderReader:
    """A reader made of any model with `predict(pairs)`, which gives one score a pair."""

    def __init__(self, name: str, model: object) -> None:
        """Wraps a loaded model, whose higher scores must mean the better answers."""
        self._name = name
        self._model: Any = model

    @classmethod
    def load(cls, name: str) -> "CrossEncoderReader":
        """Loads a CrossEncoder from a folder, or by a name that the library can resolve.

        Raises:
            ReaderError: if it cannot be loaded.
        """
        keep_libraries_quiet(offline=Path(name).is_dir())
        try:
            from sentence_transformers import CrossEncoder
            from torch.nn import Identity

            # Without an activation the scores are logits, which is what a Reader gives.
            return cls(name, CrossEncoder(name, device="cpu", activation_fn=Identity()))
        except Exception as error:  # the library raises many kinds; each means the same to a user
            raise ReaderError(
                f"The reader {name} cannot be loaded ({error}). Set PACTQA_READER to a folder with "
                "a sentence-transformers CrossEncoder, or leave it empty for the packaged reader."
            ) from error

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        return self._name

    def read(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        """Gives the model's float32 scores (len(sentences),).

        Raises:
            ReaderError: if the model gives more than one number a pair.
        """
        if not sentences:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, sentence) for sentence in sentences]
        scores = np.asarray(self._model.predict(pairs), dtype=np.float32)
        if scores.shape not in ((len(pairs),), (len(pairs), 1)):
            raise ReaderError(
                f"The reader {self._name} gave scores of shape {scores.shape} for {len(pairs)} "
                "sentences; one number a sentence is needed. Name a CrossEncoder with a single "
                "output (num_labels=1)."
            )
        return scores.reshape(-1)
