"""Writes a session in one of the formats that the page and other programs can ask for.

The words are the essays': what a format would take for markup or for a formula is disarmed around
them, not in them, wherever the format allows that.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from pactqa.answer import Answer
from pactqa.errors import SettingError
from pactqa.export.markdown import write_markdown
from pactqa.export.session import take_session
from pactqa.export.table import write_csv
from pactqa.export.word import write_docx
from pactqa.search.ranking import Hit
from pactqa.settings import read_paper

__all__ = ["FORMATS", "export_answers", "find_kind", "name_file"]

FORMATS = {
    "md": "text/markdown;charset=utf-8",
    "csv": "text/csv;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The formats by file ending, with their media types."""

_NAME_MAX = 60
_NAME = "passages"
_NOT_A_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # to Windows


def export_answers(
    answers: Sequence[Answer],
    kind: str,
    style: str,
    chosen: Sequence[Collection[str]] = (),
    link_to: Callable[[Hit], str] | None = None,
    notices: Sequence[str] = (),
) -> bytes:
    """Writes the answers of a session in one of the `FORMATS`.

    Args:
        answers: in the order asked.
        kind: a key of `FORMATS`.
        style: of the references, a key of `references.STYLES`.
        chosen: for each answer the ids of the passages to take; see `session.take_session`.
        link_to: gives the address that shows a passage; None if the page's is not known.
        notices: for each answer what is to be said of how it was asked.

    Raises:
        SettingError: if the paper of Word documents is set to what is none.
    """
    session = take_session(answers, style, chosen, link_to, notices)
    match kind:
        case "md":
            return write_markdown(session).encode("utf-8")
        case "csv":
            # Excel reads UTF-8 only if a byte order mark says so.
            return write_csv(session).encode("utf-8-sig")
        case _:
            return write_docx(session, read_paper(), datetime.datetime.now())


def find_kind(file: Path) -> str:
    """Gives the key of `FORMATS` that a file's name ends with, in any case.

    Raises:
        SettingError: if it ends otherwise.
    """
    kind = file.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        endings = ", ".join(f".{known}" for known in FORMATS)
        raise SettingError(f"{str(file)!a}: the name of the file must end with one of: {endings}.")
    return kind


def name_file(answers: Sequence[Answer], kind: str) -> str:
    """Gives a name for a session's file: its first question in plain letters, and the ending.

    It has at most 60 characters before the ending. A question without any plain letter or digit
    gives `passages`.

    Args:
        answers: in the order asked.
        kind: a key of `FORMATS`.
    """
    question = answers[0].question if answers else ""
    letters = unicodedata.normalize("NFKD", question.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode().lower())
    name = "-".join(words)
    if len(name) > _NAME_MAX:
        cut = name[: _NAME_MAX + 1].rpartition("-")[0]
        name = cut or name[:_NAME_MAX]
    if not name or _NOT_A_NAME.fullmatch(name):
        name = _NAME
    return f"{name}.{kind}"
