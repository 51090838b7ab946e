"""Measures the index in a Qdrant collection beside the one in a folder, on labelled questions.

    python scripts/measure_engines.py --questions FILE --documents FILE [--every N]

The collection is kept by Qdrant's own engine as a library, so there is no network in the figures;
`PACTQA_TEST_QDRANT=http://HOST:6333` takes a server instead. Both are asked the same questions in
turn.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from edge_client import EdgeClient
from qdrant_client import QdrantClient

from pactqa import Assistant
from pactqa.evaluation.evaluate import open_documents
from pactqa.evaluation.labels import read_documents, read_questions
from pactqa.index.qdrant_index import QdrantIndex
from pactqa.models.choice import load_models


def size_of(folder: Path) -> int:
    """Gives the bytes that the files of a folder take on the disk."""
    return sum(512 * path.stat().st_blocks for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    questions = read_questions(options.questions)[:: options.every]
    server = os.environ.get("PACTQA_TEST_QDRANT")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = load_models(folder / "exports")
        embedded = open_documents(folder / "embedded", read_documents(options.documents), *models)
        client = QdrantClient(url=server) if server else EdgeClient(folder / "qdrant")
        index = QdrantIndex(client, "measured", folder / "local", "measured")
        served = Assistant(embedded.corpus, index, *models)
        began = time.perf_counter()
        served.refresh()
        print(f"built in {time.perf_counter() - began:.1f} s, with encoding")
        passages = sum(len(embedded.passages(essay.id)) for essay in embedded.essays())
        print(f"{passages} passages, {len(questions)} questions")
        if not server:
            ours, theirs = size_of(folder / "embedded"), size_of(folder / "qdrant")
            print(f"disk a passage: folder {ours / passages:,.0f}, Qdrant {theirs / passages:,.0f}")
        times: dict[str, list[float]] = {"folder": [], "Qdrant": []}
        same = first = 0
        for labelled in questions:
            found = []
            for kind, assistant in (("folder", embedded), ("Qdrant", served)):
                began = time.perf_counter()
                answer = assistant.ask(labelled.question, k=5)
                times[kind].append(1000 * (time.perf_counter() - began))
                found.append([hit.passage.id for hit in answer.hits])
            same += found[0] == found[1]
            first += found[0][:1] == found[1][:1]
        print(f"the same first passage {first}, the same five {same}, of {len(questions)}")
        for kind, values in times.items():
            p95 = statistics.quantiles(values, n=20)[-1]
            print(f"{kind}: median {statistics.median(values):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
