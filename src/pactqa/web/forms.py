"""Reads what the page sends to its server: a conversation, or a part of it, as a form.

- `turn`: the link of a question; the questions stand in their order
- `take`: the id of a passage of the `turn` before it, to be taken away
- `style`: of the references
- `first`: the number that the first question has on the page
- `said`: a question asked or suggested before
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pactqa.web.bodies import read_body
from pactqa.web.links import QUESTIONS_MAX, Link, parse_link

__all__ = ["FORM_MAX_BYTES", "Form", "Taken", "read_form"]

_FORM = "application/x-www-form-urlencoded"
FORM_MAX_BYTES = 2_000_000
"""A larger form is refused."""

_TOO_LARGE = "These questions are too long to be sent together."
_FIELDS_MAX = 30 * QUESTIONS_MAX


@dataclass(frozen=True, slots=True)
class Taken:
    """A question, and what of its answer is taken away.

    Attributes:
        link: asks it.
        passages: the ids of those that are ticked.
    """

    link: Link
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What the page sends; see this module.

    Attributes:
        turns: at least one, each with a question.
        style: of the references; `""` if none is given.
        first: from 1.
        said: the latest last.
    """

    turns: tuple[Taken, ...]
    style: str
    first: int
    said: tuple[str, ...]


async def read_form(request: Request) -> Form:
    """Reads the form that a request sends.

    Raises:
        HTTPException: if it is none, is too large or asks nothing.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"Send the questions as a form ({_FORM}).")
    try:
        body = (await read_body(request, FORM_MAX_BYTES, _TOO_LARGE)).decode()
        pairs = parse_qsl(body, errors="replace", max_num_fields=_FIELDS_MAX)
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is not UTF-8.") from error
    except ValueError as error:
        raise HTTPException(413, "These are more passages than can be taken together.") from error
    fields, turns = dict(pairs), _read_turns(pairs)
    if len(turns) > QUESTIONS_MAX:
        raise HTTPException(413, f"More than {QUESTIONS_MAX} questions cannot be sent together.")
    if not turns or not all(turn.link.question for turn in turns):
        raise HTTPException(400, "There is nothing to save yet. Ask a question first.")
    first = fields.get("first", "")
    return Form(
        turns=tuple(turns),
        style=fields.get("style", ""),
        first=int(first) if first.isascii() and first.isdigit() and len(first) < 5 else 1,
        said=tuple(value for name, value in pairs if name == "said"),
    )


def _read_turns(pairs: Sequence[tuple[str, str]]) -> list[Taken]:
    turns: list[Taken] = []
    for name, value in pairs:
        if name == "turn":
            turns.append(Taken(parse_link(value)))
        elif name == "take" and turns:
            turns[-1] = replace(turns[-1], passages=(*turns[-1].passages, value))
    return turns
