"""Reads essays: one file of a supported format, or every such file of a folder.

Of Markdown and plain text in UTF-8 the essay's text is the file's own characters after the front
matter: nothing is stripped, no newline, space or quotation mark is changed, because every quotation
is a slice of it. Of every other file it is what `conversion` makes of it, which is kept with the
index; the file's digest tells whether it is still that of the file. The module does not split (see
`splitting`) and does not remember (see `index`).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pactqa.conversion.convert import VERSION, convert
from pactqa.conversion.document import Document, PageStart
from pactqa.conversion.kinds import Kind, recognise_kind
from pactqa.errors import ConversionError, EssayError
from pactqa.essays.bounds import TITLE_MAX, check_lengths, read_bytes
from pactqa.essays.front_matter import EditorNote, split_front_matter
from pactqa.essays.headings import find_headings
from pactqa.essays.listing import MARKDOWN, SUFFIXES, list_files
from pactqa.essays.paging import find_page_starts
from pactqa.essays.plain_headings import find_plain_headings
from pactqa.essays.text import is_valid
from pactqa.essays.time_limit import limit_time

__all__ = [
    "Essay",
    "compose_essay",
    "is_plain",
    "make_digest",
    "make_id",
    "read_essay",
    "read_folder",
]


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
        converted: whether the text is what was made of the file, and not the file's own characters.
        page_starts: where the pages of the original begin in the text, if it has pages.
        warnings: what was done or left out when the file was read, a sentence each.
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
    converted: bool = False
    page_starts: tuple[PageStart, ...] = ()
    warnings: tuple[str, ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[str, ...]:
        """Gives the numbers of the pages that a piece of the text stands on; () if it has none."""
        begun = [page for page in self.page_starts if page.start <= start][-1:]
        inside = [page for page in self.page_starts if start < page.start < end]
        return tuple(dict.fromkeys(page.page for page in [*begun, *inside]))

    def notes_within(self, start: int, end: int) -> tuple[EditorNote, ...]:
        """Gives the notes whose words stand between two offsets of the text."""
        return tuple(note for note in self.notes if note.quote in self.text[start:end])


def read_folder(
    folder: Path, known: Mapping[str, Essay] | None = None
) -> tuple[list[Essay], list[EssayError]]:
    """Reads every essay of a folder; what cannot be read is an error in the second list.

    Each error names the place that it concerns (see `EssayError.place`). Two files whose names give
    the same id are not both read: the second is an error.

    Args:
        folder: the corpus.
        known: essays that were converted before, by their digest; they are not converted again.

    Raises:
        EssayError: if the folder itself does not exist.
    """
    essays: dict[str, Essay] = {}
    listing = list_files(folder)
    errors = list(listing.unreadable)
    for path in listing.files:
        try:
            essay = read_essay(path, folder, known)
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


def read_essay(
    path: Path, folder: Path | None = None, known: Mapping[str, Essay] | None = None
) -> Essay:
    """Reads one file as an essay.

    The id is the file's name (below `folder`, if given) in lower case with hyphens, without its
    ending: `Two Reasons.md` is `two-reasons`. The title is the front matter's, else what the file
    says of itself, else the first heading, else the file's name.

    Args:
        path: the file.
        folder: the corpus that it lies in.
        known: essays that were converted before, by their digest.

    Raises:
        EssayError: names the file, the line or byte where there is one, and the remedy.
    """
    relative = path.relative_to(folder) if folder else Path(path.name)
    return compose_essay(path, relative, lambda: read_bytes(path), known)


def compose_essay(
    path: Path,
    relative: Path,
    read: Callable[[], bytes],
    known: Mapping[str, Essay] | None = None,
) -> Essay:
    """Composes an essay from what a file holds, or would hold.

    Args:
        path: the file, for the messages.
        relative: the same below the corpus.
        read: gives what is in it; is not asked where the name alone is wrong.
        known: essays that were converted before, by their digest.

    Raises:
        EssayError: as `read_essay` does.
    """
    if not is_valid(str(relative)):
        raise EssayError(
            f"{str(path)!a}: its name is not UTF-8, so it could not be shown or stored. "
            "Give the file another name."
        )
    if not make_id(relative):
        raise EssayError(f"{path}: its name has no letter or digit. Give the file another name.")
    if relative.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise EssayError(f"{path}: this kind of file cannot be read. Supported are {kinds}.")
    content = read()
    digest = make_digest(relative, content, converted=True)
    if known and digest in known:
        return known[digest]
    markdown = relative.suffix.lower() in MARKDOWN
    try:
        kind = recognise_kind(content)
        document = convert(content, markdown=markdown)
    except ConversionError as error:
        raise EssayError(f"{path}: {error}.") from error
    with limit_time(str(path)):
        if kind is Kind.TEXT:
            essay = _compose_text(path, relative, document)
        else:
            essay = _compose_converted(path, relative, document)
    converted = kind is not Kind.TEXT or document.encoding is not None
    # With the name, because a file that is only renamed has another place, kind or title.
    digest = make_digest(relative, content, converted=converted)
    return replace(essay, converted=converted, sha256=digest)


def make_digest(relative: Path, content: bytes, *, converted: bool) -> str:
    """Makes what tells whether a file is still the one that was read.

    Args:
        relative: the file below the corpus.
        content: what is in it.
        converted: whether it is converted, so that the way of doing that counts too.
    """
    lead = f"{relative}\0{f'converted {VERSION}' if converted else ''}"
    return hashlib.sha256(lead.encode() + content).hexdigest()


def is_plain(content: bytes) -> bool:
    """Tells whether what a file holds is text in UTF-8, so that it is not converted."""
    try:
        content.decode()
        return recognise_kind(content) is Kind.TEXT
    except (UnicodeDecodeError, ConversionError):
        return False


def _compose_text(path: Path, relative: Path, document: Document) -> Essay:
    text = document.text.removeprefix("\N{BYTE ORDER MARK}")
    front, body, first_line = split_front_matter(path, text)
    if not body.strip():
        raise EssayError(f"{path}: the essay has no text. Write it below the front matter.")
    check_lengths(path, text, len(text) - len(body))
    title = front.title or _first_heading(body, document.markdown)
    for note in front.notes:
        if note.quote not in body:
            shown = note.quote if len(note.quote) <= 80 else f"{note.quote[:80]}…"
            raise EssayError(
                f"{path}: the note on {shown!r} concerns words that do not occur in the text "
                f"(which begins in line {first_line}). Copy the words from the essay exactly."
            )
    return Essay(
        id=make_id(relative),
        title=(title or _title_from_name(relative))[:TITLE_MAX],
        text=body,
        markdown=document.markdown,
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
        page_starts=find_page_starts(path, body, front.paged),
        file=str(relative),
        warnings=document.warnings,
    )


def _compose_converted(path: Path, relative: Path, document: Document) -> Essay:
    check_lengths(path, document.text, 0)
    title = document.title or _first_heading(document.text, document.markdown)
    # What a Word file or a PDF says of its author and year is often that of the computer.
    says_truly = document.kind in (Kind.WEB_PAGE, Kind.EPUB)
    return Essay(
        id=make_id(relative),
        title=(title or _title_from_name(relative))[:TITLE_MAX],
        text=document.text,
        author=document.author if says_truly else None,
        year=document.year if says_truly else None,
        site=document.site,
        url=document.url,
        language=document.language,
        file=str(relative),
        page_starts=document.page_starts,
        warnings=document.warnings,
    )


def _first_heading(body: str, markdown: bool) -> str | None:
    """Gives the words of the first heading that has any."""
    found = find_headings(body) if markdown else find_plain_headings(body)
    return next((heading.words for heading in found if heading.words), None)


def _title_from_name(relative: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", relative.stem).strip()
    return words[:1].upper() + words[1:]


def make_id(relative: Path) -> str:
    """Makes `Part 1/Two Reasons.md` to `part-1-two-reasons`."""
    words = unicodedata.normalize("NFC", str(relative.with_suffix(""))).casefold()
    return "-".join(re.findall(r"\w+", words))
