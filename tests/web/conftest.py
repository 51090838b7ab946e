"""The fixtures of the browser tests: the app started for real, and visitors in Chromium.

- `address`: the page over the real essays with the real model, started once per run as a person
  would start it (`python app.py` on a free port); `feedback_file` is what its thumbs write to.
- `hostile_address`: the page over an essay that tries to break it, started once in this process.
- `visit(…)`: opens a page as a new visitor and gives a `Visitor`. When the test ends, every visitor
  must have seen no error in the console and sent no request to another host.

Without Chromium the tests are skipped, unless PACTQA_REQUIRE_BROWSER is set: then they fail.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ports import answers, free_port
from texts import HOSTILE

from pactqa import Assistant
from pactqa.models.encoder import SentenceEncoder

ROOT = Path(__file__).parents[2]
WAIT = 30_000  # milliseconds; the machine that runs the tests may be slow


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("PACTQA_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "verdicts.jsonl"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, feedback_file: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app")
    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GRADIO_", "PACTQA_"))} | {
        "PACTQA_CORPUS": str(ROOT / "corpus"),
        "PACTQA_INDEX": str(folder / "index"),
        "PACTQA_EXPORTS": os.environ["PACTQA_EXPORTS"],
        "PACTQA_PORT": str(port),
        "PACTQA_FEEDBACK": str(feedback_file),
        "NO_PROXY": "127.0.0.1",
    }
    log = folder / "app.log"
    with log.open("wb") as out:
        app = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py")], env=env, stdout=out, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + 120
        while not answers(url):
            if app.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The app did not start:\n{log.read_text()}")
            time.sleep(0.3)
        yield url
    finally:
        app.terminate()
        app.wait(20)
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def hostile_essay() -> str:
    """The text after the front matter, as it stands in the file."""
    return HOSTILE.split("---\n", 2)[2]


@pytest.fixture(scope="session")
def hostile_address(
    tmp_path_factory: pytest.TempPathFactory, real_encoder: SentenceEncoder
) -> Iterator[str]:
    from pactqa.web.page import build_page

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "bees.md").write_bytes(HOSTILE.encode())
    assistant = Assistant.open(folder / "corpus", folder / "index", real_encoder)
    page = build_page(assistant)
    port = free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True)
    yield f"http://127.0.0.1:{port}/"
    page.close(verbose=False)


_READ_CLIPBOARD = """async () => {
    for (let tries = 0; tries < 100; tries += 1) {
        try {
            const [item] = await navigator.clipboard.read();
            const read = async type => (await (await item.getType(type)).text());
            return [await read("text/plain"), await read("text/html")];
        } catch (error) { // changed meanwhile, or not yet what the page copies
            await new Promise(resolve => setTimeout(resolve, 100));
        }
    }
    throw new Error("Nothing was copied with its markup.");
}"""


@dataclass
class Visitor:
    """Is one person's browser window on the page."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, link: str = "") -> None:
        self.page.goto(self.address + link)
        # Attached, not visible: a link may open another tab, in which the box is hidden.
        self.page.wait_for_selector("#pq-box textarea", state="attached", timeout=WAIT)
        self.page.wait_for_selector(".pq-welcome", state="attached", timeout=WAIT)
        self.page.wait_for_function("window.pactqa", timeout=WAIT)

    def ask(self, question: str) -> Any:
        count = self.turns.count()
        self.page.fill("#pq-box textarea", question)
        self.page.press("#pq-box textarea", "Enter")
        return self.wait_for_turn(count + 1)

    def wait_for_turn(self, number: int) -> Any:
        self.page.wait_for_selector(f"#pq-turn-{number}", timeout=WAIT)
        return self.page.locator(f"#pq-turn-{number}")

    def wait_for_panel(self) -> Any:
        self.page.wait_for_selector("#pq-panel:not([hidden])", timeout=WAIT)
        return self.page.locator("#pq-panel")

    def copy(self, button: Any) -> list[str]:
        """Gives what a button copies, as plain text and as HTML.

        All windows of the browser share the clipboard, and so one that is still being written to
        can be found: what it held before is first put out of the way, and reading is tried again.
        """
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("navigator.clipboard.writeText('nothing copied')")
        button.click()
        copied: list[str] = self.page.evaluate(_READ_CLIPBOARD)
        return copied

    @property
    def turns(self) -> Any:
        return self.page.locator(".pq-turn")

    @property
    def query(self) -> str:
        return urlsplit(self.page.url).query

    def focused(self, expression: str) -> Any:
        return self.page.evaluate(f"document.activeElement.{expression}")


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visitor]]:
    contexts = []
    visitors: list[Visitor] = []

    def open_page(
        link: str = "", width: int = 1280, height: int = 900, theme: str = "light", **options: Any
    ) -> Visitor:
        url = options.pop("address", address)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            accept_downloads=True,
            **options,
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), url)
        visitors.append(visitor)
        watch(visitor)
        visitor.go(link)
        return visitor

    yield open_page
    for context in contexts:
        context.close()
    assert [visitor.complaints for visitor in visitors if visitor.complaints] == []


def watch(visitor: Visitor) -> None:
    def on_console(message: Any) -> None:
        if message.type == "error":
            visitor.complaints.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        if not re.match(r"(?:http://127\.0\.0\.1:\d+/|data:|blob:)", request.url):
            visitor.complaints.append(f"request: {request.url}")

    visitor.page.on("console", on_console)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(f"error: {error}"))
    visitor.page.on("request", on_request)
    visitor.page.on("dialog", lambda dialog: visitor.complaints.append(f"dialog: {dialog.message}"))
