"""The guard before the server: names, frames, sizes, and how much is asked; no page is needed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pactqa.errors import SettingError
from pactqa.web.guard import BODY_MAX, Guard, Policy
from pactqa.web.hosts import is_host_allowed
from pactqa.web.traffic import AtOnce, Busy, VisitorLimit

POLICY = Policy(hosts=(), frames=(), behind_proxy=False, visitor_questions=1000, at_once=8)


def open_client(policy=POLICY, endpoint=None, **options):
    async def echo(request: Request):
        body = await request.body()
        told = {name: request.headers.get(name, "") for name in ("x-forwarded-host", "host")}
        return PlainTextResponse(f"{len(body)} {told['x-forwarded-host']}")

    routes = [Route("/{path:path}", endpoint or echo, methods=["GET", "POST", "HEAD"])]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, policy=policy, body_most={"/claims/": 2 * BODY_MAX})],
    )
    return TestClient(app, base_url="http://localhost", **options)


@pytest.mark.parametrize(
    ("host", "allowed", "expected"),
    [
        ("localhost", (), True),
        ("LOCALHOST.:7860", (), True),
        ("127.0.0.1:7860", (), True),
        ("[::1]:7860", (), True),
        ("192.168.0.7", (), True),
        ("evil.example", (), False),
        ("evil.example", ("school.example",), False),
        ("School.Example:443", ("school.example",), True),
        ("notschool.example", ("*.school.example", "school.example"), False),
        ("a.school.example", ("*.school.example",), True),
        ("anything.example", ("*",), True),
        ("", ("*",), False),
        ("evil.example/@localhost", ("*",), False),
        ("127.0.0.1.evil.example", (), False),
        ("localhost.evil.example", (), False),
    ],
)
def test_a_page_is_asked_under_its_own_names_only(host, allowed, expected):
    assert is_host_allowed(host, allowed) is expected


def test_another_name_is_refused_in_a_sentence():
    reply = open_client().get("/", headers={"host": "evil.example\u00e9".encode("latin-1")})
    assert reply.status_code == 400
    assert reply.text.startswith("This page is not served under the name 'evil.example")
    assert reply.headers["x-content-type-options"] == "nosniff"
    named = open_client(replace(POLICY, hosts=("evil.example",)))
    assert named.get("/", headers={"host": "evil.example"}).status_code == 200


def test_what_a_proxy_would_say_is_believed_only_where_there_is_one():
    told = {"x-forwarded-host": "school.example", "X-Forwarded-Proto": "https"}
    assert open_client().get("/", headers=told).text == "0 "
    behind = replace(POLICY, behind_proxy=True, hosts=("school.example",))
    assert open_client(behind).get("/", headers=told).text == "0 school.example"
    other = open_client(behind).get("/", headers={"x-forwarded-host": "evil.example"})
    assert other.status_code == 400


def test_headers_forbid_what_the_pages_do_not_need():
    client = open_client()
    page, plain = client.get("/").headers, client.get("/plain").headers
    for headers in (page, plain):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
    assert "unsafe" in page["content-security-policy"]
    assert "unsafe" not in plain["content-security-policy"]


def test_no_other_site_may_read_an_answer_in_a_browser():
    async def allow(request: Request):
        allowed = {
            "Access-Control-Allow-Origin": request.headers["origin"],
            "access-control-allow-credentials": "true",
            "X-Other": "stays",
        }
        return PlainTextResponse("an answer", headers=allowed)

    reply = open_client(endpoint=allow).get("/info", headers={"Origin": "http://evil.example"})
    assert reply.status_code == 200
    assert reply.headers["x-other"] == "stays"
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_sites_that_may_show_the_page_in_a_frame_are_named():
    sites = ("https://school.example", "https://huggingface.co")
    headers = open_client(replace(POLICY, frames=sites)).get("/").headers
    assert f"frame-ancestors {sites[0]} {sites[1]}" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def run_apart(coroutine):
    """Runs a coroutine in a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def pieces(size):
    """Gives a body in pieces, without a length."""
    for _ in range(size // 1000):
        yield b"a" * 1000


@pytest.mark.parametrize("path", ["/turns", "/claims/open"])
@pytest.mark.parametrize("cut", [bytes, lambda body: pieces(len(body))])
def test_a_body_is_read_up_to_a_size(path, cut):
    client, most = open_client(), 2 * BODY_MAX if path.startswith("/claims/") else BODY_MAX
    assert client.post(path, content=cut(b"a" * most)).text == f"{most} "
    reply = client.post(path, content=cut(b"a" * (most + 1000)))
    assert reply.status_code == 413
    assert reply.text == f"This is larger than the {most:,} bytes that are read."


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 16, "²"])
def test_a_length_that_is_none_is_refused(length):
    request = open_client().build_request("POST", "/turns", content=b"")
    request.headers["content-length"] = length.encode("utf-8").decode("latin-1")
    assert open_client().send(request).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/upload", "/gradio_api/upload_progress",
        "/gradio_api/proxy=http://x",
        "/gradio_api/file=/etc/passwd", "/gradio_api/file/x", "/gradio_api/vibe-edit",
        "/monitoring", "/gradio_api/stream/1", "/gradio_api/component_server", "/dev/reload",
        "/docs",
    ],
)  # fmt: skip
def test_addresses_that_the_page_does_not_need_are_closed(path):
    assert open_client().post(path).status_code == 403
    assert open_client().get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["/gradio_api/call/ask", "/gradio_api/info", "/", "/uploads", "/turns"]
)
def test_others_are_open(path):
    assert open_client().get(path).status_code == 200


def test_a_visitor_asks_so_much_a_minute_and_then_waits():
    client = open_client(replace(POLICY, visitor_questions=3))
    assert [client.post("/turns").status_code for _ in range(4)] == [200, 200, 200, 429]
    reply = client.get("/plain?q=Munich")
    assert reply.status_code == 429
    assert 18 <= int(reply.headers["retry-after"]) <= 20
    assert f"Ask again in {reply.headers['retry-after']} seconds." in reply.text
    assert client.get("/").status_code == client.get("/plain").status_code == 200


def test_behind_a_proxy_the_visitor_is_whom_it_names_last():
    policy = replace(POLICY, visitor_questions=1, behind_proxy=True)
    client = open_client(policy)

    def ask(address):
        return client.post("/turns", headers={"x-forwarded-for": address}).status_code

    assert [ask("1.1.1.1"), ask("2.2.2.2"), ask("1.1.1.1")] == [200, 200, 429]
    assert ask("3.3.3.3, 1.1.1.1") == 429  # what a visitor says stands before it
    alone = open_client(replace(policy, behind_proxy=False))
    asked = [alone.post("/turns", headers={"x-forwarded-for": a}).status_code for a in "ab"]
    assert asked == [200, 429]


def test_the_limit_fills_again_and_forgets_the_oldest():
    now = [0.0]
    limit = VisitorLimit(60, clock=lambda: now[0])
    assert [limit.ask("a") for _ in range(60)] == [0] * 60
    assert limit.ask("a") == pytest.approx(1)
    now[0] += 0.5
    assert limit.ask("a") == pytest.approx(0.5)
    now[0] += 0.5
    assert limit.ask("a") == 0
    assert limit.ask("b") == 0
    now[0] += 1000
    assert [limit.ask("a") for _ in range(61)][-1] > 0  # no more than one minute is saved up
    for number in range(10_000):
        limit.ask(f"visitor {number}")
    assert limit.ask("a") == 0


def test_more_than_may_be_answered_at_once_waits_and_then_is_told():
    async def run():
        turns, order = AtOnce(1, patience=60), []
        hurried = AtOnce(1, patience=0.01)
        hurried._free = turns._free

        async def wait_for_a_turn():
            async with turns.turn():
                order.append("had its turn")

        async with turns.turn():
            with pytest.raises(Busy):
                async with hurried.turn():
                    order.append("never")
            waiting = asyncio.create_task(wait_for_a_turn())
            await asyncio.sleep(0)
            order.append("still busy")
        await waiting
        async with hurried.turn():
            order.append("free again")
        return order

    assert run_apart(run()) == ["still busy", "had its turn", "free again"]


def test_a_busy_server_says_so_and_when_to_ask_again():
    answering, finish = asyncio.Event(), asyncio.Event()

    async def wait(request):
        answering.set()
        await finish.wait()
        return PlainTextResponse("done")

    async def run():
        guard = Guard(
            Starlette(routes=[Route("/turns", wait, methods=["POST"])]),
            replace(POLICY, at_once=1),
        )
        guard._at_once = AtOnce(1, 0.05)

        async def post():
            sent = []
            scope = {
                "type": "http", "method": "POST", "path": "/turns", "query_string": b"",
                "headers": [(b"host", b"localhost")], "client": ("1.1.1.1", 1),
            }  # fmt: skip

            async def receive():
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message):
                sent.append(message)

            await guard(scope, receive, send)
            return sent

        first = asyncio.create_task(post())
        await answering.wait()
        busy = await post()
        finish.set()
        return await first, busy

    first, busy = run_apart(run())
    assert first[0]["status"] == 200
    assert busy[0]["status"] == 503
    assert dict(busy[0]["headers"])[b"retry-after"] == b"2"
    assert busy[1]["body"] == b"Many are asking at once. Ask again in a moment."


def test_the_policy_is_read_from_the_settings(monkeypatch):
    for name in ("HOSTS", "FRAMES", "PROXY", "VISITOR_QUESTIONS", "AT_ONCE", "HOST"):
        monkeypatch.delenv(f"PACTQA_{name}", raising=False)
    monkeypatch.delenv("SPACE_HOST", raising=False)
    plain = Policy.from_settings()
    assert plain == Policy(("127.0.0.1",), (), False, 240, 16)
    assert Policy.from_settings("Desk.local").hosts == ("desk.local",)
    monkeypatch.setenv("SPACE_HOST", "me-pact.hf.space")
    space = Policy.from_settings()
    assert space == Policy(
        ("127.0.0.1", "me-pact.hf.space"), ("https://huggingface.co",), True, 240, 16
    )
    monkeypatch.setenv("PACTQA_HOSTS", "School.example, *.school.example")
    monkeypatch.setenv("PACTQA_FRAMES", "https://school.example *")
    monkeypatch.setenv("PACTQA_PROXY", "no")
    monkeypatch.setenv("PACTQA_AT_ONCE", "2")
    set_up = Policy.from_settings()
    assert set_up.hosts[1:3] == ("school.example", "*.school.example")
    assert set_up.frames == ("https://school.example", "*")
    assert (set_up.behind_proxy, set_up.at_once) == (False, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PACTQA_FRAMES", "https://a.example; script-src *"),
        ("PACTQA_FRAMES", "a\r\nb;"),
        ("PACTQA_PROXY", "maybe"),
        ("PACTQA_AT_ONCE", "0"),
        ("PACTQA_VISITOR_QUESTIONS", "many"),
        ("PACTQA_VISITOR_QUESTIONS", "1" * 5000),
    ],
)
def test_a_wrong_setting_of_the_server_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name) as error:
        Policy.from_settings()
    assert len(str(error.value)) < 300
