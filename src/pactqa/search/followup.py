"""Understands a question that leans on the one before it: "and Poland?", "why?", "what about …".

Rules, no model: a question leans if it opens like one (and, but, what about, how about), or refers
back (he, they, it, this) and says little else, or has no word of its own at all. The one before is
then put before it, and the page shows what was searched.

A chain does not grow without end: "and Poland?", "and France?" asks the first question of France,
not of Poland and France. Only a question without a word of its own ("why?") keeps what was added,
and asks it of that: "When did he sign?" becomes "Why did he sign?".

What counts as the one before is the caller's to say: a turn that found nothing, and one that was no
question, are passed over, so that nothing leans on them.
"""

import re
import unicodedata
from dataclasses import dataclass

from pactqa.search.query import WORD, find_subject_words

__all__ = ["Resolved", "is_follow_up", "resolve"]

_OPENERS = r"(?:and|but|or|also|so|then|ok|okay|yes|no|well|plus)\b"
_ABOUT = r"(?:what|how)\s+about\b|what\s+of\b"
_OPENS = re.compile(rf"[\W_]*(?:{_OPENERS}[\W_]*)*(?:{_ABOUT}|(?:and|but|or|also|plus)\b)", re.I)
_LEAD = re.compile(rf"[\W_]*(?:{_OPENERS}[,;:.…\s]*)*(?:(?:{_ABOUT})\s*)?", re.I)
_REFERS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|that|these|those|there|then"
    r"|ones?|so|same|more|else)\b",
    re.IGNORECASE,
)
_ASKS_OF_ITSELF = re.compile(
    r"\b(?:who|what|which|why|how|when|where|whose|whom|did|do|does|is|are|was|were|can|could)\b",
    re.IGNORECASE,
)
_QUESTION_END = re.compile(r"(?<=[?？؟;;])\s*(?=[^\s?？؟;;])")
_SAYS_LITTLE = 2
_PREVIOUS_MAX = 500
"""Longer questions before are cut at a word: they stand for the subject, not for themselves."""

_DID = r"(?:did|does|do)"
_IS = r"(?:was|were|is|are|has|have|had|could|would|will|should|can|might)"
_BARE = re.compile(
    r"""(?: (?P<why>why|how\s+come) | (?P<other>how|when|where) )
    (?: \s+ (?: so | exactly | though | then | (?:is|was)\s+(?:that|this|it)
        | did\s+(?:he|she|they|it|that)(?:\s+(?:happen|do\s+(?:so|it|that|this)))? ) )? \W*""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(
    rf"(?P<word>(?:why|when|where)\s+|how\s+(?={_DID}\b|{_IS}\b)|(?:what|who|whom)\s+(?={_DID}\b))"
    rf"|(?={_DID}\b|{_IS}\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is searched for, and what it adds to the one before.

    Attributes:
        text: what to search for.
        added: the words of the question that carry its subject and that the one before has not;
            empty for a question that stands alone. Passages with these come first.
    """

    text: str
    added: tuple[str, ...] = ()


def is_follow_up(question: str) -> bool:
    """Tells whether a question cannot be understood without the one before it.

    >>> is_follow_up("and Poland?"), is_follow_up("Why?"), is_follow_up("What about Britain?")
    (True, True, True)
    >>> is_follow_up("Why did Stalin sign?")
    False
    """
    question = unicodedata.normalize("NFKC", question)
    own = find_subject_words(question)
    if not own or _BARE.fullmatch(_strip_lead(question)):
        return True
    if _OPENS.match(question) and not _is_whole_after_opener(question):
        return True
    return bool(_REFERS_BACK.search(question)) and len(own) <= _SAYS_LITTLE


def resolve(question: str, previous: str | None) -> Resolved:
    """Gives what to search for, and which words of it are new.

    Args:
        question: what the visitor asks, without greeting or frame.
        previous: what was searched for before, in the last turn that found something; None or
            blank means nothing.

    >>> resolve("and Poland?", "Why did he sign?").text
    'Why did he sign? Poland?'
    >>> resolve("and France?", "Why did he sign? Poland?")
    Resolved(text='Why did he sign? France?', added=('France',))
    >>> resolve("why?", "When did he sign? Poland?")
    Resolved(text='Why did he sign? Poland?', added=())
    """
    parts = _read_parts(previous or "")
    if not parts or not is_follow_up(question):
        return Resolved(question)
    added = _strip_lead(question)
    bare = _BARE.fullmatch(added)
    if bare is None and find_subject_words(question):
        subject = _shorten(parts[0])
        known = set(find_subject_words(subject))
        words = (word for word in WORD.findall(added))
        new = tuple(word for word in words if set(find_subject_words(word)) - known)
        return Resolved(_join(subject, added), tuple(dict.fromkeys(new)))
    kept = [parts[0], parts[-1]] if len(parts) > 1 else parts
    if bare is not None:
        asked = _ask_of(kept, "why" if bare["why"] else bare["other"].lower())
        if asked is not None:
            return Resolved(_shorten(asked))
    return Resolved(_join(_shorten(" ".join(kept)), added))


def _strip_lead(question: str) -> str:
    """Gives a question without "and", "what about" and the like, if anything is left."""
    return _LEAD.sub("", question.strip(), count=1).strip() or question.strip()


def _read_parts(previous: str) -> list[str]:
    """Gives the questions that a searched text is made of, without those that have no word."""
    previous = previous.strip()
    parts = [part.strip() for part in _QUESTION_END.split(previous)]
    return [part for part in parts if find_subject_words(part)] or ([previous] if previous else [])


def _ask_of(parts: list[str], word: str) -> str | None:
    """Gives the last part that asks something, with another question word; None if it cannot.

    >>> _ask_of(["Did he sign?"], "why"), _ask_of(["Munich"], "when"), _ask_of(["Who won?"], "why")
    ('Why did he sign?', 'when Munich?', None)
    """
    places = [at for at, part in enumerate(parts) if _ASKS_OF_ITSELF.match(part)]
    at = places[-1] if places else 0
    part = parts[at]
    match = _ASKED.match(part)
    if match is None and places:
        return None
    rest = part[match.end() :] if match else part
    if match and not match["word"]:
        rest = rest[0].lower() + rest[1:]
    first = word.capitalize() if match and part[0].isupper() else word
    ending = "" if rest.endswith(("?", "？")) else "?"
    return " ".join([*parts[:at], f"{first} {rest}{ending}", *parts[at + 1 :]])


def _join(subject: str, added: str) -> str:
    """Puts what is added after its subject; "why?" after "why?" adds nothing."""
    return subject if subject.casefold().endswith(added.casefold()) else f"{subject} {added}"


def _shorten(subject: str) -> str:
    if len(subject) <= _PREVIOUS_MAX:
        return subject
    return subject[:_PREVIOUS_MAX].rsplit(None, 1)[0] + " …"


def _is_whole_after_opener(question: str) -> bool:
    """Tells whether "But why did Stalin distrust the West?" is a question of its own after all."""
    rest = _LEAD.sub("", question, count=1)
    if re.match(rf"[\W_]*(?:{_OPENERS}[\W_]*)*(?:{_ABOUT})", question, re.IGNORECASE):
        return False
    asks = _ASKS_OF_ITSELF.match(rest.lstrip()) is not None
    return asks and len(find_subject_words(rest)) > _SAYS_LITTLE and not _REFERS_BACK.search(rest)
