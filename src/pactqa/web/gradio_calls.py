"""Checks what is sent to Gradio's addresses, which trust whoever calls them.

What is no call that the page can answer gets a sentence and a status of 4xx, where Gradio would
fail with a traceback. If Gradio fails all the same, that is one line on the error stream, which
says nothing of what was sent.
"""

import inspect
import json
import re
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactqa.web.scope import path_of

__all__ = ["GradioCalls"]

_CALL = re.compile(r"/gradio_api/(?:(run|api)|call(/v2)?)/([^/]*)/?|/gradio_api/queue/join")
_FETCH = re.compile(r"/gradio_api/call(?:/v2)?/([^/]+)/([^/]+)|/gradio_api/queue/data")
_VISIT = re.compile(r"[\w-]{1,64}", re.ASCII)


class GradioCalls:
    """ASGI middleware that lets through what Gradio can answer."""

    def __init__(self, app: ASGIApp, page: Any) -> None:
        """Takes the app, and the page with the functions that may be called."""
        self._app, self._page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has a call answered, or says why not."""
        path = path_of(scope) if scope["type"] == "http" else ""
        if not path.startswith("/gradio_api/"):
            await self._app(scope, receive, send)
            return
        problem, status = "", 400
        if scope["method"] == "POST":
            body = await _read(receive)
            receive = _replay(body, receive)
            problem = self._check_post(path, body)
        elif not self._is_there(path, scope["query_string"]):
            problem, status = "There is no such answer: it was fetched, or is too old.", 404
        if problem:
            await PlainTextResponse(problem, status)(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            await self._app(scope, receive, answer.send)
        except Exception as error:
            sys.stderr.write(
                f"pactqa: Gradio could not answer {path[:80]!a} ({type(error).__name__})\n"
            )
            if not answer.has_begun:
                words = "This is no call that the page can answer."
                await PlainTextResponse(words, 400)(scope, receive, send)

    def _check_post(self, path: str, body: bytes) -> str:
        """Gives what is wrong with a call, `""` if nothing is."""
        call = _CALL.fullmatch(path)
        try:
            said = json.loads(body or b"null")
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            return "Send a JSON object."
        if not _is_visit(said.get("session_hash")) or not _is_visit(said.get("event_id")):
            return "The session is a word of letters, digits and hyphens, 64 at most."
        if call is None:
            return _check_stop(path.rpartition("/")[2], said)
        name = call[3]
        function = self._find(name, said.get("fn_index"))
        if function is None:
            return f"There is no such call. The calls are: {', '.join(self._names())}."
        if call[2]:
            return _check_arguments(function, said)
        if name not in (None, "predict") and said.get("fn_index") is not None:
            return "A call is named by its address or by its number, not by both."
        counts = {len(function.inputs), sum(not one.skip_api for one in function.inputs)}
        data, event = said.get("data", []), said.get("event_data")
        if not isinstance(data, list) or len(data) not in counts:
            return f"The data is a list of {max(counts)} values."
        if said.get("batched") or not isinstance(event, dict | None):
            return "The event is a JSON object, and calls are sent one by one."
        return ""

    def _is_there(self, path: str, query: bytes) -> bool:
        """Tells whether an answer waits at an address, if answers are fetched there."""
        found = _FETCH.fullmatch(path)
        if not found:
            return True
        queue, event = self._page._queue, found[2]
        if event:
            if event in queue.event_ids_to_events:
                return True
            pending = queue.pending_event_ids_session
            return event in pending.get(event, ()) or any(event in ids for ids in pending.values())
        (visit,) = parse_qs(query.decode("latin-1")).get("session_hash", [""])[:1]
        return visit in queue.pending_messages_per_session

    def _find(self, name: str | None, number: Any) -> Any:
        """Gives the function of a call by its name, else by its number; None if there is none."""
        functions: Mapping[int, Any] = self._page.fns
        if name is not None and name != "predict":
            named = (one for one in functions.values() if one.api_name == name and one.fn)
            return next((one for one in named if one.api_visibility == "public"), None)
        is_number = isinstance(number, int) and not isinstance(number, bool)
        found = functions.get(number) if is_number else None
        return found if found is not None and found.fn else None

    def _names(self) -> list[str]:
        functions = self._page.fns.values()
        return [one.api_name for one in functions if one.api_visibility == "public"]


class _Answer:
    """Gradio's answer; a 500 that only says what the caller did wrong becomes a 400."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._held: Message | None = None
        self.has_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            self._held = message
            return
        if self._held is not None:
            if _says_what_is_wrong(message.get("body", b"")):
                self._held = {**self._held, "status": 400}
            held, self._held = self._held, None
            await self.send_on(held)
        await self.send_on(message)

    async def send_on(self, message: Message) -> None:
        self.has_begun = True
        await self._send(message)


def _says_what_is_wrong(body: bytes) -> bool:
    try:
        return bool(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return False


def _is_visit(value: Any) -> bool:
    return value is None or (isinstance(value, str) and bool(_VISIT.fullmatch(value)))


def _check_arguments(function: Any, said: Mapping[str, Any]) -> str:
    """Gives what is wrong with the named arguments of a call, `""` if nothing is."""
    known = inspect.signature(function.fn).parameters
    unknown = [name for name in said if name not in known]
    if unknown:
        return f"There is no argument {unknown[0]!a:.60}. The arguments are: {', '.join(known)}."
    missing = [n for n, one in known.items() if one.default is one.empty and n not in said]
    return f"The argument {missing[0]!r} is missing." if missing else ""


def _check_stop(kind: str, said: Mapping[str, Any]) -> str:
    """Gives what is wrong with a call that stops another, `""` if nothing is, or if it is none."""
    wanted = {"reset": ("event_id",), "cancel": ("event_id", "session_hash")}.get(kind, ())
    missing = next((name for name in wanted if said.get(name) is None), "")
    if missing:
        return f"The argument {missing!r} is missing."
    is_number = isinstance(said.get("fn_index"), int)
    return "The argument 'fn_index' is a number." if kind == "cancel" and not is_number else ""


async def _read(receive: Receive) -> bytes:
    """Gives a body, which `guard` keeps small."""
    body, goes_on = b"", True
    while goes_on:
        message = await receive()
        body += message.get("body", b"")
        goes_on = message.get("more_body", False)
    return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives what receives a body once more, and then what comes after it."""
    is_read = False

    async def receive_again() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
