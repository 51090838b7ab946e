"""Turns passages into what their cards show: values in, values for the templates out, no Gradio."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Span
from pactqa.export.in_text import CITED_AS, cite_in_text
from pactqa.export.references import STYLES, describe_gaps, make_reference
from pactqa.export.rich import RichText
from pactqa.search.ranking import Hit

__all__ = ["Card", "Quotation", "cut_quotation", "list_references_of"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A slice of an essay in pieces that together are the slice.

    Attributes:
        pieces: each piece, and whether it is marked.
    """

    pieces: tuple[tuple[str, bool], ...]

    @property
    def is_wrapped(self) -> bool:
        """Whether the file has line breaks in it, which are not shown; other white space is."""
        return any("\n" in text or "\r" in text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Card:
    """A passage of an answer, as the page shows it.

    Attributes:
        hit: the passage.
        turn: the number of the question on the page.
        works: all essays, from which its citation must tell its own wherever it is copied to.
    """

    hit: Hit
    turn: int
    works: Sequence[Essay] = ()

    @property
    def anchor(self) -> str:
        """The card's id on the page."""
        return f"pq-{self.turn}-{self.hit.rank}"

    @property
    def quotation(self) -> Quotation:
        """The passage; its key sentence, or the words looked up, are marked."""
        hit = self.hit
        return cut_quotation(hit.passage.text, hit.passage.start, hit.words or [hit.key_sentence])

    @property
    def breaks_off(self) -> bool:
        """Whether the copy of the essay ends with this passage before the essay does."""
        return self.hit.breaks_off

    @property
    def notes(self) -> tuple[EditorNote, ...]:
        """The editor's notes on the passage."""
        return tuple(self.hit.essay.notes_within(self.hit.passage.start, self.hit.passage.end))

    @property
    def citations(self) -> tuple[tuple[str, str, RichText], ...]:
        """The citation in the text in each style: the style, what it calls it, the citation."""
        essay, paragraph = self.hit.essay, self.hit.passage.paragraph
        return tuple(
            (style, CITED_AS[style], cite_in_text(essay, style, paragraph, self.works))
            for style in STYLES
        )

    @property
    def references(self) -> tuple[tuple[str, str, RichText], ...]:
        """The reference in each style: the style, its name and the reference."""
        return list_references_of(self.hit.essay, self.works)

    @property
    def gaps(self) -> str:
        """What the reference lacks because the copy does not say it; `""` if nothing."""
        return describe_gaps(self.hit.essay)


def list_references_of(
    essay: Essay, works: Sequence[Essay] = ()
) -> tuple[tuple[str, str, RichText], ...]:
    """Gives an essay's reference in each style: the style, its name and the reference.

    Args:
        essay: what is referred to.
        works: the essays from which the reference must tell this one.
    """
    return tuple(
        (style, name, make_reference(essay, style, works)) for style, name in STYLES.items()
    )


def cut_quotation(text: str, start: int, marked: Sequence[Span]) -> Quotation:
    """Cuts a slice of an essay around what is marked in it.

    Args:
        text: the slice.
        start: its offset in the essay.
        marked: what is marked, in offsets of the essay and in their order; what does not lie in
            the slice marks nothing.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for span in marked:
        first, last = span.start - start, span.end - start
        if at <= first < last <= len(text):
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces.append((text[at:], False))
    return Quotation(tuple(piece for piece in pieces if piece[0]))
