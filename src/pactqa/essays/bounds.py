"""The bounds of an essay: what is larger is far longer than one, more likely something else."""

from pathlib import Path

from pactqa import settings
from pactqa.errors import EssayError
from pactqa.essays.text import find_line_number, split_lines
from pactqa.essays.time_limit import check_time

__all__ = ["LINES_MAX", "PARAGRAPH_MAX", "TITLE_MAX", "check_lengths", "read_bytes"]

LINES_MAX = 100_000
PARAGRAPH_MAX = 100_000
"""What has more lines, or more characters without an empty line, is refused."""

TITLE_MAX = 300
"""What is longer is cut."""


def read_bytes(path: Path) -> bytes:
    """Reads an essay's file, if it is not larger than one may be.

    Raises:
        EssayError: if it is, or cannot be opened.
    """
    try:
        size = path.stat().st_size
        most = settings.read_essay_bytes()
        if size > most:
            raise EssayError(
                f"{path}: the file has {size:,} bytes, more than the {most:,} that an essay may "
                f"have (setting {settings.ESSAY_BYTES}). Divide it, or check that it is the right "
                "file."
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise EssayError(f"{path}: cannot be opened ({reason}). Check its permissions.") from error


def check_lengths(path: Path, text: str, begin: int) -> None:
    """Refuses a file whose text, which begins at a character, is of a length that no essay has."""
    paragraph = begin
    for count, (start, end) in enumerate(split_lines(text[begin:]), start=1):
        check_time()
        if count > LINES_MAX:
            raise EssayError(
                f"{path}: the text has more than the {LINES_MAX:,} lines that an essay may have. "
                "Divide it, or check that it is the right file."
            )
        if not text[begin + start : begin + end].strip():
            paragraph = begin + end
        elif begin + end - paragraph > PARAGRAPH_MAX:
            raise EssayError(
                f"{path}: the paragraph that begins in line {find_line_number(text, paragraph)} "
                f"has more than the {PARAGRAPH_MAX:,} characters that one may have. Put an empty "
                "line between its paragraphs, or check that it is the right file."
            )
