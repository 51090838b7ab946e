"""What is done with torch: loading and exporting the models, and running them where that fails.

Nothing here is imported for a question that is answered with an exported network.
"""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pactqa.errors import EncoderError
from pactqa.models.batches import Integers
from pactqa.models.packaged import ModelFiles, check_weights, find_model

__all__ = [
    "LOADING",
    "TorchEncoder",
    "TorchReader",
    "describe_encoder",
    "export_encoder",
    "export_reader",
    "keep_libraries_quiet",
    "load_sentence_transformer",
    "load_torch_reader",
    "use_one_thread",
]

LOADING = threading.Lock()
"""Held while a model is loaded, for the libraries cannot be imported by two threads at once."""

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_OPSET = 17


def keep_libraries_quiet(*, offline: bool) -> None:
    """Tells the hub's library, before it is imported, to send nothing, and others to print less."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from transformers.utils import logging

    # Loading takes a second; a bar would only litter the terminal.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types


def use_one_thread() -> None:
    """Makes each computation of torch, if it is in use, take one processor core.

    A question is so small that two cores wait for each other longer than they compute.
    """
    if "torch" in sys.modules:
        import torch

        torch.set_num_threads(1)


def load_sentence_transformer(files: ModelFiles) -> Any:
    """Loads a sentence-transformers model.

    Raises:
        EncoderError: if it is missing, broken, or (the packaged one) not the published weights.
    """
    place = files.place
    keep_libraries_quiet(offline=place is not None)
    if files.is_packaged and place is not None:
        check_weights(place / "model.safetensors")
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(
            str(place or files.wanted), device="cpu", local_files_only=files.is_packaged
        )
        return model.eval()
    except Exception as error:  # the library raises many kinds; each means the same to a user
        raise EncoderError(
            f"The embedding model {files.wanted or place} cannot be loaded ({error}). Set "
            "PACTQA_MODEL to a folder with a sentence-transformers model, or leave it empty "
            "for the packaged one."
        ) from error


def describe_encoder(model: Any) -> tuple[str, dict[str, Any]]:
    """Gives the tokenizer's JSON, which truncates as the model does, and facts about the model.

    Raises:
        EncoderError: if its tokenizer gives no character offsets.
    """
    tokenizer = model.tokenizer
    if not getattr(tokenizer, "is_fast", False):
        raise EncoderError(
            "The embedding model has a tokenizer without character offsets, so no key sentence "
            "could be found. Choose a model with a fast tokenizer (a tokenizer.json)."
        )
    from tokenizers import Tokenizer

    max_tokens = int(model.max_seq_length or 512)
    own = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    own.no_padding()
    own.enable_truncation(max_tokens, direction=tokenizer.truncation_side)
    facts = {
        "dim": int(model.get_embedding_dimension()),
        "max_tokens": max_tokens,
        "pad": int(tokenizer.pad_token_id or 0),
        "left": tokenizer.padding_side == "left",
        "prompts": {name: text for name, text in (model.prompts or {}).items() if text},
    }
    return own.to_str(), facts


class TorchEncoder:
    """A sentence-transformers model that torch computes: gives vectors and token vectors."""

    engine = "torch"

    def __init__(self, model: Any) -> None:
        """Wraps a loaded model."""
        import torch

        torch.set_num_threads(1)  # several batches are computed side by side instead
        self._model = model
        self._inputs = [n for n in _INPUTS if n in model.tokenizer.model_input_names]

    def run(self, ids: Integers, mask: Integers, types: Integers) -> list[npt.NDArray[np.float32]]:
        """Gives vectors (texts, dim) and token vectors (texts, tokens, dim)."""
        import torch

        given = dict(zip(_INPUTS, map(torch.from_numpy, (ids, mask, types)), strict=True))
        with torch.inference_mode():
            output = self._model.forward({name: given[name] for name in self._inputs})
        return [output[name].float().numpy() for name in ("sentence_embedding", "token_embeddings")]


class TorchReader:
    """The packaged reader's network, which torch computes."""

    engine = "torch"

    def __init__(self, network: Any) -> None:
        """Wraps a `ReaderNetwork`."""
        import torch

        from pactqa.models.network import use_short_floats

        torch.set_num_threads(1)
        use_short_floats(network)
        self._network = network.eval()

    def run(self, ids: Integers, mask: Integers, types: Integers) -> list[npt.NDArray[np.float32]]:
        """Gives logits (texts,)."""
        import torch

        with torch.inference_mode():
            return [self._network(*map(torch.from_numpy, (ids, mask, types))).numpy()]


def export_encoder(wanted: str, folder: str) -> dict[str, Any]:
    """Writes a sentence-transformers model as `network.onnx` with its tokenizer; gives its facts.

    Args:
        wanted: its folder, `""` for the packaged one.
        folder: where to write.
    """
    import torch

    model = load_sentence_transformer(find_model(wanted))
    tokenizer, facts = describe_encoder(model)
    inputs = [name for name in _INPUTS if name in model.tokenizer.model_input_names]
    # onnxruntime has one kernel for attention that is written out, which is quicker than its parts.
    model[0].auto_model.set_attn_implementation("eager")

    class Exported(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            output = self.model(dict(zip(inputs, given, strict=True)))
            return output["sentence_embedding"], output["token_embeddings"]

    _write_onnx(Exported(), inputs, ["vector", "tokens"], Path(folder))
    (Path(folder) / "tokenizer.json").write_text(tokenizer, "utf-8")
    return facts


def load_torch_reader(base_folder: Path, weights: Path, embeddings: str) -> tuple[TorchReader, str]:
    """Loads the packaged reader, and the JSON of its tokenizer.

    Args:
        base_folder: the folder of the packaged encoder.
        weights: the reader's own file.
        embeddings: the SHA-256 of the word embeddings that it was trained over.

    Raises:
        ReaderError: if a file is missing, damaged, or does not fit.
    """
    from pactqa.models.network import load_network, load_tokenizer

    return TorchReader(load_network(base_folder, weights, embeddings)), load_tokenizer(base_folder)


def export_reader(
    base_folder: str, weights: str, embeddings: str, short: str, folder: str
) -> dict[str, Any]:
    """Writes the reader as `network.onnx`, with its tokenizer.

    Args:
        base_folder: the folder of the packaged encoder.
        weights: the reader's own file.
        embeddings: the SHA-256 of the word embeddings that it was trained over.
        short: `int8` for matrices of bytes, else they are float32.
        folder: where to write.
    """
    from pactqa.models.network import load_network, load_tokenizer

    network = load_network(Path(base_folder), Path(weights), embeddings)
    network.bert.set_attn_implementation("eager")
    _write_onnx(network, list(_INPUTS), ["logit"], Path(folder))
    if short == "int8":
        _shorten(Path(folder) / "network.onnx")
    (Path(folder) / "tokenizer.json").write_text(load_tokenizer(Path(base_folder)), "utf-8")
    return {}


def _write_onnx(network: Any, inputs: list[str], outputs: list[str], folder: Path) -> None:
    import warnings

    import torch

    ids = torch.tensor([[2, 3, 4, 5], [2, 3, 4, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    given = dict(zip(_INPUTS, (ids, mask, torch.zeros_like(ids)), strict=True))
    sizes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            tuple(given[name] for name in inputs),
            str(folder / "network.onnx"),
            # The exporter of 2025 takes five times as long, and what it makes is no quicker.
            dynamo=False,
            opset_version=_OPSET,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes={
                name: sizes if name in inputs or name == "tokens" else {0: "texts"}
                for name in (*inputs, *outputs)
            },
        )


def _shorten(file: Path) -> None:
    """Makes the matrices of an ONNX file int8, with a scale for each column."""
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # advice for other kinds of networks
    short = file.with_suffix(".int8")
    quantize_dynamic(file, short, weight_type=QuantType.QInt8, per_channel=True)
    short.replace(file)
