"""Turns passages into what their cards show: values in, values for the templates out, no Gradio."""

from dataclasses import dataclass

from pactqa.essays.files import EditorNote
from pactqa.essays.splitting import Span
from pactqa.export.references import STYLES, make_references
from pactqa.search.ranking import Hit

__all__ = ["Card", "Quotation", "cut_quotation"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A slice of an essay in three parts that together are the slice.

    Attributes:
        before: what stands before the key sentence.
        key: the key sentence, which is marked; empty if none is.
        after: what stands after it.
    """

    before: str
    key: str = ""
    after: str = ""

    @property
    def is_wrapped(self) -> bool:
        """Whether the file has line breaks in it, which are not shown; other white space is."""
        return not {"\n", "\r"}.isdisjoint(self.before + self.key + self.after)


@dataclass(frozen=True, slots=True)
class Card:
    """A passage of an answer, as the page shows it.

    Attributes:
        hit: the passage.
        turn: the number of the question on the page.
    """

    hit: Hit
    turn: int

    @property
    def anchor(self) -> str:
        """The card's id on the page."""
        return f"pq-{self.turn}-{self.hit.rank}"

    @property
    def quotation(self) -> Quotation:
        """The passage, its key sentence marked."""
        return cut_quotation(self.hit.passage.text, self.hit.passage.start, self.hit.key_sentence)

    @property
    def notes(self) -> tuple[EditorNote, ...]:
        """The editor's notes on the passage."""
        return tuple(self.hit.essay.notes_within(self.hit.passage.start, self.hit.passage.end))

    @property
    def references(self) -> tuple[tuple[str, str, str], ...]:
        """The reference in each style: the style, its name and the reference in plain text."""
        references = make_references(self.hit.essay, self.hit.passage.paragraph)
        return tuple((style, STYLES[style], text) for style, text in references.items())


def cut_quotation(text: str, start: int, key: Span | None) -> Quotation:
    """Cuts a slice of an essay before and after its key sentence.

    Args:
        text: the slice.
        start: its offset in the essay.
        key: the key sentence, in offsets of the essay; None, or outside the slice, marks nothing.
    """
    if key is None or not start <= key.start < key.end <= start + len(text):
        return Quotation(text)
    first, last = key.start - start, key.end - start
    return Quotation(text[:first], text[first:last], text[last:])
