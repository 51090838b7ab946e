"""What the page sends: questions in their order, each with the passages selected under it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from pactqa.web.forms import Taken, read_form
from pactqa.web.links import Link


def read(body, content_type=b"application/x-www-form-urlencoded"):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "headers": [(b"content-type", content_type)]}
    # In a thread of its own: after tests in a browser, this one has an event loop that runs.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, read_form(Request(scope, receive))).result()


def test_a_passage_belongs_to_the_question_before_it():
    body = [
        ("take", "no question:0-1"),
        ("turn", "?q=a"),
        ("take", "x:0-1"),
        ("take", "x:2-3"),
        ("turn", "?q=b&essays=x"),
        ("turn", "?q=a"),
        ("take", "x:0-1"),
    ]
    form = read(urlencode([*body, ("style", "apa"), ("first", "4"), ("said", "c")]).encode())
    assert form.turns == (
        Taken(Link("a"), ("x:0-1", "x:2-3")),
        Taken(Link("b", essays=("x",))),
        Taken(Link("a"), ("x:0-1",)),
    )
    assert (form.style, form.first, form.said) == ("apa", 4, ("c",))


def test_what_is_left_out_has_a_plain_value():
    form = read(b"turn=?q=a")
    assert (form.style, form.first, form.said) == ("", 1, ())


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"turn=?essay=x", 400), (b"\xff", 400), (b"turn=?q=a&" * 101, 413)],
)
def test_a_form_that_asks_nothing_or_too_much_is_refused(body, status):
    with pytest.raises(HTTPException) as refused:
        read(body)
    assert refused.value.status_code == status


def test_something_else_than_a_form_is_refused():
    with pytest.raises(HTTPException) as refused:
        read(b"turn=?q=a", b"application/json")
    assert refused.value.status_code == 415
