"""Writes a session as a Word document (DOCX)."""

import datetime

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pactqa.export.document import (
    add_references,
    add_rich,
    open_document,
    plain_line,
    save_document,
)
from pactqa.export.session import TITLE, Part, Quotation, Session

__all__ = ["write_docx"]

_INDENT = Cm(1)
_LINK_COLOUR = RGBColor(0x1F, 0x4E, 0x9E)


def write_docx(session: Session, paper: str, today: datetime.datetime) -> bytes:
    """Writes a Word document: headings for the questions, indented quotations, references.

    Args:
        session: what is written.
        paper: `A4` or `Letter`.
        today: when it is written; without a time zone, in this machine's.
    """
    document = open_document(TITLE, session.language, paper, today)
    document.add_heading(TITLE, level=0)
    document.add_paragraph(f"{today.day} {today:%B} {today.year}")
    for part in session.parts:
        _add_part(document, part)
    add_references(document, session.works)
    return save_document(document)


def _add_part(document: Document, part: Part) -> None:
    document.add_heading(plain_line(part.question), level=1)
    searched = f"Searched as: {part.searched_as}" if part.searched_as else ""
    for line in (searched, part.introduction):
        if line:
            paragraph = document.add_paragraph(plain_line(line))
            paragraph.paragraph_format.keep_with_next = bool(part.quotations)
    for quotation in part.quotations:
        _add_quotation(document, quotation)


def _add_quotation(document: Document, quotation: Quotation) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.add_run(f"{quotation.number}. ").bold = True
    if quotation.link:
        _add_link(head, plain_line(quotation.place), quotation.link)
    else:
        head.add_run(plain_line(quotation.place))
    quoted = document.add_paragraph(style="Quote")
    quoted.paragraph_format.space_after = Pt(2)
    for text, is_key in quotation.pieces:
        run = quoted.add_run(plain_line(text))
        run.italic = False
        if is_key:
            run.bold = True
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    below = [document.add_paragraph()]
    add_rich(below[0], quotation.in_text)
    if quotation.breaks_off:
        below.append(document.add_paragraph(quotation.breaks_off))
    for note in quotation.notes:
        line = document.add_paragraph()
        line.add_run("Editor’s note").bold = True
        line.add_run(f" on “{plain_line(note.quote)}”: {plain_line(note.note)}")
        below.append(line)
    for paragraph in (quoted, *below):
        paragraph.paragraph_format.left_indent = _INDENT
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = paragraph is not below[-1]


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    place = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), place)
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.color.rgb = _LINK_COLOUR
    link.append(run._r)
    paragraph._p.append(link)
