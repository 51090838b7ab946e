"""Answers a question as wide as an essay's title with the essay's own outline.

"Why did X happen?" shares its words with every passage of an essay of that title, so similarity
cannot choose among them. What can is the essay's build: it gives each reason a section. Such a
question is answered with the best passage of each section, the essays in turn, introductions last.
The best passage of a section is the one that gives a reason (words of cause and purpose) and does
not merely ask for one or announce one. All rules are about English, none about a subject.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from pactqa.essays.files import Essay
from pactqa.models.encoder import Encoding, Floats
from pactqa.models.fitted import OutlineBars
from pactqa.search.query import STOP_WORDS, Query, QueryWord, find_subject_words
from pactqa.search.ranking import Candidate
from pactqa.search.sentences import asks_or_announces, gives_reason

__all__ = [
    "Title",
    "asks_for_reasons",
    "choose_outlined",
    "describe_title",
    "is_as_wide_as",
    "lead_with_heading",
    "order_by_outline",
]

_GAIN = r"(?:gain|get|win|achieve|accomplish|obtain|secure|receive)"
_ASKS_FOR_REASONS = re.compile(
    rf"""\b(?: why | reasons? | reasoning | causes? | caused | motives? | motivations? | motivated
        | purposes? | how\s+come | what\s+(?:for|explains?|explained) | rationale | grounds
        | justif\w+ | persuaded | prompted | incentives?
        | (?:what|which) (?: \s+[\w'’-]+ ){{0,4}} \s+ (?: led | made | drove | brought | pushed
            | convinced | tempted | lies?\s+behind | lay\s+behind | (?:was|were|is)\s+behind )
        | what \s+ (?:was|were) \s+ (?:[\w'’-]+\s+){{0,3}} (?:goals?|aims?|intentions?|objectives?)
        | (?:hop|want|expect|try|tri|aim|plan|look|stand|stood)(?:e|ed|ing|s|es)? \s+ to \s+ {_GAIN}
        | what\s+did\s+(?:[\w'’-]+\s+){{1,3}}(?:gain|get|want|hope)
        | in\s+it\s+for | what(?:'s|\s+is|\s+was|\s+were)\s+behind )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = frozenset(
    """
    hope hoped hoping want wanted wants gain gained get expect expected try tried decide decided
    decides decision choose chose choice drive drove driven push pushed lead led make made bring
    brought convince convinced tempt tempted lie lay behind explain explains explained cause caused
    making goal goals aim aims intention intentions objective objectives incentive incentives
    reasoning benefit benefits main real true biggest key important primary different whole agree
    conclude concluded concluding strike struck sign signed signing thing earth agreed go
    went enter entered join joined accept accepted end ended team
    """.split()
)
"""Words of asking for reasons, which say nothing of whose reasons, or for what."""

_PLURAL = re.compile(r"(?<=\w{3})(?:['’]?s|ed|ing)$")
_PARTS = re.compile(r"[^\W_]+")
_OBJECT = re.compile(r"\b(?:with|against|from|to|over)\s+(?:the\s+)?(\w+)", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:why|how\s+come)\s+(?:did|does|do|was|were|is|had|would|has|have)?\s*(?:the\s+)?(\w+)"
    r"|\bwhat\s+(?:did|made|led|drove|brought|pushed)\s+(?:the\s+)?(\w+)"
    r"|\b(\w+)['’]s?\s+(?:\w+\s+)?(?:reasons?|motives?|motivations?|purposes?|aims?|goals?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Title:
    """An essay's title as a question can ask for it.

    Attributes:
        text: the title.
        encoding: of the title.
        words: its subject's words and their other names, without endings, in small letters.
        objects: those of its words that only say with or against whom something is done.
    """

    text: str
    encoding: Encoding
    words: frozenset[str]
    objects: frozenset[str] = frozenset()


def describe_title(
    essay: Essay,
    encoding: Encoding,
    find_others: Callable[[str], frozenset[str]] = lambda word: frozenset(),
    aliases: Collection[str] = (),
) -> Title:
    """Makes the title of an essay, with other names of what it is about.

    Args:
        essay: the essay.
        encoding: of its title.
        find_others: gives what else a word may be called, in small letters.
        aliases: other names of the title's subject that the essay itself gives.
    """
    named = " ".join([essay.title, *aliases])
    words = {_stem(word) for word in _PARTS.findall(named.casefold()) if word not in STOP_WORDS}
    opening = essay.text.strip().split("\n\n", 1)[0]
    words |= {
        word for word in _PARTS.findall(opening) if word.isdigit()
    }  # its year is no other matter
    others = {_stem(other) for word in words for other in find_others(word)}
    objects = {_stem(match[1].casefold()) for match in _OBJECT.finditer(essay.title)}
    return Title(essay.title, encoding, frozenset(words | others), frozenset(objects & words))


def asks_for_reasons(question: str) -> bool:
    """Tells whether a question asks for reasons, causes, motives, purposes or aims."""
    return bool(_ASKS_FOR_REASONS.search(question))


def is_as_wide_as(
    query: Query, title: Title, bars: OutlineBars, shared: Collection[str] = ()
) -> bool:
    """Tells whether a question asks for what an essay's title says, no less and nothing else.

    Every word of the question that carries its subject, except those that only ask for reasons,
    must be a word of the title or another name of it, or mean much the same as one; and no two of
    them the same one, because in "Why do bees sting?" the sting is near the bees of any title.
    `shared` are words of other titles that are asked for at once.
    """
    words = [word for word in query.words if not _only_asks(word)]
    if not words or not len(title.encoding.tokens):
        return False
    open_words = [word for word in words if not _is_word_of(word, title.words | frozenset(shared))]
    if any(word.is_name for word in open_words):
        return False  # another name is another matter, however near
    if len(open_words) == len(words) == 1:
        return False  # one word that is only like the title's: too little to go by
    if not open_words:
        return True
    if _cosine(query, title) < bars.title_cosine:
        return False
    free = title.encoding.tokens[_find_free_tokens(words, title)]
    similar = np.array(
        [(query.encoding.tokens[list(word.rows)] @ free.T).mean(axis=0) for word in open_words]
    )
    # Beside two words of the title itself, a third may be further from it ("leader" for Stalin).
    bar = bars.title_word if len(words) - len(open_words) < 2 else bars.title_word_beside
    return _match_one_to_one(similar) >= bar


def choose_outlined(query: Query, titles: Mapping[str, Title], bars: OutlineBars) -> list[str]:
    """Gives the ids of the essays whose outline answers a question, the best match first.

    If one title is matched word by word, the others need only be close as a whole, or hold all of
    the question's words. Empty for a question that does not ask for reasons, or asks for something
    narrower than every title.
    """
    if not asks_for_reasons(query.text):
        return []
    if any(_asks_of_another(query.text, title) for title in titles.values()):
        return []
    near = [essay for essay, title in titles.items() if _cosine(query, title) >= bars.title_cosine]
    shared = frozenset().union(*(titles[essay].words for essay in near))
    wide = [
        essay
        for essay, title in titles.items()
        if is_as_wide_as(query, title, bars, shared if essay in near else ())
    ]
    if not wide:
        return []
    close = dict.fromkeys([*wide, *near])
    return sorted(close, key=lambda essay: -_cosine(query, titles[essay]))


def lead_with_heading(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Puts the passages of a section first whose heading the question asks for in its own words.

    It must ask for nothing else but what the essay's title says: "the Cold War" as a heading is not
    asked for by a question on spies in the Cold War.
    """
    asked = {_stem(part) for word in query.words for part in _PARTS.findall(word.text.casefold())}

    def is_asked_for(candidate: Candidate) -> bool:
        words = {_stem(word) for word in find_subject_words(candidate.passage.heading)}
        words = {word for word in words if not word.isdigit()}
        title = {_stem(word) for word in find_subject_words(candidate.essay.title)}
        return len(words) >= 2 and words <= asked <= words | title

    return sorted(candidates, key=lambda candidate: not is_asked_for(candidate))


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


def _only_asks(word: QueryWord) -> bool:
    return asks_for_reasons(word.text) or word.text.casefold() in _ASKING


def _is_word_of(word: QueryWord, words: Collection[str]) -> bool:
    """Tells whether a word, or each part of one with a hyphen, is one of some words."""
    parts = [_stem(part) for part in _PARTS.findall(word.text.casefold())]
    return all(part in words for part in parts) or bool(
        {_stem(other) for other in word.others}.intersection(words)
    )


def _find_free_tokens(words: Sequence[QueryWord], title: Title) -> list[int]:
    """Gives the rows of a title's tokens that are not of a word which the question has too."""
    own = {_stem(part) for word in words for part in _PARTS.findall(word.text.casefold())}
    taken = [m.span() for m in _PARTS.finditer(title.text) if _stem(m[0].casefold()) in own]
    return [
        row
        for row, (start, end) in enumerate(title.encoding.offsets)
        if not any(first <= start and end <= last for first, last in taken)
    ]


def _asks_of_another(question: str, title: Title) -> bool:
    """Tells whether a question asks for the reasons of whom the title only names as the other one.

    "Why did Hitler sign the pact?" asks for something else than "Signing the Pact with Hitler".
    """
    match = _WHOSE.search(question)
    whose = next((word for word in match.groups() if word), "") if match else ""
    return bool(whose) and _stem(whose.casefold()) in title.objects


def _stem(word: str) -> str:
    """Takes the commonest endings off, so that "Stalins" and "signing" are words of a title."""
    return _PLURAL.sub("", word)


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
    return -1 if asks_or_announces(sentence) else int(gives_reason(sentence))


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


def _cosine(query: Query, title: Title) -> float:
    return float(query.encoding.vector @ title.encoding.vector)
