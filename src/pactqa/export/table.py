"""Writes a session as CSV, one row a quotation, with no cell that a spreadsheet would compute."""

import csv
import io
import re
from collections.abc import Sequence

from pactqa.answer import Answer
from pactqa.export.session import Quotation, number_quotations

__all__ = ["write_csv"]

_COLUMNS = (
    "number", "question", "searched as", "status", "essay", "author", "heading", "paragraph",
    "quotation", "key sentence", "editor's notes", "reference",
)  # fmt: skip
# What a spreadsheet takes for the beginning of a formula, white space before it or not.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠|%]|[\t\r\n]")


def write_csv(answers: Sequence[Answer], style: str) -> str:
    """Writes one row for each quotation, and one for a question without any.

    A cell that a spreadsheet would compute begins with an apostrophe, which it does not show.

    Args:
        answers: in the order asked.
        style: of the references, a key of `references.STYLES`.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(_COLUMNS)
    for answer, quotations in number_quotations(answers, style):
        question = (answer.question, answer.searched_as, answer.status)
        rows = [(str(q.number), *question, *_cells_of(q)) for q in quotations]
        without = ("", *question, *[""] * (len(_COLUMNS) - len(question) - 1))
        table.writerows([_disarm(cell) for cell in row] for row in rows or [without])
    return out.getvalue()


def _cells_of(quotation: Quotation) -> tuple[str, ...]:
    essay, passage = quotation.hit.essay, quotation.hit.passage
    return (
        essay.title,
        essay.author or "",
        passage.heading,
        str(passage.paragraph),
        passage.text,
        quotation.hit.key_text,
        "; ".join(f"“{note.quote}”: {note.note}" for note in quotation.notes),
        quotation.reference,
    )


def _disarm(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
