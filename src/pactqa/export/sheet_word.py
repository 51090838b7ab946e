"""Writes a sheet of claims, and a table of reasons, as Word documents (DOCX)."""

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Row

from pactqa.export.escapes import plain_xml
from pactqa.export.references import make_reference
from pactqa.export.sheet import VERDICTS, Sheet, SheetQuotation
from pactqa.export.sheet_text import BLANK, REASONS_TITLE, SHEET_TITLE
from pactqa.reasons import ReasonTable

__all__ = ["write_reasons_docx", "write_sheet_docx"]

_INDENT = Cm(1)
_SMALL = Pt(9)
_CLAIM_WIDTH, _COUNT_WIDTH = Cm(8), Cm(2)


def write_sheet_docx(sheet: Sheet) -> bytes:
    """Writes an overview of the verdicts, then each claim with its quotations."""
    document = _open_document(SHEET_TITLE)
    _add_overview(document, sheet)
    for number, claim in enumerate(sheet.claims, start=1):
        document.add_heading(plain_xml(f"{number}. {claim.claim}"), level=1)
        for line in (claim.said, claim.unmentioned):
            if line:
                document.add_paragraph(plain_xml(line))
        if claim.remark:
            _add_remark(document, claim.remark)
        for quotation in claim.quotations:
            _add_quotation(document, quotation)
    return _save(document)


def write_reasons_docx(table: ReasonTable, style: str) -> bytes:
    """Writes a table on a page laid across: a row for each reason, a column for each essay.

    Args:
        table: the reasons.
        style: of the references, a key of `references.STYLES`.
    """
    document = _open_document(REASONS_TITLE)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    grid = document.add_table(rows=1, cols=1 + len(table.essays), style="Table Grid")
    for cell, words in zip(
        grid.rows[0].cells, ["Reason", *(e.title for e in table.essays)], strict=True
    ):
        cell.paragraphs[0].add_run(plain_xml(words)).bold = True
    _repeat_on_each_page(grid.rows[0])
    for reason in table.reasons:
        cells = grid.add_row().cells
        cells[0].paragraphs[0].add_run(plain_xml(reason.name)).bold = True
        for cell, essay, hit in zip(cells[1:], table.essays, reason.cells, strict=True):
            if hit is None:
                cell.paragraphs[0].add_run(BLANK).italic = True
                continue
            cell.paragraphs[0].add_run(plain_xml(hit.key_text))
            place = cell.add_paragraph().add_run(plain_xml(make_reference(essay, style).plain))
            place.font.size = _SMALL
    _keep_rows_whole(grid)
    return _save(document)


def _open_document(title: str) -> Document:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.add_heading(title, level=0)
    return document


def _save(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _repeat_on_each_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_rows_whole(grid: Table) -> None:
    """Lets no row break over two pages."""
    for row in grid.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _add_overview(document: Document, sheet: Sheet) -> None:
    heads = ("Claim", *(verdict.capitalize() for verdict in VERDICTS), "No verdict")
    grid = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, words in zip(grid.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _repeat_on_each_page(grid.rows[0])
    for number, claim in enumerate(sheet.claims, start=1):
        counts = (str(claim.count(verdict)) for verdict in (*VERDICTS, None))
        row = (f"{number}. {claim.claim}", *counts)
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(plain_xml(words))
    grid.autofit = False
    for column, width in zip(
        grid.columns, [_CLAIM_WIDTH, *[_COUNT_WIDTH] * (len(heads) - 1)], strict=True
    ):
        for cell in column.cells:
            cell.width = width
    _keep_rows_whole(grid)


def _add_quotation(document: Document, quotation: SheetQuotation) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    if quotation.verdict:
        head.add_run(f"{quotation.verdict.capitalize()}. ").bold = True
    head.add_run(plain_xml(quotation.place))
    quoted = document.add_paragraph(style="Quote")
    quoted.paragraph_format.left_indent = _INDENT
    quoted.add_run(plain_xml(quotation.quote)).italic = False
    for words in quotation.said:
        line = document.add_paragraph(plain_xml(words))
        line.paragraph_format.left_indent = _INDENT
    if quotation.remark:
        _add_remark(document, quotation.remark)
    document.add_paragraph().add_run(plain_xml(quotation.reference)).font.size = _SMALL


def _add_remark(document: Document, remark: str) -> None:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = _INDENT
    line.add_run("Remark: ").bold = True
    line.add_run(plain_xml(remark))
