"""Tells a statement from a question: "Stalin trusted Hitler." states, "munich" does neither.

Rules about English and no tagger, so they are strict: what they are not sure of is no statement. A
sentence that ends with a full stop needs a subject and a verb of the usual forms; without one, the
verb must be plain to see, since people also type "proton found when".
"""

import re
from itertools import pairwise

from pactqa.search.frames import ASKING_WORD

__all__ = ["is_full_verb", "is_statement"]

_OPENS_OTHERWISE = re.compile(
    rf"""\W* (?: {ASKING_WORD}
      | (?: i | we | you | please | let | lets | let's | tell | give | name | list | state | explain
        | describe | discuss | compare | contrast | define | identify | specify | cite | show | find
        | search | look | translate | summari[sz]e | sum | outline | justify | quantify | evaluate
        | assess | analy[sz]e | examine | consider | prove | calculate | count | mention | point
        | write | say | help | quote | quotes | check | use | draw | argue | suggest | if | whether
        | to | because | and | but | or | also | about | according | in\s+(?:what|which) | choose
        | report | account | present | recall | indicate | determine | predict | estimate | note
      | select | provide | read | tell | ask | answer | trace | illustrate | comment | clarify
        | hi | hello | hey | thanks | thank | ok | okay | yes | no | more | any | quick | question
      ) \b )""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS_LATER = re.compile(
    r"\b(?:who|whom|whose|what|whatever|whats|which|why|how|when|where|whether"
    r"|w[ie]ch|wat|wot|wen|wy|hwo)\b",
    re.IGNORECASE,
)
_AUXILIARY = frozenset(
    "is are was were has had never cannot could would should will must isn't wasn't"
    " weren't aren't didn't doesn't don't hadn't hasn't won't wouldn't couldn't can't can have"
    " became remained".split()
)
_PAST = frozenset(
    """
    began broke brought built bought came chose cost cut drew drove fell felt fought found fled gave
    got grew held kept knew led left lost made meant met paid put ran rose said sat saw sent shot
    sold spoke spent stood stole struck took taught thought told understood went won wrote beat
    bore forgot forgave hid hurt laid lay let rode sang sank set sought split swore threw wore
    """.split()
)
_PRESENT = frozenset(
    """
    says wants fears trusts believes thinks knows makes gives takes sees shows leads hates loves
    needs tries means plays hopes seeks gets goes comes keeps becomes signs betrays refuses agrees
    """.split()
)
_NO_PARTICIPLE = frozenset(
    "red bed led need indeed seed feed speed breed deed greed hundred".split()
)
_PREPOSITIONS = frozenset(
    "by in on of at to from for with as about into over under since until than and or after before"
    " near".split()
)
_VISITOR = frozenset("i you we u".split())
_OBJECT_OPENS = frozenset(
    "the a an his her its their this that these those him them it every all no some both".split()
)
_DEGREES = frozenset("most more least less so very well newly much once ever then now".split())
_THINGS_ASKED = re.compile(
    r"""\W*(?:the\s+)?(?:\w+\s+)? (?: (?: year | date | day | reason | name | place | person
      | number
      | amount | cause | way | thing | book | film | river | part | price | cost | age | size ) s?
    | time | city | country | man | woman | people | percentage | first | last )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIES = re.compile(r"\S\s+(?:did|does|do)\s+not\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LONGEST = 300
_WORDS_LEAST = 3


def is_statement(text: str) -> bool:
    """Tells whether a text clearly states something, so that passages may support or contradict it.

    >>> is_statement("Stalin trusted Hitler."), is_statement("Did Stalin trust Hitler?")
    (True, False)
    >>> is_statement("munich"), is_statement("proton found when")
    (False, False)
    """
    text = text.strip().replace("’", "'")
    text = text.lower() if text.isupper() else text  # such capitals make no names
    if "?" in text or len(text) > _LONGEST or _OPENS_OTHERWISE.match(text):
        return False
    words = _WORD.findall(text)
    if len(words) < _WORDS_LEAST or _ASKS_LATER.search(text):
        return False
    low = [word.casefold() for word in words]
    if low[-1] in _PREPOSITIONS or _is_said_of_a_thing(low):
        return False
    if text.endswith((".", "!")):
        return _DENIES.search(text) is not None or any(_is_verb(word) for word in low[1:])
    if _THINGS_ASKED.match(text):
        return False
    return _DENIES.search(text) is not None or any(
        word in _AUXILIARY
        or (_is_verb(word) and (_has_object(words[at + 1 : at + 2]) or _is_said_of_it(low, at)))
        for at, word in enumerate(low[:-1])
        if at > 0
    )


def _is_said_of_a_thing(words: list[str]) -> bool:
    """Tells whether a verb belongs to a thing asked for: "the quickest ball you can buy"."""
    return any(one in _VISITOR and other in _AUXILIARY for one, other in pairwise(words[1:]))


def _is_said_of_it(words: list[str], at: int) -> bool:
    """Tells whether a verb follows "the" and a thing, and a thing follows it: "the war ended hope".

    "the pact signed in Moscow" and "the most trusted general" are things, not statements.
    """
    before, after = words[at - 1], words[at + 1]
    adverb = before.endswith("ly") or before in _DEGREES
    return (
        at > 1
        and words[0] in _OBJECT_OPENS
        and not adverb
        and not after.endswith("ly")
        and after not in _PREPOSITIONS
    )


def _is_verb(word: str) -> bool:
    """Tells whether a word has the form of a finite verb, as far as its form shows."""
    return word in _AUXILIARY or is_full_verb(word)


def is_full_verb(word: str) -> bool:
    """Tells whether a word has the form of a verb, in small letters, that can have an object.

    >>> is_full_verb("exported"), is_full_verb("sold"), is_full_verb("was"), is_full_verb("red")
    (True, True, False, False)
    """
    if word in _PAST or word in _PRESENT:
        return True
    return word.endswith("ed") and len(word) > 3 and word not in _NO_PARTICIPLE


def _has_object(following: list[str]) -> bool:
    """Tells whether what follows a verb is plainly its object: "trusted Hitler", "met the king"."""
    return bool(following) and (
        following[0][0].isupper() or following[0].casefold() in _OBJECT_OPENS
    )
