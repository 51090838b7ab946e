"""What a sheet says of the quotations in a student's text: `quotation_check`, as values.

Like all of a sheet it can be saved and opened again; what is opened is looked up anew, so that
nothing is said of the essays that they do not say (see `quotation_check.check_again`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pactqa.assistant import Assistant
from pactqa.essays.splitting import find_passage
from pactqa.quotation_check import CheckedQuotation, QuotationStatus, describe_quotation
from pactqa.search.quotation_places import Place

__all__ = ["QuotedPlace", "SheetQuoted", "make_quoted"]


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Where an essay has a quotation or a part of one.

    Attributes:
        essay: the essay's id.
        title: of the essay.
        heading: of the section, `""` if there is none.
        paragraph: where the words begin, from 1.
        start: their first character in the essay.
        end: the character behind their last.
        quote: the words of the essay.
        changes: what differs, in a sentence each.
    """

    essay: str
    title: str
    heading: str
    paragraph: int
    start: int
    end: int
    quote: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetQuoted:
    """A quotation of a student's text, and what was found of it.

    Attributes:
        quoted: the words of the text, without quotation marks around them.
        marked: whether the text has quotation marks there.
        status: see `quotation_check.QuotationStatus`.
        said: what was found, in a sentence.
        places: where the parts of it stand in the essays, in its order.
    """

    quoted: str
    marked: bool
    status: QuotationStatus
    said: str
    places: tuple[QuotedPlace, ...] = ()


def make_quoted(
    assistant: Assistant, text: str, quotations: Sequence[CheckedQuotation]
) -> tuple[SheetQuoted, ...]:
    """Gives what a sheet says of the quotations that were found in a text.

    Raises:
        StoreError: if the index cannot be read.
    """
    passages_of = cache(assistant.passages)

    def make_place(place: Place) -> QuotedPlace:
        essay, span = place.essay, place.span
        passage = find_passage(passages_of(essay.id), span.start)
        changes = (
            (text[c.quoted.start : c.quoted.end], essay.text[c.essay.start : c.essay.end])
            for c in place.changes
        )
        return QuotedPlace(
            essay=essay.id,
            title=essay.title,
            heading=passage.heading if passage else "",
            paragraph=passage.paragraph if passage else 0,
            start=span.start,
            end=span.end,
            quote=essay.text[span.start : span.end],
            changes=tuple(_describe_change(ours, theirs) for ours, theirs in changes),
        )

    return tuple(
        SheetQuoted(
            quoted=text[quotation.span.start : quotation.span.end],
            marked=quotation.marked,
            status=quotation.status,
            said=describe_quotation(quotation),
            places=tuple(map(make_place, quotation.places)),
        )
        for quotation in quotations
    )


def _describe_change(ours: str, theirs: str) -> str:
    """Says what a text has in place of the essay's words.

    >>> _describe_change("hours", "time"), _describe_change("", "the"), _describe_change("a", "")
    ('The text has “hours” for “time”.', 'The text lacks “the”.', 'The text has “a” more.')
    """
    if not theirs:
        return f"The text has “{ours}” more."
    return f"The text has “{ours}” for “{theirs}”." if ours else f"The text lacks “{theirs}”."
