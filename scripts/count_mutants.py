"""Counts what `make mutate` left: for each module, the mutants and the share that a test killed.

    python scripts/count_mutants.py [ROOM]…

Below the table stand the mutants that no test noticed; `mutmut show NAME` prints the change.
"""

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path("mutants") / "src"
SURVIVED = {0: "survived", 33: "no test", 5: "no test", 255: "not tried", None: "not tried"}
"""What an exit status of the tests means; with any other they failed, so the mutant was killed.

255 is said where pytest could not be called; nothing is known of such a mutant.
"""


def main() -> None:
    rooms = sys.argv[1:]
    left = []
    print(f"{'module':32}{'mutants':>8}{'killed':>8}{'left':>6}{'share':>8}")
    total = Counter()
    for file in sorted(ROOT.rglob("*.meta")):
        module = str(file.relative_to(ROOT / "pactqa")).removesuffix(".py.meta").replace("/", ".")
        statuses = json.loads(file.read_text("utf-8"))["exit_code_by_key"]
        if not statuses or (rooms and module.split(".")[0] not in rooms):
            continue
        killed = sum(status not in SURVIVED for status in statuses.values())
        left += [(name, SURVIVED[s]) for name, s in statuses.items() if s in SURVIVED]
        total.update(mutants=len(statuses), killed=killed)
        print_row(module, len(statuses), killed)
    if total:
        print_row("all", total["mutants"], total["killed"])
    for name, why in left:
        print(f"{why:10} {name}")


def print_row(name: str, mutants: int, killed: int) -> None:
    print(f"{name:32}{mutants:8}{killed:8}{mutants - killed:6}{killed / mutants:8.1%}")


if __name__ == "__main__":
    main()
