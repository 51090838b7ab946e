"""Changes the files of a corpus: adds, edits, removes and restores essays.

A file is written beside its place and renamed, so it is there whole or not at all. What is removed
or replaced goes into a folder of the corpus that is not indexed, `.removed/`, under the time at
which it went; nothing is deleted. None of this refreshes the index.
"""

import contextlib
import datetime
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pactqa.adding.fields import revise_fields
from pactqa.adding.proposals import Proposal
from pactqa.assistant import Assistant
from pactqa.errors import CorpusError, EssayExistsError
from pactqa.essays.files import compose_essay, make_id
from pactqa.essays.front_matter import EditorNote, split_front_matter
from pactqa.essays.front_matter_writing import replace_front_matter
from pactqa.essays.listing import TEXTS, Listing, list_files

__all__ = ["REMOVED", "RemovedEssay", "add", "edit", "list_removed", "remove", "restore"]

REMOVED = ".removed"
"""The folder of the corpus that holds what was removed."""

_STAMP = "%Y-%m-%dT%H-%M-%S"
_changing = threading.Lock()


@dataclass(frozen=True, slots=True)
class RemovedEssay:
    """A file that was removed.

    Attributes:
        name: what it is restored by.
        file: where it stood in the corpus.
        removed: when it was removed, UTC.
    """

    name: str
    file: str
    removed: datetime.datetime


def add(proposal: Proposal, assistant: Assistant, *, replace: bool = False) -> Path:
    """Writes a proposed essay into the corpus, and gives its file.

    Args:
        proposal: what `propose` gave, perhaps revised.
        assistant: whose corpus it is.
        replace: whether an essay of the same name is removed for it.

    Raises:
        EssayExistsError: if there is one and `replace` is not said.
        CorpusError: if the file cannot be written.
    """
    corpus, file = assistant.corpus, assistant.corpus / proposal.file
    with _changing, _explains(file, "written"):
        before = _find_files(corpus, make_id(Path(proposal.file)))
        if before and not replace:
            raise _describe_rival(before[0], corpus)
        with _written_beside(file, proposal.written.encode()) as beside:
            for path in before:
                _move_away(corpus, path)
            _link(beside, file)
    return file


def edit(
    essay_id: str,
    assistant: Assistant,
    *,
    title: str | None = None,
    author: str | None = None,
    year: str | None = None,
    notes: Sequence[EditorNote] | None = None,
) -> Path:
    """Changes what the front matter of an essay says; its text stays as it is, byte for byte.

    Args:
        essay_id: the essay.
        assistant: whose corpus it is.
        title: the new title; as for all fields, None leaves it, and `""` takes it out.
        author: the new author.
        year: the new year, as it was typed.
        notes: the editor's notes, all of them.

    Returns:
        The essay's file.

    Raises:
        CorpusError: if there is no such essay, or a field or the file is unusable.
        EssayError: if the file cannot be read as an essay.
    """
    corpus = assistant.corpus
    with _changing:
        file = _find_file(corpus, essay_id)
        if file.suffix.lower() not in TEXTS:
            raise CorpusError(
                f"{file}: only the front matter of Markdown and text can be changed. Add the "
                "file as Markdown: pactqa add"
            )
        with _explains(file, "read or written"):
            content = file.read_bytes()
            try:
                text = content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise CorpusError(f"{file}: is not UTF-8. Save it as UTF-8 first.") from error
            body = text.removeprefix("\N{BYTE ORDER MARK}")
            mark = text[: len(text) - len(body)]
            front, _, _ = split_front_matter(file, body)
            front = revise_fields(front, title=title, author=author, year=year, notes=notes)
            written = (mark + replace_front_matter(file, body, front)).encode()
            compose_essay(file, file.relative_to(corpus), lambda: written)
            if written != content:
                with _written_beside(file, written) as beside:
                    shutil.copymode(file, beside)
                    beside.replace(file)
    return file


def remove(essay_id: str, assistant: Assistant) -> Path:
    """Moves the file of an essay to what was removed, and gives its new place.

    Args:
        essay_id: the essay, or the name of its file below the corpus.
        assistant: whose corpus it is.

    Raises:
        CorpusError: if there is no such essay, or its file cannot be moved.
    """
    with _changing:
        file = _find_file(assistant.corpus, essay_id)
        with _explains(file, "removed"):
            return _move_away(assistant.corpus, file)


def list_removed(assistant: Assistant) -> tuple[RemovedEssay, ...]:
    """Gives what was removed, the last first."""
    home = assistant.corpus / REMOVED
    found = []
    for place, _, names in os.walk(home):
        for name in names:
            below = Path(place, name).relative_to(home)
            with contextlib.suppress(ValueError):
                time = datetime.datetime.strptime(below.parts[0][:19], _STAMP)
                file = Path(*below.parts[1:]).as_posix()
                removed = time.replace(tzinfo=datetime.UTC)
                found.append(RemovedEssay(below.as_posix(), file, removed))
    return tuple(sorted(found, key=lambda one: one.name, reverse=True))


def restore(name: str, assistant: Assistant) -> Path:
    """Moves what was removed back to where it stood, and gives that place.

    Args:
        name: as `list_removed` gives it.
        assistant: whose corpus it is.

    Raises:
        EssayExistsError: if an essay of the same name has come meanwhile.
        CorpusError: if nothing of that name was removed, or it cannot be moved.
    """
    corpus = assistant.corpus
    with _changing:
        found = next((one for one in list_removed(assistant) if one.name == name), None)
        if found is None:
            raise CorpusError(f"{name[:200]!r} is not among the essays that were removed.")
        file = corpus / found.file
        rivals = _find_files(corpus, make_id(Path(found.file)))
        if rivals or os.path.lexists(file):
            raise _describe_rival(rivals[0] if rivals else file, corpus)
        with _explains(file, "restored"):
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(corpus / REMOVED / name, file)
            for folder in (corpus / REMOVED / name).parents:
                if folder == corpus or any(folder.iterdir()):
                    break
                folder.rmdir()
    return file


def _find_files(corpus: Path, essay_id: str) -> list[Path]:
    """Gives the files of the corpus whose name gives an id."""
    return _with_id(list_files(corpus), corpus, essay_id)


def _with_id(listing: Listing, corpus: Path, essay_id: str) -> list[Path]:
    return [path for path in listing.files if make_id(path.relative_to(corpus)) == essay_id]


def _find_file(corpus: Path, essay_id: str) -> Path:
    """Gives the file of an essay by its id, or by its name."""
    listing = list_files(corpus)
    found = _with_id(listing, corpus, essay_id)
    if not found:
        named = [*listing.files, *listing.others]
        found = [path for path in named if path.relative_to(corpus).as_posix() == essay_id]
    if len(found) != 1:
        problem = "There is no such essay" if not found else "More than one file has the name"
        raise CorpusError(
            f"{problem}: {essay_id[:200]!r}. 'pactqa essays' lists the essays; a file can be named "
            f"by its place in {corpus}, too."
        )
    return found[0]


def _describe_rival(rival: Path, corpus: Path) -> EssayExistsError:
    return EssayExistsError(
        f"{rival.relative_to(corpus)} has that name in {corpus} already. Replace it, which keeps "
        "the old file among those removed, or give the other another name."
    )


def _move_away(corpus: Path, file: Path) -> Path:
    stamp = datetime.datetime.now(datetime.UTC).strftime(_STAMP)
    below, count = file.relative_to(corpus), 1
    while os.path.lexists(target := corpus / REMOVED / stamp / below):
        count += 1
        stamp = f"{stamp[:19]}-{count}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(file, target)
    return target


@contextmanager
def _written_beside(file: Path, content: bytes) -> Iterator[Path]:
    """Writes what a file will hold to one beside it that is hidden, and takes that away after."""
    beside = file.with_name(".adding.part")
    try:
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _link(beside: Path, file: Path) -> None:
    """Gives a file its name, unless one of that name came just now."""
    try:
        os.link(beside, file)
    except FileExistsError as error:
        raise EssayExistsError(f"{file}: came just now. Look at it, and try again.") from error
    except OSError:  # a disk that knows no links
        if os.path.lexists(file):
            raise
        beside.replace(file)


@contextmanager
def _explains(file: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"{file}: cannot be {what} ({error.strerror or error}). Check that the folder may be "
            "written, and that the disk is not full. Nothing was changed."
        ) from error
