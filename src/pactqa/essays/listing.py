"""Lists the files of a corpus: those to read, those that cannot be reached, and those left alone.

What cannot be reached is never taken for removed, so it is told apart here: a folder that may not
be listed, a file that may not be looked at, a link that leads out of the corpus or nowhere.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pactqa.errors import EssayError
from pactqa.settings import follows_links

__all__ = ["MARKDOWN", "SUFFIXES", "TEXTS", "Listing", "covers", "list_files"]

MARKDOWN = (".md", ".markdown")
TEXTS = (*MARKDOWN, ".txt")
SUFFIXES = (*TEXTS, ".html", ".htm", ".xhtml", ".docx", ".docm", ".pdf", ".odt", ".epub")
"""The endings of the files that are read: all, those of text, and those of Markdown. What a file is
is told by what is in it; its ending says that it is meant as an essay, and what a text is."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in a folder and its subfolders; hidden files and folders count as none.

    Attributes:
        files: those of a kind that is read, in the order of their names.
        unreadable: an error for each file or folder that cannot be reached.
        others: the files of other kinds.
    """

    files: list[Path] = field(default_factory=list)
    unreadable: list[EssayError] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def covers(place: str, file: str) -> bool:
    """Tells whether a file is at a place, or in the folder there; both below the corpus.

    >>> covers("sub", "sub/a.md"), covers("sub", "subway.md"), covers("", "a.md")
    (True, False, True)
    """
    return place in ("", file) or file.startswith(f"{place}/")


def list_files(folder: Path) -> Listing:
    """Lists a folder and its subfolders.

    Raises:
        EssayError: if there is no such folder.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 (Path's own fails for a name that is too long)
        raise EssayError(
            f"{folder!s:.300}: there is no such folder. Name the folder that holds the essays "
            "(setting PACTQA_CORPUS, option --corpus)."
        )
    listing = Listing()
    for path in _walk(folder, listing.unreadable):
        try:
            is_file = path.is_file() or not path.stat()
        except OSError as error:
            listing.unreadable.append(_describe(folder, path, error))
            continue
        if is_file:
            known = path.suffix.lower() in SUFFIXES
            (listing.files if known else listing.others).append(path)
    listing.files.sort()
    return listing


def _walk(folder: Path, unreadable: list[EssayError]) -> Iterator[Path]:
    """Gives what is in a folder but folders, and notes what cannot be reached."""
    follow = follows_links()
    home, seen = os.path.realpath(folder), set()

    def note(error: OSError) -> None:
        unreadable.append(_describe(folder, Path(error.filename), error))

    for place, folders, names in os.walk(folder, onerror=note, followlinks=follow):
        real = os.path.realpath(place)
        if real in seen:  # a link leads back to a folder above it, or two lead to one
            folders.clear()
            continue
        seen.add(real)
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*folders, *(name for name in names if not name.startswith("."))]:
            path = Path(place, name)
            is_link = os.path.islink(path)  # noqa: PTH114 (Path's own fails where it may not look)
            if is_link and not follow and not Path(os.path.realpath(path)).is_relative_to(home):
                unreadable.append(_describe_link(folder, path))
            elif name in names:
                yield path


def _describe(folder: Path, path: Path, error: OSError) -> EssayError:
    reason = error.strerror or str(error)
    found = EssayError(
        f"{path}: cannot be read ({reason}). Check its permissions, and that its disk is there. "
        "What was read of it before is kept."
    )
    found.place = "" if path == folder else path.relative_to(folder).as_posix()
    return found


def _describe_link(folder: Path, path: Path) -> EssayError:
    found = EssayError(
        f"{path}: is a link that leads out of {folder}, and is not followed. "
        "Copy the essay into the folder, or set PACTQA_LINKS=follow."
    )
    found.place = path.relative_to(folder).as_posix()
    return found
