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
from typing import Any, Protocol

import numpy as np

from pactqa.errors import ReaderError
from pactqa.models.batches import Network, make_batches, run_batches
from pactqa.models.exporting import choose_engine, open_or_export
from pactqa.models.onnx_engine import OnnxNetwork, has_fast_bytes

__all__ = [
    "SHIPPED_WEIGHTS",
    "Reader",
    "SentenceReader",
]

SHIPPED_WEIGHTS = Path(__file__).with_name("weights") / "reader.safetensors"


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

    def __init__(self, name: str, network: Network, tokenizer: str, *, alone: bool = False) -> None:
        """Wraps a loaded network; `load` is the usual way to get a reader.

        Args:
            name: for reports.
            network: gives logits.
            tokenizer: the JSON of a tokenizer that truncates.
            alone: whether each sentence goes through the network by itself; one whose numbers are
                rounded by the batch must read so, lest a score depend on the other sentences.
        """
        from tokenizers import Tokenizer

        self._name = name
        self._network = network
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._alone = alone

    @classmethod
    def load(
        cls, base_folder: Path, weights: Path | None = None, exports: Path | None = None
    ) -> "SentenceReader":
        """Loads the reader made of the packaged encoder's embeddings and its own weights.

        Args:
            base_folder: the folder of the packaged MiniLM (config.json, model.safetensors,
                tokenizer.json).
            weights: a file made by `scripts/train_reader.py`, with its .json beside it; None means
                the shipped one.
            exports: where the exported network is kept, the folder of the index. Without one, or
                where an export is not possible, torch runs the reader.

        Raises:
            ReaderError: if a file is missing, damaged, or does not fit.
            SettingError: if PACTQA_ENGINE is no engine.
        """
        weights = SHIPPED_WEIGHTS if weights is None else weights
        card = _read_card(weights.with_suffix(".json"))
        _check_digest(weights, card)
        name = f"{card.get('name', weights.stem)}#{str(card['weights_sha256'])[:12]}"
        embeddings = str(card.get("base_embeddings_sha256"))
        short = "int8" if has_fast_bytes() else "float32"

        def load_exported(folder: Path) -> "SentenceReader":
            key = hashlib.sha256(f"{card['weights_sha256']} {short}".encode()).hexdigest()
            arguments = (str(base_folder), str(weights), embeddings, short)
            found = open_or_export(folder, "reader", key, "export_reader", *arguments)
            network = OnnxNetwork(found.network)
            return cls(name, network, found.tokenizer, alone=short == "int8")

        return choose_engine(exports, load_exported, ReaderError, "reader") or cls(
            name, *_load_with_torch(base_folder, weights, embeddings)
        )

    @property
    def name(self) -> str:
        """The name that goes into reports."""
        return self._name

    def read(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        """Gives float32 logits (len(sentences),); none depends on the other sentences."""
        scores = np.zeros(len(sentences), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([(question, sentence) for sentence in sentences])
        batches = make_batches(encodings, alone=self._alone)
        for batch, (logits,) in run_batches(self._network, batches):
            scores[batch.numbers] = logits
        return scores


def _load_with_torch(base_folder: Path, weights: Path, embeddings: str) -> tuple[Network, str]:
    from pactqa.models.torch_engine import LOADING, load_torch_reader

    with LOADING:
        return load_torch_reader(base_folder, weights, embeddings)


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
