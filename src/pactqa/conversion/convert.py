"""Makes text of a file of any kind that is read; what is no text in a process of its own.

That process may take the time and the memory that the settings say, and is ended when it takes
more; a file that makes it fail does nothing else.
"""

import json
import subprocess
import sys
from typing import Any

from pactqa import settings
from pactqa.conversion.decoding import decode_text
from pactqa.conversion.document import Document, PageStart
from pactqa.conversion.kinds import Kind, recognise_kind
from pactqa.errors import ConversionError

__all__ = ["VERSION", "convert"]

VERSION = 1
"""Changes when the same file would give another text; what was converted before is read anew."""

_WORKER = "pactqa.conversion.worker"


def convert(content: bytes, *, markdown: bool = False) -> Document:
    """Gives the text of a file, and what the file says of itself.

    Args:
        content: of the file.
        markdown: whether it is Markdown if it is text, which no content tells.

    Raises:
        ConversionError: if it is of no kind that is read, protected or damaged, takes more time or
            memory than it may, or has no text. The sentence has neither name nor full stop.
        SettingError: if a setting has an unusable value.
    """
    kind = recognise_kind(content)
    if kind is Kind.TEXT:
        decoded = decode_text(content)
        name = "a Markdown file" if markdown else str(kind)
        warnings: tuple[str, ...] = ()
        if decoded.encoding:
            warnings = (
                f"It is not UTF-8: it was read as {decoded.encoding}. Look at its quotation marks "
                "and accents.",
            )
        return Document(
            kind=name,
            text=decoded.text,
            markdown=markdown,
            encoding=decoded.encoding,
            warnings=warnings,
        )
    return _convert_apart(kind, content)


def _convert_apart(kind: Kind, content: bytes) -> Document:
    seconds, most = settings.read_convert_seconds(), settings.read_convert_bytes()
    # Not -I, which would forget where the package was found.
    command = [sys.executable, "-m", _WORKER, kind.name, str(most), str(settings.read_pages())]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ConversionError(
            f"it takes more than the {seconds:,} seconds that a file may take to be read (setting "
            f"{settings.CONVERT_SECONDS}). Save it in another form, or divide it"
        ) from error
    except OSError as error:
        raise ConversionError(
            f"no process could be started to read it ({error.strerror or error}). Try again"
        ) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        answer = {"memory": True} if b"MemoryError" in done.stderr else {"error": _BROKEN}
    if answer.get("memory"):
        raise ConversionError(
            f"it takes more than the {most:,} bytes of memory that a file may take to be read "
            f"(setting {settings.CONVERT_BYTES}). Save it in another form, or divide it"
        )
    if "error" in answer:
        raise ConversionError(answer["error"])
    answer["page_starts"] = tuple(PageStart(**start) for start in answer["page_starts"])
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in answer.items()}
    return Document(**values)


_BROKEN = "reading it failed: it is damaged, or made to do harm. Save it anew, or paste the text"
