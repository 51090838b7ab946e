"""What the benchmarks share: alternating runs, medians, ratios, a JSON file and a plot.

What is compared is run in turn, so that whatever else the machine does meets both. Beside the wall
time stands the processor time, which says more on a machine that is busy with other things.
"""

import json
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PLAIN = ROOT / "benchmarks" / "plain.py"
QUESTION = "Why did Stalin sign the pact with Hitler?"


def run(command: Sequence[str]) -> tuple[float, float, str]:
    """Runs a command; gives its wall time, its processor time and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1 or (done.returncode and not done.stdout):
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def take_turns(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Measures each way once a round."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, measure in ways.items():
            found[name].append(measure())
    return found


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Gives the milliseconds that an action takes."""
    began = clock()
    action()
    return 1000 * (clock() - began)


def report(
    name: str, found: Mapping[str, Sequence[float]], unit: str, baseline: str | None = None
) -> dict[str, float]:
    """Prints medians, with ratios to a baseline, and adds them to the JSON file of a benchmark."""
    medians = {way: statistics.median(values) for way, values in found.items()}
    print(f"\n{name} ({unit}, medians of {max(map(len, found.values()))})")
    for way, value in medians.items():
        ratio = ""
        if baseline and way != baseline and value:
            ratio = f"{medians[baseline] / value:8.2f} times less than {baseline}"
        print(f"  {way:<44}{value:>10.2f} {ratio}", flush=True)
    keep(name, {"unit": unit, "medians": medians, "all": {k: list(v) for k, v in found.items()}})
    return medians


def keep(name: str, content: object) -> None:
    """Writes what was measured as JSON."""
    RESULTS.mkdir(exist_ok=True)
    machine = {"processor": _read_processor(), "cores": len(os.sched_getaffinity(0))}
    file = RESULTS / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}.json"
    file.write_text(json.dumps({"machine": machine, "found": content}, indent=1), "utf-8")


def plot(name: str, xs: Sequence[float], lines: Mapping[str, Sequence[float]], labels: str) -> None:
    """Draws lines over the number of passages, both on logarithmic axes."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 3.6))
    for line, values in lines.items():
        axes.loglog(xs[: len(values)], values, marker="o", label=line)
    axes.set_xlabel("passages")
    axes.set_ylabel(labels)
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(RESULTS / f"{name}.svg")
    print(f"drawn: {RESULTS / name}.svg")


def make_passages(count: int) -> list[str]:
    """Makes passages of 60 to 140 words of the sentences of the essays, always the same."""
    chance = random.Random(1)
    text = " ".join(file.read_text("utf-8") for file in sorted((ROOT / "corpus").glob("*.md")))
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if 40 < len(s) < 400]
    passages = []
    for number in range(count):
        words: list[str] = [f"({number})"]
        wanted = chance.randint(60, 140)
        while len(words) < wanted:
            words += chance.choice(sentences).split()
        passages.append(" ".join(words[:wanted]))
    return passages


def read_memory(process: int | str = "self") -> float:
    """Gives the megabytes of memory that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def _read_processor() -> str:
    file = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", file.read_text("ascii")) if file.exists() else None
    return found[1] if found else platform.processor()


def make_questions(count: int) -> list[str]:
    """Makes questions of many kinds about the essays, always the same."""
    chance = random.Random(2)
    beginnings = [
        "Why did",
        "How did",
        "What made",
        "when did",
        "did",
        "who said that",
        "tell me if",
    ]
    whose = ["Stalin", "Hitler", "Germany", "the Soviet Union", "Britain", "France", "Molotov"]
    what = [
        "trust the West",
        "sign the pact",
        "want Poland",
        "gain time",
        "fear Japan",
        "lose the war",
        "expand its territory",
        "prepare the army",
        "join the League of Nations",
        "bake bread",
    ]
    return [
        f"{chance.choice(beginnings)} {chance.choice(whose)} {chance.choice(what)} {number}?"
        for number in range(count)
    ]
