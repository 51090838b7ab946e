"""Writes a sheet of claims, or a table of reasons, in one of the formats that can be asked for."""

import datetime
from collections.abc import Sequence

from pactqa.essays.files import Essay
from pactqa.export.formats import FORMATS
from pactqa.export.sheet import Sheet, Take
from pactqa.export.sheet_json import write_sheet_json
from pactqa.export.sheet_text import (
    write_reasons_csv,
    write_reasons_markdown,
    write_sheet_csv,
    write_sheet_markdown,
)
from pactqa.export.sheet_word import write_reasons_docx, write_sheet_docx
from pactqa.reasons import ReasonTable
from pactqa.settings import read_paper

__all__ = ["SHEET_KINDS", "write_reasons", "write_sheet"]

SHEET_KINDS = FORMATS | {"json": "application/json"}
"""The formats of a sheet by file ending, with their media types; of reasons without JSON."""

_CSV = "utf-8-sig"  # Excel reads UTF-8 by that mark only


def write_sheet(sheet: Sheet, kind: str, essays: Sequence[Essay], which: Take = "all") -> bytes:
    """Writes a sheet.

    Args:
        sheet: what is written.
        kind: one of the `SHEET_KINDS`.
        essays: that it quotes, and perhaps others.
        which: of each claim's quotations; JSON has them all.

    Raises:
        SettingError: if the paper of Word documents is set to what is none.
    """
    match kind:
        case "md":
            return write_sheet_markdown(sheet, essays, which).encode("utf-8")
        case "csv":
            return write_sheet_csv(sheet, essays, which).encode(_CSV)
        case "docx":
            return write_sheet_docx(sheet, essays, which, read_paper(), datetime.datetime.now())
        case _:
            return write_sheet_json(sheet).encode("utf-8")


def write_reasons(table: ReasonTable, kind: str, style: str) -> bytes:
    """Writes a table of reasons.

    Args:
        table: the reasons.
        kind: a key of `formats.FORMATS`.
        style: of the references, a key of `references.STYLES`.

    Raises:
        SettingError: if the paper of Word documents is set to what is none.
    """
    match kind:
        case "md":
            return write_reasons_markdown(table, style).encode("utf-8")
        case "csv":
            return write_reasons_csv(table, style).encode(_CSV)
        case _:
            return write_reasons_docx(table, style, read_paper(), datetime.datetime.now())
