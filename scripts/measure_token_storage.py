"""Measures what keeping the token vectors in fewer bytes costs in ranking.

    python scripts/measure_token_storage.py --questions FILE --documents FILE

Evaluates on the same questions and the same index, with the vectors as the encoder gave them and
as they come back from each way to keep them, and prints the bytes a token and the figures.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np

from pactqa.evaluation.evaluate import evaluate, open_documents
from pactqa.evaluation.labels import read_documents, read_questions
from pactqa.index import snapshot, writer
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.int8 import pack_rows, unpack_rows

FACTORIES = ("PCA192,SQ8", "PCA128,SQ8", "PCA64,SQ8", "PQ96", "PQ48")


def read_float32(content: bytes, dim: int) -> np.ndarray:
    return np.frombuffer(content, dtype=np.float32).reshape(-1, dim)


def find_ways(sample: np.ndarray) -> dict[str, tuple[int, Callable[[np.ndarray], np.ndarray]]]:
    """Gives the bytes a token of each way to keep vectors, and what comes back of them."""
    dim = sample.shape[1]
    ways: dict[str, tuple[int, Callable[[np.ndarray], np.ndarray]]] = {
        "float32": (4 * dim, lambda rows: rows),
        "float16": (2 * dim, lambda rows: rows.astype(np.float16).astype(np.float32)),
        "int8 rows": (dim + 4, lambda rows: unpack_rows(pack_rows(rows), dim)),
    }
    for factory in FACTORIES:
        codec = faiss.index_factory(dim, factory)
        codec.train(sample)

        def keep(rows: np.ndarray, codec: faiss.Index = codec) -> np.ndarray:
            if not len(rows):
                return rows
            return codec.sa_decode(codec.sa_encode(np.ascontiguousarray(rows)))

        ways[factory] = (codec.sa_code_size(), keep)
    return ways


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    options = parser.parse_args()
    documents, questions = read_documents(options.documents), read_questions(options.questions)
    writer.pack_rows = lambda tokens: tokens.astype(np.float32).tobytes()
    snapshot.unpack_rows = read_float32
    with tempfile.TemporaryDirectory() as folder:
        exports = Path(folder) / "exports"
        encoder, reader = SentenceEncoder.load(exports=exports), load_reader(exports)
        assistant = open_documents(Path(folder), documents, encoder, reader)
        with assistant.read() as (now, _):
            numbers = list(now.passages())
            rows = np.concatenate([own.vectors for own in now.tokens(numbers).values()])
        print(f"{len(rows) / len(numbers):.0f} tokens a passage", flush=True)
        for name, (size, keep) in find_ways(rows[:: max(len(rows) // 20_000, 1)]).items():
            snapshot.unpack_rows = lambda content, dim, keep=keep: keep(read_float32(content, dim))
            assistant._library = None  # which keeps passages as they were read
            report = evaluate(assistant, questions, documents)
            figures = ", ".join(f"{n} {f.value:.4f}" for n, f in report.figures.items())
            print(f"{name:>10}: {size:>5} bytes a token; {figures}", flush=True)


if __name__ == "__main__":
    main()
