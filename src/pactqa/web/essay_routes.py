"""Serves the list of the tab "Essays": `GET /essays?find=…&order=…&page=…`, a part of the page."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.web.bodies import status_of
from pactqa.web.corpus_state import CorpusState
from pactqa.web.editor_routes import Editors
from pactqa.web.essay_list import read_wanted, render_list
from pactqa.web.turns import render_notice

__all__ = ["make_essay_routes"]


def make_essay_routes(
    assistant: Assistant, state: CorpusState, editors: Editors | None
) -> list[BaseRoute]:
    """Gives the route of the list; whoever is logged in gets it with buttons to change essays."""

    def show_list(request: Request) -> Response:
        is_editor = editors is not None and editors.session_of(request) is not None
        try:
            html, status = (
                render_list(
                    assistant, read_wanted(request.url.query), state.find(), is_editor=is_editor
                ),
                200,
            )
        except PactqaError as error:
            html, status = render_notice(str(error)), status_of(error)
        return HTMLResponse(html, status, {"Cache-Control": "no-store"})

    return [Route("/essays", show_list)]
