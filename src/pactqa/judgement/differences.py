"""Finds the differences between a claim and a sentence that a reader must see.

A difference is no verdict: it points at words of both sides and says in what they differ. Precision
comes first, for a false alarm on a sentence that supports a claim costs more trust than a missed
difference: two words are compared only where the rest of the two sentences says that they speak of
the same thing. The rules are about English, none about a subject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pactqa.essays.splitting import Span
from pactqa.judgement.degrees import find_degrees
from pactqa.judgement.negations import Negated, denies, find_negated, has_negation
from pactqa.judgement.numbers import Number, differ, read_numbers
from pactqa.judgement.opposites import are_opposite
from pactqa.judgement.roles import find_other_names, find_swapped_roles
from pactqa.search.words import Word, are_same, read_words

__all__ = ["Difference", "DifferenceKind", "describe_difference", "find_differences"]

DifferenceKind = Literal["negation", "number", "name", "roles", "opposite", "degree"]
"""negation: one side denies; number: another number or year; name: another name in the same role;
roles: who did it to whom is swapped; opposite: words of opposite meaning; degree: "never" for
"often", "all" for "some", "only" for "one of"."""

_SHARED_LEAST = 2
_WORDS_MOST = 400
_SHARE_LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a claim and of a sentence that say something else.

    Attributes:
        kind: in what they differ.
        claim: where these words stand in the claim.
        sentence: where they stand in the text that the sentence is part of.
    """

    kind: DifferenceKind
    claim: tuple[Span, ...]
    sentence: tuple[Span, ...]


def find_differences(claim: str, text: str, within: Span | None = None) -> tuple[Difference, ...]:
    """Finds the differences between a claim and a sentence.

    Args:
        claim: what is claimed.
        text: the text that the sentence is part of.
        within: where the sentence stands in it; None means that it is the whole text.

    Returns:
        The differences in the order of the claim; their spans are offsets of `claim` and `text`.
        None of a sentence of more than 400 words, which says too many things to be compared.
    """
    within = within or Span(0, len(text))
    sentence = text[within.start : within.end]
    ours, theirs = read_words(claim), read_words(sentence)
    if len(theirs) > _WORDS_MOST:
        return ()
    shared = _find_shared(ours, theirs)
    content = [word for word in ours if word.carries]
    if not content:
        return ()
    found: list[Difference] = []
    share = len(shared) / len(content)
    pairs: list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]] = []
    if share >= _SHARE_LEAST and len(shared) >= _SHARED_LEAST:
        pairs += [("degree", a, b) for a, b in find_degrees(claim, sentence, ours, theirs)]
        negated, denied = find_negated(claim, ours), find_negated(sentence, theirs)
        # Where both sides deny something, who denies what is more than these rules can tell.
        if not (denies(claim) and denies(sentence)):
            pairs += _compare_negations(negated, denied, ours, theirs)
        # "did not think it could be trusted" is no opposite of "distrust".
        if not (has_negation(claim) or has_negation(sentence)):
            pairs += _compare_opposites(ours, theirs)
    if share >= _SHARE_LEAST and shared:
        pairs += _compare_numbers(claim, sentence, ours, theirs)
        pairs += [("name", a, b) for a, b in find_other_names(ours, theirs)]
        pairs += [("roles", a, b) for a, b in find_swapped_roles(claim, sentence, ours, theirs)]
    for kind, mine, its in pairs:
        moved = tuple(Span(within.start + s.start, within.start + s.end) for s in its)
        difference = Difference(kind, tuple(mine), moved)
        if not any(_touches(difference, other) for other in found):
            found.append(difference)
    return tuple(sorted(found, key=lambda difference: difference.claim[0]))


def describe_difference(difference: Difference, claim: str, text: str) -> str:
    """Says in one sentence what the claim says and what the essay says instead.

    Args:
        difference: the difference.
        claim: the claim.
        text: the text of the essay.
    """
    ours = " … ".join(claim[span.start : span.end] for span in difference.claim)
    theirs = " … ".join(text[span.start : span.end] for span in difference.sentence)
    return f"The claim says “{ours}”, the essay “{theirs}”."


def _find_shared(ours: Sequence[Word], theirs: Sequence[Word]) -> list[Word]:
    """Gives the words of the claim that carry its subject and stand in the sentence too."""
    return [w for w in ours if w.carries and any(are_same(w, other) for other in theirs)]


def _compare_negations(
    ours: Sequence[Negated], theirs: Sequence[Negated], own: Sequence[Word], its: Sequence[Word]
) -> list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]]:
    """Compares what each side denies: a word that one side denies and the other does not."""
    found: list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]] = []
    for negated in ours:
        same = [word for word in its if _is_same_kind(word, negated.word)]
        if len(same) == 1 and not any(are_same(n.word, negated.word) for n in theirs):
            found.append(("negation", [negated.span], [_span(same[0])]))
    for negated in theirs:
        same = [word for word in own if _is_same_kind(word, negated.word)]
        if len(same) == 1 and not any(are_same(n.word, negated.word) for n in ours):
            found.append(("negation", [_span(same[0])], [negated.span]))
    return found


def _is_same_kind(word: Word, other: Word) -> bool:
    """Tells whether two words are forms of one, neither of them a name beside it ("Allies")."""
    return word.is_name == other.is_name and are_same(word, other)


def _compare_opposites(
    own: Sequence[Word], its: Sequence[Word]
) -> list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]]:
    """Finds a word of each side that mean opposite things, where neither side has both."""
    found: list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]] = []
    for word in own:
        for other in its:
            # A word that is a name on one side only ("Little Falls") means no opposite.
            if word.is_name != other.is_name or not are_opposite(word.key, other.key):
                continue
            both = [*(w for w in own if w != word), *(w for w in its if w != other)]
            if not any(
                are_same(w, pole) or are_opposite(w.key, pole.key)
                for w in both
                for pole in (word, other)
            ):
                found.append(("opposite", [_span(word)], [_span(other)]))
    return found


def _compare_numbers(
    claim: str, sentence: str, own: Sequence[Word], its: Sequence[Word]
) -> list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]]:
    """Finds numbers of the same kind and unit that differ, where neither side has the other's."""
    ours, theirs = read_numbers(claim, own), read_numbers(sentence, its)
    found: list[tuple[DifferenceKind, Sequence[Span], Sequence[Span]]] = []
    for one in ours:
        if any(_agree(one, other) for other in theirs):
            continue
        others = [other for other in theirs if differ(one, other)]
        alike = [other for other in theirs if other.kind == one.kind]
        rivals = [number for number in ours if number.kind == one.kind]
        if not len(alike) == len(rivals) == 1:
            others = [other for other in others if _stand_alike(one, own, other, its)]
        if len(others) == 1:
            found.append(("number", [one.span], [others[0].span]))
    return found


def _stand_alike(one: Number, own: Sequence[Word], other: Number, its: Sequence[Word]) -> bool:
    """Tells whether the same word stands before two numbers ("closed in", "closing in")."""
    mine, theirs = (
        [word for word in words if word.carries and word.end <= number.span.start][-1:]
        for words, number in ((own, one), (its, other))
    )
    return bool(mine and theirs) and are_same(mine[0], theirs[0])


def _agree(one: Number, other: Number) -> bool:
    return one.low <= other.high and other.low <= one.high


def _touches(one: Difference, other: Difference) -> bool:
    """Tells whether two differences point at some of the same words of either side."""
    sides = ((one.claim, other.claim), (one.sentence, other.sentence))
    return any(
        a.start < b.end and b.start < a.end for ours, its in sides for a in ours for b in its
    )


def _span(word: Word) -> Span:
    return Span(word.start, word.end)
