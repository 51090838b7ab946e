"""Writes a sheet of claims, and a table of reasons, as Word documents (DOCX)."""

import datetime
from collections.abc import Sequence

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from pactqa.essays.files import Essay
from pactqa.export.document import (
    add_references,
    add_rich,
    open_document,
    plain_line,
    save_document,
)
from pactqa.export.rich import RichText
from pactqa.export.sheet import VERDICTS, Sheet, SheetQuotation, Take, cite_sheet
from pactqa.export.sheet_quoted import SheetQuoted
from pactqa.export.sheet_text import (
    BLANK,
    QUOTED_TITLE,
    REASONS_TITLE,
    SHEET_TITLE,
    cite_reasons,
)
from pactqa.export.works import Works
from pactqa.reasons import ReasonTable

__all__ = ["write_reasons_docx", "write_sheet_docx"]

_INDENT = Cm(1)
_SMALL, _SPACE = Pt(9), Pt(4)
_CLAIM_WIDTH, _COUNT_WIDTH = Cm(8), Cm(2)


def write_sheet_docx(
    sheet: Sheet, essays: Sequence[Essay], which: Take, paper: str, today: datetime.datetime
) -> bytes:
    """Writes an overview of the verdicts, each claim with its quotations, and the references.

    Args:
        sheet: what is written.
        essays: that it quotes, and perhaps others.
        which: of each claim's quotations.
        paper: `A4` or `Letter`.
        today: when it is written; without a time zone, in this machine's.
    """
    works = cite_sheet(sheet, essays, which)
    document = open_document(SHEET_TITLE, works.language, paper, today)
    document.add_heading(SHEET_TITLE, level=0)
    _add_overview(document, sheet)
    for number, claim in enumerate(sheet.claims, start=1):
        document.add_heading(plain_line(f"{number}. {claim.claim}"), level=1)
        for line in (claim.said, claim.unmentioned):
            if line:
                document.add_paragraph(plain_line(line))
        if claim.remark:
            _add_remark(document, claim.remark)
        for quotation in claim.take(which):
            cited = works.cite(works.find(quotation.essay), quotation.paragraph)
            _add_quotation(document, quotation, cited)
        if left_out := claim.describe_left_out(which):
            document.add_paragraph().add_run(left_out).font.size = _SMALL
    if sheet.quoted:
        document.add_heading(QUOTED_TITLE, level=1)
    for quoted in sheet.quoted:
        _add_quoted(document, quoted, works)
    add_references(document, works)
    return save_document(document)


def write_reasons_docx(
    table: ReasonTable, style: str, paper: str, today: datetime.datetime
) -> bytes:
    """Writes a table on a page laid across: a row for each reason, a column for each essay.

    Args:
        table: the reasons.
        style: of the references, a key of `references.STYLES`.
        paper: `A4` or `Letter`.
        today: when it is written; without a time zone, in this machine's.
    """
    works = cite_reasons(table, style)
    document = open_document(REASONS_TITLE, works.language, paper, today)
    document.add_heading(REASONS_TITLE, level=0)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    grid = document.add_table(rows=1, cols=1 + len(table.essays), style="Table Grid")
    for cell, words in zip(
        grid.rows[0].cells, ["Reason", *(e.title for e in table.essays)], strict=True
    ):
        cell.paragraphs[0].add_run(plain_line(words)).bold = True
    _repeat_on_each_page(grid.rows[0])
    for reason in table.reasons:
        cells = grid.add_row().cells
        cells[0].paragraphs[0].add_run(plain_line(reason.name)).bold = True
        for cell, essay, hit in zip(cells[1:], table.essays, reason.cells, strict=True):
            if hit is None:
                cell.paragraphs[0].add_run(BLANK).italic = True
                continue
            cell.paragraphs[0].add_run(plain_line(hit.key_text))
            place = cell.add_paragraph()
            add_rich(place, works.cite(essay, hit.passage.paragraph))
            for run in place.runs:
                run.font.size = _SMALL
    _keep_rows_whole(grid)
    add_references(document, works)
    return save_document(document)


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
            cell.paragraphs[0].add_run(plain_line(words))
    grid.autofit = False
    for column, width in zip(
        grid.columns, [_CLAIM_WIDTH, *[_COUNT_WIDTH] * (len(heads) - 1)], strict=True
    ):
        for cell in column.cells:
            cell.width = width
    _keep_rows_whole(grid)


def _add_quotation(document: Document, quotation: SheetQuotation, cited: RichText) -> None:
    head = document.add_paragraph()
    if quotation.verdict:
        head.add_run(f"{quotation.verdict.capitalize()}. ").bold = True
    head.add_run(plain_line(quotation.place))
    lines = [head, _add_quote(document, quotation.quote, cited)]
    if quotation.said:
        lines.append(document.add_paragraph(plain_line(" ".join(quotation.said))))
        lines[-1].paragraph_format.left_indent = _INDENT
    if quotation.remark:
        lines.append(_add_remark(document, quotation.remark))
    _keep_together(lines)


def _add_quoted(document: Document, quoted: SheetQuoted, works: Works) -> None:
    """Adds a quotation of the text: what was found, and the essay's words where they differ."""
    head = document.add_paragraph()
    head.add_run(plain_line(f"“{quoted.quoted}” ")).bold = True
    head.add_run(plain_line(quoted.said))
    lines = [head]
    for place in quoted.places:
        cited = works.cite(works.find(place.essay), place.paragraph)
        if quoted.status == "exact":
            head.add_run(" ")
            add_rich(head, cited)
        else:
            lines.append(_add_quote(document, place.quote, cited))
        if place.changes:
            lines.append(document.add_paragraph(plain_line(" ".join(place.changes))))
            lines[-1].paragraph_format.left_indent = _INDENT
    _keep_together(lines)


def _add_quote(document: Document, words: str, cited: RichText) -> Paragraph:
    quote = document.add_paragraph(style="Quote")
    quote.add_run(plain_line(words) + " ").italic = False
    quote.paragraph_format.left_indent = _INDENT
    for run in cited.runs:
        quote.add_run(plain_line(run.text)).italic = run.italic
    return quote


def _keep_together(lines: Sequence[Paragraph]) -> None:
    for line in lines:
        line.paragraph_format.space_after = _SPACE
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = line is not lines[-1]


def _add_remark(document: Document, remark: str) -> Paragraph:
    line = document.add_paragraph()
    line.paragraph_format.left_indent = _INDENT
    line.add_run("Remark: ").bold = True
    line.add_run(plain_line(remark))
    return line
