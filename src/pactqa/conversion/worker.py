"""Runs as a process of its own: a file comes in on standard input, its text goes out as JSON.

    python -m pactqa.conversion.worker KIND BYTES PAGES < FILE

BYTES bounds the memory that it takes beyond its own (where the system can do that: not on Windows),
PAGES the pages of a PDF.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pactqa.conversion.document import Document
from pactqa.conversion.kinds import Kind
from pactqa.errors import ConversionError

__all__ = ["main"]

_CHARACTERS_MAX = 10_000_000


def main() -> None:
    """Reads a file and writes what it became, or why it became nothing."""
    kind, most, pages = Kind[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    content = sys.stdin.buffer.read()
    # What a library prints is not part of the answer.
    with contextlib.redirect_stdout(io.StringIO()), os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        _limit_memory(most)
        out.write(json.dumps(_read(kind, content, pages)).encode())


def _read(kind: Kind, content: bytes, pages: int) -> dict[str, Any]:
    try:
        document = _find_reader(kind, pages)(content)
    except ConversionError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"memory": True}
    if len(document.text) > _CHARACTERS_MAX:
        count = f"{len(document.text):,} characters, more than the {_CHARACTERS_MAX:,}"
        return {"error": f"its text has {count} that are read. Divide it"}
    return asdict(document)


def _find_reader(kind: Kind, pages: int) -> Callable[[bytes], Document]:
    """Gives what reads a kind of file; only its library is loaded."""
    match kind:
        case Kind.WEB_PAGE:
            from pactqa.conversion.web_page import read_web_page

            return read_web_page
        case Kind.WORD:
            from pactqa.conversion.word import read_word

            return read_word
        case Kind.OPEN_DOCUMENT:
            from pactqa.conversion.open_document import read_open_document

            return read_open_document
        case Kind.EPUB:
            from pactqa.conversion.epub import read_epub

            return read_epub
        case _:
            from pactqa.conversion.pdf import read_pdf

            return lambda content: read_pdf(content, pages)


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    own = Path("/proc/self/statm")
    begun = int(own.read_text().split()[0]) * resource.getpagesize() if own.exists() else 0
    with contextlib.suppress(ValueError, OSError):  # less is allowed already
        resource.setrlimit(resource.RLIMIT_AS, (begun + most, begun + most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
