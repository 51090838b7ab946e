"""The log of requests: a line for each, and nothing of what was asked unless that is set."""

import json
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pactqa.errors import SettingError
from pactqa.server_settings import read_log
from pactqa.web.request_log import RequestLog


def open_client(kind, lines):
    async def answer(request: Request):
        await request.body()
        if request.url.path == "/fails":
            raise RuntimeError("broken")
        return PlainTextResponse("", 404 if request.url.path == "/gone" else 200)

    app = Starlette(
        routes=[Route("/{path:path}", answer, methods=["GET", "POST"])],
        middleware=[Middleware(RequestLog, kind=kind, write=lines.append)],
    )
    return TestClient(app, raise_server_exceptions=False)


def test_a_line_says_what_was_requested_and_how_it_ended():
    lines = []
    client = open_client("requests", lines)
    client.get("/gone?q=Munich")
    client.post("/turns", data={"turn": "?q=Munich"})
    client.get("/fails")
    rows = [json.loads(line) for line in lines]
    assert all(line.endswith("}\n") and line.count("\n") == 1 for line in lines)
    assert [(row["method"], row["path"], row["status"]) for row in rows] == [
        ("GET", "/gone", 404),
        ("POST", "/turns", 200),
        ("GET", "/fails", 500),
    ]
    assert all(datetime.fromisoformat(row["at"]).tzinfo and 0 <= row["ms"] < 9999 for row in rows)
    assert all(set(row) == {"at", "method", "path", "status", "ms"} for row in rows)
    assert "Munich" not in "".join(lines)


def test_what_was_asked_is_written_only_if_that_is_set():
    lines = []
    client = open_client("questions", lines)
    client.get("/plain?q=Munich+%C3%BC%0A")
    client.post("/turns", data={"turn": "?q=Why"})
    client.post("/check", content=b"\xff" * 9000)
    asked = [json.loads(line)["asked"] for line in lines]
    assert asked[:2] == ["q=Munich \u00fc\n", "turn=?q=Why"]
    assert len(asked[2]) == 2000
    assert all(line.count("\n") == 1 for line in lines)


@pytest.mark.parametrize("end", ["call/ask/0123", "heartbeat/0123", "queue/data"])
def test_no_line_names_a_visit_or_an_answer_of_gradio(end):
    lines = []
    open_client("requests", lines).get(f"/gradio_api/{end}?session_hash=0123")
    assert json.loads(lines[0])["path"] == f"/gradio_api/{end.split('/')[0]}"
    open_client("requests", lines).get("/" + "a" * 5000)
    assert len(json.loads(lines[1])["path"]) == 200


def test_the_setting_is_one_of_three_words(monkeypatch):
    monkeypatch.delenv("PACTQA_LOG", raising=False)
    assert read_log() == "off"
    monkeypatch.setenv("PACTQA_LOG", "Questions")
    assert read_log() == "questions"
    monkeypatch.setenv("PACTQA_LOG", "all")
    with pytest.raises(SettingError, match="PACTQA_LOG is 'all'"):
        read_log()


def test_lines_go_to_the_error_stream(capsys):
    app = RequestLog(PlainTextResponse("x"), "requests")
    TestClient(app).get("/x")
    assert json.loads(capsys.readouterr().err)["path"] == "/x"


def test_the_page_is_launched_with_a_log_only_if_that_is_set(assistant, monkeypatch):
    import gradio as gr

    from pactqa.web.page import build_page

    launched = []
    monkeypatch.setattr(gr.Blocks, "launch", lambda self, **options: launched.append(options))
    page = build_page(assistant({"bees.md": "Bees dance."}))
    for setting in ("", "requests"):
        monkeypatch.setenv("PACTQA_LOG", setting)
        page.launch()
    first, second = ([m.cls for m in one["app_kwargs"]["middleware"]] for one in launched)
    assert RequestLog not in first
    assert second[0] is RequestLog  # so that what is refused is written, too
