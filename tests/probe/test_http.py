"""Sends whatever can be sent to every address, and many visitors at once: nothing breaks.

Whatever comes, the answer is no 500, the log has no traceback, and questions are answered after it.
`PACTQA_PROBE=long` sends 6,000 requests instead of 1,500, and has 200 visitors for two minutes.
"""

import html
import json
import random
import re
import statistics
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException

import pytest
from running import ESSAYS, IS_LONG, QUESTIONS, run_app

pytestmark = pytest.mark.probe

REQUESTS = 6000 if IS_LONG else 1500
VISITORS, SECONDS = (200, 120) if IS_LONG else (20, 5)

OURS = (
    "plain", "essay/bees", "panel", "turns", "export/md", "export/csv", "export/docx", "check",
    "claims/check", "claims/propose", "claims/quotations", "claims/open", "claims/sheet/md",
    "claims/reasons", "claims/reasons/csv", "healthz", "page/0/main.js", "no/such", "",
)  # fmt: skip
GRADIOS = (
    "config", "theme.css", "robots.txt", "manifest.json", "login", "logout", "token", "user",
    "info", "call/ask", "call/check", "call/nothing", "call/v2/ask", "call/v2/check",
    "call/v2/nothing", "call/ask/none", "run/predict", "run/ask", "api/ask", "api/predict",
    "queue/join", "queue/data", "queue/status", "cancel", "reset", "heartbeat/none", "upload",
    "startup-events", "app_id", "openapi.json", "component_server", "file=/etc/passwd",
    "static/x", "assets/x", "custom_component/1/client/component/x", "svelte/x", "mcp/",
)  # fmt: skip
POSTED = (
    "turns|export|check|propose|quotations|open|sheet|call/(?!ask/none)|run/|api/|queue/join"
    "|cancel|reset|upload|component_server"
)
TEXTS = (
    "", " ", "Why do bees dance?", "=1+1", "\ud83d", "\x00", "\u202e", "a" * 600, "A-" * 5000, "'",
    "<b>", "${7*7}", "{{7*7}}", "../../etc/passwd", "%00", "\r\nSet-Cookie: a=b", "nan", "-1",
)  # fmt: skip
NAMES = (
    "q", "turn", "take", "essay", "essays", "p", "key", "k", "question", "previous", "claim",
    "style", "which", "name", "first", "said", "data", "fn_index", "session_hash", "event_data",
    "event_id", "trigger_id", "api_name", "batched", "shown", "typed", "simple_format",
)  # fmt: skip


def make_value(chance, depth=0):
    kinds = 8 if depth < 3 else 6
    match chance.randrange(kinds):
        case 0 | 1:
            return chance.choice(TEXTS)
        case 2:
            return chance.choice((0, 1, -1, 3, 4, 99, 10**30, 2**63))
        case 3:
            return chance.choice((1.5, float("nan"), float("inf"), -0.0, 1e300))
        case 4:
            return chance.choice((None, True, False))
        case 5:
            return [[], {}, [None], "x"][chance.randrange(4)]
        case 6:
            return [make_value(chance, depth + 1) for _ in range(chance.randrange(5))]
        case _:
            return {chance.choice(NAMES): make_value(chance, depth + 1) for _ in range(3)}


def make_body(chance):
    """Gives a body and the kind that it is said to be."""
    fields = {name: make_value(chance) for name in chance.sample(NAMES, chance.randrange(1, 9))}
    if chance.random() < 0.5:  # such as Gradio would almost read
        fields |= {
            "fn_index": chance.choice((0, 1, 2, 3, 4, 5, -1, "3", None)),
            "session_hash": chance.choice(("one", "two", "", None, 5)),
            "data": chance.choice(([], ["Why?"], ["Why?", 3, None, None], [5, "x", 1, {}], None)),
        }
    kind = chance.choice(
        ("application/json", "application/x-www-form-urlencoded", "application/octet-stream", "x")
    )
    match chance.randrange(6):
        case 0:
            body = chance.randbytes(chance.randrange(200))
        case 1:
            body = b"[" * 5000
        case 2:
            pairs = [(name, str(value)) for name, value in fields.items()]
            body = urllib.parse.urlencode(pairs, errors="surrogatepass").encode()
        case 3:
            body = json.dumps(make_value(chance)).encode()
        case _:
            body, kind = json.dumps(fields).encode(), "application/json"
    return body, kind


def make_request(url, chance):
    path = chance.choice(OURS) if chance.random() < 0.5 else chance.choice(GRADIOS)
    if path in GRADIOS and chance.random() < 0.8:
        path = f"gradio_api/{path}"
    if chance.random() < 0.1:
        path += urllib.parse.quote(chance.choice(TEXTS), errors="surrogatepass")
    if chance.random() < 0.5:
        pairs = [(chance.choice(NAMES), chance.choice(TEXTS)) for _ in range(3)]
        path += f"?{urllib.parse.urlencode(pairs, errors='surrogatepass')}"
    method = "POST" if re.search(POSTED, path) else "GET"
    if chance.random() < 0.1:
        method = chance.choice(("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"))
    body, kind = make_body(chance) if method in ("POST", "PUT") else (None, "")
    request = urllib.request.Request(url + path, body, {"Content-Type": kind}, method=method)
    if chance.random() < 0.2:
        name = chance.choice(("Range", "Accept-Encoding", "Cookie", "If-None-Match", "Origin"))
        request.add_header(name, chance.choice(("bytes=9-1", "x", "a=b;;", "http://evil.example")))
    return request


def test_whatever_is_sent_breaks_nothing(tmp_path, capsys):
    chance, statuses = random.Random(7), Counter()
    with run_app(tmp_path, PACTQA_VISITOR_QUESTIONS="100000") as app:
        for number in range(REQUESTS):
            request = make_request(app.url, chance)
            told = (
                f"{number}: {request.method} {request.full_url[:200]} {(request.data or b'')[:300]}"
            )
            if "heartbeat" in request.full_url and request.method == "GET":
                continue  # it goes on as long as the page is open
            try:
                status, _ = app.send(request)
            except (OSError, HTTPException) as error:
                pytest.fail(f"{told}\n{error!r}\n{app.said[-3000:]}")
            statuses[status] += 1

            assert status < 500, told
            assert "Traceback" not in app.said, f"{told}\n{app.said[-3000:]}"
        answer = app.post("turns", [("turn", "?q=Why+do+bees+dance%3F")])[1].decode()
        assert "Bees dance for flowers." in re.sub("<.*?>", "", answer)
        assert "could not answer" not in app.said, app.said
    with capsys.disabled():
        print(f"\n{REQUESTS} requests: {dict(sorted(statuses.items()))}, no traceback")


@dataclass(slots=True)
class Asked:
    """What a visitor got."""

    answered: list[float] = field(default_factory=list)  # seconds of each answer
    refused: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def ask(self, url, number, chance):
        question = chance.choice(QUESTIONS)
        fields = urllib.parse.urlencode([("turn", f"?{urllib.parse.urlencode({'q': question})}")])
        request = urllib.request.Request(f"{url}turns", fields.encode())
        request.add_header("X-Forwarded-For", f"10.0.0.{number}")
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                page = reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                said, wait = error.read().decode(), error.headers.get("Retry-After", "")
            self.refused[error.code] += 1
            if error.code not in (429, 503) or "Ask again in" not in said or not wait.isdigit():
                self.wrong.append(f"{error.code} {said[:200]}")
            return min(float(wait or 1), 3)
        except (OSError, HTTPException) as error:
            self.wrong.append(repr(error))
            return 1.0
        self.answered.append(time.monotonic() - began)
        quotes = re.findall(r"<blockquote.*?>(.*?)</blockquote>", page, re.DOTALL)
        if not quotes and question != "Munich":  # of which the essays say nothing
            self.wrong.append(f"no quotation for {question}: {page[:300]}")
        for quote in quotes:
            words = html.unescape(re.sub("<.*?>", "", quote)).strip()
            if not any(words in essay for essay in ESSAYS.values()):
                self.wrong.append(f"not in an essay: {words[:200]}")
        return 0.0


def test_many_visitors_at_once_are_answered_or_refused_politely(tmp_path, capsys):
    settings = {"PACTQA_PROXY": "yes", "PACTQA_VISITOR_QUESTIONS": "60"}
    with run_app(tmp_path, **settings) as app:
        end = time.monotonic() + SECONDS

        def visit(number):
            asked, chance = Asked(), random.Random(number)
            while time.monotonic() < end:
                wait = asked.ask(app.url, number, chance)
                time.sleep(wait or chance.random())
            return asked

        with ThreadPoolExecutor(VISITORS) as pool:
            visitors = list(pool.map(visit, range(VISITORS)))
        assert app.get("healthz")[0] == 200
        assert "Traceback" not in app.said, app.said[-3000:]
    times = sorted(second for asked in visitors for second in asked.answered)
    refused = sum((asked.refused for asked in visitors), Counter())
    with capsys.disabled():
        print(
            f"\n{VISITORS} visitors, {SECONDS} s: {len(times)} answered, refused {dict(refused)}, "
            f"median {statistics.median(times):.2f} s, p95 {times[int(len(times) * 0.95)]:.2f} s"
        )
    assert [wrong for asked in visitors for wrong in asked.wrong] == []
    assert all(asked.answered for asked in visitors)  # none was left out


def test_a_question_with_half_a_character_is_answered_in_every_way_of_asking(tmp_path):
    question = "Why do bees dance \ud83d?"
    with run_app(tmp_path) as app:
        (number,) = (
            one["id"]
            for one in json.loads(app.get("config")[1])["dependencies"]
            if one["api_name"] == "ask"
        )
        named = {"question": question, "previous": "\ud800"}
        event = json.loads(app.post("gradio_api/call/v2/ask", named)[1])["event_id"]
        call = {"fn_index": number, "data": [question, 3, None, None], "session_hash": "one"}
        app.post("gradio_api/queue/join", call)
        pairs = [("turn", "?q=Why+do+bees+dance+%ED%A0%BD%3F")]
        answers = [
            app.get(f"gradio_api/call/ask/{event}"),
            app.get("gradio_api/queue/data?session_hash=one"),
            app.post("gradio_api/run/predict", call),
            app.post("check", {"claim": question}),
            app.post("turns", pairs),
            app.post("export/md", pairs),
            app.post("export/csv", pairs),
        ]
        for status, answer in answers:
            text = re.sub("</?mark>", "", answer.decode())
            assert status == 200
            assert "Bees dance for flowers" in text, text[:300]
        assert app.post("export/docx", pairs)[0] == 200
        assert "could not answer" not in app.said and "Traceback" not in app.said
