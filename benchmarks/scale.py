"""Measures search over many passages: time, recall, memory and opening time at each size.

    python benchmarks/scale.py [--most N]

The vectors are made, for encoding a million passages takes days: topics at random, with passages
around them that are as near to each other (cosine about .5) as those of real essays on one subject.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
from common import keep, plot, python, read_memory, run

from pactqa.index.vectors import VectorIndex, build_faiss

DIM, K, QUESTIONS = 384, 20, 60


def make_vectors(count: int, chance: np.random.Generator, topics: np.ndarray) -> np.ndarray:
    """Makes unit vectors around topics."""
    found = np.empty((count, DIM), dtype=np.float32)
    for first in range(0, count, 50_000):
        size = min(50_000, count - first)
        rows = topics[chance.integers(len(topics), size=size)]
        rows = rows + chance.standard_normal((size, DIM), dtype=np.float32)
        found[first : first + size] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def measure(index: VectorIndex, questions: np.ndarray) -> tuple[float, list[list[int]]]:
    """Gives the median time of a search in milliseconds, and what was found."""
    times, found = [], []
    for question in questions:
        began = time.thread_time()
        hits = index.search(question, K)
        times.append(1000 * (time.thread_time() - began))
        found.append([number for number, _ in hits])
    return float(np.median(times)), found


def open_apart(file: str) -> tuple[float, float]:
    """Gives the seconds and the megabytes that opening an index takes in a process of its own.

    In this one the room of what was freed before would be used again.
    """
    _, _, said = run(python(__file__, "--open", file))
    seconds, megabytes = said.split()
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--open", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        before, began = read_memory(), time.perf_counter()
        index = faiss.read_index(options.open)
        print(time.perf_counter() - began, read_memory() - before if index.ntotal else 0)
        return
    most = options.most
    faiss.omp_set_num_threads(1)
    sizes = [size for size in (1000, 10_000, 50_000, 100_000, 300_000, 1_000_000) if size <= most]
    rows = []
    print("passages  exact ms  chosen ms  recall@20  build s  open s  memory MB")
    for size in sizes:
        chance = np.random.default_rng(size)
        topics = chance.standard_normal((max(size // 200, 10), DIM), dtype=np.float32)
        vectors, questions = (make_vectors(n, chance, topics) for n in (size, QUESTIONS))
        exact = faiss.IndexIDMap2(faiss.IndexFlatIP(DIM))
        exact.add_with_ids(vectors, np.arange(size))
        exact_ms, wanted = measure(VectorIndex(exact, "exact"), questions)
        del exact
        began = time.process_time()
        index = build_faiss(np.arange(size), vectors)
        build = time.process_time() - began
        del vectors
        with TemporaryDirectory() as folder:
            file = str(Path(folder, "index.faiss"))
            faiss.write_index(index, file)
            del index
            opening, memory = open_apart(file)
            opened = VectorIndex(faiss.read_index(file), "chosen")
        chosen_ms, found = measure(opened, questions)
        recall = np.mean([len({*a} & {*b}) / K for a, b in zip(wanted, found, strict=True)])
        rows.append((size, exact_ms, chosen_ms, float(recall), build, opening, memory))
        print("{:>8}  {:8.2f}  {:9.2f}  {:9.4f}  {:7.1f}  {:6.2f}  {:9.0f}".format(*rows[-1]))
    keep("Scale", rows)
    lines = {"all passages": [row[1] for row in rows], "as chosen": [row[2] for row in rows]}
    plot("scale", sizes, lines, "milliseconds a search")


if __name__ == "__main__":
    main()
