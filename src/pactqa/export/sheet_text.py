"""Writes a sheet of claims, and a table of reasons, as Markdown and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pactqa.essays.files import Essay
from pactqa.export.escapes import disarm_cell, plain_markdown
from pactqa.export.rich import RichText
from pactqa.export.sheet import Sheet, SheetClaim, SheetQuotation, Take, cite_sheet
from pactqa.export.sheet_quoted import SheetQuoted
from pactqa.export.works import Works
from pactqa.reasons import ReasonTable

__all__ = [
    "BLANK",
    "QUOTED_TITLE",
    "REASONS_TITLE",
    "SHEET_TITLE",
    "cite_reasons",
    "write_reasons_csv",
    "write_reasons_markdown",
    "write_sheet_csv",
    "write_sheet_markdown",
]

SHEET_TITLE = "Claims and evidence"
REASONS_TITLE = "Reasons by essay"
QUOTED_TITLE = "What the text quotes"
BLANK = "no section on this"
"""What stands where an essay gives a reason no section of its own."""

_SHEET_COLUMNS = (
    "claim number", "quoted in the text", "claim", "status", "found", "not mentioned",
    "remark on the claim", "quotation", "essay", "heading", "paragraph", "differences",
    "editor's notes", "stance", "stance of the passage", "verdict", "remark",
    "in-text citation", "reference",
)  # fmt: skip
_REASON_COLUMNS = (
    "reason", "essay", "heading", "paragraph", "quotation", "in-text citation", "reference",
)  # fmt: skip


def write_sheet_markdown(sheet: Sheet, essays: Sequence[Essay], which: Take) -> str:
    """Writes a heading for each claim, its quotations with verdicts, and one list of references.

    Args:
        sheet: what is written.
        essays: that it quotes, and perhaps others.
        which: of each claim's quotations.
    """
    works = cite_sheet(sheet, essays, which)
    parts = [f"# {SHEET_TITLE}"]
    for number, claim in enumerate(sheet.claims, start=1):
        parts.append(f"## {number}\\. {plain_markdown(claim.claim)}")
        parts += [plain_markdown(line) for line in (claim.said, claim.unmentioned) if line]
        if claim.remark:
            parts.append(f"**Remark:** {plain_markdown(claim.remark)}")
        for quotation in claim.take(which):
            cited = works.cite(works.find(quotation.essay), quotation.paragraph)
            parts += _write_quotation(quotation, cited)
        if left_out := claim.describe_left_out(which):
            parts.append(plain_markdown(left_out))
    if sheet.quoted:
        parts.append(f"## {QUOTED_TITLE}")
    for quoted in sheet.quoted:
        parts += _write_quoted(quoted, works)
    return "\n\n".join([*parts, *_write_works(works)]) + "\n"


def write_sheet_csv(sheet: Sheet, essays: Sequence[Essay], which: Take) -> str:
    """Writes a row for each quotation taken, one for a claim without any, and the text's own.

    Args:
        sheet: what is written.
        essays: that it quotes, and perhaps others.
        which: of each claim's quotations.
    """
    works = cite_sheet(sheet, essays, which)
    return _write_rows(_SHEET_COLUMNS, [*_read_rows(sheet, which), *_read_quoted(sheet, works)])


def write_reasons_markdown(table: ReasonTable, style: str) -> str:
    """Writes a heading for each reason, and below it what each essay says of it.

    Args:
        table: the reasons.
        style: of the references, a key of `references.STYLES`.
    """
    parts = [f"# {REASONS_TITLE}"]
    works = cite_reasons(table, style)
    for reason in table.reasons:
        parts.append(f"## {plain_markdown(reason.name)}")
        for essay, hit in zip(table.essays, reason.cells, strict=True):
            parts.append(f"**{plain_markdown(essay.title)}**")
            if hit is None:
                parts.append(f"*{BLANK}*")
            else:
                cited = works.cite(essay, hit.passage.paragraph)
                parts.append(f"> {plain_markdown(hit.key_text)}\n>\n> {cited.markdown}")
    return "\n\n".join([*parts, *_write_works(works)]) + "\n"


def write_reasons_csv(table: ReasonTable, style: str) -> str:
    """Writes a row for each reason and essay; one without a section on it has no quotation."""
    works, rows = cite_reasons(table, style), []
    for reason in table.reasons:
        for essay, hit in zip(table.essays, reason.cells, strict=True):
            heading = reason.headings.get(essay.id, "")
            cells = [reason.name, essay.title, heading]
            if hit:
                cited = works.cite(essay, hit.passage.paragraph)
                cells += [str(hit.passage.paragraph), hit.key_text, cited.plain]
                cells.append(works.refer(essay).plain)
            rows.append(cells + [""] * (len(_REASON_COLUMNS) - len(cells)))
    return _write_rows(_REASON_COLUMNS, rows)


def cite_reasons(table: ReasonTable, style: str) -> Works:
    """Gives the works that a table of reasons quotes."""
    hits = (hit for reason in table.reasons for hit in reason.cells if hit)
    return Works.of((hit.essay for hit in hits), style)


def _write_quotation(quotation: SheetQuotation, cited: RichText) -> Iterator[str]:
    verdict = f"**{quotation.verdict.capitalize()}.** " if quotation.verdict else ""
    yield f"{verdict}{plain_markdown(quotation.place)}"
    yield f"> {plain_markdown(quotation.quote)}\n>\n> {cited.markdown}"
    if quotation.said:
        yield " ".join(plain_markdown(line) for line in quotation.said)
    if quotation.remark:
        yield f"**Remark:** {plain_markdown(quotation.remark)}"


def _write_quoted(quoted: SheetQuoted, works: Works) -> Iterator[str]:
    places = [
        (place, works.cite(works.find(place.essay), place.paragraph)) for place in quoted.places
    ]
    cited = " ".join(citation.markdown for _, citation in places if quoted.status == "exact")
    yield f"“{plain_markdown(quoted.quoted)}” — {plain_markdown(quoted.said)} {cited}".rstrip()
    for place, citation in places:
        if quoted.status != "exact":
            yield f"> {plain_markdown(place.quote)}\n>\n> {citation.markdown}"
        if place.changes:
            yield " ".join(plain_markdown(change) for change in place.changes)


def _write_works(works: Works) -> Iterator[str]:
    if works.references:
        yield f"## {works.list_name}"
    yield from (reference.markdown for reference in works.references)
    yield from (plain_markdown(line) for line in works.gaps)


def _read_rows(sheet: Sheet, which: Take) -> Iterator[Sequence[str]]:
    for number, claim in enumerate(sheet.claims, start=1):
        own = _cells_of_claim(number, claim)
        taken = claim.take(which)
        for quotation in taken:
            yield (*own, *_cells_of_quotation(quotation))
        if not taken:
            yield (*own, *[""] * (len(_SHEET_COLUMNS) - len(own)))


def _cells_of_claim(number: int, claim: SheetClaim) -> tuple[str, ...]:
    own = (claim.claim, claim.status, claim.said, claim.unmentioned, claim.remark)
    return (str(number), "", *own)


def _read_quoted(sheet: Sheet, works: Works) -> Iterator[Sequence[str]]:
    """Gives a row for each place of a quotation of the text, and one for one that has none."""
    for quoted in sheet.quoted:
        own = ("", quoted.quoted, "", quoted.status, quoted.said, "", "")
        for place in quoted.places:
            essay, changes = works.find(place.essay), " ".join(place.changes)
            where = (place.quote, place.title, place.heading, str(place.paragraph), changes)
            cited = (works.cite(essay, place.paragraph).plain, works.refer(essay).plain)
            yield (*own, *where, "", "", "", "", "", *cited)
        if not quoted.places:
            yield (*own, *[""] * (len(_SHEET_COLUMNS) - len(own)))


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
        quotation.in_text,
        quotation.reference,
    )


def _write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(columns)
    table.writerows([disarm_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
