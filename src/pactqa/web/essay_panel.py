"""Turns a whole essay into the panel beside the questions: values in, HTML out, no Gradio."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.web.cards import count_of, render_note, render_quotation, show
from pactqa.web.links import essay_link

__all__ = ["open_essay_request", "render_essay", "render_unknown_essay"]

_ID_MAX = 300
_KEY = re.compile(r"([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


def open_essay_request(assistant: Assistant, request: Any) -> str:
    """Renders the essay that the browser asks for; anything unusable gives the kind message.

    Args:
        assistant: holds the essays.
        request: what a browser sent, so anything at all: `essay`, `paragraph` and `key`
            ("start-end" of the sentence to mark) are looked for.
    """
    fields = request if isinstance(request, dict) else {}
    wanted = str(fields.get("essay") or "")[:_ID_MAX]
    essays = assistant.essays()
    for essay in essays:
        if essay.id == wanted:
            paragraph = fields.get("paragraph")
            usable = (
                isinstance(paragraph, int) and not isinstance(paragraph, bool) and paragraph > 0
            )
            return render_essay(
                essay,
                assistant.passages(essay.id),
                paragraph if usable else None,
                _parse_key(str(fields.get("key") or "")),
            )
    return render_unknown_essay(wanted, essays)


def render_essay(
    essay: Essay,
    passages: Sequence[Passage],
    paragraph: int | None = None,
    key: Span | None = None,
) -> str:
    """Renders an essay with numbered paragraphs.

    Args:
        essay: the essay.
        passages: all its passages, in the order of the text.
        paragraph: the one to point out; a number that the essay does not have gives a message.
        key: the sentence to mark in it.
    """
    count = passages[-1].paragraph if passages else 0
    message = ""
    if paragraph is not None and paragraph > count:
        message = (
            f"This essay has no paragraph {paragraph} (any more); it has {count}. "
            "Here it is from the beginning."
        )
        paragraph = None
    parts = []
    heading = ""
    for number, group in groupby(passages, key=attrgetter("paragraph")):
        pieces = list(group)
        if pieces[0].heading != heading:
            heading = pieces[0].heading
            parts.append(f"<h3><bdi>{show(heading)}</bdi></h3>" if heading else "")
        whole = Span(pieces[0].start, pieces[-1].end)
        parts.append(_render_paragraph(essay, number, whole, number == paragraph, key))
    end = '<p class="pq-notice">The copy at hand breaks off here.</p>' if essay.excerpt else ""
    return _frame(
        f"<bdi>{show(essay.title)}</bdi>",
        _render_about(essay, count),
        message,
        "".join(parts) + end,
    )


def render_unknown_essay(essay_id: str, essays: Sequence[Essay]) -> str:
    """Renders the message that no essay has an id, with the essays that there are."""
    rows = "".join(
        f'<li><a class="pq-open" href="{show(essay_link(essay.id))}"><bdi>{show(essay.title)}'
        "</bdi></a></li>"
        for essay in essays
    )
    message = (
        f"There is no essay “{essay_id}” here. It may have been renamed or taken out. "
        "These are the essays:"
    )
    return _frame("This essay was not found", "", message, f'<ul class="pq-essays">{rows}</ul>')


def _render_paragraph(
    essay: Essay, number: int, whole: Span, chosen: bool, key: Span | None
) -> str:
    text = essay.text[whole.start : whole.end]
    notes = "".join(render_note(note) for note in essay.notes_within(whole.start, whole.end))
    target = ' class="pq-para pq-target"' if chosen else ' class="pq-para"'
    # The class of a quotation is left to the cards: here the text is the essay itself.
    words = render_quotation(text, whole.start, key if chosen else None, "pq-text")
    return (
        f'<div{target} id="pq-p-{number}" tabindex="-1" role="group" '
        f'aria-label="Paragraph {number}">'
        f'<a class="pq-number" href="{show(essay_link(essay.id, number))}" '
        f'aria-label="Link to paragraph {number}">{number}</a>'
        f"<div>{words}{notes}</div></div>"
    )


def _render_about(essay: Essay, count: int) -> str:
    known = [essay.author or "Author not given", str(essay.year) if essay.year else "no year given"]
    if essay.site:
        known.append(essay.site)
    about = " · ".join(f"<bdi>{show(text)}</bdi>" for text in known)
    source = f'<p class="pq-source"><bdi>{show(essay.source)}</bdi></p>' if essay.source else ""
    return (
        f'<div class="pq-about-essay"><p>{about} · {count_of(count, "paragraph")}</p>{source}</div>'
    )


def _frame(title: str, about: str, message: str, body: str) -> str:
    notice = f'<p class="pq-notice"><bdi>{show(message)}</bdi></p>' if message else ""
    return (
        f'<header class="pq-panel-head"><h2 id="pq-panel-title" tabindex="-1">{title}</h2>'
        '<button type="button" class="pq-button pq-close">Close'
        '<span class="pq-sr"> the essay</span></button></header>'
        f'<div class="pq-panel-body">{about}{notice}{body}</div>'
    )


def _parse_key(text: str) -> Span | None:
    match = _KEY.fullmatch(text)
    return Span(int(match[1]), int(match[2])) if match else None
