"""Understands a question that leans on the one before it: "and Poland?", "why?", "what about …".

Rules, no model: a question leans if it opens like one (and, but, what about, how about), or refers
back (he, they, it, this) and says little else, or has no word of its own at all. The one before is
then put before it, and the page shows what was searched.

A chain does not grow without end: "and Poland?", "and France?" asks the first question of France,
not of Poland and France. Only a question without a word of its own ("why?") keeps what was added.
"""

import re
import unicodedata

from pactqa.search.query import find_subject_words

__all__ = ["is_follow_up", "resolve_question"]

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
# A word is letters, digits and the marks that combine with them, as in Devanagari or Hebrew.
_WORD = re.compile(r"\w+(?:[’'\u0300-\u036f\u0591-\u05c7\u0900-\u0903\u093a-\u094f]+\w*)*")
_QUESTION_END = re.compile(r"[?？؟;;]+\s*")
_SAYS_LITTLE = 2
_PREVIOUS_MAX = 500
"""Longer questions before are cut at a word: they stand for the subject, not for themselves."""


def is_follow_up(question: str) -> bool:
    """Tells whether a question cannot be understood without the one before it.

    >>> is_follow_up("and Poland?"), is_follow_up("Why?"), is_follow_up("What about Britain?")
    (True, True, True)
    >>> is_follow_up("Why did Stalin sign?")
    False
    """
    question = unicodedata.normalize("NFKC", question)
    own = find_subject_words(question)
    if not own:
        return True
    if _OPENS.match(question) and not _is_whole_after_opener(question):
        return True
    return bool(_REFERS_BACK.search(question)) and len(own) <= _SAYS_LITTLE


def resolve_question(question: str, previous: str | None) -> str:
    """Gives what to search for: the question, with the one before it where it leans on that.

    Args:
        question: as the visitor wrote it.
        previous: what was searched for before; None or blank means nothing.

    >>> resolve_question("and Poland?", "Why did he sign?")
    'Why did he sign? Poland?'
    >>> resolve_question("and France?", "Why did he sign? Poland?")
    'Why did he sign? France?'
    >>> resolve_question("why?", "What did he want? Poland?")
    'What did he want? Poland? why?'
    """
    subject = (previous or "").strip()
    if not subject or not is_follow_up(question):
        return question
    if find_subject_words(question):
        subject = _first_question(subject)
    added = _LEAD.sub("", question.strip(), count=1).strip() or question.strip()
    if len(subject) > _PREVIOUS_MAX:
        subject = subject[:_PREVIOUS_MAX].rsplit(None, 1)[0] + " …"
    if subject.casefold().endswith(added.casefold()):
        return subject  # "why?" after "why?" adds nothing
    return f"{subject} {added}"


def _is_whole_after_opener(question: str) -> bool:
    """Tells whether "But why did Stalin distrust the West?" is a question of its own after all."""
    rest = _LEAD.sub("", question, count=1)
    if re.match(rf"[\W_]*(?:{_OPENERS}[\W_]*)*(?:{_ABOUT})", question, re.IGNORECASE):
        return False
    asks = _ASKS_OF_ITSELF.match(rest.lstrip()) is not None
    return asks and len(find_subject_words(rest)) > _SAYS_LITTLE and not _REFERS_BACK.search(rest)


def _first_question(text: str) -> str:
    """Gives the first question of a text that holds several; all of it if it holds one.

    >>> _first_question("Why did he sign? Poland?")
    'Why did he sign?'
    """
    end = _QUESTION_END.search(text)
    first = text[: end.end()].strip() if end else text
    return first if find_subject_words(first) else text
