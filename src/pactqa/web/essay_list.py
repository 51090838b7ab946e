"""Lists the essays for the tab "Essays": some at a time, found by words, in an order of choice."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.settings import is_number
from pactqa.web.corpus_state import Found
from pactqa.web.links import read_pairs
from pactqa.web.templates import render

__all__ = ["ORDERS", "EssayRow", "Wanted", "read_wanted", "render_list", "render_quiet_notice"]

ORDERS = {"title": "Title", "author": "Author", "year": "Year, latest first", "new": "Newest file"}
"""The orders of the list, and what they are called."""

_PER_PAGE = 20
_FIND_MAX = 200
_PROBLEMS_SHOWN = 30
_PAGE_MAX = 999_999


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which essays are to be listed.

    Attributes:
        find: words that title, author, year, site or file have.
        order: a key of `ORDERS`.
        page: from 1.
    """

    find: str = ""
    order: str = "title"
    page: int = 1

    def link(self, page: int) -> str:
        """Gives the link to another page of the same list."""
        fields = {"view": "essays", "find": self.find, "order": self.order, "page": str(page)}
        return "?" + urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True, slots=True)
class EssayRow:
    """An essay, as the list shows it.

    Attributes:
        essay: the essay.
        passages: how many it has.
        words: how many its text has.
        date: of the file's last change; None if that cannot be known now.
        first: its first sentence, `""` where that is not what the file says.
        warnings: what to know of it, a sentence each.
    """

    essay: Essay
    passages: int
    words: int
    date: datetime.date | None
    first: str
    warnings: tuple[str, ...]


def read_wanted(search: str) -> Wanted:
    """Reads the query part of an address; what cannot be understood is passed over.

    >>> read_wanted("find=bees&page=2").page
    2
    """
    fields = dict(read_pairs(search))
    page, order = fields.get("page", ""), fields.get("order", "")
    return Wanted(
        find=" ".join(fields.get("find", "").split())[:_FIND_MAX],
        order=order if order in ORDERS else "title",
        page=int(page) if is_number(page, _PAGE_MAX) else 1,
    )


def render_list(
    assistant: Assistant, wanted: Wanted, found: Found, *, is_editor: bool = False
) -> Markup:
    """Renders a page of the list, with what of the corpus is not read.

    Args:
        assistant: whose essays.
        wanted: which of them.
        found: what the corpus is like.
        is_editor: whether they can be edited and removed.

    Raises:
        StoreError: if the index cannot be read.
    """
    every = assistant.essays()
    essays = [essay for essay in every if _has(essay, wanted.find)]
    essays.sort(key=_orders(assistant)[wanted.order])
    pages = max(1, -(-len(essays) // _PER_PAGE))
    page = min(max(wanted.page, 1), pages)
    problems = found.problems if is_editor else found.errors
    shown = essays[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    return render(
        "essays/list.html",
        rows=[_make_row(assistant, essay, found) for essay in shown],
        wanted=wanted,
        orders=ORDERS,
        count=len(essays),
        total=len(every),
        page=page,
        pages=pages,
        first=(page - 1) * _PER_PAGE + 1,
        problems=problems[:_PROBLEMS_SHOWN],
        more_problems=len(problems[_PROBLEMS_SHOWN:]),
        is_stale=found.is_stale,
        is_editor=is_editor,
    )


def render_quiet_notice(found: Found) -> Markup:
    """Renders the line of the whole page about what cannot be read; nothing if all can."""
    errors = found.errors
    if not errors:
        return Markup()
    return render("essays/notice.html", errors=errors, kept=len(found.kept))


def _orders(assistant: Assistant) -> dict[str, Callable[[Essay], Any]]:
    """Gives the key to sort by, for each order; the title decides between equals."""

    def title(essay: Essay) -> str:
        return essay.title.casefold()

    return {
        "title": title,
        "author": lambda e: (not e.author, (e.author or "").casefold(), title(e)),
        "year": lambda e: (e.year is None, -(e.year or 0), title(e)),
        "new": lambda e: (-_changed_at(assistant, e), title(e)),
    }


def _has(essay: Essay, find: str) -> bool:
    """Tells whether what is known of an essay has all the words looked for."""
    known = (essay.title, essay.author, str(essay.year or ""), essay.site, essay.file)
    text = " ".join(part for part in known if part).casefold()
    return all(word in text for word in find.casefold().split())


def _make_row(assistant: Assistant, essay: Essay, found: Found) -> EssayRow:
    passages = assistant.passages(essay.id)
    now = assistant.texts.text_of(essay)
    warnings = []
    if now is None or essay.id in found.kept:
        warnings.append("The file cannot be read now, so this is the essay as it was read last.")
    elif now != essay.text:
        warnings.append(
            "The file has changed or is gone since it was read, so it is not quoted. The index "
            "must be refreshed."
        )
    if essay.excerpt:
        warnings.append("The copy at hand breaks off.")
    changed = _changed_at(assistant, essay)
    is_same = now is None or now == essay.text
    return EssayRow(
        essay=essay,
        passages=len(passages),
        words=len(essay.text.split()),
        date=datetime.datetime.fromtimestamp(changed).date() if changed else None,
        first=_first_sentence(essay, passages) if is_same else "",
        warnings=tuple(warnings),
    )


def _first_sentence(essay: Essay, passages: Any) -> str:
    first = next((p.sentences[0] for p in passages if p.sentences), None)
    return essay.text[first.start : first.end] if first else ""


def _changed_at(assistant: Assistant, essay: Essay) -> float:
    """Gives when the file of an essay was changed last, 0 if that cannot be known now."""
    try:
        return (assistant.corpus / essay.file).stat().st_mtime
    except OSError:
        return 0.0
