"""Writes a session in one of the formats that the page and other programs can ask for.

The words are the essays': what a format would take for markup or for a formula is disarmed around
them, not in them, wherever the format allows that.
"""

from collections.abc import Callable, Sequence

from pactqa.answer import Answer
from pactqa.export.markdown import write_markdown
from pactqa.export.table import write_csv
from pactqa.export.word import write_docx

__all__ = ["FORMATS", "export_answers"]

FORMATS = {
    "md": "text/markdown;charset=utf-8",
    "csv": "text/csv;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The formats by file ending, with their media types."""

_WRITERS: dict[str, Callable[[Sequence[Answer], str], bytes]] = {
    "md": lambda answers, style: write_markdown(answers, style).encode("utf-8"),
    # Excel reads UTF-8 only if a byte order mark says so.
    "csv": lambda answers, style: write_csv(answers, style).encode("utf-8-sig"),
    "docx": write_docx,
}


def export_answers(answers: Sequence[Answer], kind: str, style: str) -> bytes:
    """Writes the answers of a session in one of the `FORMATS`.

    Args:
        answers: in the order asked.
        kind: a key of `FORMATS`.
        style: of the references, a key of `references.STYLES`.
    """
    return _WRITERS[kind](answers, style)
