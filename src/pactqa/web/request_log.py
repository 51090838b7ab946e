"""Writes one line of JSON for each request, for whoever runs the page; by default none is written.

    {"at": "2024-05-03T10:00:00+00:00", "method": "POST", "path": "/turns", "status": 200, "ms": 81}

A line has no address and no name, and what was asked only if that is set. Of Gradio's addresses the
ends are left out, as they name a visit or an answer.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["RequestLog"]

_PATH_MOST, _ASKED_MOST = 200, 2000


class RequestLog:
    """ASGI middleware that writes what was requested, how it ended, and how long it took."""

    def __init__(
        self,
        app: ASGIApp,
        kind: Literal["requests", "questions"],
        write: Callable[[str], object] | None = None,
    ) -> None:
        """Takes the app.

        Args:
            app: what answers.
            kind: "questions" writes the query and the body, too.
            write: takes a line with its end; the error stream, if it is None.
        """
        self._app, self._kind, self._write = app, kind, write or _write_to_errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has a request answered, and writes the line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, body, began = 0, bytearray(), time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        async def receive_noting() -> Message:
            message = await receive()
            if self._kind == "questions" and len(body) < _ASKED_MOST:
                body.extend(message.get("body", b"")[:_ASKED_MOST])
            return message

        row: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "method": scope["method"],
            "path": _shorten(scope["path"]),
        }
        try:
            await self._app(scope, receive_noting, send_noting)
        finally:
            row["status"] = status or 500  # without one, what answers has failed
            row["ms"] = round((time.perf_counter() - began) * 1000)
            if self._kind == "questions":
                row["asked"] = _read(scope["query_string"] or bytes(body))
            self._write(json.dumps(row, ensure_ascii=True) + "\n")


def _shorten(path: str) -> str:
    if path.startswith("/gradio_api/"):
        path = "/".join(path.split("/")[:3])
    return path[:_PATH_MOST]


def _read(asked: bytes) -> str:
    return unquote_plus(asked[:_ASKED_MOST].decode(errors="replace"))


def _write_to_errors(line: str) -> None:
    sys.stderr.write(line)
    sys.stderr.flush()
