"""Reads a text that somebody hands in to be checked: a file of any kind, in memory only.

It is no essay of the corpus and is never kept. What a file is and what is written in it is found by
`conversion`; the module refuses what is too large to be checked at once.
"""

from dataclasses import dataclass
from pathlib import PurePath

from pactqa.conversion.convert import convert
from pactqa.errors import ClaimError, ConversionError
from pactqa.essays.listing import MARKDOWN, SUFFIXES

__all__ = ["MAX_UPLOAD_BYTES", "UPLOAD_KINDS", "UploadedText", "read_upload"]

MAX_UPLOAD_BYTES = 5_000_000
"""A larger file is refused."""

UPLOAD_KINDS = SUFFIXES
"""The usual endings of the files that are read."""

_MAX_CHARACTERS = 300_000


@dataclass(frozen=True, slots=True)
class UploadedText:
    """A text that was handed in, and whether its headings are those of Markdown."""

    text: str
    markdown: bool


def read_upload(name: str, content: bytes) -> UploadedText:
    """Reads a file by what is in it.

    Args:
        name: of the file; its ending says only whether a text is Markdown.
        content: what is in it.

    Raises:
        ClaimError: names the file and says why it cannot be read.
    """
    shown = PurePath(name.replace("\\", "/")).name or name
    if len(content) > MAX_UPLOAD_BYTES:
        raise ClaimError(
            f"{shown}: the file has {len(content):,} bytes, more than the {MAX_UPLOAD_BYTES:,} "
            "that are read. Take pictures out of it, or paste the text."
        )
    try:
        document = convert(content, markdown=shown.lower().endswith(MARKDOWN))
    except ConversionError as error:
        raise ClaimError(f"{shown}: {error}.") from error
    text = document.text.removeprefix("\N{BYTE ORDER MARK}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(character.isalnum() for character in text):
        raise ClaimError(f"{shown}: there is no text in it. Check that it is the right file.")
    if len(text) > _MAX_CHARACTERS:
        raise ClaimError(
            f"{shown}: the text has {len(text):,} characters, more than the {_MAX_CHARACTERS:,} "
            "that are checked at once. Divide it."
        )
    return UploadedText(text, document.markdown)
