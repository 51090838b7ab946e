"""Serves the tabs beside the questions: claims, quotations, reasons.

- `POST /check`: a claim as JSON (`claim`, and perhaps `k` and `essays`); the evidence as JSON
- `/claims/check`: the same for the page: a part of the page, and the claim as its sheet has it
- `/claims/propose?name=…`: of a text or file, its sentences as a part of the page
- `/claims/quotations?name=…`: its quotations, looked up: a part of the page, and as a sheet has it
- `/claims/open?name=…`: the claims and quotations of a saved sheet
- `/claims/sheet/<format>?style=…&which=…`: a sheet, given as JSON, as a file
- `/claims/reasons`, `/claims/reasons/<format>?style=…`: the reasons by essays

The server keeps nothing: a text that is handed in is gone with its request, and a sheet is the
browser's. What is posted must be JSON or bytes: no form of another site's page can send either.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pactqa.assistant import Assistant
from pactqa.errors import ClaimError, PactqaError
from pactqa.essays.uploads import MAX_UPLOAD_BYTES, read_upload
from pactqa.evidence_json import render_evidence
from pactqa.export.references import STYLES
from pactqa.export.sheet import TAKES, Take, make_sheet_claim
from pactqa.export.sheet_formats import SHEET_KINDS, write_reasons, write_sheet
from pactqa.export.sheet_json import SHEET_MAX_BYTES, read_sheet
from pactqa.export.sheet_quoted import make_quoted
from pactqa.quotation_check import CheckedQuotation, check_quotations
from pactqa.reasons import find_reasons
from pactqa.settings import read_style
from pactqa.web.bodies import check_type, read_body, status_of
from pactqa.web.claims import make_claim_renderer, render_proposal
from pactqa.web.links import read_pairs
from pactqa.web.quotations import check_typed, render_quotations
from pactqa.web.reasons import REASON_KINDS, render_reasons
from pactqa.web.sheets import (
    describe_anew,
    open_sheet,
    render_part,
)
from pactqa.web.turns import render_notice

__all__ = ["make_claims_routes", "read_claim", "render_checked"]

_JSON, _BYTES = "application/json", "application/octet-stream"
_CLAIM_MAX_BYTES = 100_000
_K = 8


def read_claim(search: str) -> str:
    """Gives the claim that an address names, `""` if it names none."""
    return dict(read_pairs(search)).get("claim", "").strip()


def render_checked(assistant: Assistant, claim: str) -> tuple[Markup, int]:
    """Checks a claim for the page without scripts; gives a part of it and the status.

    Raises:
        PactqaError: if the claim cannot be checked.
    """
    checked = make_sheet_claim(assistant.check(claim, _K), read_style())
    return make_claim_renderer(assistant)(checked, 1), 200


def make_claims_routes(assistant: Assistant) -> list[BaseRoute]:
    """Gives the routes of the tabs over the essays of an Assistant."""

    def check_for_programs(request: Request, body: bytes) -> Response:
        claim, k, essays = _read_request(body)
        return JSONResponse(render_evidence(assistant.check(claim, k, essays)))

    def check(request: Request, body: bytes) -> Response:
        claim, _, essays = _read_request(body)
        number = _read_number(request, "number")
        checked = make_sheet_claim(assistant.check(claim, _K, essays), _read_style(request))
        html = make_claim_renderer(assistant)(checked, number)
        return JSONResponse({"html": html, "claim": render_part(checked)})

    def propose(request: Request, body: bytes) -> Response:
        upload = read_upload(_read_name(request), body)
        return HTMLResponse(render_proposal(upload.text, upload.markdown))

    def look_up(request: Request, body: bytes) -> Response:
        name = _read_name(request)
        text = read_upload(name, body).text
        if name == _TYPED:
            text, found = check_typed(assistant, text)
        else:
            found = check_quotations(assistant, text)
        return JSONResponse(_render_quoting(assistant, text, found))

    def open_again(request: Request, body: bytes) -> Response:
        opened = open_sheet(assistant, read_sheet(body, _read_name(request)))
        first, render_claim = _read_number(request, "first"), make_claim_renderer(assistant)
        claims = opened.sheet.claims
        return JSONResponse(
            {
                "html": [render_claim(claim, first + at) for at, claim in enumerate(claims)],
                "claims": [render_part(claim) for claim in claims],
                "notice": opened.notice,
                "quoting": _render_quoting(assistant, opened.text, opened.quotations),
            }
        )

    def save(request: Request, body: bytes) -> Response:
        kind, style = request.path_params["kind"], _read_style(request)
        if kind not in SHEET_KINDS:
            raise HTTPException(404, f"There is no such format. They are: {_join(SHEET_KINDS)}.")
        sheet = open_sheet(assistant, read_sheet(body, "the sheet")).sheet
        described = describe_anew(assistant, sheet, style)
        file = write_sheet(described, kind, assistant.essays(), _read_which(request))
        return _file(file, f"claims.{kind}", SHEET_KINDS[kind])

    def show_reasons(request: Request) -> Response:
        try:
            return HTMLResponse(render_reasons(find_reasons(assistant)))
        except PactqaError as error:
            return HTMLResponse(render_notice(str(error)), status_of(error))

    def save_reasons(request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in REASON_KINDS:
            raise HTTPException(404, f"There is no such format. They are: {_join(REASON_KINDS)}.")
        try:
            file = write_reasons(find_reasons(assistant), kind, _read_style(request))
        except PactqaError as error:
            return PlainTextResponse(str(error), status_of(error))
        return _file(file, f"reasons.{kind}", SHEET_KINDS[kind])

    return [
        _post("/check", check_for_programs, _JSON, _CLAIM_MAX_BYTES),
        _post("/claims/check", check, _JSON, _CLAIM_MAX_BYTES),
        _post("/claims/propose", propose, _BYTES, MAX_UPLOAD_BYTES),
        _post("/claims/quotations", look_up, _BYTES, MAX_UPLOAD_BYTES),
        _post("/claims/open", open_again, _JSON, SHEET_MAX_BYTES),
        _post("/claims/sheet/{kind}", save, _JSON, SHEET_MAX_BYTES),
        Route("/claims/reasons", show_reasons),
        Route("/claims/reasons/{kind}", save_reasons),
    ]


_TYPED = "typed.txt"
"""The name under which the page sends what was typed as a quotation."""


def _post(
    path: str, answer: Callable[[Request, bytes], Response], media_type: str, most: int
) -> Route:
    """Gives a route that reads at most so many bytes of one type, and says what is wrong."""

    async def endpoint(request: Request) -> Response:
        check_type(request, media_type)
        too_large = f"This is larger than the {most:,} bytes that are read. Shorten or divide it."
        body = await read_body(request, most, too_large)
        try:
            return await run_in_threadpool(answer, request, body)
        except PactqaError as error:
            return PlainTextResponse(str(error), status_of(error))

    return Route(path, endpoint, methods=["POST"], middleware=[Middleware(GZipMiddleware)])


def _read_request(body: bytes) -> tuple[str, int, list[str] | None]:
    """Reads the claim to check, how many sentences are wanted, and in which essays.

    Raises:
        ClaimError: if it is no such request.
    """
    try:
        value: Any = json.loads(body)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ClaimError(f"This is no JSON ({error}).") from error
    fields = value if isinstance(value, dict) else {}
    claim, k, essays = fields.get("claim"), fields.get("k", _K), fields.get("essays")
    is_list = isinstance(essays, list) and all(isinstance(name, str) for name in essays)
    is_number = isinstance(k, int) and not isinstance(k, bool)
    if not isinstance(claim, str) or not is_number or not (is_list or essays is None):
        raise ClaimError(
            'Send {"claim": "…"} as JSON, and if you like "k" (a number) and "essays" (a list of '
            "ids)."
        )
    return claim.strip(), k, essays


def _read_name(request: Request) -> str:
    return request.query_params.get("name", "") or "text.txt"


def _read_number(request: Request, name: str) -> int:
    number = request.query_params.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def _read_style(request: Request) -> str:
    style = request.query_params.get("style") or read_style()
    if style not in STYLES:
        raise HTTPException(400, f"The style of the references is one of: {_join(STYLES)}.")
    return style


def _read_which(request: Request) -> Take:
    which = request.query_params.get("which", "short")
    if which not in TAKES:
        raise HTTPException(400, f"Which sentences are printed is one of: {_join(TAKES)}.")
    return which


def _render_quoting(
    assistant: Assistant, text: str, found: Sequence[CheckedQuotation]
) -> dict[str, Any]:
    """Gives the quotations of a text as a part of the page, and as its sheet has them."""
    quoted = [render_part(one) for one in make_quoted(assistant, text, found)]
    return {"html": render_quotations(assistant, text, found), "quoted": quoted}


def _join(names: Any) -> str:
    return ", ".join(names)


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
