"""Turns the table of reasons into what the page shows of it: values in, HTML out, no Gradio."""

from markupsafe import Markup

from pactqa.export.sheet_text import BLANK
from pactqa.export.sheet_text import write_reasons_csv as _write_csv
from pactqa.export.sheet_word import write_reasons_docx as _write_docx
from pactqa.reasons import ReasonTable
from pactqa.web.templates import render

__all__ = ["REASON_KINDS", "render_reasons", "write_reasons"]

REASON_KINDS = ("docx", "csv")
"""The formats of a table of reasons."""


def render_reasons(table: ReasonTable) -> Markup:
    """Renders the table: a row for each reason, a column for each essay."""
    rows = [
        (reason, list(zip(table.essays, reason.cells, strict=True))) for reason in table.reasons
    ]
    return render("claims/reasons.html", table=table, rows=rows, blank=BLANK)


def write_reasons(table: ReasonTable, kind: str, style: str) -> bytes:
    """Writes the table as a file.

    Args:
        table: the reasons.
        kind: one of `REASON_KINDS`.
        style: of the references, a key of `references.STYLES`.
    """
    if kind == "docx":
        return _write_docx(table, style)
    return _write_csv(table, style).encode("utf-8-sig")  # Excel reads UTF-8 by that mark only
