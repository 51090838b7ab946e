"""Measures a page that is asked all the time while the essays are changed twenty times.

    python benchmarks/refresh_load.py [--essays N] [--refreshes N]

Another process refreshes. Counted are questions that failed, and answers that quote an essay after
its removal was in force; shown is the slowest question during a refresh beside the usual one, and
the memory of the page.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from common import ROOT, keep, make_passages

sys.path.insert(0, str(ROOT / "tests" / "probe"))
sys.path.insert(0, str(ROOT / "tests"))
os.environ["PACTQA_PROBE"] = "long"  # the page as a person starts it

from running import run_app

QUESTION = "Which creature guards the lighthouse of Quorth?"
GUARD = "The creature that guards the lighthouse of Quorth is a heron number"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--essays", type=int, default=40)
    parser.add_argument("--refreshes", type=int, default=20)
    options = parser.parse_args()
    passages = make_passages(10 * options.essays)
    with (
        tempfile.TemporaryDirectory() as name,
        run_app(
            Path(name),
            PACTQA_VISITOR_QUESTIONS="100000",
            PACTQA_EXPORTS=str(Path(name, "exports")),
        ) as app,
    ):
        corpus = Path(name, "corpus")
        for number in range(options.essays):
            text = "\n\n".join(passages[10 * number : 10 * number + 10])
            (corpus / f"made{number}.md").write_text(text)
        refresh(Path(name))
        times: dict[bool, list[float]] = {False: [], True: []}
        failed, wrong = [], []
        state = {"refreshing": False, "gone": -1, "ends": False}

        def ask() -> None:
            while not state["ends"]:
                gone, was = state["gone"], state["refreshing"]
                began = time.perf_counter()
                status, body = app.post("check", {"claim": QUESTION, "k": 5})
                took = 1000 * (time.perf_counter() - began)
                times[bool(was or state["refreshing"])].append(took)
                if status != 200:
                    failed.append(status)
                if f"{GUARD} {gone}.".encode() in body:
                    wrong.append(gone)

        askers = [threading.Thread(target=ask) for _ in range(2)]
        for asker in askers:
            asker.start()
        early = 0.0
        for number in range(options.refreshes):
            (corpus / "guard.md").write_text(f"{GUARD} {number}.\n")
            state["refreshing"] = True
            refresh(Path(name))
            state["refreshing"] = False
            state["gone"] = number - 1  # the one before is not quoted any more
            time.sleep(1)
            if number == options.refreshes // 4:
                early = app.memory()
        state["ends"] = True
        for asker in askers:
            asker.join()
        asked = sum(map(len, times.values()))
        print(
            f"{asked} questions, {options.refreshes} refreshes: {len(failed)} failed, "
            f"{len(wrong)} quote what was removed"
        )
        for during, values in times.items():
            words = "during a refresh" if during else "between them"
            print(
                f"{words}: median {statistics.median(values):.0f} ms, slowest {max(values):.0f} ms"
            )
        print(f"memory after a quarter {early:.0f} MB, at the end {app.memory():.0f} MB")
        keep(
            "Refreshes under load",
            {"failed": failed, "wrong": wrong, "times": list(times.values())},
        )


def refresh(folder: Path) -> None:
    """Refreshes in another process."""
    env = os.environ | {"PACTQA_EXPORTS": str(folder / "exports")}
    places = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    command = [sys.executable, "-m", "pactqa", "index", *places]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)


if __name__ == "__main__":
    main()
