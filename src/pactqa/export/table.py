"""Writes a session as CSV, one row a quotation, with no cell that a spreadsheet would compute."""

import csv
import io
import unicodedata

from pactqa.export.references import describe_gaps
from pactqa.export.session import Part, Quotation, Session

__all__ = ["write_csv"]

_COLUMNS = (
    "number", "question", "searched as", "status", "essay", "author", "heading", "paragraph",
    "quotation", "key sentence", "editor's notes", "in-text citation", "reference",
    "not in the copy", "link",
)  # fmt: skip
_FORMULA = frozenset("=+-@|%")
"""What a spreadsheet takes for the beginning of a formula, in any width."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Me", "Mn", "Zl", "Zp", "Zs"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers and a sign without a dot


def write_csv(session: Session) -> str:
    """Writes one row for each quotation, and one for a question without any.

    A cell that a spreadsheet would compute begins with an apostrophe, which it does not show.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(_COLUMNS)
    for part in session.parts:
        rows = [_cells_of(part, quotation) for quotation in part.quotations]
        without = ["", *_question_cells(part)]
        without += [""] * (len(_COLUMNS) - len(without))
        table.writerows([_disarm(cell) for cell in row] for row in rows or [without])
    return out.getvalue()


def _question_cells(part: Part) -> tuple[str, ...]:
    return part.question, part.searched_as or part.question, part.answer.status


def _cells_of(part: Part, quotation: Quotation) -> list[str]:
    essay, passage = quotation.hit.essay, quotation.hit.passage
    return [
        str(quotation.number),
        *_question_cells(part),
        essay.title,
        essay.author or "",
        passage.heading,
        str(passage.paragraph),
        passage.text,
        quotation.hit.key_text,
        "; ".join(f"“{note.quote}”: {note.note}" for note in quotation.notes),
        quotation.in_text.plain,
        quotation.reference.plain,
        describe_gaps(essay),
        quotation.link,
    ]


def _disarm(cell: str) -> str:
    """Puts an apostrophe before a cell that is computed, or would be after what nobody sees.

    >>> _disarm("=1+1"), _disarm("one = 1")
    ("'=1+1", 'one = 1')
    """
    shown = next((character for character in cell if not _is_invisible(character)), "")
    is_formula = unicodedata.normalize("NFKC", shown)[:1] in _FORMULA if shown else False
    return f"'{cell}" if is_formula or cell.startswith(("\t", "\r", "\n")) else cell


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _BLANK_LETTERS
