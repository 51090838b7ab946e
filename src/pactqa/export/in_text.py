"""Cites a passage in the text, as each style does: the work in short, and the place in it.

MLA and APA put this into parentheses after a quotation. Chicago puts it into a note: where a list
of references names every work, even the first note may be in the short form (CMOS 17, 14.29 and
14.30). The place is the page if the essay has but one, else the paragraph: the copies that pactqa
shows have no pages and their paragraphs are numbered beside the text (MLA 9, ch. 6; CMOS 17, 14.22;
APA 7, 8.28).
"""

from collections.abc import Iterator, Sequence

from pactqa.essays.files import Essay
from pactqa.export.authors import find_letter, read_authors, write_year
from pactqa.export.rich import RichText, Run
from pactqa.export.title_style import quote_title, shorten_title, write_headline

__all__ = ["CITED_AS", "cite_in_text"]

CITED_AS = {"mla": "In the text", "chicago": "In a note", "apa": "In the text"}
"""Where each style wants the citation of a passage."""

_AND = {"mla": "and", "chicago": "and", "apa": "&"}
_NAMED_MOST = {"mla": 2, "chicago": 3, "apa": 2}
"""More authors than these are the first one "et al.": MLA 9, 5.8; CMOS 17, 14.76; APA 7, 8.17."""


def cite_in_text(essay: Essay, style: str, paragraph: int, among: Sequence[Essay] = ()) -> RichText:
    """Gives the citation of a passage in the text, in Chicago the note.

    Args:
        essay: what is cited.
        style: a key of `references.STYLES`.
        paragraph: the number of the passage's paragraph.
        among: the works cited beside it, from which the citation must tell this one.
    """
    match style:
        case "mla":
            runs = _cite_mla(essay, paragraph, among)
        case "apa":
            runs = _cite_apa(essay, paragraph, among)
        case _:
            runs = _cite_chicago(essay, paragraph, among)
    return RichText.of(runs)


def _cite_mla(essay: Essay, paragraph: int, among: Sequence[Essay]) -> Iterator[Run]:
    """Gives `(Smith 12)`, `(Smith, par. 2)` or `(“Road to War,” par. 2)`."""
    names, place = _name_authors(essay, "mla", among), _find_page(essay) or f"par. {paragraph}"
    # A page stands without a comma, `par.` with one: MLA 9, ch. 6.
    comma = "" if _find_page(essay) else ","
    rivals = _find_rivals(essay, "mla", among)
    if not names or rivals:
        title = quote_title(_shorten(essay, rivals), comma)
        names = f"{names}, {title}" if names else title
        comma = ""
    yield Run(f"({names}{comma} {place})")


def _cite_chicago(essay: Essay, paragraph: int, among: Sequence[Essay]) -> Iterator[Run]:
    """Gives `Smith, “Road to War,” para. 2.`: CMOS 17, 14.30 to 14.33."""
    names, place = _name_authors(essay, "chicago", among), _find_page(essay)
    place = place or f"para. {paragraph}"
    title = quote_title(_shorten(essay, _find_rivals(essay, "chicago", among)), ",", keep_stop=True)
    yield Run(f"{names}, {title} {place}." if names else f"{title} {place}.")


def _cite_apa(essay: Essay, paragraph: int, among: Sequence[Essay]) -> Iterator[Run]:
    """Gives `(Smith, 2001, para. 2)`; without an author the title as in the reference.

    That is italic if the title is so there, else in quotation marks: APA 7, 8.11 to 8.14.
    """
    names, page = _name_authors(essay, "apa", among), _find_page(essay)
    place = f"p. {page}" if page else f"para. {paragraph}"
    yield Run("(")
    if names:
        yield Run(f"{names}, ")
    else:
        title = _shorten(essay, _find_rivals(essay, "apa", among))
        if essay.pages:
            yield Run(quote_title(title, ",", keep_stop=True) + " ")
        else:
            yield Run(title, italic=True)
            yield Run(", ")
    yield Run(f"{write_year(essay, find_letter(essay, among))}, {place})")


def _name_authors(essay: Essay, style: str, among: Sequence[Essay]) -> str:
    """Gives the family names, `""` without any; an organisation's name stays whole.

    The first has initials where another first author has its family name: MLA 9, ch. 6; CMOS 17,
    14.32; APA 7, 8.20.
    """
    authors = read_authors(essay)
    if not authors:
        return ""
    names = [author.name_in(style) for author in authors]
    firsts = [read_authors(other)[0] for other in _share_first_name(essay, among)]
    if any(first != authors[0] for first in firsts):
        names[0] = f"{authors[0].initials} {names[0]}".strip()
    if len(names) > _NAMED_MOST[style]:
        return f"{names[0]} et al."
    if len(names) > 2:
        return f"{', '.join(names[:-1])}, {_AND[style]} {names[-1]}"
    return f" {_AND[style]} ".join(names)


def _find_rivals(essay: Essay, style: str, among: Sequence[Essay]) -> list[Essay]:
    """Gives the other works whose authors are named alike, or without any if this one has none."""
    alike = _share_first_name(essay, among)
    names = _name_authors(essay, style, alike)
    return [o for o in alike if o != essay and _name_authors(o, style, alike) == names]


def _share_first_name(essay: Essay, among: Sequence[Essay]) -> list[Essay]:
    """Gives the works whose first author has the same family name, or that have none either."""
    names = [author.name for author in read_authors(essay)[:1]]
    return [o for o in among if [author.name for author in read_authors(o)[:1]] == names]


def _shorten(essay: Essay, rivals: Sequence[Essay]) -> str:
    """Gives the short title, or the whole one where a rival would be shortened alike."""
    title = write_headline(essay)
    short = shorten_title(title)
    return title if short in {shorten_title(write_headline(rival)) for rival in rivals} else short


def _find_page(essay: Essay) -> str:
    """Gives the page that every passage stands on, `""` if there are several or none."""
    return essay.pages if essay.pages and essay.pages.isdecimal() else ""
