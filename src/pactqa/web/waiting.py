"""Answers on the page's address while the models are loaded and the essays are read.

The first start exports the models and encodes every essay, which takes longer than a browser waits
for an address that does not answer. What is shown asks for the same address again until the page
itself is there, so a link to a question ends at its answer. Nothing of the essays is said here.
"""

import contextlib
import html
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from pactqa.errors import SettingError
from pactqa.settings import PORT

if TYPE_CHECKING:  # what is heavy to import is what is waited for
    from pactqa.index.refresh import Progress

__all__ = ["describe_waiting", "explain_port", "show_waiting"]

_AGAIN_SECONDS = 2
_IDLE_SECONDS = 5.0
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ask the essays</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="{again}">
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 34rem;
padding: 0 1rem }} h1 {{ font-size: 1.5rem }}</style></head>
<body><main><h1>Ask the essays</h1><p role="status">{words}</p>
<p>This page opens by itself as soon as that is done. The first time it may take a minute.</p>
</main></body></html>
"""


def describe_waiting(done: int, total: int) -> str:
    """Says what is waited for: the models, or how many passages were read of how many.

    >>> describe_waiting(0, 0)
    'The program is starting.'
    >>> describe_waiting(64, 150)
    'The essays are being read: 64 of 150 passages.'
    """
    if not total:
        return "The program is starting."
    return f"The essays are being read: {done:,} of {total:,} passages."


@contextmanager
def show_waiting(host: str, port: int) -> "Iterator[Progress]":
    """Answers on an address until the block ends; gives what is told how far it is.

    Raises:
        SettingError: if the port is in use, or the address is none of this machine.
    """
    try:
        server = _Server(host, port)
    except (OSError, OverflowError) as error:
        raise explain_port(host, port) from error
    answering = threading.Thread(target=server.serve_forever, args=(0.05,), name="waiting")
    answering.start()
    try:
        yield server.tell
    finally:
        server.shutdown()
        server.server_close()
        answering.join()


def explain_port(host: str, port: int) -> SettingError:
    """Gives the error that says that nothing can listen on an address."""
    return SettingError(
        f"Port {port} of {host} cannot be used: another program may be listening there. "
        f"Choose another port (setting {PORT})."
    )


class _Server(ThreadingHTTPServer):
    """The server of an address, and how far the work is that is waited for."""

    daemon_threads = True
    block_on_close = False  # a visitor who is slow must not hold up the page
    far = (0, 0)

    def __init__(self, host: str, port: int) -> None:
        """Listens on an address; one of IPv6 stands in brackets, as in an address of the web."""
        is_ipv6 = host.startswith("[") and host.endswith("]")
        self.address_family = socket.AF_INET6 if is_ipv6 else socket.AF_INET
        super().__init__((host[1:-1] if is_ipv6 else host, port), _Handler)

    def server_bind(self) -> None:
        """Binds, but asks no other computer for this one's name, as the library does."""
        socketserver.TCPServer.server_bind(self)

    def tell(self, done: int, total: int) -> None:
        """Notes how far it is."""
        self.far = (done, total)

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a visitor who went away."""


class _Handler(BaseHTTPRequestHandler):
    """The answer to every request alike: not yet."""

    server: _Server
    timeout = _IDLE_SECONDS

    def answer(self) -> None:
        """Says that it is not ready yet, to a browser or to a program."""
        words = describe_waiting(*self.server.far)
        if self.path.startswith("/healthz"):
            kind, text = "application/json", json.dumps({"status": "starting", "message": words})
        else:
            kind, text = "text/html", _PAGE.format(again=_AGAIN_SECONDS, words=html.escape(words))
        body = text.encode()
        self.send_response(503)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", str(_AGAIN_SECONDS))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            with contextlib.suppress(OSError):
                self.wfile.write(body)

    do_GET = do_HEAD = do_POST = answer  # noqa: N815 (the names that the library asks for)

    def version_string(self) -> str:
        """Names no program and no version."""
        return "pactqa"

    def log_message(self, *arguments: object) -> None:
        """Keeps no log of visitors."""
