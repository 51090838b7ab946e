"""An app started for a probe, and what is asked of it.

The short probes run it with the tests' small encoder (`small_app.py`), the long ones as a person
would start it.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
IS_LONG = os.environ.get("PACTQA_PROBE") == "long"
PROGRAM = ROOT / "app.py" if IS_LONG else Path(__file__).with_name("small_app.py")
ESSAYS = {
    "bees.md": "# Dance\nBees dance for flowers.\n\nThe queen of the bees rests in winter.\n",
    "honey.md": "# Honey\nHoney is made of nectar by bees.\n\nBees need flowers, too.\n",
    "kings.txt": "The king raised a tax.\n\nBread was dear, so the people fled.\n",
}
QUESTIONS = ("Why do bees dance?", "Who raised a tax?", "What is honey made of?", "Munich")


@dataclass(frozen=True, slots=True)
class App:
    """A running app."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def said(self) -> str:
        """What it has written, errors too."""
        return self.log.read_text()

    def get(self, path: str) -> tuple[int, bytes]:
        return self.send(urllib.request.Request(self.url + path))

    def post(self, path: str, body: Any) -> tuple[int, bytes]:
        """Sends a form if the body is a list of pairs, bytes as they are, and the rest as JSON."""
        kind = "application/json"
        if isinstance(body, list):
            body, kind = urllib.parse.urlencode(body).encode(), "application/x-www-form-urlencoded"
        elif not isinstance(body, bytes):
            body = json.dumps(body).encode()
        return self.send(urllib.request.Request(self.url + path, body, {"Content-Type": kind}))

    def send(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def memory(self) -> float:
        """Gives the megabytes that the app holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


@contextmanager
def run_app(folder: Path, **settings: str) -> Iterator[App]:
    """Runs the app over three short essays, and tells it to end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    corpus, log = folder / "corpus", folder / "app.log"
    corpus.mkdir()
    for name, text in ESSAYS.items():
        (corpus / name).write_text(text)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "PACTQA_"))} | {
        "PACTQA_CORPUS": str(corpus),
        "PACTQA_INDEX": str(folder / "index"),
        "PACTQA_PORT": str(port),
        **settings,
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], env=env, stdout=out, stderr=subprocess.STDOUT
        )
    app = App(f"http://127.0.0.1:{port}/", process, log)
    try:
        deadline = time.monotonic() + 300  # it may have to export the models first
        while True:
            with suppress(OSError):
                if app.get("healthz")[0] == 200:
                    break
            assert process.poll() is None and time.monotonic() < deadline, app.said
            time.sleep(0.3)
        yield app
    finally:
        process.terminate()
        process.wait(30)
