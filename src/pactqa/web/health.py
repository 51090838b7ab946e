"""Tells programs that watch over the page whether it can answer: `/healthz`, without any secret."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pactqa import __version__
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError

__all__ = ["make_health_route"]


def make_health_route(assistant: Assistant) -> Route:
    """Gives the route `/healthz`: 200 and what is served, or 503 and what is wrong."""

    def show_health(request: Request) -> Response:
        served = {"version": __version__, "model": assistant.encoder.name}
        try:
            essays = len(assistant.essays())  # a damaged index is built anew by this
            with assistant.read() as (_, now):
                generation = now.index.identity
        except PactqaError as error:
            return JSONResponse({"status": "unavailable", "message": str(error), **served}, 503)
        return JSONResponse({"status": "ok", "generation": generation, "essays": essays, **served})

    return Route("/healthz", show_health)
