"""Files of every kind that is read, made in memory."""

import io
import zipfile
from collections.abc import Sequence

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

Line = tuple[float, float, str, float, str]
"""Where a line of a PDF begins, from left and bottom; font (F1, or F2, bold), size, words."""


def make_docx(*paragraphs, heading="The Mill", cells=(), author="", title="", macros=False):
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = author, title
    if heading:
        document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, words in zip(table.rows[0].cells, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    if not macros:
        return out.getvalue()
    return add_parts(out.getvalue(), {"word/vbaProject.bin": b"Sub AutoOpen()"})


def add_parts(archive, parts):
    """Gives an archive with more parts, or other ones of the same name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def make_pdf(*lines, password="", title="", author="", pages=()):
    """A page of lines below one another, or pages of `Line`s, written as PDF's own operators."""
    writer = PdfWriter()
    fonts = DictionaryObject()
    for name, base in (("F1", "Helvetica"), ("F2", "Helvetica-Bold")):
        fonts[NameObject(f"/{name}")] = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject(f"/{base}"),
                }
            )
        )
    plain = [(50, 700 - 14 * at, "F1", 12, words) for at, words in enumerate(lines)]
    for page_lines in pages or [plain]:
        page = writer.add_blank_page(width=600, height=800)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " ".join(
            f"BT /{font} {size} Tf {x} {y} Td {set_words(words)} ET"
            for x, y, font, size, words in page_lines
        )
        stream = DecodedStreamObject()
        stream.set_data(shown.encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title or author:
        writer.add_metadata({"/Title": title, "/Author": author})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def set_words(words):
    """Sets words, or pairs of words and what space, in points, follows each letter of them."""
    pairs = [(words, 0)] if isinstance(words, str) else words
    return " ".join(f"{space} Tc ({escape(piece)}) Tj" for piece, space in pairs)


def escape(words):
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def set_lines(lines: Sequence[str], top=700, left=50, font="F1", size=12) -> list[Line]:
    """Sets lines below one another."""
    return [(left, top - 14 * at, font, size, words) for at, words in enumerate(lines)]


ODT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
 <style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
 <office:body><office:text>{body}</office:text></office:body></office:document-content>"""
META = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{fields}</office:meta>
 </office:document-meta>"""


def make_odt(body, fields="", encrypted=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.replace("{body}", body))
        archive.writestr("meta.xml", META.replace("{fields}", fields))
        manifest = "<m><encryption-data/></m>" if encrypted else "<m/>"
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The Mill</dc:title><dc:creator>Lee, Ann</dc:creator><dc:creator>Ray, Tom
</dc:creator><dc:date>2011-05-03</dc:date><dc:language>en-GB</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
{items}<item id="css" href="a.css" media-type="text/css"/></manifest>
<spine><itemref idref="nav"/>{spine}<itemref idref="css"/></spine></package>"""


def make_epub(*chapters, parts=()):
    """An EPUB of chapters, each the content of a body; the files lie in another order."""
    names = [f"c{len(chapters) - at}" for at in range(len(chapters))]
    kind = "application/xhtml+xml"
    items = "".join(f'<item id="{n}" href="a%20{n}.xhtml" media-type="{kind}"/>' for n in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    root = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", root)
        package = PACKAGE.replace("{items}", items).replace("{spine}", spine)
        archive.writestr("O/p.opf", package)
        archive.writestr("O/nav.xhtml", "<html><body><p>Contents</p></body></html>")
        for name, body in zip(names, chapters, strict=True):
            page = f'<?xml version="1.0" encoding="utf-8"?><html><body>{body}</body></html>'
            archive.writestr(f"O/a {name}.xhtml", page)
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


PAGE = """<!DOCTYPE html><html lang="en"><head><title>The Mill | Old Essays</title>
<meta charset="utf-8"><meta name="author" content="Ann Lee">
<meta property="og:site_name" content="Old Essays">
<meta property="article:published_time" content="2011-05-03"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/join">Join now!</a></li></ul></nav>
<article><h1>The Mill</h1><p>The  mill was old &amp; it <b>burnt</b> down in the winter of 1911, as
the miller said<sup><a href="#n1">1</a></sup>, and nobody was there to see it.</p>
<h2>The miller</h2>
<p>He was a man of the town “who knew” everybody, and he said that it was a dog that did it, which
nobody believed. The people of the town went on to ask him every winter.</p>
<p># This is no heading but a paragraph that begins with a sign, and is long enough to be kept.</p>
<ul><li>One thing that is said of him here</li><li>Another thing to say of it all</li></ul>
</article><aside>Related essays: The King</aside><footer>Cookie notice. Sign up today!</footer>
<script>var x = "Do not read this";</script></body></html>"""


def bomb(size=300_000_000):
    """A Word document that unpacks to much more than it holds."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return out.getvalue()
