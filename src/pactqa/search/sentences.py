"""What a sentence does, by its words: gives a reason, only asks, or only announces.

The rules are about English, none about a subject.
"""

import re

__all__ = ["asks_or_announces", "gives_reason"]

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
    r"""(?:\b (?:this|my|our) | \A\W*the)
        \s+ (?:essay|article|paper|chapter|text|study|report|piece) \b
    | \b(?: (?:i|we) \s+ (?:will|shall|intend|aim)
        | will \s+ (?:attempt|try|examine|discuss|explore|consider|argue|look) )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def asks_or_announces(sentence: str) -> bool:
    """Tells whether a sentence asks a question, or says what the essay is going to say.

    >>> asks_or_announces("What was the reason?"), asks_or_announces("This essay will attempt it.")
    (True, True)
    >>> asks_or_announces("He signed in order to win time.")
    False
    """
    return "?" in sentence or bool(_ANNOUNCES.search(sentence))


def gives_reason(sentence: str) -> bool:
    """Tells whether a sentence has a word of cause, purpose or motive."""
    return bool(_GIVES_REASON.search(sentence))
