"""Connections whose request never ends are closed; all others are answered."""

import socket
import threading
import time

import pytest
import uvicorn
from ports import free_port

from pactqa.web.half_open import BoundedProtocol, bound_connections


async def answer(scope, receive, send):
    """Reads the body and gives it back; what is asked of /slow takes longer than a head may."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if scope["path"] == "/slow":
        time.sleep(0.6)
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def port(monkeypatch):
    """Starts a server that waits for a fifth of a second."""
    for name in ("head_seconds", "body_seconds"):
        monkeypatch.setattr(BoundedProtocol, name, 0.2)
    monkeypatch.setattr(BoundedProtocol, "look_seconds", 0.05)
    monkeypatch.setattr(uvicorn.config, "HTTP_PROTOCOLS", dict(uvicorn.config.HTTP_PROTOCOLS))
    bound_connections()
    number = free_port()
    config = uvicorn.Config(answer, port=number, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join(10)


def is_closed(connection):
    """Waits until the server closes a connection; gives what came before."""
    connection.settimeout(20)
    found = b""
    try:
        while piece := connection.recv(4096):
            found += piece
    except ConnectionResetError:
        pass
    return found


HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\n", HEAD, HEAD + b"ab"],
    ids=["nothing", "a line", "a head", "no body", "half a body"],
)
def test_a_request_that_does_not_end_is_closed(port, sent):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(sent)
        assert is_closed(connection) == b""


def test_a_letter_now_and_then_does_not_keep_it_open(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX-A: ")
        with pytest.raises(OSError, match=r".*"):
            for _ in range(400):  # twenty seconds
                connection.sendall(b"a")
                time.sleep(0.05)


def test_the_next_request_of_a_connection_is_bounded_as_well(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(HEAD + b"hello" + b"POST / HT")
        found = is_closed(connection)
    assert found.startswith(b"HTTP/1.1 200")
    assert found.endswith(b"hello")
    assert found.count(b"200 OK") == 1


def test_what_is_being_answered_is_not_closed_however_long_it_takes(port):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(HEAD.replace(b" / ", b" /slow ") + b"hello")
        connection.settimeout(20)
        found = b""
        while not found.endswith(b"hello"):
            piece = connection.recv(4096)
            assert piece, "closed before it was answered"
            found += piece


@pytest.mark.browser
@pytest.mark.model
def test_the_page_is_served_so(hostile_address):
    config = uvicorn.Config(answer, lifespan="off")
    config.load()
    assert config.http_protocol_class is BoundedProtocol
