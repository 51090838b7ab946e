"""Measures the memory of a program that answers 1,000 questions, and twenty visitors at once.

python benchmarks/memory.py [--questions N]
"""

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import PLAIN, ROOT, keep, make_questions, python, read_memory, run


def answer(folder: str, count: int) -> None:
    """Answers questions in this process and prints its memory after every hundred."""
    from pactqa import Assistant

    assistant = Assistant.open(ROOT / "corpus", Path(folder, "index"))
    for number, question in enumerate(make_questions(count), start=1):
        assistant.ask(question)
        if number % 100 == 0:
            print(read_memory(), flush=True)
    times = []

    def ask(question: str) -> None:
        began = time.perf_counter()
        assistant.ask(question)
        times.append(time.perf_counter() - began)

    began = time.perf_counter()
    with ThreadPoolExecutor(20) as visitors:
        list(visitors.map(ask, make_questions(200)))
    took = time.perf_counter() - began
    print(200 / took, 1000 * statistics.quantiles(times, n=20)[18])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.folder:
        answer(given.folder, given.questions)
        return
    many = str(given.questions)
    with tempfile.TemporaryDirectory() as folder:
        run(python("-m", "pactqa", "ask", "hello", "--index", str(Path(folder, "index"))))
        own = run(python(__file__, "--folder", folder, "--questions", many))[2].splitlines()
        plain = run(python(str(PLAIN), folder, "--many", many))[2].splitlines()
    ours, theirs = [float(line) for line in own[:-1]], [float(line) for line in plain]
    speed, slow = map(float, own[-1].split())
    half = len(ours) // 2 - 1
    print(
        f"pactqa with the reader: {ours[-1]:.0f} MB after {many} questions, "
        f"{ours[-1] - ours[half]:+.1f} MB over the second half"
    )
    print(
        f"sentence-transformers + faiss: {theirs[-1]:.0f} MB, {theirs[-1] - theirs[half]:+.1f} MB"
    )
    print(f"twenty visitors at once: {speed:.1f} questions a second, p95 {slow:.0f} ms")
    keep("Memory", {"pactqa": ours, "plain": theirs, "visitors": [speed, slow]})


if __name__ == "__main__":
    sys.exit(main())
