"""Measures a question over many passages, from its words to the answer, beside the two essays.

    python benchmarks/large.py [--passages N]

The essays are made of the sentences of the project's own, with other names; their vectors are made,
for encoding so many takes hours: unit vectors around topics at random. The question is encoded and
read by the real models, so what is found is chance, and what it costs is not.
"""

import argparse
import random
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np
from common import QUESTION, ROOT, make_passages, read_memory, report, take_turns, timed

from pactqa import Assistant
from pactqa.models.choice import load_models
from pactqa.models.encoder import Encoding

QUESTIONS = (QUESTION, "What did Hitler want of Poland?", "Why did Stalin distrust Britain?")


class MadeEncoder:
    """The packaged encoder for questions; passages get vectors by chance, quickly."""

    def __init__(self, real: object) -> None:
        self._real = real
        self.name, self.dim, self.max_tokens = real.name, real.dim, real.max_tokens
        self.identity = "made for a benchmark"

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2

    def encode_query(self, text: str) -> Encoding:
        return self._real.encode_query(text)

    def encode_passages(self, texts: list[str]) -> list[Encoding]:
        return [self._make(text) for text in texts]

    def _make(self, text: str) -> Encoding:
        chance = np.random.default_rng(zlib.crc32(text.encode()))
        starts = [0]
        for word in text.split()[:-1]:
            starts.append(text.index(word, starts[-1]) + len(word) + 1)
        count = min(len(starts), self.max_tokens)
        rows = chance.standard_normal((count + 1, self.dim), dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        offsets = [[start, start + 1] for start in starts[:count]]
        return Encoding(rows[0], rows[1:], np.array(offsets, dtype=np.int32))


def write_essays(corpus: Path, passages: int) -> None:
    """Writes essays of a hundred short passages each."""
    corpus.mkdir()
    sentences = [s for text in make_passages(300) for s in text.split(". ") if 40 < len(s) < 160]
    chance = random.Random(1)
    for number in range(passages // 100):
        texts = [f"{chance.choice(sentences).rstrip('.')} {number}." for _ in range(100)]
        (corpus / f"essay{number}.md").write_text("\n\n".join(texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    count = parser.parse_args().passages
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encoder, reader = load_models(folder / "exports")
        few = Assistant(ROOT / "corpus", folder / "few", encoder, reader)
        few.refresh()
        write_essays(folder / "corpus", count)
        many = Assistant(folder / "corpus", folder / "many", MadeEncoder(encoder), reader)
        began = time.perf_counter()
        many.refresh()
        print(f"written in {time.perf_counter() - began:.0f} s")
        before, began = read_memory(), time.perf_counter()
        essays = len(many.essays())
        opening = time.perf_counter() - began
        print(f"{essays} essays opened in {opening:.1f} s, {read_memory() - before:.0f} MB")
        ways = {"the two essays": few, f"{count:,} passages": many}

        def ask_all(assistant: Assistant) -> None:
            for question in QUESTIONS:
                assistant.ask(question)

        for one in ways.values():
            ask_all(one)
        measures = {
            way: (lambda one=one: timed(lambda: ask_all(one)) / len(QUESTIONS))
            for way, one in ways.items()
        }
        report("A question over many passages", take_turns(measures, 10), "ms", "the two essays")


if __name__ == "__main__":
    main()
