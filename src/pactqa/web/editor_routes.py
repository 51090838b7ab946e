"""Serves the part of the tab "Essays" that is for editors: logging in, and changing the essays.

- `GET /editor`: the form to log in, or what an editor can do, as a part of the page
- `POST /editor/login`, `/editor/logout`
- `POST /editor/propose?name=…`: of a file, its proposal as a part of the page; nothing is written
- `POST /editor/add`, `/editor/discard`: writes a proposal into the corpus, or forgets it
- `GET /editor/essay?id=…`, `GET /editor/removed`: the form to edit an essay; what was removed
- `POST /editor/edit`, `/editor/remove`, `/editor/restore`: change the corpus
- `POST /editor/refresh`, `GET /editor/refresh`: begins a refresh; tells how far it is

What is posted is JSON or bytes, so that no form of another site's page can send it, and each change
must bring the session's token in a header besides the cookie. Without a login everything but the
form to log in is refused, before a byte of a file is read.
"""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pactqa.adding.changes import add, edit, list_removed, remove, restore
from pactqa.adding.proposals import Proposal, propose, revise
from pactqa.assistant import Assistant
from pactqa.errors import CorpusError, EssayError, EssayExistsError, PactqaError
from pactqa.essays.listing import SUFFIXES
from pactqa.messages import count_of
from pactqa.settings import read_essay_bytes
from pactqa.web.bodies import check_type, read_body, status_of
from pactqa.web.corpus_state import hide_folder
from pactqa.web.editing import (
    render_editing,
    render_editor,
    render_login,
    render_proposal,
    render_refresh,
    render_removed,
)
from pactqa.web.editor_requests import (
    cookie_options,
    has_token,
    keep_line_ends,
    read_fields,
    read_notes,
    read_text,
)
from pactqa.web.essays import find_essay
from pactqa.web.passwords import Accounts
from pactqa.web.refreshing import Refresher
from pactqa.web.scope import address_of
from pactqa.web.sessions import COOKIE, SESSION_SECONDS, Session, Sessions, Throttle

__all__ = ["UPLOAD_PATH", "Editors", "make_editor_routes"]

_log = logging.getLogger(__name__)

UPLOAD_PATH = "/editor/propose"
"""Where a file is sent: the one address that takes as much as `read_essay_bytes` says."""

_JSON, _BYTES = "application/json", "application/octet-stream"
_JSON_MAX_BYTES = 500_000
_LOGIN_MAX_BYTES = 10_000
_LOOKED_AT_MAX = 8
_GONE = "There is no such essay any more. Look at the list again."
_QUIET = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Editors:
    """Those who may change the essays on the page, and who of them is logged in.

    Attributes:
        accounts: names and passwords.
        sessions: who is logged in.
        by_address: slows down attempts from one address.
        by_name: slows down attempts for one name, but less: else anybody could lock an editor out.
    """

    accounts: Accounts
    sessions: Sessions
    by_address: Throttle
    by_name: Throttle

    @classmethod
    def of(cls, accounts: Accounts) -> "Editors":
        """Gives the editors of some accounts, none of them logged in."""
        return cls(accounts, Sessions(), Throttle(300.0), Throttle(30.0))

    def session_of(self, request: Request) -> Session | None:
        """Gives the session of a request, None if nobody is logged in there."""
        return self.sessions.find(request.cookies.get(COOKIE))


_Answer = Callable[[Request, Session, Any], Response]


def make_editor_routes(
    assistant: Assistant, editors: Editors, refresher: Refresher
) -> list[BaseRoute]:
    """Gives the routes for the editors of an Assistant's essays."""
    looked_at: set[object] = set()  # the passwords that are looked at or wait for that

    async def log_in(request: Request) -> Response:
        check_type(request, _JSON)
        fields = read_fields(await read_body(request, _LOGIN_MAX_BYTES, "This is no login."))
        name, password = read_text(fields, "name", 100), read_text(fields, "password", 2000)
        address = address_of(request.scope)
        wait = max(editors.by_address.begin(address), editors.by_name.begin(name))
        if wait > 0 or len(looked_at) >= _LOOKED_AT_MAX:
            seconds = max(math.ceil(wait), 1)
            words = f"Too many attempts. Wait {count_of(seconds, 'second')}, and try again."
            return PlainTextResponse(words, 429, _QUIET | {"Retry-After": str(seconds)})
        looked_at.add(request)
        try:
            is_right = await run_in_threadpool(editors.accounts.is_right, name, password)
        finally:
            looked_at.discard(request)
        if not is_right:
            _log.warning("A login failed, from %s", address)
            return PlainTextResponse("The name or the password is wrong.", 401, _QUIET)
        editors.by_address.succeed(address)
        editors.by_name.succeed(name)
        editors.sessions.end(request.cookies.get(COOKIE))
        token, _ = editors.sessions.begin(name)
        _log.info("%s logged in", name)
        response = Response(status_code=204, headers=_QUIET)
        response.set_cookie(COOKIE, token, max_age=SESSION_SECONDS, **cookie_options(request))
        return response

    def log_out(request: Request, session: Session, _: Any) -> Response:
        editors.sessions.end(request.cookies.get(COOKIE))
        response = Response(status_code=204, headers=_QUIET)
        response.delete_cookie(COOKIE, **cookie_options(request))
        return response

    def show(request: Request) -> Response:
        session = editors.session_of(request)
        if session is None:
            return HTMLResponse(render_login(), headers=_QUIET)
        part = render_editor(session.name, session.csrf, read_essay_bytes(), [*SUFFIXES])
        return HTMLResponse(part, headers=_QUIET)

    def propose_file(request: Request, session: Session, body: bytes) -> Response:
        proposal = propose(request.query_params.get("name", ""), body, assistant)
        proposal_id = session.keep(proposal)
        is_taken = find_essay(assistant, proposal.essay.id) is not None
        return HTMLResponse(render_proposal(proposal, proposal_id, is_taken), headers=_QUIET)

    def add_essay(request: Request, session: Session, fields: Mapping[str, Any]) -> Response:
        proposal_id = read_text(fields, "proposal", 100)
        proposal = session.proposals.get(proposal_id)
        if not isinstance(proposal, Proposal):
            raise CorpusError("This proposal is kept no more. Upload the file again.")
        revised = revise(
            proposal,
            assistant,
            title=read_text(fields, "title", 5000),
            author=read_text(fields, "author", 5000),
            year=read_text(fields, "year", 100),
        )
        file = add(revised, assistant, replace=fields.get("replace") is True)
        session.proposals.pop(proposal_id, None)
        return changed(session, "added", revised.essay.title, file.name)

    def discard(request: Request, session: Session, fields: Mapping[str, Any]) -> Response:
        session.proposals.pop(read_text(fields, "proposal", 100), None)
        return Response(status_code=204, headers=_QUIET)

    def show_essay(request: Request, session: Session, _: Any) -> Response:
        essay = find_essay(assistant, request.query_params.get("id"))
        if essay is None:
            raise CorpusError(_GONE)
        return HTMLResponse(render_editing(essay), headers=_QUIET)

    def edit_essay(request: Request, session: Session, fields: Mapping[str, Any]) -> Response:
        essay = find_essay(assistant, read_text(fields, "essay", 1000))
        if essay is None:
            raise CorpusError(_GONE)
        title, author = read_text(fields, "title", 5000), read_text(fields, "author", 5000)
        # What was not changed is not written: the title may be the first heading's.
        edit(
            essay.id,
            assistant,
            title=None if title == essay.title else title,
            author=None if author == (essay.author or "") else author,
            year=read_text(fields, "year", 100),
            notes=keep_line_ends(read_notes(fields.get("notes")), essay.notes),
        )
        return changed(session, "changed", essay.title)

    def remove_essay(request: Request, session: Session, fields: Mapping[str, Any]) -> Response:
        essay_id = read_text(fields, "essay", 1000)
        remove(essay_id, assistant)
        return changed(session, "removed", essay_id)

    def show_removed(request: Request, session: Session, _: Any) -> Response:
        return HTMLResponse(render_removed(list_removed(assistant)), headers=_QUIET)

    def restore_essay(request: Request, session: Session, fields: Mapping[str, Any]) -> Response:
        name = read_text(fields, "name", 5000)
        file = restore(name, assistant)
        return changed(session, "restored", file.name)

    def changed(session: Session, verb: str, what: str, file: str = "") -> Response:
        _log.info("%s %s %s %s", session.name, verb, what, file)
        refresher.start()
        return JSONResponse({"done": f"{what}: {verb}."}, headers=_QUIET)

    def refresh(request: Request, session: Session, _: Any) -> Response:
        refresher.start()
        return show_refresh(request, session, _)

    def show_refresh(request: Request, session: Session, _: Any) -> Response:
        state = refresher.state
        html = render_refresh(assistant, state)
        found = {"number": state.number, "running": state.is_running, "html": html}
        return JSONResponse(found, headers=_QUIET)

    def say(error: PactqaError) -> str:
        return hide_folder(str(error), assistant)

    def route(path: str, answer: _Answer, method: str, media_type: str = "") -> Route:
        """Gives a route that answers editors only."""

        async def endpoint(request: Request) -> Response:
            session = editors.session_of(request)
            if session is None:
                return PlainTextResponse("Log in as an editor first.", 401, _QUIET)
            body: Any = None
            if method == "POST":
                if not has_token(request, session):
                    words = "This was not sent by the page itself. Load the page again."
                    return PlainTextResponse(words, 403, _QUIET)
                check_type(request, media_type)
                most = read_essay_bytes() if media_type == _BYTES else _JSON_MAX_BYTES
                too_large = f"This is larger than the {most:,} bytes that are read. Divide it."
                body = await read_body(request, most, too_large)
                body = body if media_type == _BYTES else read_fields(body)
            try:
                return await run_in_threadpool(answer, request, session, body)
            except EssayExistsError as error:
                return PlainTextResponse(say(error), 409, _QUIET)
            except (CorpusError, EssayError) as error:
                return PlainTextResponse(say(error), 400, _QUIET)
            except PactqaError as error:
                return PlainTextResponse(say(error), status_of(error), _QUIET)

        return Route(path, endpoint, methods=[method])

    return [
        Route("/editor", show),
        Route("/editor/login", log_in, methods=["POST"]),
        route("/editor/logout", log_out, "POST", _JSON),
        route(UPLOAD_PATH, propose_file, "POST", _BYTES),
        route("/editor/add", add_essay, "POST", _JSON),
        route("/editor/discard", discard, "POST", _JSON),
        route("/editor/essay", show_essay, "GET"),
        route("/editor/edit", edit_essay, "POST", _JSON),
        route("/editor/remove", remove_essay, "POST", _JSON),
        route("/editor/removed", show_removed, "GET"),
        route("/editor/restore", restore_essay, "POST", _JSON),
        route("/editor/refresh", refresh, "POST", _JSON),
        route("/editor/refresh", show_refresh, "GET"),
    ]
