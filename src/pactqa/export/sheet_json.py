"""Writes a sheet as JSON and opens it again; what is opened is checked field by field."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar, get_args

from pactqa.errors import ClaimError
from pactqa.essays.text import repair_surrogates
from pactqa.export.references import STYLES
from pactqa.export.sheet import VERDICTS, Sheet, SheetClaim, SheetQuotation
from pactqa.export.sheet_quoted import QuotedPlace, SheetQuoted
from pactqa.judgement.claims import EvidenceStatus
from pactqa.models.nli import Stance
from pactqa.quotation_check import QuotationStatus

__all__ = ["SHEET_MAX_BYTES", "SHEET_VERSION", "read_sheet", "write_sheet_json"]

SHEET_VERSION = 2
"""Changes when the fields do."""

SHEET_MAX_BYTES = 20_000_000
"""A larger file is refused."""

_WHOLE = "the sheet"
_T = TypeVar("_T")


def write_sheet_json(sheet: Sheet) -> str:
    """Writes a sheet so that `read_sheet` opens it again."""
    content = {"pactqa_sheet": SHEET_VERSION, **asdict(sheet)}
    return repair_surrogates(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def read_sheet(content: bytes, name: str = "the file") -> Sheet:
    """Opens a sheet.

    Args:
        content: of the file.
        name: of the file, for the message.

    Raises:
        ClaimError: if it is no such sheet, says which field is wrong.
    """
    if len(content) > SHEET_MAX_BYTES:
        raise ClaimError(
            f"{name}: {len(content):,} bytes are more than the {SHEET_MAX_BYTES:,} of a sheet. "
            "Open a sheet as it was saved."
        )
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ClaimError(
            f"{name}: this is no JSON ({error}). Open a sheet saved as JSON."
        ) from error
    if not isinstance(value, dict) or "pactqa_sheet" not in value:
        raise ClaimError(f"{name}: this JSON is no sheet of claims. Open one that was saved here.")
    if value["pactqa_sheet"] != SHEET_VERSION:
        raise ClaimError(
            f"{name}: the sheet has the version {value['pactqa_sheet']!r}; this program opens "
            f"{SHEET_VERSION}. Use the program that saved it, or check the claims anew."
        )
    reader = _FieldReader(name)
    style = reader.choice(value, "style", _WHOLE, tuple(STYLES))
    claims = reader.many(value, "claims", _WHOLE, reader.read_claim)
    quoted = reader.many(value, "quoted", _WHOLE, reader.read_quoted)
    return Sheet(claims, style, quoted)


class _FieldReader:
    """The fields of a JSON object; reading a wrong one is an error that names its place."""

    def __init__(self, name: str) -> None:
        self._name = name

    def read_claim(self, value: Mapping[str, Any], place: str) -> SheetClaim:
        return SheetClaim(
            claim=self.text(value, "claim", place),
            status=self.choice(value, "status", place, get_args(EvidenceStatus)),
            said=self.text(value, "said", place),
            unmentioned=self.text(value, "unmentioned", place),
            quotations=self.many(value, "quotations", place, self.read_quotation),
            only=self.texts(value, "only", place),
            remark=self.text(value, "remark", place),
        )

    def read_quotation(self, value: Mapping[str, Any], place: str) -> SheetQuotation:
        return SheetQuotation(
            essay=self.text(value, "essay", place),
            title=self.text(value, "title", place),
            heading=self.text(value, "heading", place),
            paragraph=self.number(value, "paragraph", place),
            start=self.number(value, "start", place),
            end=self.number(value, "end", place),
            quote=self.text(value, "quote", place),
            in_text=self.text(value, "in_text", place),
            reference=self.text(value, "reference", place),
            differences=self.texts(value, "differences", place),
            notes=self.texts(value, "notes", place),
            stance=self.choice(value, "stance", place, (None, *get_args(Stance))),
            passage_stance=self.choice(value, "passage_stance", place, (None, *get_args(Stance))),
            verdict=self.choice(value, "verdict", place, (None, *VERDICTS)),
            remark=self.text(value, "remark", place),
        )

    def read_quoted(self, value: Mapping[str, Any], place: str) -> SheetQuoted:
        return SheetQuoted(
            quoted=self.text(value, "quoted", place),
            marked=self.flag(value, "marked", place),
            status=self.choice(value, "status", place, get_args(QuotationStatus)),
            said=self.text(value, "said", place),
            places=self.many(value, "places", place, self.read_place),
        )

    def read_place(self, value: Mapping[str, Any], place: str) -> QuotedPlace:
        return QuotedPlace(
            essay=self.text(value, "essay", place),
            title=self.text(value, "title", place),
            heading=self.text(value, "heading", place),
            paragraph=self.number(value, "paragraph", place),
            start=self.number(value, "start", place),
            end=self.number(value, "end", place),
            quote=self.text(value, "quote", place),
            changes=self.texts(value, "changes", place),
        )

    def many(
        self,
        value: Mapping[str, Any],
        field: str,
        place: str,
        read: Callable[[Mapping[str, Any], str], _T],
    ) -> tuple[_T, ...]:
        found = value.get(field)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise self._wrong(place, field, "a list of objects")
        path = field if place == _WHOLE else f"{place}.{field}"
        return tuple(read(item, f"{path}[{number}]") for number, item in enumerate(found))

    def texts(self, value: Mapping[str, Any], field: str, place: str) -> tuple[str, ...]:
        found = value.get(field)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise self._wrong(place, field, "a list of texts")
        return tuple(map(repair_surrogates, found))

    def text(self, value: Mapping[str, Any], field: str, place: str) -> str:
        found = value.get(field)
        if not isinstance(found, str):
            raise self._wrong(place, field, "a text")
        return repair_surrogates(found)

    def number(self, value: Mapping[str, Any], field: str, place: str) -> int:
        found = value.get(field)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self._wrong(place, field, "a whole number")
        return found

    def flag(self, value: Mapping[str, Any], field: str, place: str) -> bool:
        found = value.get(field)
        if not isinstance(found, bool):
            raise self._wrong(place, field, "true or false")
        return found

    def choice(
        self, value: Mapping[str, Any], field: str, place: str, choices: tuple[_T, ...]
    ) -> _T:
        found = value.get(field)
        if found not in choices or isinstance(found, bool):
            named = ", ".join("nothing" if choice is None else str(choice) for choice in choices)
            raise self._wrong(place, field, f"one of: {named}")
        return found

    def _wrong(self, place: str, field: str, wanted: str) -> ClaimError:
        return ClaimError(
            f"{self._name}: in {place} the field {field!r} must be {wanted}. Open a sheet as it "
            "was saved."
        )
