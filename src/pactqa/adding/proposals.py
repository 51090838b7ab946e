"""Proposes what a file would become as an essay of the corpus; nothing is written."""

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pactqa.adding.fields import clean_line, revise_fields
from pactqa.adding.similarity import SimilarEssay, find_similar
from pactqa.assistant import Assistant
from pactqa.errors import EssayError
from pactqa.essays.files import Essay, compose_essay, make_id
from pactqa.essays.front_matter import FrontMatter, split_front_matter
from pactqa.essays.front_matter_writing import replace_front_matter
from pactqa.essays.splitting import Passage, split_essay

__all__ = ["Proposal", "propose", "revise"]

_NAME_MAX, _SHOWN_MAX = 60, 100
_ENDINGS = {".md", ".markdown", ".txt"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An essay that a file would become, to be looked at before it is added.

    Attributes:
        file: its name in the corpus.
        essay: as it would be read from there: title, author, year, text and the other fields.
        written: the file: front matter, and the text in Markdown.
        front: what the front matter says.
        passages: as the text would be split, each with its heading.
        removed: the lines that were taken out because they belong to a page and not to its text.
        warnings: what a person should know before it is added, a sentence each.
        similar: the essays that say much of the same already, the most similar first.
    """

    file: str
    essay: Essay
    written: str
    front: FrontMatter
    passages: tuple[Passage, ...]
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    similar: tuple[SimilarEssay, ...] = ()


def propose(name: str, content: bytes, assistant: Assistant) -> Proposal:
    """Proposes what a file would become as an essay.

    Args:
        name: of the file, as a person or a browser gives it; no folder in it counts.
        content: what is in it.
        assistant: whose essays it would stand beside.

    Raises:
        EssayError: names the file and says why it cannot be read.
    """
    whole = clean_line(PurePosixPath(name.replace("\\", "/")).name) or "The file"
    shown = whole if len(whole) <= _SHOWN_MAX else f"{whole[:_SHOWN_MAX]}…"
    stem, suffix = PurePosixPath(whole).stem[:_SHOWN_MAX], PurePosixPath(whole).suffix.lower()
    if suffix not in _ENDINGS:
        kinds = ", ".join(sorted(_ENDINGS))
        raise EssayError(f"{shown}: this kind of file cannot be read. Supported are {kinds}.")
    try:
        text = content.decode("utf-8").removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        raise EssayError(
            f"{shown}: byte {error.start} is not UTF-8. Save the file as UTF-8 text."
        ) from error
    front, _, _ = split_front_matter(Path(shown), text)
    if not front.title:
        named = Path(f"{stem}.md")
        named = named if make_id(named) else Path("essay.md")
        read = compose_essay(Path(shown), named, lambda: content)
        front = replace(front, title=read.title)
    file = f"{_make_name(stem, front.title or '')}.md"
    written = replace_front_matter(Path(shown), text, front)
    return _compose(Proposal(file, _read(shown, file, written), written, front, ()), assistant)


def revise(
    proposal: Proposal,
    assistant: Assistant,
    *,
    title: str | None = None,
    author: str | None = None,
    year: str | None = None,
) -> Proposal:
    """Gives a proposal with what a person says of the essay; None leaves a field as it is.

    Raises:
        CorpusError: if a field has no form in which it could be read again.
    """
    front = revise_fields(proposal.front, title=title, author=author, year=year)
    written = replace_front_matter(Path(proposal.file), proposal.written, front)
    essay = _read(proposal.file, proposal.file, written)
    return _compose(replace(proposal, essay=essay, written=written, front=front), assistant)


def _read(shown: str, file: str, written: str) -> Essay:
    return compose_essay(Path(shown), Path(file), lambda: written.encode())


def _compose(proposal: Proposal, assistant: Assistant) -> Proposal:
    """Adds how the text is split, and which essays are like it."""
    encoder, own = assistant.encoder, proposal.essay
    passages = split_essay(own, encoder.count_tokens, encoder.max_tokens)
    others = [essay for essay in assistant.essays() if essay.id != own.id]
    similar = find_similar([passage.text for passage in passages], others)
    return replace(proposal, passages=tuple(passages), similar=similar)


def _make_name(*names: str) -> str:
    """Makes a name for a file of the first of some names that has a letter or digit.

    >>> _make_name("..", "Why Bees Dance (2) \N{HONEYBEE}")
    'why-bees-dance-2'
    """
    for name in names:
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name).casefold())
        made = ""
        for word in words:
            if made and len(made) + len(word) >= _NAME_MAX:
                break
            made = f"{made}-{word[:_NAME_MAX]}".strip("-")
        if made:
            return made
    return "essay"
