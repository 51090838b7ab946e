"""The works that a file quotes: how each quotation is cited, and the list of them at the end."""

from collections.abc import Iterable
from dataclasses import dataclass

from pactqa.essays.files import Essay
from pactqa.export.in_text import cite_in_text
from pactqa.export.references import (
    LIST_NAMES,
    describe_gaps,
    list_references,
    make_reference,
    order_works,
)
from pactqa.export.rich import RichText

__all__ = ["Works"]

_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Works:
    """The essays that a file quotes.

    Attributes:
        style: of the references, a key of `references.STYLES`.
        essays: each once, in the order of the list of references.
    """

    style: str
    essays: tuple[Essay, ...]

    @classmethod
    def of(cls, essays: Iterable[Essay], style: str) -> "Works":
        """Gives the works of some essays, which may be named several times and in any order."""
        return cls(style, tuple(order_works(essays, style)))

    def find(self, essay_id: str) -> Essay:
        """Gives one of the works by its id.

        Raises:
            KeyError: if it is none of them.
        """
        return {essay.id: essay for essay in self.essays}[essay_id]

    def cite(self, essay: Essay, paragraph: int) -> RichText:
        """Gives the citation of a passage in the text, which tells its work from the others."""
        return cite_in_text(essay, self.style, paragraph, self.essays)

    def refer(self, essay: Essay) -> RichText:
        """Gives the reference of one of the works, as in the list."""
        return make_reference(essay, self.style, self.essays)

    @property
    def list_name(self) -> str:
        """What the style calls the list of references."""
        return LIST_NAMES[self.style]

    @property
    def references(self) -> list[RichText]:
        """The list of references."""
        return list_references(self.essays, self.style)

    @property
    def gaps(self) -> list[str]:
        """What the copies of the essays do not say, a line for each that lacks something."""
        lines = [(essay.title, describe_gaps(essay)) for essay in self.essays]
        return [f"“{title}”: {gaps}" for title, gaps in lines if gaps]

    @property
    def language(self) -> str:
        """The language tag that the front matter of all essays agrees on, else `en`."""
        languages = {essay.language or _LANGUAGE for essay in self.essays}
        return languages.pop() if len(languages) == 1 else _LANGUAGE
