"""What kind of thing a question asks for (a time, a number, a person, a place, a language).

The expected answer type of classical question answering (Li and Roth, "Learning Question
Classifiers", 2002), by rules and only for the kinds that a sentence shows on its surface. A thing
that the question names itself is not what it asks for.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

__all__ = ["Kind", "find_kinds", "says_kinds"]

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: how a question asks for one, and how a sentence says one."""

    name: str
    asks: re.Pattern[str]
    says: re.Pattern[str]


_KINDS = (
    Kind(
        "time",
        re.compile(
            r"^\W*(?:when\b|(?:(?:in|on|from|during|by|since|until)\s+)?(?:what|which)\s+"
            r"(?:year|date|day|month|century))|\bwhen\W*$|\b(?:what|which)\s+(?:year|date)\b",
            re.I,
        ),
        re.compile(
            r"\d{3,4}|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:centur|decade|year|month|day|week|summer"
            r"|winter|spring|autumn|january|february|march|april|may|june|july|august|september"
            r"|october|november|december|before|after|during|while|when|until|since)",
            re.I,
        ),
    ),
    Kind(
        "number",
        re.compile(r"\bhow\s+(?:many|much|long|old|far|often|big|tall|large|fast)\b", re.I),
        re.compile(
            r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
            r"|million|half|several|few|many|both|none|no|once|twice|every)\b",
            re.I,
        ),
    ),
    Kind(
        "person",
        re.compile(
            r"^\W*(?:who|whom|whose)\b|\b(?:what|which)\s+(?:person|people)\b|\bwho\W*$", re.I
        ),
        re.compile(r"(?<=[\w,;’'\"”)] )[A-ZÀ-ÞА-Я]\w+|^[A-ZÀ-ÞА-Я]\w+ [A-ZÀ-ÞА-Я]\w*"),
    ),
    Kind(
        "place",
        re.compile(
            r"^\W*where\b|\bwhere\W*$|\b(?:what|which)\s+(?:city|town|country|place|state|river"
            r"|continent|region)\b",
            re.I,
        ),
        re.compile(
            r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Oo]ff?|[Oo]n|across|throughout|outside|inside"
            r"|between)\s+(?:the\s+)?[A-ZÀ-ÞА-Я]\w+|\b(?:north|south|east|west)\w*"
        ),
    ),
    Kind(
        "language",
        re.compile(r"\b(?:what|which)\s+languages?\b", re.I),
        re.compile(r"\b[A-Z]\w+(?:ish|ese|ian|an|ic|ch|ew|ek|in)\b"),
    ),
)


def find_kinds(question: str) -> tuple[Kind, ...]:
    """Gives the kinds of thing that a question asks for; none for most questions.

    >>> [kind.name for kind in find_kinds("In which city did they meet?")]
    ['place']
    """
    return tuple(kind for kind in _KINDS if kind.asks.search(question))


def says_kinds(kinds: Sequence[Kind], sentence: str, asked: Collection[str]) -> bool:
    """Tells whether a sentence says a thing of one of the kinds, and not one of the question's own.

    Args:
        kinds: those asked for; none is satisfied by any sentence.
        sentence: what may answer.
        asked: the words of the question, in small letters.

    >>> who = find_kinds("Who met Hitler?")
    >>> says_kinds(who, "In Munich Hitler was met.", {"hitler", "met"})
    True
    >>> says_kinds(who, "There he met Hitler.", {"hitler", "met"})
    False
    """
    return not kinds or any(
        not all(word.casefold() in asked for word in _WORD.findall(match[0]))
        for kind in kinds
        for match in kind.says.finditer(sentence)
    )
