"""Reads what the page sends for an editor, and tells whether the page itself has sent it."""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pactqa.essays.front_matter import EditorNote
from pactqa.web.scope import told_by_proxy
from pactqa.web.sessions import Session

__all__ = [
    "CSRF_HEADER",
    "cookie_options",
    "has_token",
    "keep_line_ends",
    "read_fields",
    "read_notes",
    "read_text",
]

CSRF_HEADER = "x-csrf-token"
"""The header that each change brings the session's token in."""

_NOTES_MAX = 500


def has_token(request: Request, session: Session) -> bool:
    """Tells whether a request brings the token of its session, which only the page knows."""
    sent = request.headers.get(CSRF_HEADER, "")
    return secrets.compare_digest(sent.encode("utf-8", "surrogatepass"), session.csrf.encode())


def cookie_options(request: Request) -> dict[str, Any]:
    """Gives what the cookie of a session is set with, and taken away with."""
    return {
        "path": request.scope.get("root_path") or "/",
        "httponly": True,
        "samesite": "strict",
        "secure": "https" in (request.url.scheme, told_by_proxy(request.scope, "proto")),
    }


def read_fields(body: bytes) -> Mapping[str, Any]:
    """Reads an object of JSON, or raises an HTTPException."""
    try:
        value: Any = json.loads(body)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise HTTPException(400, "This is no JSON.") from error
    if not isinstance(value, dict):
        raise HTTPException(400, "Send an object of JSON.")
    return value


def read_text(fields: Mapping[str, Any], name: str, most: int) -> str:
    """Gives a text among some fields, or raises an HTTPException."""
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise HTTPException(400, f'Send "{name}" as a text of at most {most} characters.')
    return value


def read_notes(value: object) -> list[EditorNote]:
    """Reads an editor's notes, or raises an HTTPException; rows without a word are none."""
    if not isinstance(value, list) or len(value) > _NOTES_MAX:
        raise HTTPException(400, f'Send "notes" as a list of at most {_NOTES_MAX} notes.')
    notes = []
    for row in value:
        fields = row if isinstance(row, dict) else {}
        quote, note = read_text(fields, "quote", 20_000), read_text(fields, "note", 20_000)
        if quote.strip() or note.strip():
            notes.append(EditorNote(quote=quote, note=note))
    return notes


def keep_line_ends(notes: Sequence[EditorNote], known: Sequence[EditorNote]) -> list[EditorNote]:
    r"""Gives notes with the line ends that they had: a browser makes all of them the same.

    >>> keep_line_ends([EditorNote("a\nb", "c")], [EditorNote("a\r\nb", "d")])[0].quote
    'a\r\nb'
    """
    quotes = {_normalise(note.quote): note.quote for note in known}
    words = {_normalise(note.note): note.note for note in known}
    return [
        EditorNote(
            quote=quotes.get(_normalise(note.quote), note.quote),
            note=words.get(_normalise(note.note), note.note),
        )
        for note in notes
    ]


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
