"""Reads essays: one file of a supported format, or every such file of a folder.

An essay's text is the file's own characters after the front matter: nothing is stripped, no
newline, space or quotation mark is changed, because every quotation is a slice of it. The module
does not split (see `passages`) and does not remember (see `store`).

Supported are Markdown (`.md`, `.markdown`) and plain text (`.txt`), both strict UTF-8; front matter
is optional in either.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from pactqa.errors import EssayError

__all__ = ["MAX_BYTES", "EditorNote", "Essay", "list_essay_files", "read_essay", "read_folder"]

MAX_BYTES = 10_000_000
"""A larger file is refused: it is far longer than an essay, and more likely something else."""

_SUFFIXES = {".md": True, ".markdown": True, ".txt": False}  # file ending -> is it Markdown?
_BOUNDARY = re.compile(r"(?:\A|(?<=[\r\n]))-{3,}[ \t]*(?=[\r\n]|\Z)")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_ATX_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_TITLE_MAX = 300


@dataclass(frozen=True, slots=True)
class EditorNote:
    """Corrects or explains words of an essay that would mislead a student."""

    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Essay:
    """Is one essay: its text, character for character, and what its front matter says of it."""

    id: str
    title: str
    text: str
    markdown: bool = True
    author: str | None = None
    source: str | None = None
    year: int | None = None
    site: str | None = None
    url: str | None = None
    excerpt: bool = False
    notes: tuple[EditorNote, ...] = ()
    file: str = ""
    sha256: str = ""

    def notes_within(self, start: int, end: int) -> tuple[EditorNote, ...]:
        """Gives the notes whose words stand between two offsets of the text."""
        return tuple(note for note in self.notes if note.quote in self.text[start:end])


def list_essay_files(folder: Path) -> list[Path]:
    """Lists the essay files of a folder and its subfolders, in the order of their names.

    Hidden files and folders, and files of other kinds, are passed over.

    Raises:
        EssayError: if the folder does not exist or cannot be listed.
    """
    if not folder.is_dir():
        raise EssayError(
            f"{folder}: there is no such folder. Name the folder that holds the essays "
            "(setting PACTQA_CORPUS, option --corpus)."
        )
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )


def read_folder(folder: Path) -> tuple[list[Essay], list[EssayError]]:
    """Reads every essay of a folder; a file that cannot be read is an error in the second list.

    Two files whose names give the same id are not both read: the second is an error.

    Raises:
        EssayError: if the folder itself does not exist.
    """
    essays: dict[str, Essay] = {}
    errors: list[EssayError] = []
    for path in list_essay_files(folder):
        try:
            essay = read_essay(path, folder)
            if essay.id in essays:
                raise EssayError(
                    f"{path}: its name gives the same id ({essay.id}) as "
                    f"{essays[essay.id].file}. Rename one of the two files."
                )
            essays[essay.id] = essay
        except EssayError as error:
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
    if not _is_utf8(str(relative)):
        raise EssayError(
            f"{str(path)!a}: its name is not UTF-8, so it could not be shown or stored. "
            "Give the file another name."
        )
    essay_id = _make_id(relative)
    if not essay_id:
        raise EssayError(f"{path}: its name has no letter or digit. Give the file another name.")
    markdown = _SUFFIXES.get(path.suffix.lower())
    if markdown is None:
        kinds = ", ".join(_SUFFIXES)
        raise EssayError(f"{path}: this kind of file cannot be read. Supported are {kinds}.")
    content = _read_bytes(path)
    text = _decode(path, content)
    fields, body, first_line = _split_front_matter(path, text)
    if not body.strip():
        raise EssayError(f"{path}: the essay has no text. Write it below the front matter.")
    title = fields.text("title") or _first_heading(body, markdown) or _title_from_name(relative)
    essay = Essay(
        id=essay_id,
        title=title[:_TITLE_MAX],
        text=body,
        markdown=markdown,
        author=_known(fields.text("author")),
        source=_known(fields.text("source")),
        year=fields.year("year"),
        site=_known(fields.text("site")),
        url=_known(fields.text("url")),
        excerpt=fields.flag("excerpt"),
        notes=fields.notes("notes"),
        file=str(relative),
        # With the name, because a file that is only renamed has another place, kind or title.
        sha256=hashlib.sha256(f"{relative}\0".encode() + content).hexdigest(),
    )
    for note in essay.notes:
        if note.quote not in body:
            raise EssayError(
                f"{path}: the note on {note.quote!r} concerns words that do not occur in the text "
                f"(which begins in line {first_line}). Copy the words from the essay exactly."
            )
    return essay


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise EssayError(
                f"{path}: the file has {size:,} bytes, more than the {MAX_BYTES:,} that an essay "
                "may have. Divide it, or check that it is the right file."
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise EssayError(f"{path}: cannot be opened ({reason}). Check its permissions.") from error


def _decode(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8").removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        line = _line_at(content.decode("latin-1"), error.start)
        raise EssayError(
            f"{path}: byte {error.start} (line {line}) is not UTF-8. "
            "Save the file as UTF-8 text; nothing of it was guessed."
        ) from error
    at = text.find("\0")
    if at >= 0:
        line = _line_at(text, at)
        raise EssayError(
            f"{path}: line {line} holds a NUL character, so this is no text file, whatever its "
            "name says. Export the essay as UTF-8 text."
        )
    return text


@dataclass(frozen=True, slots=True)
class _Fields:
    """Is a file's front matter, read field by field with errors that name the file."""

    path: Path
    # YAML can hold anything here; each accessor below checks the type of what it reads.
    values: dict[str, Any]

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value.strip() or None if value else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise self._wrong(name, "one line of text")

    def year(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self._wrong(name, "a number such as 2011")

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if isinstance(value, bool):
            return value
        raise self._wrong(name, "true or false")

    def notes(self, name: str) -> tuple[EditorNote, ...]:
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise self._wrong(name, "a list")
        notes = []
        for item in value:
            quote, note = (
                (item.get("quote"), item.get("note")) if isinstance(item, dict) else (0, 0)
            )
            if not (isinstance(quote, str) and quote and isinstance(note, str) and note):
                raise self._wrong(name, "a list of entries with the two texts 'quote' and 'note'")
            notes.append(EditorNote(quote=quote, note=note))
        return tuple(notes)

    def _wrong(self, name: str, wanted: str) -> EssayError:
        return EssayError(f"{self.path}: the field {name!r} of the front matter must be {wanted}.")


def _split_front_matter(path: Path, text: str) -> tuple[_Fields, str, int]:
    """Gives the fields, the text after them untouched, and the line in which that text begins."""
    handler = YAMLHandler(fm_boundary=_BOUNDARY)
    if not handler.detect(text):
        return _Fields(path, {}), text, 1
    try:
        front, body = handler.split(text)
    except ValueError as error:
        raise EssayError(
            f"{path}: line 1 opens a front matter ('---') that no second '---' line closes. "
            "Add the closing line, or take the first one out."
        ) from error
    try:
        # The loader in Python, not the one in C: that one crashes on brackets nested very deep.
        values = handler.load(front, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: the date 2011-13-45
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the front matter"
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        raise EssayError(
            f"{path}: {where}: {problem}. Mend the front matter; a text with a colon needs quotes."
        ) from error
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise EssayError(
            f"{path}: the front matter holds no 'name: value' lines. Write them, or take it out."
        )
    first_line = _line_at(text, len(text) - len(body.lstrip()))
    return _Fields(path, values), body, first_line


def _known(value: str | None) -> str | None:
    """Gives None for a field that says it is not known."""
    return None if value is None or value.casefold() in {"unknown", "n/a", "-"} else value


def _first_heading(body: str, markdown: bool) -> str | None:
    """Gives the words of the first heading that has any, `# …` or a line that is underlined."""
    above: list[str] = []  # the lines of the paragraph so far
    for line in _NEWLINE.split(body) if markdown else ():
        atx = _ATX_HEADING.match(line)
        if atx and atx["words"].strip():
            return atx["words"].strip()
        if len(above) == 1 and _UNDERLINE.match(line):
            return above[0].strip()
        above = [*above[:1], line] if line.strip() and not atx else []
    return None


def _line_at(text: str, at: int) -> int:
    """Gives the number, from 1, of the line that holds a character."""
    return len(_NEWLINE.findall(text, 0, at)) + 1


def _is_utf8(name: str) -> bool:
    """Tells whether a file's name can be written as UTF-8; other bytes in it are surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _title_from_name(relative: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", relative.stem).strip()
    return words[:1].upper() + words[1:]


def _make_id(relative: Path) -> str:
    """Makes `Part 1/Two Reasons.md` to `part-1-two-reasons`."""
    words = unicodedata.normalize("NFC", str(relative.with_suffix(""))).casefold()
    return "-".join(re.findall(r"\w+", words))
