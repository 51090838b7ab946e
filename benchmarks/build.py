"""Measures how fast passages are encoded, indexed and refreshed.

    python benchmarks/build.py [--passages N]

The passages are made of the sentences of the project's essays.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from common import keep, make_passages, report, take_turns, timed
from sentence_transformers import SentenceTransformer

from pactqa import Assistant
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.packaged import find_packaged_model
from pactqa.settings import count_threads

PARAMETERS = 6 * (4 * 384 * 384 + 2 * 384 * 1536)
"""Of the packaged encoder's six layers: each is multiplied once with every token."""


def make_multiplier(size: int) -> Callable[[], object]:
    """Gives what multiplies a square matrix with itself by onnxruntime, as the encoder does."""
    import onnxruntime
    from onnx import TensorProto, helper

    shape = helper.make_tensor_value_info("a", TensorProto.FLOAT, [size, size])
    out = helper.make_tensor_value_info("b", TensorProto.FLOAT, [size, size])
    graph = helper.make_graph([helper.make_node("MatMul", ["a", "a"], ["b"])], "g", [shape], [out])
    model = helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 17)])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = count_threads()
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    square = np.random.default_rng(1).random((size, size), dtype=np.float32)
    return lambda: session.run(None, {"a": square})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=300)
    count = parser.parse_args().passages
    passages = make_passages(count)
    with tempfile.TemporaryDirectory() as folder:
        encoder = SentenceEncoder.load(exports=Path(folder))
        model = SentenceTransformer(str(find_packaged_model()), device="cpu")
        import torch

        torch.set_num_threads(count_threads())
        tokens = sum(min(encoder.count_tokens(text), encoder.max_tokens) for text in passages)
        multiply = make_multiplier(1536)
        ways = {
            "pactqa, vectors and token vectors": lambda: encoder.encode_passages(passages),
            "sentence-transformers encode": lambda: model.encode(passages, batch_size=32),
            "matrices": lambda: [multiply() for _ in range(20)],
        }
        measures = {name: (lambda action=action: timed(action)) for name, action in ways.items()}
        found = take_turns(measures, 3)
        peak = 20 * 2 * 1536**3 / np.median(found.pop("matrices")) / 1e6
        speeds = {name: [1000 * count / ms for ms in times] for name, times in found.items()}
        medians = report("Encoding", speeds, "passages a second")
        ours, theirs = medians.values()
        used = 2 * PARAMETERS * tokens / count * ours / 1e9
        print(
            f"  ratio {ours / theirs:.2f}; {tokens / count:.0f} tokens a passage; matrices alone "
            f"{peak:.0f} GFLOP/s, of which {used / peak:.0%} are used"
        )
        keep("Encoding share", {"ratio": ours / theirs, "peak": peak, "used": used})
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number in range(0, count, 10):
            text = "\n\n".join(passages[number : number + 10])
            (corpus / f"essay-{number:05d}.md").write_text(text, "utf-8")
        reader = load_reader(Path(folder))
        opened: list[Assistant] = []

        def open_all() -> None:
            opened.append(Assistant.open(corpus, Path(folder), encoder, reader=reader))

        build = timed(open_all)
        again = timed(open_all)
        file = corpus / "essay-00000.md"
        file.write_text(f"{file.read_text('utf-8')}\n\nBees dance.", "utf-8")
        refresh = timed(opened[0].refresh)
        title = f"The index of {count} passages"
        times = {"build": [build], "open": [again], "refresh, one paragraph": [refresh]}
        report(title, times, "ms")


if __name__ == "__main__":
    main()
