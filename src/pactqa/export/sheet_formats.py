"""Writes a sheet of claims, or a table of reasons, in one of the formats that can be asked for."""

from collections.abc import Callable

from pactqa.export.formats import FORMATS
from pactqa.export.sheet import Sheet
from pactqa.export.sheet_json import write_sheet_json
from pactqa.export.sheet_text import (
    write_reasons_csv,
    write_reasons_markdown,
    write_sheet_csv,
    write_sheet_markdown,
)
from pactqa.export.sheet_word import write_reasons_docx, write_sheet_docx
from pactqa.reasons import ReasonTable

__all__ = ["SHEET_KINDS", "write_reasons", "write_sheet"]

SHEET_KINDS = FORMATS | {"json": "application/json"}
"""The formats of a sheet by file ending, with their media types; of reasons without JSON."""

_CSV = "utf-8-sig"  # Excel reads UTF-8 by that mark only
_SHEETS: dict[str, Callable[[Sheet], bytes]] = {
    "md": lambda sheet: write_sheet_markdown(sheet).encode("utf-8"),
    "csv": lambda sheet: write_sheet_csv(sheet).encode(_CSV),
    "docx": write_sheet_docx,
    "json": lambda sheet: write_sheet_json(sheet).encode("utf-8"),
}
_REASONS: dict[str, Callable[[ReasonTable, str], bytes]] = {
    "md": lambda table, style: write_reasons_markdown(table, style).encode("utf-8"),
    "csv": lambda table, style: write_reasons_csv(table, style).encode(_CSV),
    "docx": write_reasons_docx,
}


def write_sheet(sheet: Sheet, kind: str) -> bytes:
    """Writes a sheet in one of the `SHEET_KINDS`."""
    return _SHEETS[kind](sheet)


def write_reasons(table: ReasonTable, kind: str, style: str) -> bytes:
    """Writes a table of reasons.

    Args:
        table: the reasons.
        kind: a key of `formats.FORMATS`.
        style: of the references, a key of `references.STYLES`.
    """
    return _REASONS[kind](table, style)
