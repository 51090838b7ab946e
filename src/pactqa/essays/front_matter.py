"""Reads the front matter of an essay's file: what its owner says of the essay.

Front matter is YAML between two lines of hyphens at the beginning. What is missing is None or
empty; what has the wrong form is an error that names the file, and the field or the line.
"""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from pactqa.errors import EssayError
from pactqa.essays.bounded_yaml import YamlProblem, load_yaml
from pactqa.essays.text import find_line_number, join_surrogates, repair_surrogates

__all__ = ["BOUNDARY", "EditorNote", "FrontMatter", "PageBegin", "give_known", "split_front_matter"]

BOUNDARY = re.compile(r"(?:\A|(?<=[\r\n]))-{3,}[ \t]*(?=[\r\n]|\Z)")
"""What stands above and below a front matter."""

_UNKNOWN = {"unknown", "n/a", "-"}
_PAGES = re.compile(r"[0-9]{1,6}(?:[-–][0-9]{1,6})?", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,8}", re.ASCII)
_YEAR = re.compile(r"-?(?!0+\Z)[0-9]{1,4}", re.ASCII)  # with a hyphen, before our era
_TEXT_MAX = 2_000


@dataclass(frozen=True, slots=True)
class EditorNote:
    """A correction or explanation of words of an essay that would mislead a student."""

    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class PageBegin:
    """The words with which a page of the original begins."""

    page: str
    begins: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of a file says of its essay; the fields are those of `Essay`."""

    title: str | None = None
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
    paged: tuple[PageBegin, ...] = ()


def split_front_matter(path: Path, text: str) -> tuple[FrontMatter, str, int]:
    """Gives the front matter, the text after it untouched, and the line in which that text begins.

    Args:
        path: the file, for the messages.
        text: what the file holds.

    Raises:
        EssayError: if the front matter is not closed or not valid, or a field has the wrong form.
    """
    handler = YAMLHandler(fm_boundary=BOUNDARY)
    if not handler.detect(text):
        return FrontMatter(), text, 1
    try:
        front, body = handler.split(text)
    except ValueError as error:
        raise EssayError(
            f"{path}: line 1 opens a front matter ('---') that no second '---' line closes. "
            "Add the closing line, or take the first one out."
        ) from error
    fields = _Fields(path, _load_fields(path, front))
    front_matter = FrontMatter(
        title=fields.text("title"),
        author=give_known(fields.text("author")),
        organisation=fields.flag("organisation"),
        source=give_known(fields.text("source")),
        year=fields.year("year"),
        site=give_known(fields.text("site")),
        url=give_known(fields.text("url")),
        pages=fields.pattern("pages", _PAGES, "a page or two, such as 12 or 12-19"),
        accessed=fields.date("accessed"),
        language=fields.pattern("language", _LANGUAGE, "a language tag such as en-GB"),
        excerpt=fields.flag("excerpt"),
        notes=tuple(EditorNote(*pair) for pair in fields.pairs("notes", ("quote", "note"))),
        paged=tuple(PageBegin(*pair) for pair in fields.pairs("paged", ("page", "begins"))),
    )
    return front_matter, body, find_line_number(text, len(text) - len(body.lstrip()))


def _load_fields(path: Path, front: str) -> dict[str, Any]:
    try:
        values = load_yaml(front)
    except YamlProblem as error:
        where = f"line {error.line}" if error.line else "the front matter"
        raise EssayError(
            f"{path}: {where}: {error}. Mend the front matter; a text with a colon needs quotes."
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise EssayError(
            f"{path}: the front matter holds no 'name: value' lines. Write them, or take it out."
        )
    return values


@dataclass(frozen=True, slots=True)
class _Fields:
    """The values of a front matter, read one by one with errors that name the file."""

    path: Path
    # YAML can hold anything here; each accessor below checks the type of what it reads.
    values: dict[str, Any]

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= _TEXT_MAX:
            return _mend(value).strip() or None
        raise self._wrong(name, f"one line of text, of at most {_TEXT_MAX:,} characters")

    def year(self, name: str) -> int | None:
        year = self.pattern(name, _YEAR, "a number such as 2011, of at most four digits")
        return None if year is None else int(year)

    def pattern(self, name: str, form: re.Pattern[str], wanted: str) -> str | None:
        value = self.values.get(name)
        if value is None or (isinstance(value, str) and form.fullmatch(value)):
            return value
        raise self._wrong(name, wanted)

    def date(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        # A moment is a date to Python, too.
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        raise self._wrong(name, "a date such as 2024-05-03")

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if isinstance(value, bool):
            return value
        raise self._wrong(name, "true or false")

    def pairs(self, name: str, keys: tuple[str, str]) -> list[tuple[str, str]]:
        """Gives a list of entries that have two texts each."""
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise self._wrong(name, "a list")
        found = []
        for item in value:
            first, second = map(item.get, keys) if isinstance(item, dict) else (0, 0)
            if not (isinstance(first, str) and first and isinstance(second, str) and second):
                texts = f"{keys[0]!r} and {keys[1]!r}"
                raise self._wrong(name, f"a list of entries with the two texts {texts}")
            found.append((_mend(first), _mend(second)))
        return found

    def _wrong(self, name: str, wanted: str) -> EssayError:
        return EssayError(f"{self.path}: the field {name!r} of the front matter must be {wanted}.")


def _mend(value: str) -> str:
    """Joins the halves of a character that was written as two escapes, as JSON does."""
    return repair_surrogates(join_surrogates(value))


def give_known(value: str | None) -> str | None:
    """Gives None for a field that says it is not known."""
    return None if value is None or value.casefold() in _UNKNOWN else value
