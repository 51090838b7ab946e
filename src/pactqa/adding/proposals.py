"""Proposes what a file would become as an essay of the corpus; nothing is written."""

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pactqa import settings
from pactqa.adding.fields import clean_line, revise_fields
from pactqa.adding.similarity import SimilarEssay, find_similar
from pactqa.assistant import Assistant
from pactqa.conversion.convert import convert
from pactqa.conversion.document import Document
from pactqa.conversion.kinds import Kind, recognise_kind
from pactqa.errors import ConversionError, EssayError
from pactqa.essays.bounds import TITLE_MAX
from pactqa.essays.files import Essay, compose_essay, make_id
from pactqa.essays.front_matter import FrontMatter, give_known, split_front_matter
from pactqa.essays.front_matter_writing import replace_front_matter
from pactqa.essays.listing import MARKDOWN
from pactqa.essays.paging import describe_pages
from pactqa.essays.plain_headings import find_plain_headings
from pactqa.essays.splitting import Passage, split_essay
from pactqa.essays.text import split_lines

__all__ = ["Proposal", "propose", "revise"]

_NAME_MAX, _SHOWN_MAX = 60, 100


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
    shown = Path(whole if len(whole) <= _SHOWN_MAX else f"{whole[:_SHOWN_MAX]}…")
    stem = PurePosixPath(whole).stem[:_SHOWN_MAX]
    most = settings.read_essay_bytes()
    if len(content) > most:
        raise EssayError(
            f"{shown}: the file has {len(content):,} bytes, more than the {most:,} that an essay "
            f"may have (setting {settings.ESSAY_BYTES}). Take pictures out of it, or divide it."
        )
    try:
        document = convert(content, markdown=whole.lower().endswith(MARKDOWN))
    except ConversionError as error:
        raise EssayError(f"{shown}: {error}.") from error
    front, body, _ = FrontMatter(), document.text, 1
    if recognise_kind(content) is Kind.TEXT:
        front, body, _ = split_front_matter(shown, document.text)
    text = document.text if document.markdown else _mark_headings(document.text, body)
    front = _complete(front, document, body)
    file = f"{_make_name(stem, front.title or '')}.md"
    if not front.title:
        named = Path(f"{stem}.md")
        named = named if make_id(named) else Path("essay.md")
        front = replace(front, title=compose_essay(shown, named, text.encode).title)
    written = replace_front_matter(shown, text, front)
    essay = _read(shown, file, written)
    passages = _split(essay, assistant)
    others = [other for other in assistant.essays() if other.id != essay.id]
    return Proposal(
        file=file,
        essay=essay,
        written=written,
        front=front,
        passages=passages,
        removed=document.removed,
        warnings=document.warnings,
        similar=find_similar([passage.text for passage in passages], others),
    )


def _complete(front: FrontMatter, document: Document, body: str) -> FrontMatter:
    """Adds to front matter what the file says of itself elsewhere."""
    return replace(
        front,
        title=front.title or clean_line(document.title or "")[:TITLE_MAX] or None,
        author=front.author or give_known(clean_line(document.author or "")[:TITLE_MAX]) or None,
        year=front.year or document.year,
        site=front.site or clean_line(document.site or "")[:TITLE_MAX] or None,
        url=front.url or document.url,
        language=front.language or document.language,
        paged=front.paged or describe_pages(body, document.page_starts),
    )


def _mark_headings(text: str, body: str) -> str:
    """Writes the headings of a plain text as Markdown does; its other lines stay as they are."""
    lines = [body[start:end] for start, end in split_lines(body)]
    for heading in find_plain_headings(body):
        lines[heading.first] = f"## {lines[heading.first].strip()}\n"
        for number in range(heading.first + 1, heading.end):
            lines[number] = ""
    return text[: len(text) - len(body)] + "".join(lines)


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
    if front == proposal.front:
        return proposal
    written = replace_front_matter(Path(proposal.file), proposal.written, front)
    essay = _read(Path(proposal.file), proposal.file, written)
    passages = _split(essay, assistant)
    return replace(proposal, essay=essay, written=written, front=front, passages=passages)


def _read(shown: Path, file: str, written: str) -> Essay:
    return compose_essay(shown, Path(file), written.encode)


def _split(essay: Essay, assistant: Assistant) -> tuple[Passage, ...]:
    encoder = assistant.encoder
    return tuple(split_essay(essay, encoder.count_tokens, encoder.max_tokens))


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
