"""Closes connections whose request never comes to its end.

The server waits without end for the rest of a request that was begun, so that a few thousand
connections which send nothing, or a letter now and then, would keep all others out. A request's
head must be there within seconds, its body within minutes; what is being answered is not touched.
"""

import asyncio
from typing import Any

import uvicorn.config
from uvicorn.protocols.http.auto import AutoHTTPProtocol

__all__ = ["BoundedProtocol", "bound_connections"]


def bound_connections() -> None:
    """Makes servers that are started from now on close such connections."""
    place = f"{BoundedProtocol.__module__}:{BoundedProtocol.__qualname__}"
    uvicorn.config.HTTP_PROTOCOLS["auto"] = place


class BoundedProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # chosen at run time
    """One connection of the server, which looks from time to time what it waits for.

    Attributes:
        head_seconds: how long a request's head may take.
        body_seconds: how long its body may take.
        look_seconds: how often it is looked.
    """

    head_seconds = 15.0
    body_seconds = 120.0
    look_seconds = 5.0

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begins to look, beside what the server does."""
        super().connection_made(transport)
        self._waited_for: object = None
        self._since = self.loop.time()
        self.loop.call_later(self.look_seconds, self._look)

    def _look(self) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return  # it has ended, or is a web socket now
        waited_for, most = self._find_waiting()
        if most is None or waited_for != self._waited_for:
            self._waited_for, self._since = waited_for, self.loop.time()
        elif self.loop.time() - self._since > most:
            self.transport.abort()
            return
        self.loop.call_later(self.look_seconds, self._look)

    def _find_waiting(self) -> tuple[object, float | None]:
        """Gives what the visitor has to send, and how long that may take; None if nothing."""
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            return ("body", id(cycle)), self.body_seconds if cycle.more_body else None
        if cycle is None or self.timeout_keep_alive_task is None:
            return ("head", id(cycle)), self.head_seconds
        return None, None  # between two requests, which the server bounds itself
