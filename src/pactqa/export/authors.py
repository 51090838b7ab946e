"""Reads the authors of an essay from its front matter, and tells works of one author apart.

Authors stand apart by semicolons. A person is written with the family name first and a comma
("Smith, Anna"; "King, Martin Luther, Jr."). A name without a comma is not taken apart, because
nobody but its owner knows where its family name begins; so an organisation is written as it is
called, and one with a comma in its name is told by `organisation: true`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.essays.files import Essay

__all__ = ["Author", "find_letter", "read_authors", "write_year"]

_GIVEN = re.compile(r"([^\W\d_])[\w’']*\.?")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVX]+|PhD|MD", re.ASCII)


@dataclass(frozen=True, slots=True)
class Author:
    """An author: of a person, `name` is the family name; of an organisation, the whole name."""

    name: str
    given: str = ""
    suffix: str = ""

    @property
    def initials(self) -> str:
        """The initials of the given names; particles stay as they are.

        >>> Author("Sartre", "Jean-Paul C. de").initials
        'J.-P. C. de'
        """
        return _GIVEN.sub(lambda m: m[0] if m[0].islower() else f"{m[1]}.", self.given)

    def name_in(self, style: str) -> str:
        """Gives the name; MLA leaves out the article that an organisation's begins with (5.17)."""
        if style == "mla" and not self.given:
            return re.sub(r"^(?:A|An|The) (?=.)", "", self.name)
        return self.name


def read_authors(essay: Essay) -> tuple[Author, ...]:
    """Gives the authors of an essay in their order; none if its front matter names none."""
    if not essay.author:
        return ()
    if essay.organisation:
        return (Author(essay.author),)
    return tuple(_read_author(name.strip()) for name in essay.author.split(";") if name.strip())


def _read_author(name: str) -> Author:
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and all(parts):
        return Author(*parts)
    if len(parts) == 3 and all(parts) and _SUFFIX.fullmatch(parts[2]):
        return Author(*parts)
    return Author(name)


def find_letter(essay: Essay, among: Sequence[Essay]) -> str:
    """Gives the letter by which APA tells works of the same authors and year apart, mostly `""`.

    The letters follow the titles, articles not counted. Source: APA 7, 8.19 and 9.47.
    """
    authors = read_authors(essay)
    alike = {
        other.id: re.sub(r"^(?:a|an|the) ", "", other.title.casefold())
        for other in among
        if authors and read_authors(other) == authors and other.year == essay.year
    }
    if len(alike) < 2 or essay.id not in alike:
        return ""
    number = sorted(alike, key=lambda essay_id: (alike[essay_id], essay_id)).index(essay.id)
    return "z" * (number // 26) + chr(ord("a") + number % 26)


def write_year(essay: Essay, letter: str = "") -> str:
    """Gives the year as APA writes it: `2001`, `2001a`, `n.d.` or `n.d.-a`."""
    if essay.year is None:
        return f"n.d.-{letter}" if letter else "n.d."
    return f"{essay.year}{letter}"
