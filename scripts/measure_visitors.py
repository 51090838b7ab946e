"""Measures how long visitors wait when many ask at the same time, and whether answers get mixed up.

Starts the app on a free port (or uses the one at --address), asks the questions of a file through
`gradio_client`, first one visitor alone, then all visitors at once, each with a connection of their
own, and prints the median and the 95th percentile of both. An answer is right if it is for the
question asked and quotes the same passages as the Assistant gives when asked directly.

    python scripts/measure_visitors.py [--visitors 20] [--questions 5] [--address http://…]
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from gradio_client import Client

from pactqa import Assistant
from pactqa.answer import render_json

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "data" / "questions_twenty.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--questions", type=int, default=5, help="for each visitor")
    parser.add_argument("--address", help="of an app that is running, over the same essays")
    options = parser.parse_args()
    questions = [row["question"] for row in json.loads(QUESTIONS.read_text(encoding="utf-8"))]
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(ROOT / "corpus", Path(folder) / "index")
        wanted = {q: passages_of(render_json(assistant.ask(q))) for q in questions}
        app = None if options.address else start_app(Path(folder))
        address = options.address or f"http://127.0.0.1:{app[1]}/"
        try:
            right = measure(address, questions, wanted, options.visitors, options.questions)
        finally:
            if app:
                app[0].terminate()
                app[0].wait(20)
    return 0 if right else 1


def measure(address, questions, wanted, visitors, each) -> bool:
    clients = [connect(address) for _ in range(visitors)]
    ask_all(clients[0], questions[:3], wanted)  # warm
    alone = ask_all(clients[0], pick(questions, 0, each * 4), wanted)
    results = [[] for _ in clients]
    barrier = threading.Barrier(visitors + 1)

    def visit(number):
        barrier.wait()
        results[number] = ask_all(clients[number], pick(questions, number, each), wanted)

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(visitors)]
    for thread in threads:
        thread.start()
    barrier.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - start
    together = [row for rows in results for row in rows]
    report("one visitor alone", alone)
    report(f"{visitors} visitors at once", together)
    print(f"{len(together)} questions in {whole:.1f} s: {len(together) / whole:.0f} a second")
    return all(right for _, right in alone + together) and len(together) == visitors * each


def pick(questions, first, count):
    return [questions[(first + n) % len(questions)] for n in range(count)]


def ask_all(client, questions, wanted):
    rows = []
    for question in questions:
        start = time.perf_counter()
        found = client.predict(question, api_name="/ask")
        seconds = time.perf_counter() - start
        right = found["question"] == question and passages_of(found) == wanted[question]
        rows.append((seconds, right))
    return rows


def passages_of(found):
    return [(passage["essay"], passage["start"], passage["quote"]) for passage in found["passages"]]


def report(name, rows):
    times = sorted(seconds * 1000 for seconds, _ in rows)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    right = sum(right for _, right in rows)
    print(
        f"{name}: median {statistics.median(times):.0f} ms, 95th percentile {p95:.0f} ms, "
        f"{right} of {len(rows)} answers right"
    )


def connect(address, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return Client(address, verbose=False)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def start_app(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"PACTQA_PORT": str(port), "PACTQA_INDEX": str(folder / "app-index")}
    return subprocess.Popen([sys.executable, ROOT / "app.py"], env=env), port


if __name__ == "__main__":
    sys.exit(main())
