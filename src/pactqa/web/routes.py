"""Serves what stands beside Gradio's page: pages without scripts, essays, files, scripts and style.

- `/plain?q=…`, `/plain?essay=…`, `/plain?view=essays`: what a link of the page shows, as a page
  that needs no script
- `/essay/<id>?p=…`: an essay as such a page
- `/panel?essay=…&p=…&key=…`: an essay as the part of the page beside the questions
- `/turns`: the answers to the questions of a form (see `forms`), to be added to the page
- `/export/<format>`: the answers of a conversation as a file. The server keeps none for this: the
  browser sends its questions as a form, and they are asked again.
- `/healthz`: whether it can answer, for programs
- the folder `assets`, under an address that changes when a file in it does

What cannot be served is said in one plain sentence: with status 400 and the like if the request is
at fault, 503 if the essays or the index cannot be read.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.files import Essay
from pactqa.export.formats import FORMATS, export_answers, name_file
from pactqa.export.references import STYLES
from pactqa.search.ranking import Hit
from pactqa.settings import read_style
from pactqa.web.bodies import status_of
from pactqa.web.claims_routes import make_claims_routes, read_claim, render_checked
from pactqa.web.conversation import ask_link, ask_turn, known_essays, pass_over_gone
from pactqa.web.corpus_state import CorpusState
from pactqa.web.editor_routes import Editors
from pactqa.web.essay_list import read_wanted, render_list, render_quiet_notice
from pactqa.web.essay_routes import make_essay_routes
from pactqa.web.essays import find_essay, render_panel
from pactqa.web.forms import read_form
from pactqa.web.health import make_health_route
from pactqa.web.links import Link, essay_link, parse_link, parse_questions
from pactqa.web.suggestions import Suggester
from pactqa.web.templates import render
from pactqa.web.turns import render_notice, render_turn, render_welcome

__all__ = ["ASSETS", "make_routes"]

_FOLDER = Path(__file__).with_name("assets")
_DIGEST = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_FOLDER.iterdir())))

ASSETS = f"page/{_DIGEST.hexdigest()[:12]}"
"""Where the scripts and the style sheet are served, seen from the page."""

_TITLE = "Ask the essays"
_NOTHING = Markup()


def make_routes(
    assistant: Assistant,
    suggester: Suggester,
    feedback: bool = False,
    state: CorpusState | None = None,
    editors: Editors | None = None,
) -> list[BaseRoute]:
    """Gives the routes that show the essays of an Assistant and write its answers to files.

    Args:
        assistant: the one to ask.
        suggester: of the questions to ask next.
        feedback: whether to ask if an answer was helpful.
        state: knows what of the corpus cannot be read; None for one of its own.
        editors: who may change the essays, if anybody may.
    """
    corpus_state = state or CorpusState(assistant)

    def render_turns(
        links: Sequence[Link], first: int, said: Sequence[str], asks_back: bool
    ) -> tuple[Markup, int]:
        """Asks and renders; what cannot be asked gives a message in its place."""
        parts, status, said = [], 200, list(said)
        essays = known_essays(assistant)
        for link in links:
            try:
                turn = ask_turn(assistant, suggester, link, said)
            except PactqaError as error:
                parts.append(render_notice(str(error)))
                status = status_of(error)
                continue
            said += [turn.answer.searched_as, *turn.suggestions]
            parts.append(render_turn(turn, first, essays, asks_back))
            first += 1
        return Markup("\n").join(parts), status

    def find_named(link: Link) -> list[Essay]:
        return [essay for essay in known_essays(assistant) if essay.id in link.essays]

    def show_plain(request: Request) -> Response:
        link, links = parse_link(request.url.query), parse_questions(request.url.query)
        claim = read_claim(request.url.query)
        if link.essay:
            return RedirectResponse(_essay_address(link.essay, link.paragraph), 303)
        found = corpus_state.find()
        try:
            if request.query_params.get("view") == "essays":
                body, status = render_list(assistant, read_wanted(request.url.query), found), 200
            elif claim:
                body, status = render_checked(assistant, claim)
            elif links:
                body, status = render_turns(links, 1, (), False)
            else:
                body, status = render_welcome(assistant.essays(), suggester.first()), 200
        except PactqaError as error:
            body, status = render_notice(str(error)), status_of(error)
        return _page(
            body,
            status,
            question=links[-1].question or "" if links else "",
            claim=claim,
            only=[] if links or claim else find_named(link),
            notice=render_quiet_notice(found),
        )

    async def show_turns(request: Request) -> Response:
        form = await read_form(request)
        links = [turn.link for turn in form.turns]
        html, _ = await run_in_threadpool(render_turns, links, form.first, form.said, feedback)
        return HTMLResponse(html)  # a message is a part of the page as an answer is

    def show_essay(request: Request) -> Response:
        fields = parse_link(request.url.query)
        link = Link(essay=request.path_params["essay"], paragraph=fields.paragraph, key=fields.key)
        title = _TITLE
        try:
            essay = find_essay(assistant, link.essay)
            status, body = 200 if essay else 404, render_panel(assistant, link)
            title = f"{essay.title} – {_TITLE}" if essay else _TITLE
        except PactqaError as error:
            status, body = status_of(error), render_notice(str(error))
        return _page(body, status, base="../plain", title=title)

    def show_panel(request: Request) -> Response:
        try:
            return HTMLResponse(render_panel(assistant, parse_link(request.url.query)))
        except PactqaError as error:
            return PlainTextResponse(str(error), status_of(error))

    async def save_answers(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in FORMATS:
            raise HTTPException(
                404, f"There is no such format. The formats are: {_names(FORMATS)}."
            )
        form = await read_form(request)
        style = form.style or read_style()
        if style not in STYLES:
            raise HTTPException(400, f"The style of the references is one of: {_names(STYLES)}.")
        try:
            asked = await run_in_threadpool(
                lambda: [pass_over_gone(assistant, turn.link) for turn in form.turns]
            )
            answers = await run_in_threadpool(
                lambda: [ask_link(assistant, link) for link, _ in asked]
            )
            file = await run_in_threadpool(
                export_answers,
                answers,
                kind,
                style,
                chosen=[turn.passages for turn in form.turns],
                notices=[notice for _, notice in asked],
                link_to=_link_from(request),
            )
        except PactqaError as error:
            return PlainTextResponse(str(error), status_of(error))
        name = f'attachment; filename="{name_file(answers, kind)}"'
        return Response(file, media_type=FORMATS[kind], headers={"Content-Disposition": name})

    return [
        Route("/plain", show_plain),
        Route("/essay/{essay}", show_essay),
        Route("/panel", show_panel),
        Route("/turns", show_turns, methods=["POST"], middleware=[Middleware(GZipMiddleware)]),
        Route("/export/{kind}", save_answers, methods=["POST"]),
        *make_claims_routes(assistant),
        *make_essay_routes(assistant, corpus_state, editors),
        make_health_route(assistant),
        Mount(f"/{ASSETS}", StaticFiles(directory=_FOLDER)),
    ]


def _page(
    body: Markup,
    status: int,
    *,
    base: str = "",
    title: str = _TITLE,
    question: str = "",
    claim: str = "",
    only: Sequence[Essay] = (),
    notice: Markup = _NOTHING,
) -> HTMLResponse:
    page = render(
        "plain.html",
        body=body,
        base=base,
        title=title,
        question=question,
        claim=claim,
        only=only,
        notice=notice,
        styles=STYLES,
        chosen_style=read_style(),
        assets=ASSETS,
    )
    return HTMLResponse(page, status)


def _essay_address(essay_id: str, paragraph: int | None) -> str:
    """Gives where an essay's own page stands, seen from `/plain`."""
    place = f"?p={paragraph}#pq-p-{paragraph}" if paragraph else ""
    return f"essay/{quote(essay_id, safe='')}{place}"


def _link_from(request: Request) -> Callable[[Hit], str]:
    """Gives how a passage is linked to on the page that a request was sent to."""
    page = str(request.base_url)
    return lambda hit: page + essay_link(hit.essay.id, hit.passage.paragraph)


def _names(known: dict[str, str]) -> str:
    return ", ".join(known)
