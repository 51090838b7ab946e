"""Reads the body of a request, and gives the status of a request that cannot be answered."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pactqa.errors import ClaimError, PactqaError, QuestionError

__all__ = ["check_type", "read_body", "status_of"]


def check_type(request: Request, media_type: str) -> None:
    """Raises an HTTPException unless a request sends what is expected."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != media_type:
        raise HTTPException(415, f"Send this as {media_type}.")


async def read_body(request: Request, most: int, too_large: str) -> bytes:
    """Reads what a request sends, and no more than may be.

    Args:
        request: the request.
        most: how many bytes are read.
        too_large: the message about more of them.

    Raises:
        HTTPException: 413, if it sends more.
    """
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > most:
            raise HTTPException(413, too_large)
    return b"".join(parts)


def status_of(error: PactqaError) -> int:
    """Gives 400 if what was asked is at fault, 503 if the essays or the index cannot be read."""
    return 400 if isinstance(error, ClaimError | QuestionError) else 503
