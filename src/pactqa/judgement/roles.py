"""Finds names that change what is said: another name in the same role, or two that swap theirs.

The role of a name is read from the words beside it, without a parser: the name before a verb does
it, the one behind has it done, and a passive ("was attacked by") turns the two round; a preposition
gives a place or a partner. A name that either side also has elsewhere is no other name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactqa.essays.splitting import Span
from pactqa.search.words import Word, are_same

__all__ = ["find_other_names", "find_swapped_roles"]

_PREPOSITIONS = frozenset("in at from to by against with into near under of".split())
_BE = frozenset("is are was were be been being".split())
_GAP = 3
_BREAK = re.compile(r"[,;:.!?()—–]|\b(?:and|but|or|because|although|while|who|which|that|when)\b")

_Pair = tuple[list[Span], list[Span]]


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb with who does it and to whom it is done."""

    agent: Word
    verb: Word
    patient: Word


def find_swapped_roles(
    claim: str, sentence: str, ours: Sequence[Word], theirs: Sequence[Word]
) -> list[_Pair]:
    """Finds where both sides name the same two with the same verb, the other way round.

    Returns:
        For each, the two names in the claim (who does it, to whom) and the two in the sentence.
    """
    found: list[_Pair] = []
    for one in _find_deeds(claim, ours):
        for other in _find_deeds(sentence, theirs):
            if (
                are_same(one.verb, other.verb)
                and are_same(one.agent, other.patient)
                and are_same(one.patient, other.agent)
                and not are_same(one.agent, one.patient)
            ):
                found.append(
                    (
                        [_span(one.agent), _span(one.patient)],
                        [_span(other.agent), _span(other.patient)],
                    )
                )
    return found


def find_other_names(ours: Sequence[Word], theirs: Sequence[Word]) -> list[_Pair]:
    """Finds a name of the claim in whose role the sentence has another one.

    The role is a preposition behind the same verb ("signed in Berlin", "signed in Moscow").

    Returns:
        For each, where the name stands in the claim, and where the other one in the sentence.
    """
    found: list[_Pair] = []
    for one, verb, preposition in _find_places(ours):
        if any(one.key == other.key for other in theirs):
            continue
        for other, its_verb, its_preposition in _find_places(theirs):
            if preposition != its_preposition or not are_same(verb, its_verb):
                continue
            # A person and a place, or a capital and its country, may both be true.
            if are_same(one, other) or any(other.key == mine.key for mine in ours):
                continue
            if one.is_country == other.is_country:
                found.append(([_span(one)], [_span(other)]))
    return found


def _find_places(words: Sequence[Word]) -> list[tuple[Word, Word, str]]:
    """Gives each name behind a preposition, with the word that it belongs to and the preposition.

    That is the word before, names and dates passed over: "born Ann Lee on 8 May 1947 in Leeds".
    """
    found = []
    for at, (preposition, name) in enumerate(pairwise(words)):
        if preposition.key not in _PREPOSITIONS or not name.is_name:
            continue
        before = at - 1
        while before >= 0 and _is_name_or_date(words[before]):
            before -= 1
        if before >= 0 and words[before].carries:
            found.append((name, words[before], preposition.key))
    return found


def _is_name_or_date(word: Word) -> bool:
    return word.is_name or word.key[0].isdigit() or word.key in ("on", "in")


def _find_deeds(text: str, words: Sequence[Word]) -> list[_Deed]:
    """Finds verbs between two names; what is a verb is told by the names on both its sides."""
    names = [at for at, word in enumerate(words) if word.is_name or (at == 0 and word.carries)]
    deeds = []
    for first, second in pairwise(names):
        between = words[first + 1 : second]
        if not 1 <= len(between) <= 2 * _GAP:
            continue
        if _BREAK.search(text[words[first].end : words[second].start]):
            continue
        content = [word for word in between if word.carries]
        if len(content) != 1:
            continue
        verb = content[0]
        before = {word.key for word in between if word.start < verb.start}
        behind = [word.key for word in between if word.start > verb.start]
        if "not" in before or "never" in before:
            continue
        if before & _BE and "by" in behind:
            deeds.append(_Deed(words[second], verb, words[first]))
        elif not before & _BE and not set(behind) & _PREPOSITIONS:
            deeds.append(_Deed(words[first], verb, words[second]))
    return deeds


def _span(word: Word) -> Span:
    return Span(word.start, word.end)
