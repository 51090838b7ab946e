"""Checks what a person says of an essay: title, author, year and notes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pactqa.errors import CorpusError
from pactqa.essays.bounds import TITLE_MAX
from pactqa.essays.front_matter import EditorNote, FrontMatter, give_known
from pactqa.essays.text import repair_surrogates

__all__ = ["clean_line", "revise_fields"]

_YEAR = re.compile(r"-?[0-9]{1,4}", re.ASCII)


def revise_fields(
    front: FrontMatter,
    *,
    title: str | None = None,
    author: str | None = None,
    year: str | None = None,
    notes: Sequence[EditorNote] | None = None,
) -> FrontMatter:
    """Gives front matter with some fields as a person wants them.

    Args:
        front: what is there now.
        title: the new title; as for all fields, None leaves it, and `""` takes it out.
        author: the new author.
        year: the new year, as it was typed.
        notes: the editor's notes, all of them.

    Raises:
        CorpusError: if a field has no form in which it could be read again.

    >>> revise_fields(FrontMatter(title="Bees"), author="Lee, Ann", year="2011").year
    2011
    """
    if title is not None:
        title = clean_line(title)
        if len(title) > TITLE_MAX:
            raise CorpusError(
                f"The title has {len(title):,} characters, more than the {TITLE_MAX} that one may "
                "have. Shorten it."
            )
        front = replace(front, title=title or None)
    if author is not None:
        front = replace(front, author=give_known(clean_line(author)) or None)
    if year is not None:
        year = year.strip()
        # A year 0 there was not.
        if year and not (_YEAR.fullmatch(year) and int(year)):
            raise CorpusError(
                f"The year is {year[:40]!r}. Write a number of at most four digits, such as 2011, "
                "or leave it empty."
            )
        front = replace(front, year=int(year) if year else None)
    if notes is not None:
        for note in notes:
            if not (note.quote.strip() and note.note.strip()):
                raise CorpusError(
                    "A note needs the words of the essay that it concerns and what is said of "
                    "them. Write both, or take the note out."
                )
        front = replace(front, notes=tuple(notes))
    return front


def clean_line(text: str) -> str:
    r"""Gives a text as one line, without control characters.

    >>> clean_line(" Why bees\n dance\0 ")
    'Why bees dance'
    """
    words = " ".join(repair_surrogates(text).split())
    return "".join(c for c in words if unicodedata.category(c) != "Cc")
