"""Looks quotations up in the essays: word for word, nearly, or nowhere.

Words are compared apart from case, spacing, and the shapes of quotation marks and dashes. What is
nearly there is aligned by rapidfuzz (Indel distance), first by letters, to find the place, and then
by words, so that both sides can be marked. `quotations` reads the quoting text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Span
from pactqa.search.quotations import QuotedWord, read_quoted_words

__all__ = [
    "Change",
    "EssayWords",
    "Place",
    "find_exactly",
    "find_nearly",
    "find_pieces",
    "follows",
    "is_left_out",
]

_NEAR_LETTERS = 70.0
_NEAR_WORDS = 0.6
_EQUAL_LEAST = 3
_PIECE_LEAST = 4
_GAP_MOST = 40
_EDGE_GAP = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ: where they stand in the quoting text and in the essay.

    Either may be empty: an empty span is the place where the other side's words are missing.
    """

    quoted: Span
    essay: Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where an essay has a quotation or a part of one.

    Attributes:
        essay: the essay.
        span: of the words in its text.
        changes: where the words differ; none if they stand there word for word.
    """

    essay: Essay
    span: Span
    changes: tuple[Change, ...] = ()


class EssayWords:
    """The words of an essay, to be searched for a run of them."""

    def __init__(self, essay: Essay) -> None:
        """Reads them."""
        self.essay = essay
        self.words = read_quoted_words(essay.text)
        self.joined = "".join(f" {word.key}" for word in self.words) + " "
        lengths = (len(word.key) + 1 for word in self.words)
        self._starts = list(accumulate(lengths, initial=0))

    def find(self, keys: Sequence[str], behind: int = 0) -> int | None:
        """Gives the number of the word, from a character of the essay on, where a run begins."""
        first = bisect_left(self.words, behind, key=lambda word: word.start)
        at = self.joined.find(f" {' '.join(keys)} ", self._starts[first])
        return None if at < 0 else bisect_left(self._starts, at)

    def number_at(self, position: int) -> int:
        """Gives the number of the word that has a character of the joined words."""
        return max(0, min(bisect_right(self._starts, position), len(self.words)) - 1)

    def span(self, first: int, behind: int) -> Span:
        """Gives where some words stand in the essay."""
        return Span(self.words[first].start, self.words[behind - 1].end)


def find_exactly(
    words: Sequence[QuotedWord], essays: Sequence[EssayWords], behind: int = 0
) -> Place | None:
    """Finds some words, word for word, in the first essay that has them.

    Args:
        words: of the quotation or a part of it.
        essays: where to look, in this order.
        behind: the character of the essays from which on they are searched.
    """
    keys = [word.key for word in words]
    for essay in essays:
        at = essay.find(keys, behind)
        if at is not None:
            return Place(essay.essay, essay.span(at, at + len(keys)))
    return None


def find_pieces(
    words: Sequence[QuotedWord], essays: Sequence[EssayWords]
) -> tuple[Place, Place] | None:
    """Finds a quotation as two pieces, each word for word, of at least four words.

    The first is as long as it can be.
    """
    for cut in range(len(words) - _PIECE_LEAST, _PIECE_LEAST - 1, -1):
        head = find_exactly(words[:cut], essays)
        if head is None:
            continue
        own = [essay for essay in essays if essay.essay is head.essay]
        tail = find_exactly(words[cut:], own, head.span.end) or find_exactly(words[cut:], essays)
        if tail:
            return head, tail
    return None


def find_nearly(words: Sequence[QuotedWord], essays: Sequence[EssayWords]) -> Place | None:
    """Finds the place that has most of some words in their order, with the words that differ."""
    best: tuple[float, Place] | None = None
    for essay in essays:
        found = _align(words, essay)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def follows(one: Place, other: Place) -> bool:
    """Tells whether a place stands behind another one in the same essay."""
    return one.essay is other.essay and one.span.end <= other.span.start


def is_left_out(one: Place, other: Place) -> bool:
    """Tells whether a place stands behind another one, with no more than some words between."""
    between = one.essay.text[one.span.end : other.span.start]
    return follows(one, other) and len(read_quoted_words(between)) <= _GAP_MOST


def _align(words: Sequence[QuotedWord], essay: EssayWords) -> tuple[float, Place] | None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    keys = [word.key for word in words]
    sought = " ".join(keys)
    near = fuzz.partial_ratio_alignment(sought, essay.joined, score_cutoff=_NEAR_LETTERS)
    if near is None or not essay.words:
        return None
    margin = len(keys) + _EDGE_GAP
    first = max(0, essay.number_at(near.dest_start) - margin)
    window = essay.words[first : essay.number_at(near.dest_end) + margin]
    theirs = [word.key for word in window]
    blocks = _join(
        _Block(code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes(keys, theirs)
    )
    blocks = _trim(blocks, keys, theirs)
    blocks = _mirror(blocks, len(keys), len(theirs))
    blocks = _trim(blocks, keys[::-1], theirs[::-1])
    blocks = _mirror(blocks, len(keys), len(theirs))
    equal = sum(block.end - block.start for block in blocks if block.equal)
    covered = sum(block.essay_end - block.essay_start for block in blocks)
    if equal < min(_EQUAL_LEAST, len(keys)) or 2 * equal < _NEAR_WORDS * (len(keys) + covered):
        return None
    begin, end = blocks[0].essay_start, blocks[-1].essay_end
    changes = tuple(_find_changes(blocks, words, window))
    place = Place(essay.essay, Span(window[begin].start, window[end - 1].end), changes)
    return 2 * equal / (len(keys) + covered), place


@dataclass(frozen=True, slots=True)
class _Block:
    """Some words of a quotation, from `start` to `end`, and those of the essay beside them."""

    equal: bool
    start: int
    end: int
    essay_start: int
    essay_end: int


def _join(blocks: Iterable[_Block]) -> list[_Block]:
    """Joins what differs side by side, words put in and words left out, to one block."""
    joined: list[_Block] = []
    for block in blocks:
        if joined and not joined[-1].equal and not block.equal:
            before = joined.pop()
            block = replace(block, start=before.start, essay_start=before.essay_start)
        joined.append(block)
    return joined


def _trim(blocks: list[_Block], keys: Sequence[str], window: Sequence[str]) -> list[_Block]:
    """Leaves out the essay's words before the quotation, and draws its first words to the others.

    Words that stand again nearer to the others are taken there; a single word that is equal far
    from all others ("the") is no part of the place.
    """
    while blocks:
        first, rest = blocks[0], blocks[1:]
        if not first.equal:
            # What the quotation has more stays, what the essay has more is not part of it.
            size = min(first.essay_end - first.essay_start, first.end - first.start)
            first = replace(first, essay_start=first.essay_end - size)
            if first.end > first.start:
                return [first, *rest]
            blocks = rest
            continue
        if not rest:
            break
        gap, size = rest[0], first.end - first.start
        nearer = gap.essay_end - size
        if gap.start == gap.end and window[nearer : gap.essay_end] == keys[first.start : first.end]:
            return [replace(first, essay_start=nearer, essay_end=gap.essay_end), *rest[1:]]
        if size > 1 or gap.essay_end - gap.essay_start <= _EDGE_GAP:
            break
        blocks = [replace(gap, start=first.start), *rest[1:]]
    return blocks


def _mirror(blocks: Sequence[_Block], words: int, window: int) -> list[_Block]:
    """Gives the blocks as they are when both sides are read from the end."""
    return [
        _Block(
            b.equal, words - b.end, words - b.start, window - b.essay_end, window - b.essay_start
        )
        for b in reversed(blocks)
    ]


def _find_changes(
    blocks: Sequence[_Block], words: Sequence[QuotedWord], window: Sequence[QuotedWord]
) -> Iterator[Change]:
    for block in blocks:
        if not block.equal:
            yield Change(
                _span(words, block.start, block.end),
                _span(window, block.essay_start, block.essay_end),
            )


def _span(words: Sequence[QuotedWord], first: int, behind: int) -> Span:
    """Gives where some words stand; of none, the place behind the word before."""
    if first < behind:
        return Span(words[first].start, words[behind - 1].end)
    at = words[first - 1].end if first else words[0].start
    return Span(at, at)
