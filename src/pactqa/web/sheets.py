"""Opens the sheet that a browser sends, and checks that the essays say it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from pactqa.assistant import Assistant
from pactqa.essays.splitting import Span, find_passage
from pactqa.export.sheet import Sheet, SheetClaim, SheetQuotation, cite_sheet, find_changed
from pactqa.export.sheet_quoted import SheetQuoted, make_quoted
from pactqa.judgement.differences import describe_difference, find_differences
from pactqa.messages import count_of
from pactqa.quotation_check import CheckedQuotation, check_again

__all__ = [
    "OpenedSheet",
    "describe_anew",
    "open_sheet",
    "render_part",
]


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet as the essays bear it out now.

    Attributes:
        sheet: without the quotations that the essays do not say.
        notice: a word about those.
        text: made of what the student's text quotes.
        quotations: what was found of it, looked up anew.
    """

    sheet: Sheet
    notice: str
    text: str
    quotations: Sequence[CheckedQuotation]


def open_sheet(assistant: Assistant, sheet: Sheet) -> OpenedSheet:
    """Takes out what does not stand in the essays so, and looks up anew what the text quotes.

    Raises:
        StoreError: if the index cannot be read.
    """
    text, found = check_again(assistant, [(one.quoted, one.marked) for one in sheet.quoted])
    sheet = replace(sheet, quoted=make_quoted(assistant, text, found))
    changed = find_changed(sheet, assistant)
    if not changed:
        return OpenedSheet(sheet, "", text, found)
    claims = tuple(
        replace(claim, quotations=tuple(q for q in claim.quotations if q not in changed))
        for claim in sheet.claims
    )
    count = len(changed)
    verbs = (
        "does not stand in the essays so and was"
        if count == 1
        else ("do not stand in the essays so and were")
    )
    notice = f"{count_of(count, 'quotation')} of the sheet {verbs} left out. Check the claim anew."
    return OpenedSheet(replace(sheet, claims=claims), notice, text, found)


def describe_anew(assistant: Assistant, sheet: Sheet, style: str) -> Sheet:
    """Gives an opened sheet with places, differences and references made of the essays.

    Args:
        assistant: over the essays that the sheet quotes.
        sheet: from `open_sheet`.
        style: of the references, a key of `references.STYLES`.

    Raises:
        StoreError: if the index cannot be read.
    """
    works = cite_sheet(replace(sheet, style=style), assistant.essays())
    passages_of = cache(assistant.passages)

    def describe(claim: str, quotation: SheetQuotation) -> SheetQuotation:
        essay = works.find(quotation.essay)
        passage = find_passage(passages_of(essay.id), quotation.start)
        paragraph = passage.paragraph if passage else quotation.paragraph
        differences = find_differences(claim, essay.text, Span(quotation.start, quotation.end))
        return replace(
            quotation,
            title=essay.title,
            heading=passage.heading if passage else "",
            paragraph=paragraph,
            in_text=works.cite(essay, paragraph).plain,
            reference=works.refer(essay).plain,
            differences=tuple(describe_difference(d, claim, essay.text) for d in differences),
        )

    claims = tuple(
        replace(claim, quotations=tuple(describe(claim.claim, q) for q in claim.quotations))
        for claim in sheet.claims
    )
    return replace(sheet, claims=claims, style=style)


def render_part(part: SheetClaim | SheetQuoted) -> dict[str, Any]:
    """Gives a claim or a quotation in the shape that it has in a sheet saved as JSON."""
    return asdict(part)
