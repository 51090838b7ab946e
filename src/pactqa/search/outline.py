"""Answers a question as wide as an essay's title with the essay's own outline.

"Why did X happen?" shares its words with every passage of an essay of that title, so similarity
cannot choose among them. What can is the essay's build: it gives each reason a section. Such a
question is answered with the best passage of each section, the essays in turn, introductions last.
The best passage of a section is the one that gives a reason (words of cause and purpose) and does
not merely ask for one or announce one. All rules are about English, none about a subject.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

import numpy as np

from pactqa.models.encoder import Encoding, Floats
from pactqa.search.query import Query
from pactqa.search.ranking import Candidate

__all__ = [
    "asks_for_reasons",
    "choose_outlined",
    "hold_back_asking",
    "is_as_wide_as",
    "order_by_outline",
]

_ASKS_FOR_REASONS = re.compile(
    r"""\b(?: why | reasons? | causes? | caused | motives? | motivations? | motivated | purposes?
        | how\s+come | what\s+(?:for|explains?|explained)
        | rationale | grounds | justif\w+ | persuaded | prompted
        | (?:what|which) (?: \s+\w+ ){0,3} \s+ (?: led | made | drove | brought | pushed ) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GIVES_REASON = re.compile(
    r"""\b(?: because | since | reasons? | caus\w+ | motiv\w+ | due\s+to | owing\s+to | thanks\s+to
        | in\s+order\s+to | so\s+(?:that|as) | aim(?:s|ed|ing)? | goals? | objectives? | purposes?
        | s(?:eeks?|ought|eeking) | want(?:s|ed) | desir\w+ | hop(?:ed|ing) | wish\w* | intend\w*
        | need(?:s|ed)? | concern\w* | fear(?:s|ed|ing)? | afraid | distrust\w* | threat\w* | led
        | lead(?:s|ing)? | drove | allow(?:s|ed|ing)? | enabl\w+ | opportunity | chance | thus
        | therefore | hence | consequen\w+ | as\s+a\s+result | thereby | by\s+\w+ing | explain\w*
        | depend\w* | rooted | prevent\w* | avoid\w* | secur(?:e|ed|ing) | protect\w* | refus\w+
        | reinforc\w+ | believ\w+ | view(?:ed)? )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ANNOUNCES = re.compile(
    r"""\b(?: (?:this|my|our|the) \s+ (?:essay|article|paper|chapter|text|study|report|piece) \b
        | (?:i|we) \s+ (?:will|shall|intend|aim) \b
        | will \s+ (?:attempt|try|examine|discuss|explore|consider|argue|look) \b )""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_WORD_MATCH = 0.36
_TITLE_COSINE = 0.5
"""Above both, a question is as wide as a title: "the deal with Hitler" has .39 and .59 for "Signing
the Pact with Hitler", "Why did he distrust the West?" .18 and .60. Found by trying thirty questions
on titles of four subjects; `tests/test_outline.py` keeps them."""

_ASKS_THE_SAME = 0.6
_ASKING_PENALTY = 0.04


def asks_for_reasons(question: str) -> bool:
    """Tells whether a question asks for reasons, causes, motives or purposes."""
    return bool(_ASKS_FOR_REASONS.search(question))


def is_as_wide_as(query: Query, title: Encoding) -> bool:
    """Tells whether a question asks for what an essay's title says, no less and nothing else.

    Every word of the question that carries its subject must mean much the same as a word of the
    title, except the words that only ask for reasons; and no two of them as the same one, because
    in "Why do bees sting?" the sting is near the bees of any title.
    """
    words = [word for word in query.words if not asks_for_reasons(word.text)]
    if not words or not len(title.tokens):
        return False
    similar = np.array(
        [(query.encoding.tokens[list(word.rows)] @ title.tokens.T).mean(axis=0) for word in words]
    )
    least = _match_one_to_one(similar)
    return least >= _TITLE_WORD_MATCH and _cosine(query, title) >= _TITLE_COSINE


def choose_outlined(query: Query, titles: Mapping[str, Encoding]) -> list[str]:
    """Gives the ids of the essays whose outline answers a question, the best match first.

    If one title is matched word by word, the others need only be close as a whole. Empty for a
    question that does not ask for reasons, or asks for something narrower than every title.
    """
    if not asks_for_reasons(query.text):
        return []
    if not any(is_as_wide_as(query, title) for title in titles.values()):
        return []
    close = [essay for essay, title in titles.items() if _cosine(query, title) >= _TITLE_COSINE]
    return sorted(close, key=lambda essay: -_cosine(query, titles[essay]))


def order_by_outline(candidates: Sequence[Candidate], essays: Sequence[str]) -> list[Candidate]:
    """Orders the passages of some essays as their outlines do.

    In rounds: first the best passage of each section, then the second best, and so on; in each
    round the essays in turn, each essay's sections in its own order. Passages that give no reason
    come after all that do, introductions after these, and passages of other essays come last.

    Args:
        candidates: passages, best first.
        essays: the ids of the essays, in the order in which they take their turns.
    """
    groups: dict[tuple[int, int], dict[str, list[Candidate]]] = {}
    for essay in essays:
        own = sorted((c for c in candidates if c.essay.id == essay), key=_place)
        sections: dict[str, list[Candidate]] = {}
        for candidate in own:
            sections.setdefault(candidate.passage.heading, []).append(candidate)
        for section in sections.values():
            for turn, candidate in enumerate(sorted(section, key=_reason_key)):
                late = 2 if _is_introduction(candidate, own) else int(_count(candidate) <= 0)
                place = (late, 0 if late else turn)
                groups.setdefault(place, {}).setdefault(essay, []).append(candidate)
    ordered: list[Candidate] = []
    for place in sorted(groups):
        rows = [sorted(groups[place].get(essay, []), key=_place) for essay in essays]
        ordered += [c for turn in zip_longest(*rows) for c in turn if c is not None]
    return ordered + [c for c in candidates if c.essay.id not in essays]


def hold_back_asking(
    query: Query, titles: Mapping[str, Encoding], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Puts passages that ask or announce more than they give reasons a little further back.

    Only for a question close to a title as a whole: such a passage shares its words because it asks
    the same, so its score says too much.
    """
    if max((_cosine(query, title) for title in titles.values()), default=0.0) < _ASKS_THE_SAME:
        return list(candidates)
    return sorted(candidates, key=lambda c: -c.score + (_ASKING_PENALTY if _count(c) < 0 else 0))


def _match_one_to_one(similar: Floats) -> float:
    """Pairs each row with a column of its own, the nearest pairs first; gives the worst pair's."""
    if similar.shape[0] > similar.shape[1]:
        return -1.0
    left, worst = similar.copy(), 1.0
    for _ in range(len(left)):
        row, column = np.unravel_index(left.argmax(), left.shape)
        worst = min(worst, float(left[row, column]))
        left[row, :] = left[:, column] = -np.inf
    return worst


def _judge(sentence: str) -> int:
    if "?" in sentence or _ANNOUNCES.search(sentence):
        return -1
    return int(bool(_GIVES_REASON.search(sentence)))


def _count(candidate: Candidate) -> int:
    text = candidate.essay.text
    return sum(_judge(text[span.start : span.end]) for span in candidate.passage.sentences)


def _reason_key(candidate: Candidate) -> tuple[float, float]:
    """Sorts the passage that most densely gives reasons first, then the nearest one."""
    share = _count(candidate) / len(candidate.passage.sentences)
    return (-share, -candidate.score)


def _place(candidate: Candidate) -> int:
    return candidate.passage.start


def _is_introduction(candidate: Candidate, own: Sequence[Candidate]) -> bool:
    """Tells whether a passage stands above the essay's first heading, or first if there is none."""
    if any(other.passage.heading for other in own):
        return not candidate.passage.heading
    return candidate.passage.paragraph == 1


def _cosine(query: Query, title: Encoding) -> float:
    return float(query.encoding.vector @ title.vector)
