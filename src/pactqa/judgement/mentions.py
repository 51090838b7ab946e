"""Which words and names of a question the essays mention, and which they do not."""

from collections.abc import Sequence

from pactqa.index.snapshot import Snapshot
from pactqa.search.query import Query, QueryWord
from pactqa.search.ranking import Candidate

__all__ = ["find_missing_words", "find_names_apart", "join_names", "match_words"]

_LIGHT_WORDS = frozenset(
    """
    think thinks thought put puts look looks looked turn turned turns back still good bad set
    going come comes came take takes took taken keep keeps kept see seen saw know known knew
    feel felt try tries tried trying using use used call called point near end first second
    last able truly around thing things something anything everything want wants wanted
    mattered important showed stood decided working work helped help
    """.split()
)
"""Words that a question may hold and no essay mention without anything being missing."""

_MENTIONED = 0.42
_NAME_MENTIONED = 0.8
_NAME_MEANT = 0.5
_STEM_MIN = 5


def find_missing_words(
    snapshot: Snapshot, query: Query, candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Gives the words of a question that the essays never mention, in its order.

    A word is mentioned if a passage has it, whatever its ending, or has a word of much the same
    meaning. Names must be much nearer than other words, since "Berlin" is near "Moscow" without
    being it; but a name of several words counts as mentioned with any of them ("Red Army").
    """
    matches = dict(zip(query.words, _match_words(query, candidates), strict=True))
    mentioned = {
        word: match >= (_NAME_MENTIONED if word.is_name else _MENTIONED)
        or bool(_passages_with(snapshot, word))
        for word, match in matches.items()
    }
    missing: dict[str, None] = {}
    for before, word, after in zip(
        (None, *query.words), query.words, (*query.words[1:], None), strict=False
    ):
        together = [w for w in (before, after) if w and w.is_name and _touch(w, word)]
        light = word.text.casefold() in _LIGHT_WORDS
        if not (light or mentioned[word] or any(mentioned[w] for w in together)):
            missing[word.text] = None
    return tuple(missing)


def find_names_apart(
    snapshot: Snapshot, query: Query, candidates: Sequence[Candidate]
) -> tuple[str, ...]:
    """Gives the names of a question that are mentioned, if no passage mentions them together.

    A passage mentions a name of several words if it has any of them. It also counts if it may mean
    the same ("Russians" for the Soviets): rather nothing is said than something wrong.
    """
    mentioned: dict[str, set[int]] = {}
    for name in join_names(query):
        best = {c.number: max(match_words([word], c) for word in name) for c in candidates}
        having = set().union(*(_passages_with(snapshot, word) for word in name))
        if having or max(best.values(), default=0.0) >= _NAME_MENTIONED:
            like = {number for number, match in best.items() if match >= _NAME_MEANT}
            mentioned[" ".join(word.text for word in name)] = having | like
    together = set.intersection(*mentioned.values()) if mentioned else set()
    return () if together else tuple(mentioned)


def _passages_with(snapshot: Snapshot, word: QueryWord) -> set[int]:
    """Gives the passages that have a word or, if none does, one that begins so ("Russians")."""
    found = snapshot.passages_with(word.text)
    if found or len(word.text) <= _STEM_MIN:
        return found
    stem = word.text[: max(len(word.text) - 2, _STEM_MIN)]
    return snapshot.passages_with(stem, prefix=True)


def _touch(one: QueryWord, other: QueryWord) -> bool:
    """Tells whether two words stand side by side in the question."""
    return one.rows[0] - other.rows[-1] in (0, 1) or other.rows[0] - one.rows[-1] in (0, 1)


def _match_words(query: Query, candidates: Sequence[Candidate]) -> list[float]:
    """Gives for each word of the query its best match over all candidates."""
    return [
        max((match_words([word], candidate) for candidate in candidates), default=-1.0)
        for word in query.words
    ]


def match_words(words: Sequence[QueryWord], candidate: Candidate) -> float:
    """Gives how well a passage matches some words of the query."""
    return float(candidate.token_scores[[row for word in words for row in word.rows]].mean())


def join_names(query: Query) -> list[list[QueryWord]]:
    """Gives the names of a question, those side by side as one ("Red Army")."""
    names: list[list[QueryWord]] = []
    for word in (word for word in query.words if word.is_name):
        if names and _touch(names[-1][-1], word):
            names[-1].append(word)
        else:
            names.append([word])
    return names
