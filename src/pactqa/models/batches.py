"""Puts the tokens of texts together into batches, and has a network compute them side by side.

A processor is quickest with batches that need no padding and fit into its caches, so texts share
one only if they are short and of nearly the same length. Each batch is computed by one core, and
the cores take different batches; a network must therefore use one thread a call.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pactqa.settings import count_threads

__all__ = ["Batch", "Integers", "Network", "make_batches", "run_batches"]

Integers = npt.NDArray[np.int64]

_TOKENS = 128
_PADDED = 1.1


class Network(Protocol):
    """What computes: token ids, mask and token types go in, each (texts, tokens)."""

    @property
    def engine(self) -> str:
        """What it runs on: `onnx` or `torch`."""

    def run(self, ids: Integers, mask: Integers, types: Integers) -> list[npt.NDArray[np.float32]]:
        """Gives its outputs, each with a row a text. Several threads may call it at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Texts that go through the network at once, padded to the longest.

    Attributes:
        numbers: which of the texts they are.
        ids: the token ids, (texts, tokens).
        mask: 1 for a token, 0 for padding.
        types: to which part of a pair each token belongs.
    """

    numbers: list[int]
    ids: Integers
    mask: Integers
    types: Integers


def make_batches(
    encodings: Sequence[Any], pad: int = 0, *, alone: bool = False, left: bool = False
) -> list[Batch]:
    """Makes batches of texts of nearly the same length, the longest first.

    Args:
        encodings: what a tokenizer made of each text (`tokenizers.Encoding`).
        pad: the id of the padding.
        alone: whether every text goes through the network by itself.
        left: whether the padding stands before the text.
    """
    lengths = [max(len(encoding.ids), 1) for encoding in encodings]
    groups: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        width = lengths[groups[-1][0]] if groups else 0
        fits = not alone and width <= _PADDED * lengths[number]
        if groups and fits and width * (len(groups[-1]) + 1) <= _TOKENS:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [_pad(group, encodings, lengths[group[0]], pad, left) for group in groups]


def run_batches(
    network: Network, batches: Sequence[Batch]
) -> Iterator[tuple[Batch, list[npt.NDArray[np.float32]]]]:
    """Gives each batch with the outputs of the network, computed on all cores."""
    if len(batches) < 2 or count_threads() < 2:
        for batch in batches:
            yield batch, _run(network, batch)
        return
    run = partial(_run, network)
    try:
        outputs = _pool(count_threads()).map(run, batches)
    except RuntimeError:  # the program is ending, and its pools take nothing more
        outputs = map(run, batches)
    yield from zip(batches, outputs, strict=True)


def _run(network: Network, batch: Batch) -> list[npt.NDArray[np.float32]]:
    return network.run(batch.ids, batch.mask, batch.types)


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="compute")


def _pad(group: list[int], encodings: Sequence[Any], width: int, pad: int, left: bool) -> Batch:
    shape = (len(group), width)
    ids, mask = np.full(shape, pad, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    types = np.zeros(shape, dtype=np.int64)
    for row, number in enumerate(group):
        own = encodings[number]
        place = slice(width - len(own.ids), width) if left else slice(0, len(own.ids))
        ids[row, place], types[row, place], mask[row, place] = own.ids, own.type_ids, 1
    return Batch(group, ids, mask, types)
