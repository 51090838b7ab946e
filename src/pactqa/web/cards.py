"""Turns passages into cards: values in, HTML out, no Gradio.

Every word of an essay or a visitor goes through `show`, so that what a browser makes of it has the
same characters again: the `textContent` of a quotation is the essay's slice.
"""

import html
from collections.abc import Mapping

from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Span
from pactqa.export.references import STYLES
from pactqa.search.ranking import Hit
from pactqa.web.links import essay_link

__all__ = ["count_of", "render_card", "render_note", "render_quotation", "show"]


def show(text: str) -> str:
    """Encodes a text so that a browser shows its characters and nothing else.

    >>> show("<b> & Co")
    '&lt;b&gt; &amp; Co'
    """
    # A browser would read a bare carriage return as a line feed.
    return html.escape(text).replace("\r", "&#13;")


def count_of(number: int, one: str, more: str | None = None) -> str:
    """Gives a number with its noun: `1 passage`, `2 passages`.

    >>> count_of(2, "essay")
    '2 essays'
    """
    return f"{number} {one if number == 1 else more or one + 's'}"


def render_quotation(text: str, start: int, key: Span | None, classes: str = "pq-quote") -> str:
    """Renders a slice of an essay, the key sentence in it marked.

    Args:
        text: the slice.
        start: its offset in the essay.
        key: the key sentence, in offsets of the essay; None, or outside the slice, marks nothing.
        classes: the element's class names.
    """
    # Line breaks inside a paragraph are only the file's own; other white space is kept to the eye.
    layout = " pq-wrapped" if "\n" in text or "\r" in text else ""
    inner = show(text)
    if key is not None and start <= key.start < key.end <= start + len(text):
        first, last = key.start - start, key.end - start
        inner = f"{show(text[:first])}<mark>{show(text[first:last])}</mark>{show(text[last:])}"
    return f'<blockquote class="{classes}{layout}" dir="auto">{inner}</blockquote>'


def render_note(note: EditorNote) -> str:
    """Renders an editor's note, which stands below the quotation it concerns."""
    return (
        f'<p class="pq-note" role="note"><strong>Editor’s note</strong> on '
        f"<q><bdi>{show(note.quote)}</bdi></q>: <bdi>{show(note.note)}</bdi></p>"
    )


def render_card(hit: Hit, turn: int, references: Mapping[str, str]) -> str:
    """Renders one passage of an answer.

    Args:
        hit: the passage.
        turn: the number of the question on the page, for the card's anchor.
        references: style -> the reference in plain text; the page shows the one chosen.
    """
    passage, essay = hit.passage, hit.essay
    anchor = f"pq-{turn}-{hit.rank}"
    heading = f"<bdi>{show(passage.heading)}</bdi> · " if passage.heading else ""
    notes = "".join(render_note(n) for n in essay.notes_within(passage.start, passage.end))
    spoken = f'<span class="pq-sr"> of passage {hit.rank} of answer {turn}</span>'
    return (
        f'<article class="pq-card" id="{anchor}" tabindex="-1" aria-labelledby="{anchor}-t">'
        f'<header><span class="pq-rank" aria-hidden="true">{hit.rank}</span>'
        f'<div><h3 id="{anchor}-t"><span class="pq-sr">Passage {hit.rank}: </span>'
        f"<bdi>{show(essay.title)}</bdi></h3>"
        f'<p class="pq-place">{heading}<span class="pq-nobreak">paragraph {passage.paragraph}'
        f"</span></p></div></header>"
        f"{render_quotation(passage.text, passage.start, hit.key_sentence)}"
        f"{notes}{_render_references(references)}"
        f'<p class="pq-actions"><button type="button" class="pq-button pq-copy">Copy'
        f'<span class="pq-sr"> the quotation and its reference,</span>{spoken}</button>'
        f'<a class="pq-button pq-open" href="{show(essay_link(essay.id, passage.paragraph))}" '
        f'data-key="{hit.key_sentence.start}-{hit.key_sentence.end}">Show in essay'
        f'<span class="pq-sr">: place{spoken}</span></a></p></article>'
    )


def _render_references(references: Mapping[str, str]) -> str:
    lines = "".join(
        f'<bdi class="pq-ref" data-style="{style}">{show(text)}</bdi>'
        for style, text in references.items()
    )
    names = "".join(
        f'<span class="pq-ref-name" data-style="{style}">{STYLES[style]}</span>'
        for style in references
    )
    return f'<p class="pq-refs"><span class="pq-sr">Reference, {names}: </span>{lines}</p>'
