"""The words of a text where they stand, and which of them are one word in two forms.

A form is an inflection ("signed", "signing"), another name of the same country or people, or a
number written in letters. The rules are about English, none about a subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pactqa.search.english import read_english, stems_of
from pactqa.search.names import find_names
from pactqa.search.query import STOP_WORDS, WORD, strip_possessive

__all__ = ["Word", "are_same", "find_names_in", "forms_of", "is_past_form", "read_words"]

_IRREGULAR = """
be am is are was were been being
have has had
do does did done
go goes went gone
arise arose arisen, bear bore borne born, beat beaten, become became, begin began begun, bend bent,
bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred,
bring brought, build built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung,
come came, creep crept, deal dealt, dig dug, draw drew drawn, dream dreamt, drink drank drunk,
drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found,
flee fled, fly flew flown, forbid forbade forbidden, forget forgot forgotten, forgive forgave
forgiven, freeze froze frozen, get got gotten, give gave given, grind ground, grow grew grown,
hang hung, hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led,
learn learnt, leave left, lend lent, lie lay lain, lose lost, make made, mean meant, meet met,
pay paid, prove proven, ride rode ridden, ring rang rung, rise rose risen, run ran, say said,
see saw seen, seek sought, sell sold, send sent, shake shook shaken, shine shone, shoot shot,
show shown, sing sang sung, sink sank sunk, sit sat, sleep slept, speak spoke spoken, speed sped,
spend spent, spin spun, spring sprang sprung, stand stood, steal stole stolen, stick stuck,
strike struck stricken, strive strove striven, swear swore sworn, swim swam swum, swing swung,
take took taken, teach taught, tear tore torn, tell told, think thought, throw threw thrown,
understand understood, undertake undertook undertaken, wake woke woken, wear wore worn, win won,
withdraw withdrew withdrawn, write wrote written, overthrow overthrew overthrown,
overtake overtook overtaken,
man men, woman women, child children, person people, life lives, wife wives, half halves,
self selves, foot feet, tooth teeth, leaf leaves
"""
_OPENS = re.compile(r"(?:^|[.!?:;…]|\n)[\s\"'“”‘’«»()\[\]—–-]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; a country's name of several words is one ("Soviet Union").

    Attributes:
        text: as it stands, without a possessive ending.
        start: its first character in the text.
        end: the character behind its last.
        key: in small letters, with straight apostrophes.
        forms: what it may be a form of, or be called, in small letters; itself among them.
        is_name: whether it is written as a name, where no sentence begins.
        is_country: whether it names a country, a people or a capital.
        carries: whether it carries a subject, so is no word of grammar.
    """

    text: str
    start: int
    end: int
    key: str
    forms: frozenset[str]
    is_name: bool
    is_country: bool
    carries: bool


def read_words(text: str, names: Iterable[str] = ()) -> list[Word]:
    """Reads the words of a text, in order.

    Args:
        text: a sentence, or several.
        names: words that are names in any case and at any place, in small letters.
    """
    known = frozenset(names)
    countries = find_names(text)
    words: list[Word] = []
    covered = 0
    for match in WORD.finditer(text):
        if match.start() < covered:
            continue
        before = bisect_right(countries, match.start(), key=lambda country: country.start)
        country = next(
            (c for c in countries[max(0, before - 1) : before] if match.start() < c.end), None
        )
        bare = strip_possessive(match[0])
        start, end = match.start(), match.start() + len(bare)
        if country and country.start == start:
            whole = strip_possessive(text[start : country.end])
            end = start + len(whole if "." in whole[:-1] else whole.removesuffix("."))
        key = text[start:end].casefold().replace("’", "'")
        is_country = country is not None and country.start == start
        inner = bare[0].isupper() and not _OPENS.search(text[max(0, start - 8) : start])
        words.append(
            Word(
                text=text[start:end],
                start=start,
                end=end,
                key=key,
                forms=country.names | {key} if country and is_country else forms_of(key),
                is_name=is_country or key in known or (inner and key not in STOP_WORDS),
                is_country=is_country,
                carries=is_country or key not in STOP_WORDS,
            )
        )
        covered = end
    return words


def find_names_in(claim: str) -> frozenset[str]:
    """Finds the words that a sentence writes as names, in small letters.

    Its first word counts if it is no common English word; nothing counts in a text of capitals.

    >>> sorted(find_names_in("Litvinov warned Stalin of the treaty."))
    ['litvinov', 'stalin']
    """
    words = read_words(claim)
    capitals = [word for word in words if word.text[0].isupper()]
    if 2 * len(capitals) > max(len(words), 4):
        return frozenset()
    english = read_english()
    opening = {w.key for w in words[:1] if w in capitals and not english.is_common(w.key)}
    return frozenset(opening | {word.key for word in words if word.is_name})


def are_same(one: Word, other: Word) -> bool:
    """Tells whether two words are forms of one word, or names of one country."""
    if one.key == other.key or one.forms & other.forms:
        return True
    return _share_part(one.key, other.key)


@lru_cache(maxsize=20_000)
def forms_of(key: str) -> frozenset[str]:
    """Gives what a word in small letters may be a form of, itself among them.

    >>> "sign" in forms_of("signed"), "know" in forms_of("knew")
    (True, True)
    """
    english = read_english()
    # "dis-" or "-less" taken off leaves no form of the word, but its opposite.
    found = () if key.endswith("less") else stems_of(key)
    stems = {stem for stem in found if stem in english.counts and stem[:2] == key[:2]}
    irregular = _read_irregular()
    bases = {base for form in (key, *stems) for base in irregular.get(form, ())}
    return frozenset({key} | stems | bases)


def is_past_form(word: str) -> bool:
    """Tells whether a word looks like a past form of a verb: "warned", "ate".

    >>> is_past_form("ate"), is_past_form("eat"), is_past_form("oil")
    (True, False, False)
    """
    key = word.casefold()
    return key.endswith("ed") or key not in _read_irregular().get(key, (key,))


def _share_part(one: str, other: str) -> bool:
    """Tells whether a word with a hyphen has the other as a part: "Nazi-Soviet" and "Soviet"."""
    parts: Sequence[str] = one.split("-") if "-" in one else other.split("-")
    whole = other if "-" in one else one
    return len(parts) > 1 and whole in parts and len(whole) > 3


@cache
def _read_irregular() -> dict[str, frozenset[str]]:
    """Gives, for each irregular form, the words that it may be a form of."""
    found: dict[str, set[str]] = {}
    for group in re.split(r",|\n(?=(?:have|do|go|arise)\b)", _IRREGULAR):
        base, *forms = group.split()
        for form in (base, *forms):
            found.setdefault(form, set()).add(base)
    return {form: frozenset(bases) for form, bases in found.items()}
