"""Tells under which names the page may be asked: a guard against names that others point at it.

A page of any site can send requests to this computer under that site's own name, once the name is
made to mean this computer (DNS rebinding). An address in numbers cannot be made to mean another.
"""

import ipaddress
import re
from collections.abc import Iterable

__all__ = ["is_host_allowed"]

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?", re.IGNORECASE | re.ASCII)
_OWN = ("localhost", "localhost.localdomain")


def is_host_allowed(host: str, allowed: Iterable[str]) -> bool:
    """Tells whether a page may be asked under a name.

    Args:
        host: what a request names, perhaps with a port.
        allowed: names in small letters; `*` is any, `*.school.example` any below that one.

    >>> is_host_allowed("127.0.0.1:7860", []), is_host_allowed("evil.example", [])
    (True, False)
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found["name"].lower().removesuffix(".")
    if name in _OWN or _is_address(name.strip("[]")):
        return True
    return any(
        one in ("*", name) or (one.startswith("*.") and name.endswith(one[1:])) for one in allowed
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
