"""Understands a question that leans on the one before it: "and Poland?", "why?", "what about …".

Rules, no model: a question leans if it opens like one (and, but, what about, how about, why so), or
refers back (he, they, it, this) and says little else, or has no word of its own at all. The one
before is then put before it, and the page shows what was searched.
"""

import re

from pactqa.search import STOP_WORDS

__all__ = ["is_follow_up", "resolve_question"]

_OPENS = re.compile(
    r"^\s*(?:(?:and|but|or|also|so|then|ok|okay)\b[,\s]*)?(?:(?:what|how)\s+about|and|but|or|also)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\s*(?:(?:and|but|or|also|so|then|ok|okay)\b[,\s]*)*(?:(?:what|how)\s+about\b)?\s*",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|they|them|their|it|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_SAYS_LITTLE = 2


def is_follow_up(question: str) -> bool:
    """Tells whether a question cannot be understood without the one before it."""
    own = [word for word in _WORD.findall(question.casefold()) if word not in STOP_WORDS]
    if not own or _OPENS.match(question):
        return True
    return bool(_REFERS_BACK.search(question)) and len(own) <= _SAYS_LITTLE


def resolve_question(question: str, previous: str | None) -> str:
    """Gives what to search for: the question, with the one before it where it leans on that.

    >>> resolve_question("and Poland?", "Why did he sign?")
    'Why did he sign? Poland?'
    """
    if not previous or not is_follow_up(question):
        return question
    return f"{previous.strip()} {_LEAD.sub('', question, count=1).strip()}".strip()
