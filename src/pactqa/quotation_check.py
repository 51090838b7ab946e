"""Checks what a text quotes: which words stand in an essay so, which nearly, and which nowhere.

Looked up are the words in quotation marks, and the runs of eight words or more that a text has in
common with an essay without saying so. The text is only held in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from typing import Literal

from pactqa.assistant import Assistant
from pactqa.essays.current import CurrentTexts
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Span, split_sentences
from pactqa.index.matching import choose_words
from pactqa.index.mending import mends
from pactqa.index.protocol import Generation
from pactqa.search.quotation_places import (
    EssayWords,
    Place,
    find_exactly,
    find_nearly,
    find_pieces,
    follows,
    is_left_out,
)
from pactqa.search.quotations import QuotedWord, find_quotations, read_quoted_words, split_parts

__all__ = [
    "CheckedQuotation",
    "QuotationStatus",
    "check_again",
    "check_quotations",
    "describe_quotation",
]

QuotationStatus = Literal["exact", "nearly", "joined", "partly", "nowhere"]
"""exact: word for word, omissions marked; nearly: with other words; joined: run together from
places that do not follow each other; partly: some parts are in no essay; nowhere: none is."""

_ESSAYS_TRIED = 8
_PASSAGES_TRIED = 24
_WORDS_LEAST = 3
_RUN = 8
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """What was found of a quotation.

    Attributes:
        span: where its words stand in the text that quotes.
        marked: whether the text says that it quotes, by quotation marks.
        status: see `QuotationStatus`.
        places: where its parts stand in the essays, in its order; none if it is nowhere.
    """

    span: Span
    marked: bool
    status: QuotationStatus
    places: tuple[Place, ...] = ()


def describe_quotation(quotation: CheckedQuotation) -> str:
    """Says in one sentence what was found."""
    if quotation.status == "nowhere":
        return "These words were not found in the essays."
    title = quotation.places[0].essay.title
    if quotation.status == "partly":
        return "Only some of these words were found in the essays."
    if quotation.status == "joined":
        return "The words stand in the essays, but not together: they were run together."
    if quotation.status == "nearly":
        return f"Nearly so in “{title}”: the words marked differ."
    how = "Word for word in" if quotation.marked else "The same words without quotation marks:"
    return f"{how} “{title}”."


@mends
def check_quotations(assistant: Assistant, text: str) -> list[CheckedQuotation]:
    """Checks every quotation of a text and every run of words that it takes over, in its order.

    A word or two in quotation marks that stand nowhere are left out: they are a title or a manner
    of speaking.

    Args:
        assistant: whose essays may be quoted; one whose file changed is passed over.
        text: the text that quotes.

    Raises:
        StoreError: if the index cannot be read.
    """
    with assistant.read() as (snapshot, library):
        finder = _Finder(snapshot, library.essays, assistant.texts)
        return _check_text(finder, text)


@mends
def check_again(
    assistant: Assistant, quotations: Sequence[tuple[str, bool]]
) -> tuple[str, list[CheckedQuotation]]:
    """Looks up quotations of a text that is not there any more.

    Args:
        assistant: whose essays may be quoted; one whose file changed is passed over.
        quotations: the words of each, and whether they stood in quotation marks; words without
            them that are in no essay are left out, for they are no quotation.

    Returns:
        A text made of the quotations, and what was found of each in it.

    Raises:
        StoreError: if the index cannot be read.
    """
    text = _BREAK.join(words for words, _ in quotations)
    found, start = [], 0
    with assistant.read() as (snapshot, library):
        finder = _Finder(snapshot, library.essays, assistant.texts)
        for words, marked in quotations:
            span = Span(start, start + len(words))
            start = span.end + len(_BREAK)
            if marked:
                found.append(_check_marked(finder, text, span))
                continue
            read = read_quoted_words(text, span)
            place = find_exactly(read, finder.find_essays(read)) if read else None
            if place:
                found.append(CheckedQuotation(span, False, "exact", (place,)))
    return text, found


def _check_text(finder: "_Finder", text: str) -> list[CheckedQuotation]:
    found = []
    marked = list(find_quotations(text))
    for span in marked:
        words = read_quoted_words(text, span)
        checked = _check_marked(finder, text, span)
        if checked.status == "exact" or len(words) >= _WORDS_LEAST:
            found.append(checked)
    for span, place in _find_runs(finder, text, marked):
        found.append(CheckedQuotation(span, marked=False, status="exact", places=(place,)))
    return sorted(found, key=lambda quotation: quotation.span)


class _Finder:
    """The essays that may have some words, the words of each read once."""

    def __init__(self, snapshot: Generation, essays: Sequence[Essay], texts: CurrentTexts) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._only = [essay.id for essay in essays]
        self._essays = {essay.id: essay for essay in essays}
        self._read = lru_cache(maxsize=64)(self._read_essay)

    def find_essays(self, words: Sequence[QuotedWord]) -> list[EssayWords]:
        """Gives the essays that have the most of some words close together, the best first."""
        searched = choose_words(" ".join(word.key for word in words))
        ranked = self._snapshot.search_words(searched, _PASSAGES_TRIED, self._only)
        passages = self._snapshot.passages([number for number, _ in ranked])
        ids = dict.fromkeys(passages[number].essay_id for number, _ in ranked)
        current = (self._essays[essay_id] for essay_id in ids)
        current = (e for e in current if self._texts.last_text_of(e) == e.text)
        return [self._read(essay.id) for essay in islice(current, _ESSAYS_TRIED)]

    def _read_essay(self, essay_id: str) -> EssayWords:
        return EssayWords(self._essays[essay_id])


def _check_marked(finder: _Finder, text: str, span: Span) -> CheckedQuotation:
    """Checks a quotation; its parts must stand in one essay, in its order."""
    places: list[Place] = []
    statuses: list[QuotationStatus] = []
    for part in split_parts(text, span):
        status, found = _check_part(finder, read_quoted_words(text, part), places[-1:])
        if places and found and not follows(places[-1], found[0]):
            status = "joined"
        statuses.append(status)
        places += found
    if places and "nowhere" in statuses:
        statuses.append("partly")
    order: tuple[QuotationStatus, ...] = ("partly", "nowhere", "joined", "nearly", "exact")
    status = next((status for status in order if status in statuses), "nowhere")
    return CheckedQuotation(span, marked=True, status=status, places=tuple(places))


def _check_part(
    finder: _Finder, words: Sequence[QuotedWord], before: Sequence[Place]
) -> tuple[QuotationStatus, list[Place]]:
    """Checks the words between two omissions, first behind the place of the part before."""
    essays = finder.find_essays(words)
    for place in before:
        own = [essay for essay in essays if essay.essay is place.essay]
        essays = [*own, *(essay for essay in essays if essay.essay is not place.essay)]
        exact = find_exactly(words, own, place.span.end)
        if exact:
            return "exact", [exact]
    exact = find_exactly(words, essays)
    if exact:
        return "exact", [exact]
    pieces, near = find_pieces(words, essays), find_nearly(words, essays)
    if pieces and not (near and is_left_out(*pieces)):
        return "joined", list(pieces)
    return ("nearly", [near]) if near else ("nowhere", [])


def _find_runs(finder: _Finder, text: str, marked: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """Finds the runs of eight words or more, outside quotation marks, that an essay has too."""
    for sentence in split_sentences(text, Span(0, len(text))):
        words = [
            word
            for word in read_quoted_words(text, sentence)
            if not any(span.start <= word.start < span.end for span in marked)
        ]
        # A run does not go on behind a quotation.
        for _, group in groupby(words, lambda word: sum(s.end <= word.start for s in marked)):
            yield from _find_runs_among(finder, list(group))


def _find_runs_among(finder: _Finder, words: Sequence[QuotedWord]) -> Iterator[tuple[Span, Place]]:
    essays = finder.find_essays(words) if len(words) >= _RUN else []
    at = 0
    while essays and at + _RUN <= len(words):
        size, place = _find_longest(words, at, essays)
        if place:
            yield Span(words[at].start, words[at + size - 1].end), place
        at += size


def _find_longest(
    words: Sequence[QuotedWord], at: int, essays: Sequence[EssayWords]
) -> tuple[int, Place | None]:
    """Gives how many words from `at` on an essay has in a run, and where; one and None for none."""
    place = find_exactly(words[at : at + _RUN], essays)
    if place is None:
        return 1, None
    size = _RUN
    while at + size < len(words):
        longer = find_exactly(words[at : at + size + 1], essays)
        if longer is None:
            break
        size, place = size + 1, longer
    return size, place
