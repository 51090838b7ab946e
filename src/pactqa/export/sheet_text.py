"""Writes a sheet of claims, and a table of reasons, as Markdown and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pactqa.export.escapes import disarm_cell, plain_markdown
from pactqa.export.references import make_reference
from pactqa.export.sheet import Sheet, SheetClaim, SheetQuotation
from pactqa.reasons import ReasonTable

__all__ = [
    "BLANK",
    "REASONS_TITLE",
    "SHEET_TITLE",
    "write_reasons_csv",
    "write_reasons_markdown",
    "write_sheet_csv",
    "write_sheet_markdown",
]

SHEET_TITLE = "Claims and evidence"
REASONS_TITLE = "Reasons by essay"
BLANK = "no section on this"
"""What stands where an essay gives a reason no section of its own."""

_SHEET_COLUMNS = (
    "claim number", "claim", "status", "found", "not mentioned", "remark on the claim", "quotation",
    "essay", "heading", "paragraph", "differences", "editor's notes", "stance",
    "stance of the passage", "verdict", "remark", "reference",
)  # fmt: skip
_REASON_COLUMNS = ("reason", "essay", "heading", "paragraph", "quotation", "reference")


def write_sheet_markdown(sheet: Sheet) -> str:
    """Writes a heading for each claim, and its quotations with verdicts and references."""
    parts = [f"# {SHEET_TITLE}"]
    for number, claim in enumerate(sheet.claims, start=1):
        parts.append(f"## {number}\\. {plain_markdown(claim.claim)}")
        parts += [plain_markdown(line) for line in (claim.said, claim.unmentioned) if line]
        if claim.remark:
            parts.append(f"**Remark:** {plain_markdown(claim.remark)}")
        for quotation in claim.quotations:
            parts += _write_quotation(quotation)
    return "\n\n".join(parts) + "\n"


def write_sheet_csv(sheet: Sheet) -> str:
    """Writes a row for each quotation, and one for a claim without any."""
    return _write_rows(_SHEET_COLUMNS, _read_rows(sheet))


def write_reasons_markdown(table: ReasonTable, style: str) -> str:
    """Writes a heading for each reason, and below it what each essay says of it.

    Args:
        table: the reasons.
        style: of the references, a key of `references.STYLES`.
    """
    parts = [f"# {REASONS_TITLE}"]
    for reason in table.reasons:
        parts.append(f"## {plain_markdown(reason.name)}")
        for essay, hit in zip(table.essays, reason.cells, strict=True):
            parts.append(f"**{plain_markdown(essay.title)}**")
            if hit is None:
                parts.append(f"*{BLANK}*")
            else:
                reference = make_reference(essay, style).plain
                parts += [f"> {plain_markdown(hit.key_text)}", plain_markdown(reference)]
    return "\n\n".join(parts) + "\n"


def write_reasons_csv(table: ReasonTable, style: str) -> str:
    """Writes a row for each reason and essay; one without a section on it has no quotation."""
    rows = []
    for reason in table.reasons:
        for essay, hit in zip(table.essays, reason.cells, strict=True):
            heading = reason.headings.get(essay.id, "")
            cells = [reason.name, essay.title, heading]
            if hit:
                reference = make_reference(essay, style).plain
                cells += [str(hit.passage.paragraph), hit.key_text, reference]
            rows.append(cells + [""] * (len(_REASON_COLUMNS) - len(cells)))
    return _write_rows(_REASON_COLUMNS, rows)


def _write_quotation(quotation: SheetQuotation) -> Iterator[str]:
    yield f"> {plain_markdown(quotation.quote)}"
    verdict = f"**{quotation.verdict}** " if quotation.verdict else ""
    yield f"{verdict}— {plain_markdown(quotation.place)}"
    for line in quotation.said:
        yield plain_markdown(line)
    if quotation.remark:
        yield f"**Remark:** {plain_markdown(quotation.remark)}"
    yield plain_markdown(quotation.reference)


def _read_rows(sheet: Sheet) -> Iterator[Sequence[str]]:
    for number, claim in enumerate(sheet.claims, start=1):
        own = _cells_of_claim(number, claim)
        for quotation in claim.quotations:
            yield (*own, *_cells_of_quotation(quotation))
        if not claim.quotations:
            yield (*own, *[""] * (len(_SHEET_COLUMNS) - len(own)))


def _cells_of_claim(number: int, claim: SheetClaim) -> tuple[str, ...]:
    return (str(number), claim.claim, claim.status, claim.said, claim.unmentioned, claim.remark)


def _cells_of_quotation(quotation: SheetQuotation) -> tuple[str, ...]:
    return (
        quotation.quote,
        quotation.title,
        quotation.heading,
        str(quotation.paragraph),
        " ".join(quotation.differences),
        " ".join(quotation.notes),
        quotation.stance or "",
        quotation.passage_stance or "",
        quotation.verdict or "",
        quotation.remark,
        quotation.reference,
    )


def _write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(columns)
    table.writerows([disarm_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
