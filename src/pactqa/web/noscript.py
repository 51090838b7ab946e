"""Serves a browser without JavaScript: the essays to read, and a plain form to ask.

Gradio's page is empty without JavaScript. This middleware puts a `<noscript>` part into it, which
other browsers do not show: for `?essay=…&p=…` the whole essay, for a question asked with the form
its answer, else the form and the essays. The links are the same as everywhere.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.web.cards import show
from pactqa.web.essay_panel import open_essay_request
from pactqa.web.links import parse_link
from pactqa.web.turns import Turn, render_notice, render_turn, render_welcome

__all__ = ["NoScript", "render_plain_page"]

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

_END = b"</body>"
_ASKED_HERE = "plain"
"""The field that the form sends with a question: without it, a link is answered by the script."""


def render_plain_page(assistant: Assistant, fields: str) -> str:
    """Renders what a browser without JavaScript shows for the query part of an address."""
    link = parse_link(fields)
    essays = assistant.essays()
    form = (
        '<form class="pq-plain-form" method="get"><label>Your question '
        f'<input name="q" maxlength="10000" value="{show(link.question or "")}"></label> '
        f'<input type="hidden" name="{_ASKED_HERE}" value="1"><button>Ask</button></form>'
    )
    if link.essay:
        request = {"essay": link.essay, "paragraph": link.paragraph}
        body = open_essay_request(assistant, request)
    elif link.question and f"{_ASKED_HERE}=1" in fields:
        try:
            answer = assistant.ask(link.question, essays=link.essays or None)
            body = render_turn(Turn(answer), 1, essays, feedback=False)
        except PactqaError as error:
            body = render_notice(str(error))
    else:
        body = render_welcome(essays, ())
    return (
        '<div class="gradio-container pq-plain"><header class="pq-head"><h1>Ask the essays</h1>'
        f"</header>{form}{body}</div>"
    )


class NoScript:
    """Adds the part for browsers without JavaScript to the page `/`, and touches nothing else."""

    def __init__(self, app: _App, assistant: Assistant, style: str = "") -> None:
        """Wraps an ASGI application; `style` is the page's style sheet."""
        self._app = app
        self._assistant = assistant
        self._style = style

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Passes a request on and, if it is for the page, changes the reply."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        start: _Message = {}
        parts: list[bytes] = []

        async def collect(message: _Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            fields = scope["query_string"].decode("latin-1")
            body = await run_in_threadpool(self._insert, b"".join(parts), fields)
            start["headers"] = [
                (name, str(len(body)).encode() if name.lower() == b"content-length" else value)
                for name, value in start["headers"]
            ]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, collect)

    def _insert(self, body: bytes, fields: str) -> bytes:
        head, end, tail = body.rpartition(_END)
        if not end:
            return body  # compressed, or no page at all
        try:
            plain = render_plain_page(self._assistant, fields)
        except PactqaError as error:
            plain = render_notice(str(error))
        part = f"<noscript><style>{self._style}</style>{plain}</noscript>"
        return head + part.encode("utf-8") + end + tail
