"""What every Word document has: paper, page numbers, language, properties, a list of references."""

import datetime
import io
import re

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from pactqa.export.escapes import plain_xml
from pactqa.export.rich import RichText
from pactqa.export.works import Works

__all__ = ["add_references", "add_rich", "open_document", "plain_line", "save_document"]

_PAPERS = {"A4": (Cm(21), Cm(29.7)), "Letter": (Cm(21.59), Cm(27.94))}
_MARGIN, _HANGING = Cm(2.54), Cm(1.27)
_SMALL, _TIGHT = Pt(9), Pt(2)
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")


def open_document(title: str, language: str, paper: str, today: datetime.datetime) -> Document:
    """Opens an empty document with its paper, page numbers, language and properties.

    Args:
        title: of the document.
        language: its tag.
        paper: `A4` or `Letter`.
        today: when it is written; without a time zone, in this machine's.
    """
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "pactqa", ""
    properties.created = properties.modified = today.astimezone(datetime.UTC)
    properties.language = language
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(4)
    (section,) = document.sections
    section.page_width, section.page_height = _PAPERS[paper]
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)
    return document


def add_references(document: Document, works: Works) -> None:
    """Adds the list of references, each entry hanging, and what the copies do not say."""
    if works.references:
        document.add_heading(works.list_name, level=1)
    for reference in works.references:
        entry = document.add_paragraph()
        entry.paragraph_format.left_indent = _HANGING
        entry.paragraph_format.first_line_indent = -_HANGING
        add_rich(entry, reference)
    gaps = [document.add_paragraph() for _ in works.gaps]
    for gap, line in zip(gaps, works.gaps, strict=True):
        gap.add_run(plain_line(line)).font.size = _SMALL
        gap.paragraph_format.space_after = _TIGHT
        gap.paragraph_format.keep_with_next = gap is not gaps[-1]  # none alone on a page


def add_rich(paragraph: Paragraph, text: RichText) -> None:
    """Adds a line of which parts are italic."""
    for run in text.runs:
        paragraph.add_run(plain_line(run.text)).italic = run.italic or None


def save_document(document: Document) -> bytes:
    """Gives the document as the bytes of a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain_line(text: str) -> str:
    """Writes a text on one line, as the page does, and without what XML cannot hold."""
    return plain_xml(_LINE_ENDS.sub(" ", text))
