"""Turns a whole essay into what the page shows of it: values in, HTML out, no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Passage, Span
from pactqa.web.cards import Quotation, cut_quotation
from pactqa.web.links import Link
from pactqa.web.templates import render

__all__ = ["Paragraph", "find_essay", "render_essay", "render_panel"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an essay, as the page shows it.

    Attributes:
        number: from 1.
        heading: the one that begins with this paragraph; empty if none does.
        quotation: its text.
        notes: the editor's notes on it.
        is_chosen: whether a link points it out.
    """

    number: int
    heading: str
    quotation: Quotation
    notes: tuple[EditorNote, ...]
    is_chosen: bool


def find_essay(assistant: Assistant, essay_id: str | None) -> Essay | None:
    """Gives the essay with an id, or None if there is none."""
    return next((essay for essay in assistant.essays() if essay.id == essay_id), None)


def render_panel(assistant: Assistant, link: Link) -> Markup:
    """Renders the essay that a link opens; one that is not here gives the kind message.

    It is compared with its file, as quotations are: one that changed since is not shown.

    Args:
        assistant: the one to take the essays from.
        link: what a browser asked for.
    """
    essay = find_essay(assistant, link.essay)
    if essay is None:
        return render("unknown.html", essay_id=link.essay or "", essays=assistant.essays())
    others = [other for other in assistant.essays() if other.id != essay.id]
    if assistant.texts.last_text_of(essay) != essay.text:
        return render("changed.html", title=essay.title, essays=others)
    passages = assistant.passages(essay.id)
    unreadable = bool(assistant.texts.find_unreadable([essay]))
    return render_essay(essay, passages, link.paragraph, link.key, others, unreadable)


def render_essay(
    essay: Essay,
    passages: Sequence[Passage],
    chosen: int | None = None,
    key: Span | None = None,
    others: Sequence[Essay] = (),
    unreadable: bool = False,
) -> Markup:
    """Renders an essay with numbered paragraphs.

    Args:
        essay: the essay.
        passages: all its passages, in the order of the text.
        chosen: the paragraph to point out; one that the essay does not have gives a message.
        key: the sentence to mark in it.
        others: the essays that can be opened instead.
        unreadable: whether nobody knows what its file says now.
    """
    count = passages[-1].paragraph if passages else 0
    paragraphs = []
    heading = ""
    for number, group in groupby(passages, key=attrgetter("paragraph")):
        pieces = list(group)
        start, end = pieces[0].start, pieces[-1].end
        is_chosen = number == chosen
        quotation = cut_quotation(essay.text[start:end], start, [key] if key and is_chosen else [])
        begins = pieces[0].heading if pieces[0].heading != heading else ""
        heading = pieces[0].heading
        notes = tuple(essay.notes_within(start, end))
        paragraphs.append(Paragraph(number, begins, quotation, notes, is_chosen))
    missing = chosen if chosen is not None and chosen > count else None
    return render(
        "essay.html",
        essay=essay,
        count=count,
        paragraphs=paragraphs,
        missing=missing,
        others=others,
        unreadable=unreadable,
    )
