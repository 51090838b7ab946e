"""Splits an essay into passages, and a passage into sentences; every one is an exact slice.

A passage is a paragraph: a run of lines without a blank one between them. A heading (Markdown
`# …`, or a line underlined with `===` or `---`) belongs to the passages below it but is not their
text. A paragraph too long for the encoder is cut at sentence ends, never inside a sentence.
Sentence ends are found by the library `sentencex`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sentencex

from pactqa.essays.files import Essay

__all__ = ["Passage", "Span", "TokenCounter", "split_essay", "split_sentences"]

TokenCounter = Callable[[str], int]
"""Gives the number of tokens that the encoder makes of a text, its special tokens included."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ATX_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(?P<words>.*?))?(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_HAS_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Is a piece of an essay's text: from `start` up to, not including, `end` (code points)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Is the unit of retrieval: a paragraph of an essay, or a part of one that is very long.

    `paragraph` counts the essay's paragraphs from 1, headings not counted. `sentences` are spans
    of the essay, in order. `truncated` says that the passage is one sentence longer than the
    encoder reads, so that its vectors cover only the beginning.
    """

    essay_id: str
    start: int
    end: int
    text: str
    heading: str
    paragraph: int
    sentences: tuple[Span, ...]
    truncated: bool = False

    @property
    def id(self) -> str:
        """Is reproducible: the same essay text gives the same ids."""
        return f"{self.essay_id}:{self.start}-{self.end}"


def split_essay(
    essay: Essay, count_tokens: TokenCounter | None = None, max_tokens: int = 0
) -> list[Passage]:
    """Splits an essay into passages, in the order of the text.

    Args:
        essay: the essay; `essay.text[p.start:p.end] == p.text` holds for every passage `p`.
        count_tokens: how the encoder counts; None means that no paragraph is too long.
        max_tokens: the encoder's window; title and heading take their share of it.
    """
    passages = []
    for number, (heading, paragraph) in enumerate(_find_paragraphs(essay), start=1):
        sentences = split_sentences(essay.text, paragraph)
        if count_tokens is None or _fits(essay, heading, paragraph, count_tokens, max_tokens):
            parts: list[list[Span]] = [sentences]
        else:
            parts = _pack_sentences(essay, heading, sentences, count_tokens, max_tokens)
        for part in parts:
            whole = Span(part[0].start, part[-1].end)
            passages.append(
                Passage(
                    essay_id=essay.id,
                    start=whole.start,
                    end=whole.end,
                    text=essay.text[whole.start : whole.end],
                    heading=heading,
                    paragraph=number,
                    sentences=tuple(part),
                    truncated=count_tokens is not None
                    and len(part) == 1
                    and not _fits(essay, heading, whole, count_tokens, max_tokens),
                )
            )
    return passages


def split_sentences(text: str, within: Span) -> list[Span]:
    """Splits a piece of a text into its sentences: spans of the text without white space around.

    Every character of the piece that is not white space lies in exactly one sentence. A piece
    without any word (`***`, `”`) is joined to the sentence before it, or after it at the start.
    """
    sentences: list[Span] = []
    piece = text[within.start : within.end]
    waiting: int | None = None  # where a piece without any word begins that has none before it
    for boundary in sentencex.get_sentence_boundaries("en", piece):
        span = _trim(
            text, within.start + boundary["start_index"], within.start + boundary["end_index"]
        )
        if span is None:
            continue
        if not _HAS_WORD.search(text, span.start, span.end):
            if sentences:
                sentences[-1] = Span(sentences[-1].start, span.end)
            elif waiting is None:
                waiting = span.start
            continue
        sentences.append(Span(span.start if waiting is None else waiting, span.end))
        waiting = None
    if waiting is not None:
        sentences.append(Span(waiting, within.end))
    return sentences


def _find_paragraphs(essay: Essay) -> Iterator[tuple[str, Span]]:
    """Gives each paragraph with the heading above it (`""` above the first one)."""
    heading = ""
    lines: list[Span] = []
    for line in _split_lines(essay.text):
        words = essay.text[line.start : line.end].rstrip("\r\n")
        atx = _ATX_HEADING.match(words) if essay.markdown else None
        underlined = essay.markdown and len(lines) == 1 and bool(_UNDERLINE.match(words))
        if underlined:
            heading = essay.text[lines[0].start : lines[0].end].strip()
            lines = []
        elif atx or not words.strip():
            yield from _close_paragraph(essay.text, heading, lines)
            lines = []
            if atx:
                heading = (atx["words"] or "").strip()
        else:
            lines.append(line)
    yield from _close_paragraph(essay.text, heading, lines)


def _close_paragraph(text: str, heading: str, lines: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    span = _trim(text, lines[0].start, lines[-1].end) if lines else None
    if span:
        yield heading, span


def _split_lines(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        if match.end() > match.start():
            yield Span(match.start(), match.end())


def _trim(text: str, start: int, end: int) -> Span | None:
    """Leaves out white space at both ends; None if nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _fits(essay: Essay, heading: str, span: Span, count: TokenCounter, max_tokens: int) -> bool:
    return count(f"{essay.title}\n{heading}\n{essay.text[span.start : span.end]}") <= max_tokens


def _pack_sentences(
    essay: Essay, heading: str, sentences: Sequence[Span], count: TokenCounter, max_tokens: int
) -> list[list[Span]]:
    """Puts as many sentences into each part as fit; one that is too long alone is a part."""
    parts: list[list[Span]] = []
    for sentence in sentences:
        if parts and _fits(
            essay, heading, Span(parts[-1][0].start, sentence.end), count, max_tokens
        ):
            parts[-1].append(sentence)
        else:
            parts.append([sentence])
    return parts
