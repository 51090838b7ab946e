"""Guards the server: under which name it is asked, how much it reads, and what browsers may do.

Every request passes here first; what is refused is said in one plain sentence. Gradio's page needs
scripts inside the page and `eval`, so its policy is wider than that of the pages beside it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactqa.server_settings import (
    is_behind_proxy,
    read_at_once,
    read_frames,
    read_hosts,
    read_visitor_questions,
)
from pactqa.settings import read_host
from pactqa.web.hosts import is_host_allowed
from pactqa.web.scope import address_of, path_of
from pactqa.web.traffic import AtOnce, Busy, VisitorLimit

__all__ = ["BODY_MAX", "Guard", "Policy"]

BODY_MAX = 1_000_000
"""The bytes that a request may send, where no route reads more."""

_FORWARDED = re.compile(rb"x-forwarded-\w+|x-real-ip|forwarded|x-original-host|x-gradio-.*")
_CLOSED = re.compile(
    r"/(?:gradio_api/)?(?:upload\b|upload_progress|proxy=|file[=/]|stream/|process_recording"
    r"|component_server|custom_component|vibe-|undo-vibe-|deep_link|runs\b|run-history|profiling"
    r"|dev/|monitoring|mcp|docs|redoc)"
)
_STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors {frames}"
)
_GRADIO = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors {frames}"
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a Guard lets pass.

    Attributes:
        hosts: the names that the page may be asked under besides addresses and localhost.
        frames: the sites that may show it in a frame, as origins; none means only itself.
        behind_proxy: whether what a proxy says of the visitor and the page's name is believed.
        visitor_questions: what one visitor may ask in a minute.
        at_once: how many questions are answered at once.
    """

    hosts: tuple[str, ...]
    frames: tuple[str, ...]
    behind_proxy: bool
    visitor_questions: int
    at_once: int

    @classmethod
    def from_settings(cls, host: str | None = None) -> "Policy":
        """Reads the settings.

        Args:
            host: the address that the page listens on; None is the one that is set.

        Raises:
            SettingError: if one has a wrong value.
        """
        return cls(
            hosts=((host or read_host()).lower(), *read_hosts()),
            frames=read_frames(),
            behind_proxy=is_behind_proxy(),
            visitor_questions=read_visitor_questions(),
            at_once=read_at_once(),
        )


class Guard:
    """ASGI middleware that lets a request pass, or says why not."""

    def __init__(
        self, app: ASGIApp, policy: Policy, body_most: Mapping[str, int] | None = None
    ) -> None:
        """Takes the app.

        Args:
            app: what is guarded.
            policy: what may pass.
            body_most: the bytes that requests may send to paths that begin so, else `BODY_MAX`.
        """
        self._app, self._policy = app, policy
        self._body_most = body_most or {}
        self._visitors = VisitorLimit(policy.visitor_questions)
        self._at_once = AtOnce(policy.at_once)
        framing = " ".join(policy.frames) or "'self'"
        self._strict, self._gradio = (rule.format(frames=framing) for rule in (_STRICT, _GRADIO))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._policy.behind_proxy:
            kept = [(n, v) for n, v in scope["headers"] if not _FORWARDED.fullmatch(n.lower())]
            scope = {**scope, "headers": kept}
        headers = Headers(scope=scope)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), path_of(scope))
            await send(message)

        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send_safely)
            return
        most = self._most_for(path_of(scope))
        try:
            limited = _limit_body(receive, most)
            if not _asks(scope):
                await self._app(scope, limited, send_safely)
                return
            async with self._at_once.turn():
                await self._app(scope, limited, send_safely)
        except _TooLargeError:
            await _too_large(most)(scope, receive, send_safely)
        except Busy:
            words = "Many are asking at once. Ask again in a moment."
            reply = PlainTextResponse(words, 503, {"Retry-After": "2"})
            await reply(scope, receive, send_safely)

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        """Gives why a request is not answered, None if it may be."""
        names = [headers.get("host", "")]
        if self._policy.behind_proxy and "x-forwarded-host" in headers:
            names.append(headers["x-forwarded-host"].split(",")[0].strip())
        for name in names:
            if not is_host_allowed(name, self._policy.hosts):
                return PlainTextResponse(
                    f"This page is not served under the name {name[:100]!a}. Whoever runs it sets "
                    "PACTQA_HOSTS to the names that it has.",
                    400,
                )
        if _CLOSED.match(path_of(scope)):
            return PlainTextResponse("There is nothing here, and nothing can be uploaded.", 403)
        length, most = headers.get("content-length", "0"), self._most_for(path_of(scope))
        if not length.isdigit() or len(length) > 15 or int(length) > most:
            return _too_large(most)
        if _asks(scope):
            wait = math.ceil(self._visitors.ask(address_of(scope)))
            if wait:
                return PlainTextResponse(
                    "Much was asked from this address in the last minute. Ask again in "
                    f"{wait} {'second' if wait == 1 else 'seconds'}.",
                    429,
                    {"Retry-After": str(wait)},
                )
        return None

    def _most_for(self, path: str) -> int:
        found = (most for begin, most in self._body_most.items() if path.startswith(begin))
        return next(found, BODY_MAX)

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        for name in [name for name in headers if name.lower().startswith("access-control-")]:
            del headers[name]  # Gradio lets any site read its answers that a browser can reach
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")  # an address holds the question
        headers["Content-Security-Policy"] = self._gradio if path == "/" else self._strict
        if not self._policy.frames:
            headers["X-Frame-Options"] = "SAMEORIGIN"


class _TooLargeError(Exception):
    """A body is larger than may be."""


def _limit_body(receive: Receive, most: int) -> Receive:
    """Gives what receives a body, and no more of it than may be."""
    size = 0

    async def receive_some() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise _TooLargeError
        return message

    return receive_some


def _too_large(most: int) -> Response:
    return PlainTextResponse(f"This is larger than the {most:,} bytes that are read.", 413)


def _asks(scope: Scope) -> bool:
    """Tells whether a request asks the essays something, which costs the server some time."""
    return scope["method"] == "POST" or (path_of(scope) == "/plain" and bool(scope["query_string"]))
