"""Reads a Word document by mammoth, which gives what Word shows: the text as it was last changed.

Headings are those of Word's styles, also of styles made from them; in a document that has none,
short paragraphs in bold type. Pictures, comments and macros are left out.
"""

import io
import re
from typing import TYPE_CHECKING, Any

from pactqa.conversion.blocks import join_blocks, read_elements
from pactqa.conversion.document import Document, describe_pictures
from pactqa.conversion.kinds import Kind
from pactqa.conversion.web_page import parse_html
from pactqa.errors import ConversionError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_word"]

_HEADING = re.compile(r"heading ([1-9])", re.I)
_BOLD_MAX = 100
_BASES_MAX = 20


def read_word(content: bytes) -> Document:
    """Reads a Word document.

    Raises:
        ConversionError: if it is damaged, or there is no text in it.
    """
    import docx
    import mammoth

    try:
        document = docx.Document(io.BytesIO(content))
        about = document.core_properties
        html = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map="\n".join(_map_styles(document)),
            convert_image=mammoth.images.img_element(lambda _: {}),
        ).value
    except Exception as error:  # the libraries raise many kinds; each means the same to a user
        raise ConversionError(
            f"the Word document is damaged ({error!s:.200}). Save it anew, or paste the text"
        ) from error
    page = parse_html(html or "<p></p>")
    pictures = len(page.findall(".//img"))
    if page.find(".//h2") is None and page.find(".//h3") is None:
        _mark_bold(page)
    text, _ = join_blocks(list(read_elements(page)))
    if not text.strip():
        raise ConversionError(
            "there is no text in it; it may stand in pictures. Have it recognised, or paste it"
        )
    first = page.find(".//h1")
    warnings = [*describe_pictures(pictures)]
    if b"vbaProject.bin" in content:  # names of parts are never packed
        warnings.append("It holds macros, which were left out and not run.")
    return Document(
        kind=Kind.WORD,
        text=text,
        title=about.title or (" ".join(first.itertext()) if first is not None else None),
        author=about.author or None,
        year=about.created.year if about.created else None,
        warnings=tuple(warnings),
    )


def _map_styles(document: Any) -> list[str]:
    """Gives mammoth's rules: which element each style that is a heading becomes."""
    rules = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"]
    for style in document.styles:
        base, count = style, 0
        while base is not None and count < _BASES_MAX:
            found = _HEADING.fullmatch(base.name or "")
            if found and style.name:
                level = min(int(found[1]) + 1, 6)
                name = style.name.replace("\\", "\\\\").replace("'", "\\'")
                rules.append(f"p[style-name='{name}'] => h{level}:fresh")
                break
            base, count = getattr(base, "base_style", None), count + 1
    return rules


def _mark_bold(page: "HtmlElement") -> None:
    """Makes headings of the short paragraphs that are bold from end to end."""
    for paragraph in page.findall(".//body/p"):
        words = "".join(paragraph.itertext()).strip()
        bold = "".join("".join(child.itertext()) for child in paragraph.findall("strong")).strip()
        if words and words == bold and len(words) <= _BOLD_MAX and words[-1] not in ".!?,;:":
            paragraph.tag = "h2"
