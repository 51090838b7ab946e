"""Turns the table of reasons into what the page shows of it: values in, HTML out, no Gradio."""

from markupsafe import Markup

from pactqa.export.sheet_text import BLANK
from pactqa.reasons import ReasonTable
from pactqa.web.templates import render

__all__ = ["REASON_KINDS", "render_reasons"]

REASON_KINDS = ("docx", "csv")
"""The formats in which the page offers the table."""


def render_reasons(table: ReasonTable) -> Markup:
    """Renders the table: a row for each reason, a column for each essay."""
    rows = [
        (reason, list(zip(table.essays, reason.cells, strict=True))) for reason in table.reasons
    ]
    return render("claims/reasons.html", table=table, rows=rows, blank=BLANK)
