"""Which words and names of a question the essays use, and which they do not."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pactqa.index.protocol import Generation
from pactqa.judgement.light_words import is_light
from pactqa.models.fitted import MentionBars
from pactqa.search.english import read_english
from pactqa.search.query import Query, QueryWord
from pactqa.search.ranking import Candidate
from pactqa.search.statements import is_full_verb

__all__ = ["WordUse", "find_missing_words", "find_use", "match_words", "stands_as_name"]

_STEM_MIN = 5
_BEFORE = 100
"""So many characters before a word say what it is: two words, and what stands between."""
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|of|about|in|into|on|for|with|without|from|by|at|his|her|its|their|this|that|these"
    r"|those|any|some|no|and|or|between|against|during|after|before|over|under)\W+(?:[\w’'-]+\W+)?$",
    re.IGNORECASE,
)
_BEFORE_SUBJECT = re.compile(
    r"""(?: (?:^|\b(?:why|how|when|where)\W+) (?:was|were|is|are|has|have|had|will|would|could|can)
      | (?:^|\b(?:who|what|which|why|how|when|where)\W+) (?:did|does|do) ) \W+ $""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class WordUse:
    """Whether the essays use a word at all, and which of the passages asked about do."""

    is_used: bool
    numbers: frozenset[int]


def find_missing_words(
    query: Query,
    uses: Sequence[WordUse],
    candidates: Sequence[Candidate],
    bars: MentionBars,
    each_alone: bool = False,
) -> tuple[str, ...]:
    """Gives the nouns and names of a question that the essays do not use, in its order.

    None is given that a passage has in another form, or under another name, or that means much the
    same as a word of a passage found. Names must be much nearer than other words, since "Berlin" is
    near "Moscow" without being it, and so must a word that stands where a name does, typed small
    ("did beria …"); but a name of several words is used with any of them ("Red Army"). A word that
    stands where no noun does is not given: little would be said by it.

    Args:
        query: the question.
        uses: whether the essays use each of its words (see `find_use`).
        candidates: the passages found.
        bars: from which match on a word of a passage means one of the question.
        each_alone: whether a noun beside a name that is used is given ("Soviet oil"); the words of
            a claim are not typed in a hurry, so such a noun is no part of the name.
    """
    english = read_english()
    used = {
        word: use.is_used or match >= (bars.name if stands_as_name(query, word) else bars.word)
        for word, use, match in zip(query.words, uses, _match_each(query, candidates), strict=True)
    }
    missing: dict[str, None] = {}
    for before, word, after in zip(
        (None, *query.words), query.words, (*query.words[1:], None), strict=False
    ):
        together = [w for w in (before, after) if w and _makes_name(w, word)]
        if each_alone and not word.is_name:
            together = []
        if is_light(word.text) or used[word] or any(used[w] for w in together):
            continue
        if _is_noun(query, word) and not english.is_everyday(word.text):
            missing[word.text] = None
    return tuple(missing)


def find_use(
    snapshot: Generation, word: QueryWord, among: Collection[int], whole: bool = False
) -> WordUse:
    """Finds whether the essays use a word, in any of its forms or other names.

    Args:
        snapshot: the open store.
        word: of a question or a claim.
        among: the numbers of the passages asked about.
        whole: whether it must stand in the passage or its heading; else the title is enough.
    """
    ways: list[tuple[Sequence[str], bool]] = [((word.text, *sorted(word.others)), False)]
    if len(word.text) > _STEM_MIN:
        ways.append(([word.text[: max(len(word.text) - 2, _STEM_MIN)]], True))
    for forms, prefix in ways:
        numbers = frozenset[int]()
        for form in forms:
            numbers |= snapshot.passages_with(form, prefix=prefix, whole=whole, among=among)
        if numbers or any(
            snapshot.passages_with(form, prefix=prefix, whole=whole, most=1) for form in forms
        ):
            return WordUse(True, numbers)
    return WordUse(False, frozenset())


def match_words(words: Sequence[QueryWord], candidate: Candidate) -> float:
    """Gives how well a passage matches some words of the query, by its token vectors."""
    return float(candidate.token_scores[[row for word in words for row in word.rows]].mean())


def _match_each(query: Query, candidates: Sequence[Candidate]) -> list[float]:
    """Gives for each word of the query its best match over all candidates."""
    return [
        max((match_words([word], candidate) for candidate in candidates), default=-1.0)
        for word in query.words
    ]


def _is_noun(query: Query, word: QueryWord) -> bool:
    """Tells whether a word is a name, or stands where English puts a noun."""
    start, end = (
        int(query.encoding.offsets[row][side])
        for row, side in zip((word.rows[0], word.rows[-1]), (0, 1), strict=True)
    )
    ends = not query.text[end:].strip(" ?.!…") and not word.text.endswith(("ed", "ing"))
    opens = bool(_BEFORE_NOUN.search(query.text, max(0, start - _BEFORE), start))
    (before,) = query.text[:start].split()[-1:] or [""]
    is_object = is_full_verb(before.casefold()) and not word.text.endswith(("ed", "ing", "ly"))
    return opens or ends or is_object or stands_as_name(query, word)


def stands_as_name(query: Query, word: QueryWord) -> bool:
    """Tells whether a word is a name, or stands as one typed small does: "did beria …".

    What follows the verb that asks, in the singular and without an article, is a name or much like
    one ("did trade …").
    """
    start = int(query.encoding.offsets[word.rows[0]][0])
    is_subject = bool(_BEFORE_SUBJECT.search(query.text, max(0, start - _BEFORE), start))
    return word.is_name or (is_subject and not word.text.endswith("s"))


def _makes_name(one: QueryWord, other: QueryWord) -> bool:
    """Tells whether a name makes one with the word beside it: "Red Army", not "German machines".

    A country does so only in one of its other names ("Soviet Union").
    """
    joined = any(other.text.casefold() in name.split() for name in one.others)
    return one.is_name and _touch(one, other) and (joined or not one.others)


def _touch(one: QueryWord, other: QueryWord) -> bool:
    """Tells whether two words stand side by side in the question."""
    return one.rows[0] - other.rows[-1] in (0, 1) or other.rows[0] - one.rows[-1] in (0, 1)
