"""What Gradio could not answer is refused before it, in a sentence."""

import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pactqa.web.gradio_calls import GradioCalls


def ask(question: str, k: int | None = None):
    raise NotImplementedError


def make_page():
    value = SimpleNamespace(skip_api=False)
    functions = {
        0: SimpleNamespace(fn=ask, api_name="pq_thumb", api_visibility="private", inputs=[]),
        1: SimpleNamespace(fn=None, api_name="then", api_visibility="private", inputs=[]),
        2: SimpleNamespace(fn=ask, api_name="ask", api_visibility="public", inputs=[value, value]),
    }
    queue = SimpleNamespace(
        event_ids_to_events={"made": 1},
        pending_event_ids_session={"visit": {"done"}, "alone": {"alone"}},
        pending_messages_per_session={"visit": 1},
    )
    return SimpleNamespace(fns=functions, _queue=queue)


@pytest.fixture
def client():
    async def answer(request: Request):
        if request.url.path.endswith("/fails"):
            raise KeyError("a visitor's question")
        if request.method == "POST":
            said = await request.json()
            if "error" in said:
                return JSONResponse({"error": said["error"]}, 500)
            return JSONResponse(said)
        return JSONResponse("answered")

    routes = [Route("/{path:path}", answer, methods=["GET", "POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(GradioCalls, page=make_page())])
    return TestClient(app, raise_server_exceptions=False)


GOOD = [
    ("call/ask", {"data": ["Why?", None]}),
    ("call/v2/ask", {"question": "Why?"}),
    ("call/v2/ask/", {"question": "Why?", "k": 3}),
    ("run/ask", {"data": ["Why?", 3]}),
    ("run/predict", {"fn_index": 0, "data": [], "session_hash": "a1", "event_data": {"x": 1}}),
    ("queue/join", {"fn_index": 2, "data": ["Why?", 3], "session_hash": "a1", "trigger_id": 5}),
    ("cancel", {"session_hash": "a1", "fn_index": 2, "event_id": "e1"}),
    ("reset", {"event_id": "e1"}),
]


@pytest.mark.parametrize(("path", "body"), GOOD)
def test_a_call_reaches_gradio_as_it_was_sent(client, path, body):
    reply = client.post(f"/gradio_api/{path}", json=body)
    assert (reply.status_code, reply.json()) == (200, body)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("call/ask", b"[1", "JSON object"),
        ("call/ask", b"[" * 5000, "JSON object"),
        ("call/ask", b"[]", "JSON object"),
        ("call/ask", b"\xff", "JSON object"),
        ("call/nothing", {"data": []}, "The calls are: ask."),
        ("call/pq_thumb", {"data": []}, "The calls are: ask."),
        ("run/predict", {"fn_index": 1, "data": []}, "no such call"),
        ("run/predict", {"fn_index": True, "data": []}, "no such call"),
        ("run/predict", {"fn_index": [0], "data": []}, "no such call"),
        ("queue/join", {"data": []}, "no such call"),
        ("call/ask", {"data": ["Why?"]}, "a list of 2 values"),
        ("call/ask", {"data": "Why?"}, "a list of 2 values"),
        ("call/ask", {"data": ["Why?", 3], "batched": True}, "one by one"),
        ("run/predict", {"fn_index": 0, "data": [], "event_data": 5}, "a JSON object"),
        ("run/predict", {"fn_index": 0, "data": [], "session_hash": "a" * 65}, "64 at most"),
        ("run/predict", {"fn_index": 0, "data": [], "session_hash": ["a"]}, "64 at most"),
        ("call/v2/ask", {}, "'question' is missing"),
        ("call/v2/ask", {"question": "Why?", "x": 1}, "no argument 'x'"),
        ("reset", {}, "'event_id' is missing"),
        ("cancel", {"event_id": "e"}, "'session_hash' is missing"),
        ("cancel", {"event_id": "e", "session_hash": "a", "fn_index": "x"}, "is a number"),
        ("run/ask", {"data": ["Why?", 3], "fn_index": 1}, "by its address or by its number"),
    ],
)
def test_what_is_no_call_is_refused_in_a_sentence(client, path, body, words):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    reply = client.post(f"/gradio_api/{path}", content=content)
    assert reply.status_code == 400
    assert words in reply.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("call/ask/made", 200),
        ("call/ask/done", 200),
        ("call/v2/ask/alone", 200),
        ("call/ask/gone", 404),
        ("queue/data?session_hash=visit", 200),
        ("queue/data?session_hash=other", 404),
        ("queue/data", 404),
        ("info", 200),
        ("heartbeat/any", 200),
    ],
)
def test_an_answer_is_fetched_where_one_waits(client, path, status):
    reply = client.get(f"/gradio_api/{path}")
    assert reply.status_code == status
    assert status == 200 or reply.text == "There is no such answer: it was fetched, or is too old."


def test_what_gradio_says_was_wrong_with_a_call_is_no_fault_of_the_server(client):
    call = {"data": ["Why?", 3]}
    told = client.post("/gradio_api/call/ask", json=call | {"error": "The question is empty."})
    assert (told.status_code, told.json()) == (400, {"error": "The question is empty."})
    assert client.post("/gradio_api/call/ask", json=call | {"error": None}).status_code == 500


def test_a_failure_of_gradio_is_one_line_without_what_was_sent(client, capsys):
    reply = client.get("/gradio_api/fails")
    assert (reply.status_code, reply.text) == (400, "This is no call that the page can answer.")
    line = "pactqa: Gradio could not answer '/gradio_api/fails' (KeyError)\n"
    assert capsys.readouterr().err == line
    assert client.get("/fails").status_code == 500  # one of the page's own is none of Gradio's
