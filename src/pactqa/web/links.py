"""Builds and reads the page's links, which outlive a session and a rebuilt index.

`?q=…&essays=…` asks a question again, in some essays only; `?essay=…&p=…` opens an essay at a
paragraph. An essay is named by its id and a paragraph by its number, so that neither changes when
other essays are added. Between the page and its server a link may say two things more: the question
before (`previous`) and the sentence to mark (`key`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from pactqa.essays.splitting import Span

__all__ = ["Link", "essay_link", "parse_link", "question_link"]

_FIELDS_MAX = 50
_PARAGRAPH = re.compile(r"[0-9]{1,7}", re.ASCII)
_KEY = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks for: a question, or an essay, or (both None) the empty page.

    Attributes:
        question: to ask.
        essays: ids of the essays to ask; empty means all.
        previous: what was searched before, for a question that leans on it.
        as_typed: whether its spelling is searched as it is.
        essay: id of the essay to open.
        paragraph: its paragraph to show, from 1; None means the beginning.
        key: the sentence to mark in that paragraph, in offsets of the essay.
    """

    question: str | None = None
    essays: tuple[str, ...] = ()
    previous: str | None = None
    as_typed: bool = False
    essay: str | None = None
    paragraph: int | None = None
    key: Span | None = None


def question_link(
    question: str,
    essays: Sequence[str] = (),
    previous: str | None = None,
    as_typed: bool = False,
) -> str:
    """Gives the link that asks a question again, with its spelling as it is if `as_typed`.

    >>> question_link("Why?", ["one", "two"])
    '?q=Why%3F&essays=one,two'
    """
    fields = {"q": question}
    if essays:
        fields["essays"] = ",".join(essays)
    if previous:
        fields["previous"] = previous
    if as_typed:
        fields["typed"] = "1"
    return "?" + urlencode(fields, quote_via=quote, safe=",", errors="replace")


def essay_link(essay_id: str, paragraph: int | None = None) -> str:
    """Gives the link that opens an essay, at a paragraph if one is named.

    >>> essay_link("munich", 3)
    '?essay=munich&p=3'
    """
    fields = {"essay": essay_id} | ({"p": str(paragraph)} if paragraph else {})
    return "?" + urlencode(fields, quote_via=quote, errors="replace")


def parse_link(search: str) -> Link:
    """Reads the query part of an address; what cannot be understood is passed over.

    >>> parse_link("?essay=munich&p=3").paragraph
    3
    """
    try:
        pairs = parse_qsl(search.removeprefix("?"), max_num_fields=_FIELDS_MAX, errors="replace")
    except ValueError:
        return Link()
    fields = dict(pairs)
    number = fields.get("p", "")
    key = _KEY.fullmatch(fields.get("key", ""))
    return Link(
        question=fields.get("q") or None,
        essays=tuple(dict.fromkeys(id_ for id_ in fields.get("essays", "").split(",") if id_)),
        previous=fields.get("previous") or None,
        as_typed=fields.get("typed") == "1",
        essay=fields.get("essay") or None,
        paragraph=(int(number) or None) if _PARAGRAPH.fullmatch(number) else None,
        key=Span(int(key[1]), int(key[2])) if key else None,
    )
