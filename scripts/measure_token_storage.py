"""Measures what packing the token vectors to one byte per number costs in ranking.

    python scripts/measure_token_storage.py --questions FILE --documents FILE

Evaluates twice on the same questions, with the vectors as the encoder gave them (float32) and as
the store keeps them, and prints the sizes and both figures.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from pactqa.evaluation.evaluate import evaluate, open_documents
from pactqa.evaluation.labels import read_documents, read_questions
from pactqa.index import snapshot, writer
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    options = parser.parse_args()
    documents, questions = read_documents(options.documents), read_questions(options.questions)
    encoder, reader = SentenceEncoder.load(), load_reader()
    packed = writer.pack_rows, snapshot.unpack_rows

    def unpack_float32(content: bytes, dim: int) -> np.ndarray:
        return np.frombuffer(content, dtype=np.float32).reshape(-1, dim)

    for name, (pack, unpack) in {
        "float32": (lambda tokens: tokens.astype(np.float32).tobytes(), unpack_float32),
        "one byte": packed,
    }.items():
        writer.pack_rows, snapshot.unpack_rows = pack, unpack
        with tempfile.TemporaryDirectory() as folder:
            assistant = open_documents(Path(folder), documents, encoder, reader)
            report = evaluate(assistant, questions, documents)
            size = (Path(folder) / "index" / "pactqa.sqlite3").stat().st_size
        figures = ", ".join(f"{n} {f.value:.4f}" for n, f in report.figures.items())
        print(f"{name:>9}: index {size / 1e6:.1f} MB; {figures}", flush=True)


if __name__ == "__main__":
    main()
