"""Knows the light words: a sentence may hold them and an essay not, without anything being missing.

They say how much, how often, who in general or what in general ("whole", "everybody", "issue"), or
in what manner ("completely"); nobody looks for them in an essay. The list is of general English and
of no subject.
"""

from pactqa.search.english import read_english

__all__ = ["is_light"]

_WORDS = frozenset(
    """
    think thinks thought put puts look looks looked turn turned turns back still good bad set
    going come comes came take takes took taken keep keeps kept see seen saw know known knew
    feel felt try tries tried trying using use used call called point points near end first second
    last able truly around thing things something anything everything want wants wanted
    mattered important showed stood decided working work helped help

    one ones oneself none another others somebody someone anybody anyone everybody everyone nobody
    nothing somewhere anywhere everywhere nowhere whoever whichever

    whole entire total full complete main minor overall lot lots plenty bit couple
    dozen dozens handful majority minority rest remainder part parts amount amounts number numbers
    deal extent degree level various numerous countless certain sheer utter absolute mere simply
    fully wholly single double half much bulk scale range

    almost quite enough indeed perhaps maybe always often sometimes seldom soon later early earlier
    late already ever ago away instead altogether together alone apart aside forward hence meanwhile
    moreover nevertheless nonetheless otherwise somehow somewhat thereby well better best worse
    worst less least far further furthermore throughout anyway besides

    matter matters fact facts case cases type types stuff example examples instance instances issue
    issues aspect aspects factor factors element elements moment moments sense chance chances
    manner means course behalf regard respect terms attempt attempts effort efforts
    """.split()
)
_STEM_MIN = 4


def is_light(word: str) -> bool:
    """Tells whether a word is light; an adverb in "-ly" of an English word is.

    >>> is_light("Whole"), is_light("completely"), is_light("family"), is_light("oil")
    (True, True, False, False)
    """
    key = word.casefold()
    if key in _WORDS:
        return True
    stem = key.removesuffix("ly")
    english = read_english()
    is_verb = key[:-1] + "ied" in english.counts  # "supply"
    if stem == key or len(stem) < _STEM_MIN or is_verb:
        return False
    # "possibly" is of "possible", "basically" of "basic", "happily" of "happy".
    bases = {
        stem,
        stem.removesuffix("al"),
        stem + "le" if stem.endswith(("ab", "ib")) else stem,
        stem[:-1] + "y" if stem.endswith("i") else stem,
    }
    return any(map(english.is_common, bases))
