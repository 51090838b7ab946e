"""A line of text of which parts are italic, and how it is written as plain text, Markdown and HTML.

References need italics wherever they go. A line is kept as runs and never as markup, so that no
writer has to read markup back; a Word document takes the runs themselves.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass

from pactqa.export.escapes import plain_markdown

__all__ = ["RichText", "Run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that is set in one way."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """A line in runs; no run is empty, and no two neighbours are set alike."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> "RichText":
        """Joins runs that are set alike and leaves out empty ones."""
        joined: list[Run] = []
        for run in runs:
            if run.text and joined and joined[-1].italic == run.italic:
                joined[-1] = Run(joined[-1].text + run.text, run.italic)
            elif run.text:
                joined.append(run)
        return cls(tuple(joined))

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(run.text for run in self.runs)

    @property
    def markdown(self) -> str:
        r"""The text in Markdown, which shows every character as it is.

        >>> RichText.of([Run("Hive", italic=True), Run(", 2001.")]).markdown
        '*Hive*, 2001\\.'
        """
        return "".join(
            f"*{plain_markdown(run.text)}*" if run.italic else plain_markdown(run.text)
            for run in self.runs
        )

    @property
    def html(self) -> str:
        """The text in HTML, escaped, with the italic runs in `<i>`.

        >>> RichText.of([Run("Bees & Co", italic=True), Run(", 2001.")]).html
        '<i>Bees &amp; Co</i>, 2001.'
        """
        return "".join(
            f"<i>{html.escape(run.text)}</i>" if run.italic else html.escape(run.text)
            for run in self.runs
        )
