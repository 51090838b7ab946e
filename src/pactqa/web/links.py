"""Builds and reads the page's links, which outlive a session and a rebuilt index.

`?q=…&essays=…` asks a question again, in some essays only; `?essay=…&p=…` opens an essay at a
paragraph. An essay is named by its id and a paragraph by its number, so that neither changes when
other essays are added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

__all__ = ["Link", "essay_link", "parse_link", "question_link"]

_PARAGRAPH_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Link:
    """Is what a link asks for: a question, or an essay, or (both None) the empty page.

    Attributes:
        question: to ask.
        essays: ids of the essays to ask; empty means all.
        essay: id of the essay to open.
        paragraph: its paragraph to show, from 1; None means the beginning.
    """

    question: str | None = None
    essays: tuple[str, ...] = ()
    essay: str | None = None
    paragraph: int | None = None


def question_link(question: str, essays: Sequence[str] = ()) -> str:
    """Gives the link that asks a question again.

    >>> question_link("Why?", ["one", "two"])
    '?q=Why%3F&essays=one,two'
    """
    fields = {"q": question} | ({"essays": ",".join(essays)} if essays else {})
    return "?" + urlencode(fields, quote_via=quote, safe=",", errors="replace")


def essay_link(essay_id: str, paragraph: int | None = None) -> str:
    """Gives the link that opens an essay, at a paragraph if one is named.

    >>> essay_link("munich", 3)
    '?essay=munich&p=3'
    """
    fields = {"essay": essay_id} | ({"p": str(paragraph)} if paragraph else {})
    return "?" + urlencode(fields, quote_via=quote, errors="replace")


def parse_link(search: str | Mapping[str, str]) -> Link:
    """Reads the query part of an address; what cannot be understood is passed over.

    >>> parse_link("?essay=munich&p=3")
    Link(question=None, essays=(), essay='munich', paragraph=3)
    """
    if isinstance(search, str):
        try:
            fields = dict(parse_qsl(search.removeprefix("?"), max_num_fields=50, errors="replace"))
        except ValueError:
            return Link()
    else:
        fields = dict(search)
    essays = tuple(dict.fromkeys(part for part in fields.get("essays", "").split(",") if part))
    number = fields.get("p", "")
    usable = number.isascii() and number.isdigit() and len(number) <= _PARAGRAPH_DIGITS
    return Link(
        question=fields.get("q") or None,
        essays=essays,
        essay=fields.get("essay") or None,
        paragraph=(int(number) or None) if usable else None,
    )
