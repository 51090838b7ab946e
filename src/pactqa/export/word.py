"""Writes a session as a Word document (DOCX)."""

import datetime
import io
import re

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pactqa.export.escapes import plain_xml
from pactqa.export.references import LIST_NAMES
from pactqa.export.rich import RichText
from pactqa.export.session import TITLE, Part, Quotation, Session

__all__ = ["write_docx"]

_PAPERS = {"A4": (Cm(21), Cm(29.7)), "Letter": (Cm(21.59), Cm(27.94))}
_MARGIN, _INDENT, _HANGING = Cm(2.54), Cm(1), Cm(1.27)
_LINK_COLOUR = RGBColor(0x1F, 0x4E, 0x9E)
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")


def write_docx(session: Session, paper: str, today: datetime.datetime) -> bytes:
    """Writes a Word document: headings for the questions, indented quotations, references.

    Args:
        session: what is written.
        paper: `A4` or `Letter`.
        today: when it is written; without a time zone, in this machine's.
    """
    document = docx.Document()
    _set_up(document, session, paper, today)
    document.add_heading(TITLE, level=0)
    document.add_paragraph(f"{today.day} {today:%B} {today.year}")
    for part in session.parts:
        _add_part(document, part)
    if session.references:
        document.add_heading(LIST_NAMES[session.style], level=1)
    for reference in session.references:
        entry = document.add_paragraph()
        entry.paragraph_format.left_indent = _HANGING
        entry.paragraph_format.first_line_indent = -_HANGING
        _add_rich(entry, reference)
    for line in session.gaps:
        document.add_paragraph().add_run(_for_xml(line)).font.size = Pt(9)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Document, session: Session, paper: str, today: datetime.datetime) -> None:
    """Sets paper, page numbers, language and properties."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "pactqa", ""
    properties.created = properties.modified = today.astimezone(datetime.UTC)
    properties.language = session.language
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), session.language)
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


def _add_part(document: Document, part: Part) -> None:
    document.add_heading(_for_xml(part.question), level=1)
    searched = f"Searched as: {part.searched_as}" if part.searched_as else ""
    for line in (searched, part.introduction):
        if line:
            paragraph = document.add_paragraph(_for_xml(line))
            paragraph.paragraph_format.keep_with_next = bool(part.quotations)
    for quotation in part.quotations:
        _add_quotation(document, quotation)


def _add_quotation(document: Document, quotation: Quotation) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.add_run(f"{quotation.number}. ").bold = True
    if quotation.link:
        _add_link(head, _for_xml(quotation.place), quotation.link)
    else:
        head.add_run(_for_xml(quotation.place))
    quoted = document.add_paragraph(style="Quote")
    quoted.paragraph_format.space_after = Pt(2)
    for text, is_key in quotation.pieces:
        run = quoted.add_run(_for_xml(text))
        run.italic = False
        if is_key:
            run.bold = True
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    below = [document.add_paragraph()]
    _add_rich(below[0], quotation.in_text)
    if quotation.breaks_off:
        below.append(document.add_paragraph(quotation.breaks_off))
    for note in quotation.notes:
        line = document.add_paragraph()
        line.add_run("Editor’s note").bold = True
        line.add_run(f" on “{_for_xml(note.quote)}”: {_for_xml(note.note)}")
        below.append(line)
    for paragraph in (quoted, *below):
        paragraph.paragraph_format.left_indent = _INDENT
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = paragraph is not below[-1]


def _add_rich(paragraph: Paragraph, text: RichText) -> None:
    for run in text.runs:
        paragraph.add_run(_for_xml(run.text)).italic = run.italic or None


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    place = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), place)
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.color.rgb = _LINK_COLOUR
    link.append(run._r)
    paragraph._p.append(link)


def _for_xml(text: str) -> str:
    """Writes a text on one line, as the page does, and without what XML cannot hold."""
    return plain_xml(_LINE_ENDS.sub(" ", text))
