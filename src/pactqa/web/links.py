"""Builds and reads the page's links, which outlive a session and a rebuilt index.

`?q=…&essays=…` asks a question again, in some essays only; `?essay=…&p=…` opens an essay at a
paragraph. An essay is named by its id and a paragraph by its number, so that neither changes when
other essays are added. `?q=…&q=…` asks several questions in their order: what follows a `q` belongs
to it. A link may say three things more: the question before (`previous`), the passages that "more"
does not bring again (`shown`) and the sentence to mark (`key`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from pactqa.essays.splitting import Span

__all__ = [
    "QUESTIONS_MAX",
    "Link",
    "essay_link",
    "parse_link",
    "parse_questions",
    "question_link",
    "read_pairs",
]

QUESTIONS_MAX = 100
"""How many questions can be asked in one address, or saved together."""

_FIELDS_MAX = 50
_FIELDS_PER_QUESTION = 5
_PARAGRAPH = re.compile(r"[0-9]{1,7}", re.ASCII)
_KEY = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks for: a question, or an essay, or (both None) the empty page.

    Attributes:
        question: to ask.
        essays: ids of the essays to ask; empty means all.
        previous: what was searched before, for a question that leans on it.
        shown: ids of the passages that "more" does not bring again.
        as_typed: whether its spelling is searched as it is.
        essay: id of the essay to open.
        paragraph: its paragraph to show, from 1; None means the beginning.
        key: the sentence to mark in that paragraph, in offsets of the essay.
    """

    question: str | None = None
    essays: tuple[str, ...] = ()
    previous: str | None = None
    shown: tuple[str, ...] = ()
    as_typed: bool = False
    essay: str | None = None
    paragraph: int | None = None
    key: Span | None = None


def question_link(
    question: str,
    essays: Sequence[str] = (),
    previous: str | None = None,
    as_typed: bool = False,
    shown: Sequence[str] = (),
) -> str:
    """Gives the link that asks a question again; the arguments are the fields of `Link`.

    >>> question_link("Why?", ["one", "two"])
    '?q=Why%3F&essays=one,two'
    """
    fields = {"q": question}
    if essays:
        fields["essays"] = ",".join(essays)
    if previous:
        fields["previous"] = previous
    if shown:
        fields["shown"] = ",".join(shown)
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
    return _read_fields(read_pairs(search))


def parse_questions(search: str) -> tuple[Link, ...]:
    """Reads the questions of an address, in their order.

    What stands before the first of them belongs to it, too. More than `QUESTIONS_MAX` are no
    address that the page gives, and none of them is read.

    >>> [link.essays for link in parse_questions("?q=Why%3F&essays=munich&q=When%3F")]
    [('munich',), ()]
    """
    groups: list[list[tuple[str, str]]] = [[]]
    for name, value in read_pairs(search, QUESTIONS_MAX * _FIELDS_PER_QUESTION):
        if name == "q" and any(known == "q" for known, _ in groups[-1]):
            groups.append([])
        groups[-1].append((name, value))
    links = [_read_fields(group) for group in groups]
    return tuple(link for link in links if link.question)


def read_pairs(search: str, most: int = _FIELDS_MAX) -> list[tuple[str, str]]:
    """Reads the names and values of an address's query; of more than `most` none is read."""
    try:
        return parse_qsl(search.removeprefix("?"), max_num_fields=most, errors="replace")
    except ValueError:
        return []


def _read_fields(pairs: Sequence[tuple[str, str]]) -> Link:
    fields = dict(pairs)
    number = fields.get("p", "")
    key = _KEY.fullmatch(fields.get("key", ""))
    return Link(
        question=fields.get("q") or None,
        essays=_read_ids(fields.get("essays", "")),
        previous=fields.get("previous") or None,
        shown=_read_ids(fields.get("shown", "")),
        as_typed=fields.get("typed") == "1",
        essay=fields.get("essay") or None,
        paragraph=(int(number) or None) if _PARAGRAPH.fullmatch(number) else None,
        key=Span(int(key[1]), int(key[2])) if key else None,
    )


def _read_ids(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for id_ in listed.split(",") if id_))
