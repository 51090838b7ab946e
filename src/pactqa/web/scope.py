"""Reads what the scope of an ASGI request says: its path, and from which address it came."""

from starlette.datastructures import Headers
from starlette.types import Scope

__all__ = ["address_of", "path_of", "told_by_proxy"]

_ADDRESS_MOST = 100


def path_of(scope: Scope) -> str:
    """Gives the path of a request below the one that the app is mounted at."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def address_of(scope: Scope) -> str:
    """Gives the address that a request came from, as a proxy tells it if there is one."""
    return told_by_proxy(scope, "for")[:_ADDRESS_MOST] or (scope.get("client") or ("",))[0]


def told_by_proxy(scope: Scope, what: str) -> str:
    """Gives what the nearest proxy tells of a visitor, `""` for nothing.

    The guard lets nothing of the kind pass where no proxy is believed.

    Args:
        scope: of the request.
        what: `for` is the address, `proto` how the proxy was asked.
    """
    told = Headers(scope=scope).get(f"x-forwarded-{what}", "")
    return told.split(",")[-1].strip()
