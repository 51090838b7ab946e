"""Runs an exported network with onnxruntime, one thread a call (see `batches`)."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pactqa.models.batches import Integers

__all__ = ["OnnxNetwork", "has_fast_bytes"]

_FAST_BYTES = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})


class OnnxNetwork:
    """A network that onnxruntime computes."""

    engine = "onnx"

    def __init__(self, file: Path) -> None:
        """Loads a network from an ONNX file."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors, for they are raised as well; no warnings
        self._session: Any = onnxruntime.InferenceSession(
            file, options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}

    def run(self, ids: Integers, mask: Integers, types: Integers) -> list[npt.NDArray[np.float32]]:
        """Gives the outputs, each with a row a text."""
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        outputs: list[npt.NDArray[np.float32]] = self._session.run(
            None, {name: value for name, value in given.items() if name in self._inputs}
        )
        return outputs


def has_fast_bytes() -> bool:
    """Tells whether the processor multiplies bytes faster than floats, as far as Linux says so."""
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii").splitlines()
    except (OSError, ValueError):
        return False
    flags = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return not _FAST_BYTES.isdisjoint(flags.split())
