"""The app without a browser: its settings, its interface for programs, and how it fails."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from ports import answers, free_port
from texts import MAIN_QUESTION

import pactqa
from pactqa.errors import SettingError

pytestmark = [pytest.mark.browser, pytest.mark.model]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client(address):
    gradio_client = pytest.importorskip("gradio_client")
    return gradio_client.Client(address, verbose=False)


def test_the_interface_gives_the_json_of_the_contract(client, real_assistant):
    from pactqa.export.interface import render_cited

    found = client.predict(MAIN_QUESTION, api_name="/ask")
    wanted = render_cited(real_assistant.ask(MAIN_QUESTION), "mla", real_assistant.essays())
    assert set(found) == set(wanted)
    assert found["passages"][0]["in_text"] == wanted["passages"][0]["in_text"]
    assert [p["quote"] for p in found["passages"]] == [p["quote"] for p in wanted["passages"]]
    some = client.predict(
        "and Poland?",
        k=2,
        essays=["stalins-motivations-a-strategic-analysis"],
        previous=MAIN_QUESTION,
        api_name="/ask",
    )
    assert len(some["passages"]) == 2
    assert some["searched_as"] == f"{MAIN_QUESTION} Poland?"
    assert {p["essay"] for p in some["passages"]} == {"stalins-motivations-a-strategic-analysis"}


def test_a_claim_is_checked_by_the_same_contract(client, real_assistant):
    from pactqa.evidence_json import render_evidence

    claim = "Stalin trusted the Western powers."
    found = client.predict(claim, k=3, api_name="/check")
    wanted = render_evidence(real_assistant.check(claim, 3))
    assert [p["quote"] for p in found["passages"]] == [p["quote"] for p in wanted["passages"]]
    with pytest.raises(Exception, match="The claim is empty"):
        client.predict("??", api_name="/check")


def test_only_ask_and_check_are_offered_to_programs(client):
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert list(named) == ["/ask", "/check"]


@pytest.mark.parametrize(
    "arguments",
    [{"question": "??"}, {"question": "Why?", "k": 99}, {"question": "W", "essays": ["x"]}],
)
def test_an_unusable_request_gets_the_message_and_no_traceback(client, arguments):
    with pytest.raises(Exception, match=r"empty|from 1 to 20|no essay 'x'"):
        client.predict(**arguments, api_name="/ask")


def test_monitoring_is_off_and_nothing_can_be_uploaded(address):
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}monitoring/summary", timeout=10)
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        + b"a" * 5000
        + b"\r\n--x--\r\n"
    )
    upload = urllib.request.Request(
        f"{address}gradio_api/upload",
        data=body,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(upload, timeout=10)
    assert refused.value.code == 403


def test_the_page_is_not_served_under_a_name_that_others_point_at_it(address):
    for path in ("", "config", "gradio_api/info", "plain", "healthz"):
        request = urllib.request.Request(f"{address}{path}", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == 400


def test_no_name_of_a_proxy_gets_into_the_page(address):
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    for path in ("", "config"):
        request = urllib.request.Request(f"{address}{path}", headers=told)
        with urllib.request.urlopen(request, timeout=10) as reply:
            assert b"evil.example" not in reply.read()


def test_health_is_told_without_a_secret(address, real_assistant):
    with urllib.request.urlopen(f"{address}healthz", timeout=10) as reply:
        told = json.load(reply)
    generation = told.pop("generation")
    assert told == {
        "status": "ok",
        "essays": 2,
        "model": real_assistant.encoder.name,
        "version": pactqa.__version__,
    }
    assert re.fullmatch(r"[\w.-]+", generation)


def test_told_to_end_it_finishes_what_is_being_answered_and_leaves_no_file(tmp_path):
    (tmp_path / "tmp").mkdir()
    port = free_port()
    env = os.environ | {
        "PACTQA_CORPUS": str(ROOT / "corpus"),
        "PACTQA_INDEX": str(tmp_path / "index"),
        "PACTQA_PORT": str(port),
        "TMPDIR": str(tmp_path / "tmp"),
    }
    app = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py")],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        deadline = time.monotonic() + 120
        while not answers(url) and time.monotonic() < deadline:
            time.sleep(0.3)
        turns = [("turn", f"?q=Why+did+Stalin+sign+{number}") for number in range(12)]
        form = urllib.parse.urlencode([("first", 1), *turns]).encode()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        media_type = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/turns", form, media_type)
        time.sleep(0.5)  # it is being answered now
        app.terminate()
        assert connection.getresponse().read().count(b'class="pq-turn') == 12
        connection.close()
        assert app.wait(15) == 0
        assert b"Traceback" not in app.stderr.read()
    finally:
        app.kill()
        app.stderr.close()
    assert list((tmp_path / "tmp").rglob("*.*")) == []


def test_a_missing_corpus_ends_with_one_line_and_status_2(tmp_path):
    env = os.environ | {"PACTQA_INDEX": str(tmp_path / "index"), "PACTQA_CORPUS": "no-such-folder"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py")],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1].startswith("pactqa: ")
    assert "there is no such folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("value", ["99999", "0", "seven", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, value):
    from pactqa.web.page import launch_page

    monkeypatch.setenv("PACTQA_PORT", value)
    with pytest.raises(SettingError, match="no number from 1 to 65535"):
        launch_page(None)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({}, ("127.0.0.1", 7860)),
        ({"PACTQA_HOST": "0.0.0.0", "PACTQA_PORT": "8000"}, ("0.0.0.0", 8000)),
        ({"GRADIO_SERVER_NAME": "0.0.0.0", "GRADIO_SERVER_PORT": "9"}, ("0.0.0.0", 9)),
        ({"PACTQA_PORT": "8000", "GRADIO_SERVER_PORT": "9"}, ("127.0.0.1", 8000)),
    ],
)
def test_host_and_port_come_from_the_settings(monkeypatch, settings, wanted):
    from pactqa.web.page import launch_page

    class Page:
        local_url = ""
        is_closed = False

        def launch(self, **options):
            self.options = options
            os.kill(os.getpid(), signal.SIGTERM)  # told to end as soon as it can be asked

        def close(self, **options):
            self.is_closed = True

    before = signal.signal(signal.SIGTERM, lambda *_: None)
    for name in ("PACTQA_HOST", "PACTQA_PORT", "GRADIO_SERVER_NAME", "GRADIO_SERVER_PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    page = Page()
    try:
        launch_page(page)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert page.is_closed
    assert (page.options["server_name"], page.options["server_port"]) == wanted


def test_the_page_is_private_and_complete_however_it_is_launched(assistant, monkeypatch):
    import gradio as gr

    from pactqa.web.page import build_page

    launched = []
    monkeypatch.setattr(gr.Blocks, "launch", lambda self, **options: launched.append(options))
    page = build_page(assistant({"bees.md": "Bees dance."}))
    page.launch()  # as Hugging Face Spaces does
    page.launch(server_port=8000, show_error=True)
    plain, own = launched
    quiet = ("share", "ssr_mode", "run_history", "enable_monitoring", "show_error")
    assert not any(plain[name] for name in quiet)
    assert "style.css" in plain["head"]
    assert "/plain" in {route.path for route in plain["app_kwargs"]["routes"]}
    assert (own["server_port"], own["show_error"], own["share"]) == (8000, True, False)


def test_the_page_is_served_under_the_name_that_it_listens_on(assistant, monkeypatch):
    import gradio as gr

    from pactqa.web.page import build_page

    launched = []
    monkeypatch.setattr(gr.Blocks, "launch", lambda self, **options: launched.append(options))
    build_page(assistant({"bees.md": "Bees dance."})).launch(server_name="desk.local")
    middleware = launched[0]["app_kwargs"]["middleware"]
    policies = [one.kwargs["policy"] for one in middleware if "policy" in one.kwargs]
    assert [policy.hosts for policy in policies] == [("desk.local",)]


def test_the_page_begins_with_the_style_that_is_set(assistant, monkeypatch):
    from pactqa.web.page import build_page

    opened = assistant({"bees.md": "Bees dance."})
    monkeypatch.setenv("PACTQA_STYLE", "apa")
    html = "".join(
        str(part.value) for part in build_page(opened).blocks.values() if hasattr(part, "value")
    )
    assert html.count('value="apa" checked') == html.count('value="apa"') == 2  # of each tab
    assert html.count('value="mla" checked') == 0
    monkeypatch.setenv("PACTQA_STYLE", "harvard")
    with pytest.raises(SettingError, match="PACTQA_STYLE is 'harvard'"):
        build_page(opened)


def test_the_page_leads_a_browser_without_scripts_to_the_plain_page(address):
    with urllib.request.urlopen(f'{address}?q=%22%3E"><script>alert(1)</script>') as reply:
        html = reply.read().decode()
    assert html.count("url=plain?q=%22%3E") == 1
    assert "<script>alert(1)" not in html


def test_a_port_in_use_is_refused_with_the_remedy(address, monkeypatch):
    import gradio as gr

    from pactqa.web.page import launch_page

    with gr.Blocks() as page:
        gr.HTML("x")
    with pytest.raises(SettingError, match="Choose another port"):
        launch_page(page, "127.0.0.1", int(address.rstrip("/").rsplit(":", 1)[1]))
