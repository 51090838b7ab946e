"""The text that is encoded for a passage: the essay's title, the heading, and the passage."""

from dataclasses import dataclass

__all__ = ["EncodedText"]


@dataclass(frozen=True, slots=True)
class EncodedText:
    r"""What the encoder reads of a passage, so that its vectors know what it is about.

    Title and heading stand on a line each; one that is empty has none.

    >>> text = EncodedText(title="Bees", heading="Dance", passage="They fly.")
    >>> text.whole, text.heading_start, text.passage_start
    ('Bees\nDance\nThey fly.', 5, 11)
    """

    title: str
    heading: str
    passage: str

    @property
    def whole(self) -> str:
        """The text itself."""
        return _line(self.title) + _line(self.heading) + self.passage

    @property
    def heading_start(self) -> int:
        """Where the heading begins in the text; without one, where the passage does."""
        return len(_line(self.title))

    @property
    def passage_start(self) -> int:
        """Where the passage begins in the text."""
        return self.heading_start + len(_line(self.heading))


def _line(words: str) -> str:
    return f"{words}\n" if words else ""
