"""The reader: does this sentence, in its passage, answer this question.

Cosine and token MaxSim see what a sentence is about; they cannot see that "Who opened the lock?" is
not answered by a sentence that tells who closed it. The reader is a cross-encoder: question and
sentence go through the transformer together, so that every word of one can look at every word of
the other (Devlin et al. 2019, https://arxiv.org/abs/1810.04805; for ranking passages Nogueira and
Cho 2019, https://arxiv.org/abs/1901.04085). Its embeddings are those of the packaged encoder; only
the transformer layers and the head are its own. They are kept as int8 rows with one scale each and
are made by `scripts/train_reader.py`; `weights/README.md` is the model card.

This module does not choose which sentences to read (see `search`) and sets no threshold.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from pactqa.errors import ReaderError

if TYPE_CHECKING:
    from pactqa.models.network import ReaderNetwork

__all__ = [
    "SHIPPED_WEIGHTS",
    "Reader",
    "SentenceReader",
]

SHIPPED_WEIGHTS = Path(__file__).with_name("weights") / "reader.safetensors"

_MAX_TOKENS = 128  # question and sentence together; the longer of the two is cut first
_BATCH = 8  # sentences of similar length that go through the network at once


class Reader(Protocol):
    """What pactqa needs of a reader: how well do sentences answer a question."""

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        ...

    def read(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        """Gives float32 logits (len(sentences),): higher answers better; none give (0,)."""
        ...


class SentenceReader:
    """The reader that ships with pactqa. Several threads may use it at once."""

    def __init__(self, name: str, network: "ReaderNetwork", tokenizer: Any) -> None:
        """Wraps a loaded network; `load` is the usual way to get a reader."""
        self._name = name
        self._network = network.eval()
        # The tokenizers.Tokenizer itself: its transformers wrapper sets truncation and padding anew
        # on every call, which fails with "Already borrowed" when two threads read at once.
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS, strategy="longest_first")

    @classmethod
    def load(cls, base_folder: Path, weights: Path | None = None) -> "SentenceReader":
        """Loads the reader made of the packaged encoder's embeddings and its own weights.

        Args:
            base_folder: the folder of the packaged MiniLM (config.json, model.safetensors,
                tokenizer.json).
            weights: a file made by `scripts/train_reader.py`, with its .json beside it; None means
                the shipped one.

        Raises:
            ReaderError: if a file is missing, damaged, or does not fit.
        """
        from transformers import AutoTokenizer

        from pactqa.models.network import (
            build_network,
            digest_embeddings,
            load_quantized,
            use_short_floats,
        )

        weights = SHIPPED_WEIGHTS if weights is None else weights
        card = _read_card(weights.with_suffix(".json"))
        _check_digest(weights, card)
        network = build_network(base_folder)
        if digest_embeddings(network) != card.get("base_embeddings_sha256"):
            raise ReaderError(
                f"{base_folder / 'model.safetensors'} is not the encoder that the reader "
                f"{weights} was trained over: its word embeddings differ. "
                "Install the pinned encoder package of requirements.txt."
            )
        load_quantized(network, weights)
        use_short_floats(network)
        tokenizer = AutoTokenizer.from_pretrained(base_folder, local_files_only=True)
        name = f"{card.get('name', weights.stem)}#{str(card['weights_sha256'])[:12]}"
        return cls(name, network, tokenizer.backend_tokenizer)

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        return self._name

    def read(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        """Gives float32 logits (len(sentences),); none depends on the other sentences."""
        import torch

        scores = np.zeros(len(sentences), dtype=np.float32)
        if not sentences:
            return scores
        pairs = [(question, sentence) for sentence in sentences]
        encodings = self._tokenizer.encode_batch(pairs)
        # Sentences of similar length share a batch, so little time goes into padding.
        order = sorted(range(len(pairs)), key=lambda number: len(encodings[number].ids))
        for start in range(0, len(order), _BATCH):
            numbers = order[start : start + _BATCH]
            width = len(encodings[numbers[-1]].ids)
            ids = torch.zeros(len(numbers), width, dtype=torch.long)
            mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
            for row, number in enumerate(numbers):
                length = len(encodings[number].ids)
                ids[row, :length] = torch.tensor(encodings[number].ids)
                types[row, :length] = torch.tensor(encodings[number].type_ids)
                mask[row, :length] = 1
            with torch.inference_mode():
                scores[numbers] = self._network(ids, mask, types).numpy()
        return scores


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReaderError(
            f"The reader's description {path} cannot be read: {error}. "
            "Restore it together with the weights, or make both with scripts/train_reader.py."
        ) from error
    if not isinstance(card, dict):
        raise ReaderError(
            f"The reader's description {path} is not a JSON object. Restore the file."
        )
    return card


def _check_digest(weights: Path, card: dict[str, Any]) -> None:
    try:
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    except OSError as error:
        raise ReaderError(
            f"The reader's weights {weights} cannot be read: {error}. Restore the file."
        ) from error
    if digest != card.get("weights_sha256"):
        raise ReaderError(
            f"The reader's weights {weights} are damaged or not the ones described beside them: "
            f"SHA-256 {digest}, expected {card.get('weights_sha256')}. Restore the file."
        )
