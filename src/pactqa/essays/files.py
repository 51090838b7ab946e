"""Reads essays: one file of a supported format, or every such file of a folder.

An essay's text is the file's own characters after the front matter: nothing is stripped, no
newline, space or quotation mark is changed, because every quotation is a slice of it. The module
does not split (see `splitting`) and does not remember (see `index`).

Supported are Markdown (`.md`, `.markdown`) and plain text (`.txt`), both strict UTF-8; front matter
is optional in either.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pactqa import settings
from pactqa.errors import EssayError
from pactqa.essays.front_matter import EditorNote, split_front_matter
from pactqa.essays.headings import find_headings
from pactqa.essays.listing import SUFFIXES, list_files
from pactqa.essays.text import find_line_number, is_valid, split_lines

__all__ = [
    "LINES_MAX",
    "PARAGRAPH_MAX",
    "TITLE_MAX",
    "Essay",
    "compose_essay",
    "make_id",
    "read_essay",
    "read_folder",
]

LINES_MAX = 100_000
PARAGRAPH_MAX = 100_000
"""What has more lines, or more characters without an empty line, is refused: it is far longer than
an essay, more likely something else, and takes long to read."""

TITLE_MAX = 300
"""What is longer is cut."""


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay: its text, character for character, and what its front matter says of it.

    Attributes:
        author: as the front matter writes it; authors stand apart by semicolons, and of a person
            the family name stands first, before a comma.
        organisation: whether the author is an organisation, whose name is never taken apart.
        pages: of the essay in a journal, `12` or `12-19`.
        accessed: the day on which the copy was taken, `2024-05-03`.
        language: of the essay, a tag such as `en-GB`.
    """

    id: str
    title: str
    text: str
    markdown: bool = True
    author: str | None = None
    organisation: bool = False
    source: str | None = None
    year: int | None = None
    site: str | None = None
    url: str | None = None
    pages: str | None = None
    accessed: str | None = None
    language: str | None = None
    excerpt: bool = False
    notes: tuple[EditorNote, ...] = ()
    file: str = ""
    sha256: str = ""

    def notes_within(self, start: int, end: int) -> tuple[EditorNote, ...]:
        """Gives the notes whose words stand between two offsets of the text."""
        return tuple(note for note in self.notes if note.quote in self.text[start:end])


def read_folder(folder: Path) -> tuple[list[Essay], list[EssayError]]:
    """Reads every essay of a folder; what cannot be read is an error in the second list.

    Each error names the place that it concerns (see `EssayError.place`). Two files whose names give
    the same id are not both read: the second is an error.

    Raises:
        EssayError: if the folder itself does not exist.
    """
    essays: dict[str, Essay] = {}
    listing = list_files(folder)
    errors = list(listing.unreadable)
    for path in listing.files:
        try:
            essay = read_essay(path, folder)
            if essay.id in essays:
                raise EssayError(
                    f"{path}: its name gives the same id ({essay.id}) as "
                    f"{essays[essay.id].file}. Rename one of the two files."
                )
            essays[essay.id] = essay
        except EssayError as error:
            error.place = path.relative_to(folder).as_posix()
            errors.append(error)
    return list(essays.values()), errors


def read_essay(path: Path, folder: Path | None = None) -> Essay:
    """Reads one file as an essay.

    The id is the file's name (below `folder`, if given) in lower case with hyphens, without its
    ending: `Two Reasons.md` is `two-reasons`. The title is the front matter's, else the first
    heading of a Markdown file, else the file's name.

    Raises:
        EssayError: names the file, the line or byte where there is one, and the remedy.
    """
    relative = path.relative_to(folder) if folder else Path(path.name)
    return compose_essay(path, relative, lambda: _read_bytes(path))


def compose_essay(path: Path, relative: Path, read: Callable[[], bytes]) -> Essay:
    """Composes an essay from what a file holds, or would hold.

    Args:
        path: the file, for the messages.
        relative: the same below the corpus.
        read: gives what is in it; is not asked where the name alone is wrong.

    Raises:
        EssayError: as `read_essay` does.
    """
    if not is_valid(str(relative)):
        raise EssayError(
            f"{str(path)!a}: its name is not UTF-8, so it could not be shown or stored. "
            "Give the file another name."
        )
    essay_id = make_id(relative)
    if not essay_id:
        raise EssayError(f"{path}: its name has no letter or digit. Give the file another name.")
    markdown = SUFFIXES.get(relative.suffix.lower())
    if markdown is None:
        kinds = ", ".join(SUFFIXES)
        raise EssayError(f"{path}: this kind of file cannot be read. Supported are {kinds}.")
    content = read()
    text = _decode(path, content)
    front, body, first_line = split_front_matter(path, text)
    if not body.strip():
        raise EssayError(f"{path}: the essay has no text. Write it below the front matter.")
    _check_lengths(path, text, len(text) - len(body))
    title = front.title or (_first_heading(body) if markdown else None)
    essay = Essay(
        id=essay_id,
        title=(title or _title_from_name(relative))[:TITLE_MAX],
        text=body,
        markdown=markdown,
        author=front.author,
        organisation=front.organisation,
        source=front.source,
        year=front.year,
        site=front.site,
        url=front.url,
        pages=front.pages,
        accessed=front.accessed,
        language=front.language,
        excerpt=front.excerpt,
        notes=front.notes,
        file=str(relative),
        # With the name, because a file that is only renamed has another place, kind or title.
        sha256=hashlib.sha256(f"{relative}\0".encode() + content).hexdigest(),
    )
    for note in essay.notes:
        if note.quote not in body:
            shown = note.quote if len(note.quote) <= 80 else f"{note.quote[:80]}…"
            raise EssayError(
                f"{path}: the note on {shown!r} concerns words that do not occur in the text "
                f"(which begins in line {first_line}). Copy the words from the essay exactly."
            )
    return essay


def _read_bytes(path: Path) -> bytes:
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


def _decode(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8").removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        line = find_line_number(content.decode("latin-1"), error.start)
        raise EssayError(
            f"{path}: byte {error.start} (line {line}) is not UTF-8. "
            "Save the file as UTF-8 text; nothing of it was guessed."
        ) from error
    at = text.find("\0")
    if at >= 0:
        line = find_line_number(text, at)
        raise EssayError(
            f"{path}: line {line} holds a NUL character, so this is no text file, whatever its "
            "name says. Export the essay as UTF-8 text."
        )
    return text


def _check_lengths(path: Path, text: str, begin: int) -> None:
    """Refuses a file whose text, which begins at a character, is of a length that no essay has."""
    paragraph = begin
    for count, (start, end) in enumerate(split_lines(text[begin:]), start=1):
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


def _first_heading(body: str) -> str | None:
    """Gives the words of the first heading that has any."""
    return next((heading.words for heading in find_headings(body) if heading.words), None)


def _title_from_name(relative: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", relative.stem).strip()
    return words[:1].upper() + words[1:]


def make_id(relative: Path) -> str:
    """Makes `Part 1/Two Reasons.md` to `part-1-two-reasons`."""
    words = unicodedata.normalize("NFC", str(relative.with_suffix(""))).casefold()
    return "-".join(re.findall(r"\w+", words))
