"""Writes a session as a Word document (DOCX)."""

import io
import re
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt

from pactqa.answer import Answer
from pactqa.export.session import TITLE, Quotation, introduce_answer, number_quotations

__all__ = ["write_docx"]

_INDENT = Cm(1)
# XML 1.0, and so DOCX, has no place for these; they show nothing on paper either.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(answers: Sequence[Answer], style: str) -> bytes:
    """Writes a Word document: headings for the questions, indented quotations, references.

    Args:
        answers: in the order asked.
        style: of the references, a key of `references.STYLES`.
    """
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    document.add_heading(TITLE, level=0)
    for answer, quotations in number_quotations(answers, style):
        document.add_heading(_for_xml(answer.question), level=1)
        if answer.searched_as != answer.question:
            document.add_paragraph(f"Searched as: {_for_xml(answer.searched_as)}")
        if introduction := introduce_answer(answer):
            document.add_paragraph(introduction)
        for quotation in quotations:
            _add_quotation(document, quotation)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_quotation(document: Document, quotation: Quotation) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.add_run(f"{quotation.number}. ").bold = True
    head.add_run(_for_xml(quotation.place))
    quoted = document.add_paragraph(style="Quote")
    quoted.paragraph_format.left_indent = _INDENT
    for text, is_key in quotation.pieces:
        run = quoted.add_run(_for_xml(text))
        run.italic = False
        if is_key:
            run.bold = True
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    for note in quotation.notes:
        line = document.add_paragraph()
        line.paragraph_format.left_indent = _INDENT
        line.add_run("Editor’s note").bold = True
        line.add_run(f" on “{_for_xml(note.quote)}”: {_for_xml(note.note)}")
    reference = document.add_paragraph().add_run(_for_xml(quotation.reference))
    reference.font.size = Pt(9)


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
