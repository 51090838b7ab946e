"""Measures how long it takes from nothing to the first answer, on the project's essays.

python benchmarks/cold_start.py [--rounds N]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from common import PLAIN, QUESTION, python, report, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        asking = python("-m", "pactqa", "ask", QUESTION, "--index", str(Path(folder, "index")))
        commands = {
            "pactqa ask": asking,
            "sentence-transformers + faiss": python(str(PLAIN), folder, QUESTION),
            "pactqa --version": python("-m", "pactqa", "--version"),
            "pactqa --help": python("-m", "pactqa", "--help"),
        }
        print(f"First time, with export and index: {run(asking)[0]:.1f} s of wall time")
        for command in commands.values():
            run(command)
        walls: dict[str, list[float]] = {name: [] for name in commands}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                wall, cpu, _ = run(command)
                walls[name].append(wall)
                times[name].append(cpu)
    report("Cold start, wall", walls, "s", "sentence-transformers + faiss")
    report("Cold start, processor", times, "s", "sentence-transformers + faiss")


if __name__ == "__main__":
    sys.exit(main())
