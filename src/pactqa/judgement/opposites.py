"""Knows words of general English that mean the opposite of each other.

Two sources: a table of common opposites, by their base forms, and the beginnings and endings that
English makes opposites with ("un-", "dis-", "in-"; "-less" against "-ful"). No package on PyPI
carries the antonyms of WordNet in itself, so the table is our own. Pairs that often stand side by
side without any contrast ("day" and "night", "man" and "woman") are left out on purpose.
"""

from functools import cache, lru_cache

from pactqa.search.english import read_english
from pactqa.search.words import forms_of

__all__ = ["are_opposite"]

_TABLE = """
strong stronger strongest strength strengthen strengthened / weak weaker weakest weakness weaken
accept agree approve / refuse reject decline rebuff oppose
trust trustworthy trustworthiness / distrust mistrust suspect suspicious suspicion doubt wary
trust trustworthy trustworthiness / sceptical skeptical distrustful
praise admire applaud commend laud / criticise criticize critical criticism condemn denounce blame
rise rose increase grow growth climb / fall decrease decline shrink drop diminish
win won victory victorious / lose lost defeat defeated
pleased happy glad delighted satisfied / enraged angry furious upset unhappy displeased sad
like love / hate hatred dislike loathe
success succeed successful / fail failure unsuccessful
allow permit / forbid ban prohibit prevent
include / exclude
ally friend / enemy foe adversary
attack / defend
support / oppose undermine
confirm / deny refute
remember / forget
arrive / depart leave
enter join / leave quit
begin start / end finish cease
open opened / close closed shut
build construct create / destroy demolish
buy bought purchase / sell sold
borrow / lend
hire employ appoint / dismiss fire sack
raise lift / lower reduce
expand enlarge extend / contract shrink reduce
accelerate hasten / slow delay
advance / retreat withdraw
encourage / discourage
improve better / worsen deteriorate
more / less fewer
most / least fewest
many / few
high higher highest / low lower lowest
large larger largest big bigger biggest great greater greatest / small smaller smallest little minor
long longer longest / short shorter shortest brief
early earlier earliest / late later latest
first / last final
fast faster fastest quick quickly rapid rapidly swift swiftly / slow slower slowest slowly
old older oldest / young younger youngest
rich wealthy / poor
hot hotter / cold colder
hard difficult / easy
cheap / expensive costly
public publicly open openly / secret secretly private privately
guilty / innocent
alive living / dead
true / false untrue
right correct / wrong incorrect mistaken
positive favourable favorable / negative unfavourable unfavorable
popular / unpopular
peace peaceful / war warlike
hero / villain
majority / minority
maximum / minimum
major / minor
superior / inferior
brave courageous / cowardly afraid
honest / dishonest deceitful
friendly / hostile unfriendly
safe secure / dangerous unsafe insecure
calm / angry
wet / dry
full / empty
deep / shallow
wide broad / narrow
thick / thin
heavy / light
near close / far distant
north northern / south southern
east eastern / west western
above / below beneath
inside / outside
before / after
father / mother
son / daughter
brother / sister
husband / wife
king / queen
male / female
boy / girl
import / export
left / right
temporary / permanent
voluntary voluntarily / forced compulsory
legal / illegal
known famous well-known / unknown obscure
same / different
together / apart separately
always / never
everyone everybody / nobody
everything / nothing
everywhere / nowhere
both / neither
widely / narrowly rarely
rare rarely seldom uncommon / common commonly frequent frequently often
inevitable / avoidable
ready prepared / unprepared
eager keen willing / reluctant reluctance unwilling
optimism / pessimism
ascend / descend
ancient / modern
rural / urban
profit / loss
comedy / tragedy
protagonist / antagonist
guilty convicted / acquitted innocent
overestimate overestimated / underestimate underestimated
appear / disappear vanish
obey obedient / disobey disobedient
loyal loyalty / disloyal disloyalty
respect / disrespect
advantage / disadvantage
continue / discontinue
believe / disbelieve
connect / disconnect
unite united / divide divided
prove / disprove
"""
_BEGINNINGS = ("un", "non", "non-")
_BEGINNINGS_OF_ADJECTIVES = ("in", "im", "il", "ir")
_ADJECTIVE = ("able", "ible", "ate", "ent", "ant", "ive", "al", "ect", "ure", "ile", "ect")
_SHORTEST = 4


@lru_cache(maxsize=50_000)
def are_opposite(one: str, other: str) -> bool:
    """Tells whether two words, in small letters and any inflection, mean opposite things.

    >>> are_opposite("stronger", "weakened"), are_opposite("hopeless", "hopeful")
    (True, True)
    >>> are_opposite("stronger", "stronger"), are_opposite("united", "ited")
    (False, False)
    """
    if one == other:
        return False
    ones, others = forms_of(one), forms_of(other)
    if ones & others:
        return False
    table = _read_table()
    if any(table.get(form, frozenset()) & others for form in ones):
        return True
    return _is_negated(ones, others) or _is_negated(others, ones) or _differ_in_ending(one, other)


def _is_negated(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Tells whether a form of one word is a form of the other with a beginning that denies."""
    counts = read_english().counts
    return any(
        beginning + form in ones and beginning + form in counts and form in counts
        for form in others
        if len(form) >= _SHORTEST
        for beginning in (
            *_BEGINNINGS,
            *(_BEGINNINGS_OF_ADJECTIVES if form.endswith(_ADJECTIVE) else ()),
        )
    )


def _differ_in_ending(one: str, other: str) -> bool:
    pairs = ((one, other), (other, one))
    return any(
        a.endswith("less") and b.endswith("ful") and len(a) > len("less") + 2
        and a.removesuffix("less") == b.removesuffix("ful")
        for a, b in pairs
    )  # fmt: skip


@cache
def _read_table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _TABLE.strip().splitlines():
        left, right = (side.split() for side in line.split(" / "))
        for word in left:
            found.setdefault(word, set()).update(right)
        for word in right:
            found.setdefault(word, set()).update(left)
    return {word: frozenset(opposites) for word, opposites in found.items()}
