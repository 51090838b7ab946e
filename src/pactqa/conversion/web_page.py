"""Reads a saved web page: its text by trafilatura, which leaves out what belongs to the site.

What was left out is told, so that a person can look at it. Source of the method: Barbaresi,
"Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction"
(2021).
"""

import re
from typing import TYPE_CHECKING, Any

from pactqa.conversion.archives import read_year
from pactqa.conversion.blocks import Block, join_blocks, read_elements, squeeze
from pactqa.conversion.decoding import decode_text
from pactqa.conversion.document import Document
from pactqa.conversion.kinds import Kind
from pactqa.errors import ConversionError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["parse_html", "read_web_page"]

_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_LETTERS = re.compile(r"\w")
_FURNITURE = "nav", "script", "style", "template", "noscript"
_LEAST, _SHOWN_MAX, _LINES_MAX = 200, 300, 400
_LONG = 25


def read_web_page(content: bytes) -> Document:
    """Reads a saved web page.

    Raises:
        ConversionError: if there is no text in it.
    """
    import trafilatura

    page = parse_html(_decode(content))
    _mark_notes(page)
    found: Any = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    body = page.find("body")
    whole = list(read_elements(page if body is None else body))
    blocks = [] if found is None or found.body is None else list(read_elements(found.body))
    warnings = []
    if sum(len(block.words) for block in blocks) < _LEAST:
        for furniture in page.xpath("|".join(f"//{tag}" for tag in _FURNITURE)):
            furniture.drop_tree()
        blocks = [block for block in read_elements(page) if block.words]
        warnings.append(
            "It could not be told which part of the page is its text, so all of it was taken: "
            "take out by hand what does not belong to the essay."
        )
    text, _ = join_blocks(blocks)
    if not text.strip():
        raise ConversionError(
            "there is no text in the page; it may be written by a script. Copy the text into a file"
        )
    language = page.get("lang") or ""
    return Document(
        kind=Kind.WEB_PAGE,
        text=text,
        title=(found and found.title) or squeeze(page.findtext(".//title") or "") or None,
        author=found.author if found else None,
        year=read_year(found.date if found else None),
        site=found.sitename if found else None,
        url=found.url if found else None,
        language=language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", language) else None,
        removed=_find_removed(whole, blocks),
        warnings=tuple(warnings),
    )


def parse_html(text: str) -> "HtmlElement":
    """Parses HTML, however broken.

    Raises:
        ConversionError: if nothing of it is left.
    """
    from lxml import etree, html

    try:
        return html.document_fromstring(_PROLOG.sub("", text, count=1))
    except (etree.ParserError, ValueError) as error:
        raise ConversionError("there is no text in the page. Check that it was saved") from error


def _decode(content: bytes) -> str:
    """Decodes a page by UTF-8 if it is, else by what it says, else by what fits."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(content[:4096])
    try:
        return content.decode(said[1].decode()) if said else decode_text(content).text
    except (LookupError, UnicodeDecodeError):
        return decode_text(content).text


def _mark_notes(page: "HtmlElement") -> None:
    """Puts the numbers of notes into brackets, which stand above the line there."""
    for mark in page.xpath("//sup[.//a] | //a[sup]"):
        number = squeeze("".join(mark.itertext()))
        if number.isdigit():
            for child in list(mark):
                mark.remove(child)
            mark.text = f"[{number}]"


def _find_removed(whole: list[Block], taken: list[Block]) -> tuple[str, ...]:
    """Gives the blocks of a page whose words are not among those taken."""
    keys = {_key(block.words) for block in taken}
    joined = "".join(_key(block.words) for block in taken)
    removed: dict[str, None] = {}
    for block in whole:
        key = _key(block.words)
        if key and key not in keys and not (len(key) >= _LONG and key in joined):
            removed[block.words[:_SHOWN_MAX]] = None
    return tuple(removed)[:_LINES_MAX]


def _key(words: str) -> str:
    return "".join(_LETTERS.findall(words.casefold()))
