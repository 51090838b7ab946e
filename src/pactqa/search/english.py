"""Knows the words of general English, so that none of them is taken for a misspelt one.

The words and how often they occur are symspellpy's list of 82,000. Inflected forms of a known word
are known too, by the usual endings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["English", "read_english", "stems_of"]

_COMMON = 2_000_000
"""Occurrences, of 590 milliards, that make a word common: some 15,000 words have them."""

_EVERYDAY = 113_000_000
"""Occurrences of the 600 most frequent words, no fewer."""

_LIST = "frequency_dictionary_en_82_765.txt"
_SHORTEST = 3
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("ily", "y"),
    ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("est", ""), ("est", "e"),
    ("ness", ""), ("less", ""), ("ful", ""), ("ism", ""), ("ist", ""), ("ists", ""), ("able", ""),
    ("ment", ""), ("ments", ""), ("ity", ""), ("ity", "e"), ("ish", ""), ("ings", ""), ("or", "e"),
    ("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("yse", "ysis"),
    ("our", "or"), ("ours", "or"), ("oured", "ored"), ("tre", "ter"), ("tres", "ters"),
    ("iness", "y"), ("ally", "al"), ("ably", "able"), ("ae", "a"), ("ization", "ize"),
)  # fmt: skip
_BEGINNINGS = ("un", "re", "non", "anti", "pre", "over", "under", "mis", "dis", "out", "inter")
_RUN_TOGETHER = frozenset(
    """
    dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt
    mustnt neednt aint whats whos wheres whens whys hows thats theres heres lets youre youve youll
    theyre theyve theyll weve were shes hes itll ive gonna wanna gotta gimme dunno kinda sorta
    cuz coz cause bcause pls plz thx btw idk lol tbh xray
    xrays
    """.split()
)


@dataclass(frozen=True, slots=True)
class English:
    """The words of general English.

    Attributes:
        counts: how often a word occurs in general; 0 for a word without a count.
    """

    counts: Mapping[str, int]

    def knows(self, word: str) -> bool:
        """Tells whether a word, or one that it is an inflection of, is English.

        >>> english = English({"stop": 1, "carry": 1})
        >>> english.knows("Stopped"), english.knows("carries"), english.knows("stpo")
        (True, True, False)
        """
        word = word.casefold()
        return (
            word in self.counts
            or word in _RUN_TOGETHER
            or any(stem in self.counts for stem in stems_of(word))
        )

    def is_everyday(self, word: str) -> bool:
        """Tells whether a word is among the few hundred that say least: "day", "name", "side"."""
        return self.counts.get(word.casefold(), 0) >= _EVERYDAY

    def is_common(self, word: str) -> bool:
        """Tells whether a word, just as it stands, is one that everybody uses."""
        return self.counts.get(word, 0) >= _COMMON


@cache
def read_english() -> English:
    """Reads the list of English words; takes a sixth of a second the first time."""
    lines = (files("symspellpy") / _LIST).read_text(encoding="utf-8-sig").splitlines()
    pairs = (line.split() for line in lines if line)
    return English({word: int(count) for word, count in pairs})


def stems_of(word: str) -> Iterator[str]:
    """Gives what a word may be an inflection of: for "stopped" also "stop"."""
    for ending, instead in _ENDINGS:
        # "sig" is known to a tokenizer, but "siged" is no form of it.
        least = _SHORTEST if instead or ending == "s" else _SHORTEST + 1
        if word.endswith(ending) and len(word) - len(ending) >= least:
            stem = word.removesuffix(ending)
            yield stem + instead
            if not instead and stem[-1] == stem[-2] and ending[0] in "aei":
                yield stem[:-1]
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) > _SHORTEST:
            yield word.removeprefix(beginning)
