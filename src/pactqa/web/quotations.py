"""Turns checked quotations into what the page shows of them: values in, HTML out, no Gradio."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pactqa.assistant import Assistant
from pactqa.essays.splitting import Passage, Span, find_passage
from pactqa.quotation_check import CheckedQuotation, check_quotations, describe_quotation
from pactqa.search.quotation_places import Place
from pactqa.search.quotations import find_quotations, read_quoted_words
from pactqa.web.templates import render

__all__ = ["QuotationCard", "check_typed", "render_quotations"]

_WORDS_MOST = 80
"""A text without quotation marks that has more words is no quotation typed without them."""

_NAMES = {
    "exact": "Word for word",
    "nearly": "Nearly",
    "joined": "Run together",
    "partly": "Only in part",
    "nowhere": "Nowhere in these essays",
}
_UNMARKED = "Word for word, without quotation marks"


@dataclass(frozen=True, slots=True)
class QuotationCard:
    """A quotation, as the page shows it.

    Attributes:
        text: that quotes.
        quotation: what was found of it.
        places: where, each with the passage that it begins in.
    """

    text: str
    quotation: CheckedQuotation
    places: tuple[tuple[Place, Passage], ...]

    @property
    def name(self) -> str:
        """What was found, in a few words."""
        return _name_of(self.quotation)

    @property
    def said(self) -> str:
        """What was found, in a sentence."""
        return describe_quotation(self.quotation)

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """The quotation in pieces; those that differ are marked, an empty one lacks words."""
        changes = [change.quoted for place, _ in self.places for change in place.changes]
        return _cut(self.text, self.quotation.span, changes)

    def pieces_of(self, place: Place) -> tuple[tuple[str, bool], ...]:
        """Gives the words of an essay in pieces, marked alike."""
        return _cut(place.essay.text, place.span, [change.essay for change in place.changes])


def check_typed(assistant: Assistant, text: str) -> tuple[str, list[CheckedQuotation]]:
    """Checks what somebody typed; a short text without quotation marks is one quotation.

    Returns:
        The text that was checked, which may have marks put around it, and what was found.

    Raises:
        StoreError: if the index cannot be read.
    """
    text = text.strip()
    words = len(read_quoted_words(text))
    if words <= _WORDS_MOST and not any(find_quotations(text)) and "\n" not in text:
        text = f"“{text}”"
    return text, check_quotations(assistant, text)


def render_quotations(
    assistant: Assistant, text: str, quotations: Sequence[CheckedQuotation]
) -> Markup:
    """Renders the quotations of a text, and above them how many there are of each kind."""
    passages = {
        place.essay.id: assistant.passages(place.essay.id)
        for quotation in quotations
        for place in quotation.places
    }
    cards = [
        QuotationCard(
            text,
            quotation,
            tuple(
                (place, passage)
                for place in quotation.places
                if (passage := find_passage(passages[place.essay.id], place.span.start))
            ),
        )
        for quotation in quotations
    ]
    counts = Counter(_name_of(quotation) for quotation in quotations)
    return render("claims/quotations.html", cards=cards, counts=counts)


def _name_of(quotation: CheckedQuotation) -> str:
    if quotation.status == "exact" and not quotation.marked:
        return _UNMARKED
    return _NAMES[quotation.status]


def _cut(text: str, within: Span, marked: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """Cuts a slice around what is marked in it; an empty mark stands where words are missing."""
    pieces: list[tuple[str, bool]] = []
    at = within.start
    for span in sorted(marked):
        if at <= span.start <= span.end <= within.end:
            pieces += [(text[at : span.start], False), (text[span.start : span.end], True)]
            at = span.end
    pieces.append((text[at : within.end], False))
    return tuple(piece for piece in pieces if piece[0] or piece[1])
