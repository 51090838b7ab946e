"""What the address of the page answers before the page is there."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from ports import answers, free_port

from pactqa.errors import SettingError
from pactqa.web.waiting import show_waiting

ROOT = Path(__file__).parents[2]


def ask(port, path="/", method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    reply = connection.getresponse()
    body = reply.read().decode()
    connection.close()
    return reply.status, reply.headers, body


def test_it_says_what_is_waited_for_and_asks_again():
    port = free_port()
    with show_waiting("127.0.0.1", port) as tell:
        status, headers, body = ask(port, "/?q=Why")
        assert (status, headers["Retry-After"]) == (503, "2")
        assert "The program is starting." in body
        assert '<meta http-equiv="refresh" content="2">' in body, "the same address, with its query"
        tell(64, 150)
        assert "64 of 150 passages" in ask(port)[2]
        status, headers, body = ask(port, "/healthz")
        assert status == 503
        assert json.loads(body)["status"] == "starting"
        assert ask(port, method="HEAD")[2] == ""
        assert ask(port, "/check", "POST")[0] == 503


def test_it_says_no_more_than_it_has_to():
    port = free_port()
    with show_waiting("127.0.0.1", port):
        _, headers, body = ask(port, "/<script>alert(1)</script>")
    assert "script" not in body
    assert headers["Server"] == "pactqa"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"


def test_the_address_is_free_again_whoever_is_still_connected():
    port = free_port()
    with show_waiting("127.0.0.1", port), socket.create_connection(("127.0.0.1", port)) as idle:
        idle.send(b"GET / HT")
        assert ask(port)[0] == 503
    with show_waiting("127.0.0.1", port):
        assert ask(port)[0] == 503


def test_an_address_of_ipv6_stands_in_brackets():
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        port = probe.getsockname()[1]
    with (
        show_waiting("[::1]", port),
        pytest.raises(urllib.error.HTTPError, match="503"),
    ):
        urllib.request.urlopen(f"http://[::1]:{port}/", timeout=10)


def test_no_other_computer_is_asked_for_the_name_of_this_one(monkeypatch):
    monkeypatch.setattr(socket, "getfqdn", lambda *names: pytest.fail("a name is looked up"))
    with show_waiting("127.0.0.1", free_port()):
        pass


def test_a_port_in_use_is_explained():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match="another port"), show_waiting("127.0.0.1", port):
            pass


@pytest.mark.browser
@pytest.mark.model
def test_the_address_answers_before_the_page_is_there_and_then_with_the_page(tmp_path):
    port = free_port()
    env = os.environ | {
        "PACTQA_CORPUS": str(ROOT / "corpus"),
        "PACTQA_INDEX": str(tmp_path / "index"),
        "PACTQA_PORT": str(port),
    }
    app = subprocess.Popen([sys.executable, str(ROOT / "app.py")], env=env)
    url = f"http://127.0.0.1:{port}/"
    waiting = set()
    try:
        deadline = time.monotonic() + 120
        while not answers(url):
            assert app.poll() is None
            assert time.monotonic() < deadline
            try:
                urllib.request.urlopen(url, timeout=2).close()
            except urllib.error.HTTPError as error:
                waiting.add((error.code, b"opens by itself" in error.read()))
            except OSError:
                pass
        assert waiting == {(503, True)}
        with urllib.request.urlopen(f"{url}healthz") as reply:
            assert json.load(reply)["status"] == "ok"
    finally:
        app.terminate()
        app.wait(20)
