"""Tells what kind of thing a question asks for (a time, a number, a person) and who says one.

The expected answer type of classical question answering (Li and Roth, "Learning Question
Classifiers", 2002), by rules and only for the kinds that a sentence shows on its surface.
"""

import re

__all__ = ["says_wanted_kind"]

_ASKS_WHEN = re.compile(
    r"^\W*(?:when\b|(?:(?:in|on|from|during|by|since|until)\s+)?(?:what|which)\s+(?:year|date|day|month|century))",
    re.I,
)
_ASKS_HOW_MANY = re.compile(r"\bhow\s+(?:many|much|long|old|far|often)\b", re.I)
_ASKS_WHO = re.compile(r"^\W*(?:who|whom|whose)\b|\b(?:what|which)\s+(?:person|people)\b", re.I)
_TIME = re.compile(
    r"\d{3,4}|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:centur|decade|year|month|day|week|summer|winter|spring"
    r"|autumn|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|before|after|during|while|when|until|since)",
    re.I,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|half"
    r"|several|few|many|both|none|no)\b",
    re.I,
)
_NAME = re.compile(r"(?<=[\w,;’'\"”)] )[A-ZÀ-ÞА-Я]\w+|^[A-ZÀ-ÞА-Я]\w+ [A-ZÀ-ÞА-Я]")
_KINDS = ((_ASKS_WHEN, _TIME), (_ASKS_HOW_MANY, _NUMBER), (_ASKS_WHO, _NAME))


def says_wanted_kind(question: str, sentence: str) -> bool:
    """Tells whether a sentence says a thing of the kind that a question asks for.

    True for a question that asks for none of the kinds known here.
    """
    wanted = [kind for asks, kind in _KINDS if asks.search(question)]
    return not wanted or any(kind.search(sentence) for kind in wanted)
