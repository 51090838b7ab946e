"""Makes questions of an essay's title, headings and names, worded as a person would ask them.

The rules are about English, none about a subject: a heading that they cannot word gives none.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage
from pactqa.search.query import STOP_WORDS

__all__ = ["names_reason", "propose_questions", "read_topic"]

_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z])[.):]\s+", re.IGNORECASE)
_CAPITAL = "[A-ZÀ-ÖØ-ÞА-Я]"
_NAME = re.compile(
    # Possessive, and from the beginning of a word only: "A-A-A…" is looked at once.
    rf"(?<![\w’'\-])(?:the\s+)?{_CAPITAL}[\w’'\-]++(?:\s+(?:of\s+(?:the\s+)?)?{_CAPITAL}[\w\-]++)+"
)
_INSIDE_SENTENCE = re.compile(rf"(?<=[\w,;:’”] )({_CAPITAL}\w+)")
_SAY_LITTLE = frozenset(
    "introduction conclusion conclusions summary abstract preface bibliography references notes"
    " overview background sources appendix".split()
)
_NO_REASON = re.compile(
    r"\b(?:flaws?|mistakes?|errors?|failures?|weakness\w*|critici\w+|limits|limitations?|results?"
    r"|consequences?|effects?|impacts?|outcomes?|aftermath|legacy|reactions?|responses?)\b",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(
    r"[:;,()“”\"]|\s[–—-]\s|^(?:how|why|what|when|where|who|whose|which|whether|if)\b"
    r"|\b(?:is|are|was|were|has|have|had|did|does|do|will|would|can|could|should|must|may)\b",
    re.IGNORECASE,
)
_WORDS_MAX = 12
_PLURAL = r"\w+(?<![su’'i])s"
_OWNED = re.compile(
    r"\w+(?:[’']s|s[’'])\s(?:[\w-]+\s)*?(?P<owned>[\w-]+)(?:\s(?:of|in|for|with|to)\b.*)?"
)
_OWNER = re.compile(
    r"(?P<owner>(?:[\w.-]+\s){0,3}?\w+)(?:[’']s|(?<=s)[’'])\s(?:[\w-]+\s)?"
    r"(?:motiv\w+|reasons?|aims?|goals?|objectives?|decisions?|choices?|interests?)\b",
    re.IGNORECASE,
)  # only who has a mind has motives
_LISTED = re.compile(rf"(?:the\s)?(?:[\w-]+\s)?{_PLURAL}\s(?:of|in|for|behind|against)\s.+", re.I)
_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\b(?:is|are|has|have|does)\b", re.IGNORECASE)


def propose_questions(essay: Essay, passages: Sequence[Passage]) -> Iterator[str]:
    """Proposes questions of an essay's title, its headings and the names it uses most."""
    text = " ".join(passage.text for passage in passages)
    is_past = len(_PAST.findall(text)) >= len(_PRESENT.findall(text))
    headings = dict.fromkeys(passage.heading for passage in passages)
    owner = _find_owner(essay.title, text)
    for heading in (essay.title, essay.title.partition(": ")[0], *headings):
        topic = read_topic(heading)
        if topic.endswith("?"):
            yield topic
        elif topic and not _NO_TOPIC.search(topic) and len(topic.split()) <= _WORDS_MAX:
            topic = _write_inside_sentence(topic, text)
            yield _ask_about(topic, is_past, owner if names_reason(heading) else "")
    for name in _find_names(text):
        yield f"Where do the essays mention {name}?"


def read_topic(heading: str) -> str:
    """Gives a heading without its numbering; `""` if it names only a part, as “Introduction” does.

    >>> read_topic("2. Cold Winter -"), read_topic("Introduction")
    ('Cold Winter', '')
    """
    words = _NUMBERING.sub("", heading).strip(" \t-–—:.")
    return "" if words.casefold() in _SAY_LITTLE else words


def names_reason(heading: str) -> bool:
    """Tells whether a heading can name a reason, not what came of a thing or was wrong with it.

    >>> names_reason("Distrust of the West"), names_reason("Flaws of the plan")
    (True, False)
    """
    return bool(read_topic(heading)) and not _NO_REASON.search(heading)


def _find_owner(title: str, text: str) -> str:
    """Gives whose motives, aims or decisions a title is about, `""` if nobody's.

    >>> _find_owner("The King’s Reasons For War", "the king"), _find_owner("Why bees dance", "")
    ('the king', '')
    """
    owner = _OWNER.match(title)
    return _write_inside_sentence(owner["owner"], text) if owner else ""


def _ask_about(topic: str, is_past: bool, owner: str = "") -> str:
    """Words the question that a heading answers.

    Args:
        topic: the heading as it stands inside a sentence.
        is_past: whether the essay is about the past.
        owner: whose reason the heading may name, `""` if nobody's.

    >>> _ask_about("the king’s first aims", True), _ask_about("causes of the war", True)
    ('What were the king’s first aims?', 'What were the causes of the war?')
    >>> _ask_about("cold winter", False), _ask_about("cold winter", True, "the king")
    ('What do the essays say about cold winter?', 'How did cold winter matter to the king?')
    """
    owned = _OWNED.fullmatch(re.sub("^the ", "", topic))
    if owned:
        is_plural = re.fullmatch(_PLURAL, owned["owned"])
        verb = ("were" if is_past else "are") if is_plural else ("was" if is_past else "is")
        return f"What {verb} {topic}?"
    if _LISTED.fullmatch(topic):
        listed = topic if topic.startswith("the ") else f"the {topic}"
        return f"What {'were' if is_past else 'are'} {listed}?"
    article = "the " if re.match(r"\w+ of ", topic) else ""
    if owner:
        is_plural = re.fullmatch(rf"(?:.*\s)?{_PLURAL}", topic)
        verb = "did" if is_past else "do" if is_plural else "does"
        return f"How {verb} {article}{topic} matter to {owner}?"
    return f"What do the essays say about {article}{topic}?"


def _write_inside_sentence(topic: str, text: str) -> str:
    """Writes a heading as it would stand inside a sentence of the essay.

    >>> _write_inside_sentence("Flaws In Stalins Plan", "then Stalin’s plan, as Stalin said")
    'flaws in Stalin’s plan'
    """
    names = set(_INSIDE_SENTENCE.findall(text))
    words = topic.split()
    for at, word in enumerate(words):
        owner = word.removesuffix("s")
        if word not in names and at + 1 < len(words) and f"{owner}’s" in text and owner in names:
            words[at] = f"{owner}’s"
        elif not _is_name(word, names):
            words[at] = word.lower()
    return " ".join(words)


def _is_name(word: str, names: Collection[str]) -> bool:
    long = any(word.startswith(name) for name in names if len(name) > 3)
    return long or word in names or word[1:].lower() != word[1:]


def _find_names(text: str) -> Iterator[str]:
    """Gives the names of several words that a text uses, the most frequent first."""
    names = Counter(" ".join(match[0].split()) for match in _NAME.finditer(text))
    for name, _ in names.most_common():
        if any(other.startswith(f"{name} ") for other in names):
            continue  # "World War", where it is always "World War II" or may be
        if re.match(r"the \w{3,}s ", name, re.IGNORECASE):
            continue  # "the Soviets Finland": two names side by side
        if name.split()[0].casefold() in STOP_WORDS - {"the"}:
            continue  # "However Stalin": a sentence's first word, not part of a name
        yield re.sub("^The ", "the ", name)
