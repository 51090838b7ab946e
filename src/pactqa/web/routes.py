"""Serves what stands beside Gradio's page: pages without scripts, essays, files, scripts and style.

- `/plain?q=…` and `/plain?essay=…`: what a link of the page shows, as a page that needs no script
- `/essay/<id>?p=…`: an essay as such a page
- `/panel?essay=…&p=…&key=…`: an essay as the part of the page beside the questions
- `/export/<format>`: the answers of a conversation as a file. The server keeps none for this: the
  browser sends the questions as a form, a link for each in `turn` and the `style` of the
  references, and they are asked again.
- the folder `assets`, under an address that changes when a file in it does

What cannot be served is said in one plain sentence: with status 400 and the like if the request is
at fault, 503 if the essays or the index cannot be read.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError, QuestionError
from pactqa.export.formats import FORMATS, export_answers, name_file
from pactqa.export.references import STYLES
from pactqa.search.ranking import Hit
from pactqa.web.essays import find_essay, render_panel
from pactqa.web.links import Link, essay_link, parse_link
from pactqa.web.templates import render
from pactqa.web.turns import Turn, render_notice, render_turn, render_welcome

__all__ = ["ASSETS", "make_routes"]

_FOLDER = Path(__file__).with_name("assets")
_DIGEST = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_FOLDER.iterdir())))

ASSETS = f"page/{_DIGEST.hexdigest()[:12]}"
"""Where the scripts and the style sheet are served, seen from the page."""

_TITLE = "Ask the essays"
_FORM = "application/x-www-form-urlencoded"
_TURNS_MAX = 100
_BODY_MAX = 2_000_000  # bytes


def make_routes(assistant: Assistant) -> list[BaseRoute]:
    """Gives the routes that show the essays of an Assistant and write its answers to files."""

    def show_plain(request: Request) -> Response:
        link = parse_link(request.url.query)
        if link.essay:
            return RedirectResponse(_essay_address(link.essay, link.paragraph), 303)
        try:
            status, body = 200, _render_plain(assistant, link)
        except PactqaError as error:
            status, body = _status_of(error), render_notice(str(error))
        return _page(body, status, question=link.question or "")

    def show_essay(request: Request) -> Response:
        fields = parse_link(request.url.query)
        link = Link(essay=request.path_params["essay"], paragraph=fields.paragraph, key=fields.key)
        title = _TITLE
        try:
            essay = find_essay(assistant, link.essay)
            status, body = 200 if essay else 404, render_panel(assistant, link)
            title = f"{essay.title} – {_TITLE}" if essay else _TITLE
        except PactqaError as error:
            status, body = _status_of(error), render_notice(str(error))
        return _page(body, status, base="../plain", title=title)

    def show_panel(request: Request) -> Response:
        try:
            return HTMLResponse(render_panel(assistant, parse_link(request.url.query)))
        except PactqaError as error:
            return PlainTextResponse(str(error), _status_of(error))

    async def save_answers(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in FORMATS:
            raise HTTPException(
                404, f"There is no such format. The formats are: {_names(FORMATS)}."
            )
        style, turns = _read_export(request.headers.get("content-type", ""), await _read(request))
        try:
            answers = await run_in_threadpool(_ask_again, assistant, turns)
            file = await run_in_threadpool(
                export_answers, answers, kind, style, link_to=_link_from(request)
            )
        except PactqaError as error:
            return PlainTextResponse(str(error), _status_of(error))
        name = f'attachment; filename="{name_file(answers, kind)}"'
        return Response(file, media_type=FORMATS[kind], headers={"Content-Disposition": name})

    return [
        Route("/plain", show_plain),
        Route("/essay/{essay}", show_essay),
        Route("/panel", show_panel),
        Route("/export/{kind}", save_answers, methods=["POST"]),
        Mount(f"/{ASSETS}", StaticFiles(directory=_FOLDER)),
    ]


def _render_plain(assistant: Assistant, link: Link) -> Markup:
    if not link.question:
        return render_welcome(assistant.essays(), ())
    answer = assistant.ask(link.question, essays=link.essays or None, previous=link.previous)
    return render_turn(Turn(answer), 1, assistant.essays(), feedback=False)


def _page(
    body: Markup, status: int, *, base: str = "", title: str = _TITLE, question: str = ""
) -> HTMLResponse:
    page = render("plain.html", body=body, base=base, title=title, question=question, assets=ASSETS)
    return HTMLResponse(page, status)


def _essay_address(essay_id: str, paragraph: int | None) -> str:
    """Gives where an essay's own page stands, seen from `/plain`."""
    place = f"?p={paragraph}#pq-p-{paragraph}" if paragraph else ""
    return f"essay/{quote(essay_id, safe='')}{place}"


def _status_of(error: PactqaError) -> int:
    return 400 if isinstance(error, QuestionError) else 503


async def _read(request: Request) -> bytes:
    """Reads what a request sends, and no more than a conversation can be."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > _BODY_MAX:
            raise HTTPException(413, "These questions are too long to be saved together.")
    return b"".join(parts)


def _read_export(content_type: str, body: bytes) -> tuple[str, list[Link]]:
    """Reads the style of the references and the questions from a form."""
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"Send the questions as a form ({_FORM}).")
    try:
        fields = parse_qsl(body.decode(), errors="replace", max_num_fields=_TURNS_MAX + 1)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is not UTF-8.") from error
    except ValueError as error:
        raise HTTPException(
            413, f"More than {_TURNS_MAX} questions cannot be saved together."
        ) from error
    style = dict(fields).get("style", "")
    if style not in STYLES:
        raise HTTPException(400, f"The style of the references is one of: {_names(STYLES)}.")
    turns = [parse_link(value) for name, value in fields if name == "turn"]
    if not turns or not all(link.question for link in turns):
        raise HTTPException(400, "There is nothing to save yet. Ask a question first.")
    return style, turns


def _ask_again(assistant: Assistant, turns: list[Link]) -> list[Answer]:
    return [
        assistant.ask(link.question or "", essays=link.essays or None, previous=link.previous)
        for link in turns
    ]


def _link_from(request: Request) -> Callable[[Hit], str]:
    """Gives how a passage is linked to on the page that a request was sent to."""
    page = str(request.base_url)
    return lambda hit: page + essay_link(hit.essay.id, hit.passage.paragraph)


def _names(known: dict[str, str]) -> str:
    return ", ".join(known)
