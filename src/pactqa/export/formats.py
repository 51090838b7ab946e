"""Writes a session's questions and quotations as Markdown, CSV or DOCX.

Quotations are numbered through the whole session, so that "passage 12" is one thing in every
format, and each has its reference. The words are the essays': what a format would take for markup
or for a formula is disarmed around them, not in them, wherever the format allows that.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt

from pactqa.answer import Answer
from pactqa.export.references import make_reference
from pactqa.search.ranking import Hit

__all__ = ["FORMATS", "export_answers", "export_csv", "export_docx", "export_markdown"]

FORMATS = {
    "md": "text/markdown;charset=utf-8",
    "csv": "text/csv;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The formats by file ending, with their media types."""

_TITLE = "Questions and passages"
_STATUS = {
    "answered": "",
    "nearby": "No passage clearly answers this. The nearest ones:",
    "absent": "The essays say nothing about this.",
}
_COLUMNS = (
    "number", "question", "searched as", "status", "essay", "author", "heading", "paragraph",
    "quotation", "key sentence", "editor's notes", "reference",
)  # fmt: skip
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:])")
# What a spreadsheet takes for the beginning of a formula, white space before it or not.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠|%]|[\t\r\n]")
# XML 1.0, and so DOCX, has no place for these; they show nothing on paper either.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Row:
    """Is one quotation with its number in the session."""

    number: int
    hit: Hit
    reference: str


def export_answers(answers: Sequence[Answer], kind: str, style: str) -> bytes:
    """Writes the answers of a session in one of the `FORMATS`.

    Args:
        answers: in the order asked.
        kind: a key of `FORMATS`.
        style: of the references, a key of `references.STYLES`.
    """
    if kind == "md":
        return export_markdown(answers, style).encode("utf-8")
    if kind == "csv":
        # Excel reads UTF-8 only if a byte order mark says so.
        return export_csv(answers, style).encode("utf-8-sig")
    return export_docx(answers, style)


def export_markdown(answers: Sequence[Answer], style: str) -> str:
    """Writes Markdown that shows, in any viewer, the essays' characters and no markup of theirs."""
    parts = [f"# {_TITLE}"]
    for answer, rows in _number(answers, style):
        parts.append(f"## {_plain(answer.question)}")
        if answer.searched_as != answer.question:
            parts.append(f"Searched as: {_plain(answer.searched_as)}")
        if _STATUS[answer.status]:
            parts.append(_STATUS[answer.status])
        for row in rows:
            parts.append(f"**{row.number}.** {_plain(_place(row.hit))}")
            parts.append(f"> {_mark_key(row.hit)}")
            for note in _notes(row.hit):
                parts.append(f"Editor’s note on “{_plain(note[0])}”: {_plain(note[1])}")
            parts.append(_plain(row.reference))
    return "\n\n".join(parts) + "\n"


def export_csv(answers: Sequence[Answer], style: str) -> str:
    """Writes one row for each quotation, and one for a question without any.

    A cell that a spreadsheet would compute begins with an apostrophe, which it does not show.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for answer, rows in _number(answers, style):
        question = (answer.question, answer.searched_as, answer.status)
        if not rows:
            table.writerow(_disarm(["", *question, *[""] * (len(_COLUMNS) - 4)]))
        for row in rows:
            essay, passage = row.hit.essay, row.hit.passage
            notes = "; ".join(f"“{quote}”: {note}" for quote, note in _notes(row.hit))
            cells = (
                str(row.number), *question, essay.title, essay.author or "", passage.heading,
                str(passage.paragraph), passage.text, row.hit.key_text, notes, row.reference,
            )  # fmt: skip
            table.writerow(_disarm(cells))
    return out.getvalue()


def export_docx(answers: Sequence[Answer], style: str) -> bytes:
    """Writes a Word document: headings for the questions, indented quotations, references."""
    document = docx.Document()
    document.core_properties.title = _TITLE
    document.core_properties.author = ""
    document.add_heading(_TITLE, level=0)
    for answer, rows in _number(answers, style):
        document.add_heading(_for_xml(answer.question), level=1)
        if answer.searched_as != answer.question:
            document.add_paragraph(f"Searched as: {_for_xml(answer.searched_as)}")
        if _STATUS[answer.status]:
            document.add_paragraph(_STATUS[answer.status])
        for row in rows:
            head = document.add_paragraph()
            head.paragraph_format.keep_with_next = True
            head.add_run(f"{row.number}. ").bold = True
            head.add_run(_for_xml(_place(row.hit)))
            quotation = document.add_paragraph(style="Quote")
            quotation.paragraph_format.left_indent = Cm(1)
            for text, is_key in _split_key(row.hit):
                run = quotation.add_run(_for_xml(text))
                run.italic = False
                if is_key:
                    run.bold = True
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            for quote, note in _notes(row.hit):
                line = document.add_paragraph()
                line.paragraph_format.left_indent = Cm(1)
                line.add_run("Editor’s note").bold = True
                line.add_run(f" on “{_for_xml(quote)}”: {_for_xml(note)}")
            reference = document.add_paragraph().add_run(_for_xml(row.reference))
            reference.font.size = Pt(9)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _number(answers: Sequence[Answer], style: str) -> Iterator[tuple[Answer, list[_Row]]]:
    """Gives each answer with its quotations, numbered through all answers."""
    number = 0
    for answer in answers:
        rows = []
        for hit in answer.hits:
            number += 1
            rows.append(_Row(number, hit, make_reference(hit.essay, style, hit.passage.paragraph)))
        yield answer, rows


def _place(hit: Hit) -> str:
    heading = f", {hit.passage.heading}" if hit.passage.heading else ""
    return f"{hit.essay.title}{heading}, paragraph {hit.passage.paragraph}"


def _notes(hit: Hit) -> list[tuple[str, str]]:
    notes = hit.essay.notes_within(hit.passage.start, hit.passage.end)
    return [(note.quote, note.note) for note in notes]


def _split_key(hit: Hit) -> list[tuple[str, bool]]:
    """Gives the quotation in up to three pieces, and which one is the key sentence."""
    text, start = hit.passage.text, hit.passage.start
    first, last = hit.key_sentence.start - start, hit.key_sentence.end - start
    pieces = [(text[:first], False), (text[first:last], True), (text[last:], False)]
    return [(piece, is_key) for piece, is_key in pieces if piece]


def _mark_key(hit: Hit) -> str:
    # HTML's own element, because `**` next to a quotation mark is not always read as bold.
    return "".join(
        f"<strong>{_plain(piece)}</strong>" if is_key else _plain(piece)
        for piece, is_key in _split_key(hit)
    )


def _plain(text: str) -> str:
    r"""Writes a text so that Markdown shows it as it is, on one line: `*a*` as `\*a\*`."""
    return _MARKUP.sub(r"\\\1", re.sub(r"[\r\n\v\f\x85\u2028\u2029]+", " ", text))


def _disarm(cells: Sequence[str]) -> list[str]:
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells]


def _for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
