"""Writes a session as CSV, one row a quotation, with no cell that a spreadsheet would compute."""

import csv
import io

from pactqa.export.escapes import disarm_cell
from pactqa.export.references import describe_gaps
from pactqa.export.session import Part, Quotation, Session

__all__ = ["write_csv"]

_COLUMNS = (
    "number", "question", "searched as", "status", "essay", "author", "heading", "paragraph",
    "quotation", "key sentence", "editor's notes", "in-text citation", "reference",
    "not in the copy", "link", "note",
)  # fmt: skip


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
        without += [""] * (len(_COLUMNS) - len(without) - 1) + [part.notice]
        table.writerows([disarm_cell(cell) for cell in row] for row in rows or [without])
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
        part.notice,
    ]
