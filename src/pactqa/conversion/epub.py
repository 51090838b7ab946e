"""Reads an EPUB: the documents of its spine, in the order in which a reader turns the pages."""

import posixpath
from urllib.parse import unquote

from pactqa.conversion.archives import open_archive, parse_part, read_part, read_year
from pactqa.conversion.blocks import Block, join_blocks, read_elements
from pactqa.conversion.document import Document
from pactqa.conversion.kinds import Kind
from pactqa.conversion.web_page import parse_html
from pactqa.errors import ConversionError

__all__ = ["read_epub"]

_PAGES = {"application/xhtml+xml", "text/html"}
_FONTS = ("idpf.org/2008/embedding", "ns.adobe.com/pdf/enc#RC")


def read_epub(content: bytes) -> Document:
    """Reads an EPUB.

    Raises:
        ConversionError: if it is damaged or protected, or there is no text in it.
    """
    with open_archive(content) as archive:
        names = set(archive.namelist())
        if "META-INF/encryption.xml" in names:
            locked = parse_part(archive, "META-INF/encryption.xml")
            methods = [e.get("Algorithm", "") for e in locked.iter("{*}EncryptionMethod")]
            if not all(any(font in method for font in _FONTS) for method in methods):
                raise ConversionError("it is protected against copying, so it cannot be read")
        container = parse_part(archive, "META-INF/container.xml")
        place = next((e.get("full-path") for e in container.iter("{*}rootfile")), None) or ""
        package = parse_part(archive, place)
        items = {item.get("id"): item for item in package.iter("{*}item")}
        blocks: list[Block] = []
        for reference in package.iter("{*}itemref"):
            item = items.get(reference.get("idref"))
            if item is None or item.get("media-type") not in _PAGES:
                continue
            if "nav" in (item.get("properties") or "").split():
                continue
            href = unquote(item.get("href") or "")
            part = posixpath.normpath(posixpath.join(posixpath.dirname(place), href))
            page = parse_html(read_part(archive, part).decode("utf-8-sig", "strict"))
            body = page.find("body")
            blocks += read_elements(body if body is not None else page)
    text, _ = join_blocks(blocks)
    if not text.strip():
        raise ConversionError("there is no text in it; its pages may be pictures")
    said: dict[str, list[str]] = {}
    for element in package.iter("{*}title", "{*}creator", "{*}date", "{*}language"):
        said.setdefault(str(element.tag).rsplit("}", 1)[-1], []).append(
            (element.text or "").strip()
        )
    return Document(
        kind=Kind.EPUB,
        text=text,
        title=next(iter(said.get("title", [])), None) or None,
        author="; ".join(said.get("creator", [])) or None,
        year=read_year(next(iter(said.get("date", [])), None)),
        language=next(iter(said.get("language", [])), None) or None,
    )
