"""Splits an essay into passages, and a passage into sentences; every one is an exact slice.

A passage is a paragraph: a run of lines without a blank one between them. A heading (Markdown
`# …`, or a line underlined with `===` or `---`; in plain text a line that is plainly one) belongs
to the passages below it but is not their text. A paragraph too long for the encoder is cut at
sentence ends, never inside a sentence. Sentence ends are found by the library `sentencex`, headings
by `headings` and `plain_headings`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sentencex

from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.headings import find_headings
from pactqa.essays.plain_headings import find_plain_headings
from pactqa.essays.text import split_lines
from pactqa.essays.time_limit import check_time

__all__ = ["Passage", "Span", "TokenCounter", "find_passage", "split_essay", "split_sentences"]

TokenCounter = Callable[[str], int]
"""Gives the number of tokens that the encoder makes of a text, its special tokens included."""

_HAS_WORD = re.compile(r"\w")
_WINDOW = 8_000
_SENTENCE_MAX = 16_000
_BLANK = re.compile(r"\s\S*\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of an essay's text: from `start` up to, not including, `end` (code points)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: a paragraph of an essay, or a part of one that is very long.

    `paragraph` counts the essay's paragraphs from 1, headings not counted. `sentences` are spans
    of the essay, in order.
    """

    essay_id: str
    start: int
    end: int
    text: str
    heading: str
    paragraph: int
    sentences: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The name that is reproducible: the same essay text gives the same ids."""
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
                )
            )
    return passages


def split_sentences(text: str, within: Span) -> list[Span]:
    """Splits a piece of a text into its sentences: spans of the text without white space around.

    Every character of the piece that is not white space lies in exactly one sentence. A piece
    without any word (`***`, `”`) is joined to the sentence before it, or after it at the start.
    What goes on for 16,000 characters without an end is cut at a blank, to bound the time.
    """
    sentences: list[Span] = []
    piece = text[within.start : within.end]
    waiting: int | None = None  # where a piece without any word begins that has none before it
    for start, end in _find_sentences(piece):
        span = _trim(text, within.start + start, within.start + end)
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


def _find_sentences(piece: str) -> Iterator[tuple[int, int]]:
    """Gives where the library sees sentences.

    A piece is given to it in windows, because its time grows with the square of the quotation marks
    that nothing closes. A window begins with the last sentences of the one before it, whose end
    may have been unclear.
    """
    begin, size = 0, _WINDOW
    while True:
        check_time()
        window = piece[begin : begin + size]
        found = [
            (begin + boundary["start_index"], begin + boundary["end_index"])
            for boundary in sentencex.get_sentence_boundaries("en", window)
        ]
        if begin + size >= len(piece):
            yield from found
            return
        clear = [span for span in found[:-1] if span[1] <= begin + size * 3 // 4] or found[:-1]
        if not clear and size < _SENTENCE_MAX:
            size = _SENTENCE_MAX
            continue
        if not clear:
            blank = _BLANK.search(window, size // 2)
            clear = [(begin, begin + (blank.start() if blank else size))]
        yield from clear
        begin, size = clear[-1][1], _WINDOW


def _find_paragraphs(essay: Essay) -> Iterator[tuple[str, Span]]:
    """Gives each paragraph with the heading above it (`""` above the first one)."""
    find = find_headings if essay.markdown else find_plain_headings
    headings = {heading.first: heading for heading in find(essay.text)}
    heading, below = "", 0  # `below` is the first line after the heading
    lines: list[Span] = []
    for number, (start, end) in enumerate(split_lines(essay.text)):
        check_time()
        found = headings.get(number)
        if found or number < below or not essay.text[start:end].strip():
            yield from _close_paragraph(essay.text, heading, lines)
            lines = []
        else:
            lines.append(Span(start, end))
        if found:
            heading, below = found.words, found.end
    yield from _close_paragraph(essay.text, heading, lines)


def _close_paragraph(text: str, heading: str, lines: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    span = _trim(text, lines[0].start, lines[-1].end) if lines else None
    if span:
        yield heading, span


def _trim(text: str, start: int, end: int) -> Span | None:
    """Leaves out white space at both ends; None if nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _fits(essay: Essay, heading: str, span: Span, count: TokenCounter, max_tokens: int) -> bool:
    text = EncodedText(essay.title, heading, essay.text[span.start : span.end])
    return count(text.whole) <= max_tokens


def _pack_sentences(
    essay: Essay, heading: str, sentences: Sequence[Span], count: TokenCounter, max_tokens: int
) -> list[list[Span]]:
    """Puts as many sentences into each part as fit; one that is too long alone is a part."""
    parts: list[list[Span]] = []
    for sentence in sentences:
        check_time()
        if parts and _fits(
            essay, heading, Span(parts[-1][0].start, sentence.end), count, max_tokens
        ):
            parts[-1].append(sentence)
        else:
            parts.append([sentence])
    return parts


def find_passage(passages: Iterable[Passage], position: int) -> Passage | None:
    """Gives the passage that has a character of the essay, or None if none has."""
    return next((p for p in passages if p.start <= position < p.end), None)
