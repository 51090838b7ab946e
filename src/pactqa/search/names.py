"""Knows which names count as one another: a country, its people, its language, its capital.

"Britain", "the British" and "London" are one in a question about politics. The countries are those
of the package countryinfo; a short table adds what they are and were usually called. That they
count as one does not make London Britain: a question for a place is not answered with a country.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["NamedSpan", "find_names", "same_names"]

_USUAL = """
Russia: Soviet, Soviets, Soviet Union, Soviet Russia, USSR, U.S.S.R., Kremlin, Muscovy, Russians
Germany: Reich, Third Reich, Nazi Germany, Nazi, Nazis, Weimar Republic, Wilhelmstrasse
United Kingdom: Britain, Great Britain, UK, U.K., England, English, Briton, Britons, Englishman,
  Englishmen, Whitehall, Westminster, Downing Street
United States: America, US, USA, U.S., U.S.A., United States of America, Washington, White House
Turkey: Turk, Turks, Ottoman, Ottomans, Ottoman Empire, Sublime Porte, Türkiye
France: Frenchman, Frenchmen, Quai d'Orsay
China: People's Republic of China, PRC, Peking, Mandarin
Iran: Persia, Persian, Persians, Farsi
Thailand: Siam, Siamese
Myanmar: Burma, Rangoon, Yangon
Sri Lanka: Ceylon
Ethiopia: Abyssinia, Abyssinian, Abyssinians
Netherlands: Holland, Dutchman, Dutchmen, Hague
Czech Republic: Czechia, Czechoslovakia, Czechoslovak, Czechoslovaks
Slovakia: Czechoslovakia
Austria: Habsburg, Habsburgs, Austria-Hungary, Austro-Hungarian, Austro-Hungary
Hungary: Magyar, Magyars, Austria-Hungary, Austro-Hungarian, Austro-Hungary
Serbia: Serb, Serbs, Yugoslavia, Yugoslav, Yugoslavs
Croatia: Croat, Croats
Slovenia: Slovenian, Slovenians
Poland: Pole, Poles
Finland: Finn, Finns
Denmark: Dane, Danes
Sweden: Swede, Swedes
Spain: Spaniard, Spaniards, Castilian
Ireland: Eire, Irishman, Irishmen, Gaelic
Iceland: Icelandic
Italy: Fascist Italy, Quirinal
Japan: Nippon, Imperial Japan
Taiwan: Formosa, Republic of China
Zimbabwe: Rhodesia, Rhodesian, Rhodesians
Democratic Republic of the Congo: Congo, Zaire
Argentina: Argentine, Argentines, Argentinian, Argentinians
Ukraine: Kiev
Kazakhstan: Kazakh, Kazakhs, Astana
Uzbekistan: Uzbek, Uzbeks
Tajikistan: Tajik, Tajiks
Turkmenistan: Turkmens
Kyrgyzstan: Kyrgyz
Switzerland: Berne
Romania: Rumania
Israel: Hebrew
India: Hindi, Delhi
Vietnam: Saigon
Philippines: Tagalog
Greece: Hellenic, Hellas, Hellenes
Saudi Arabia: Saudi, Saudis
New Zealand: New Zealanders
Republic of Macedonia: Macedonia, North Macedonia
Swaziland: Eswatini
"""
_PEOPLE = 300_000
"""Smaller countries and territories are left out: their capitals are called like many a person."""

_PERSONS = frozenset({"wellington", "victoria", "kingston"})
_PRONOUN = "us"
_LONGEST = 4
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name in a text, and every name that counts as the same, in small letters."""

    start: int
    end: int
    names: frozenset[str]


def same_names(name: str) -> frozenset[str]:
    """Gives the names that count as the same as a name, itself among them, in small letters.

    Args:
        name: one word or several, in any case; but "us" is a pronoun and "US" a country.

    Returns:
        Empty if the name is not known as one of a country.

    >>> sorted(same_names("Polish"))
    ['poland', 'pole', 'poles', 'polish', 'warsaw']
    """
    return frozenset() if name == _PRONOUN else _read_names().get(name.casefold(), frozenset())


def find_names(text: str) -> tuple[NamedSpan, ...]:
    """Finds the names of countries in a text, the longest first: "Soviet Union" is one.

    >>> [span.start for span in find_names("Did the Soviet Union trust Britain’s word?")]
    [8, 27]
    """
    words = [_bare_span(match) for match in _WORD.finditer(text)]
    found: list[NamedSpan] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + size - 1][1]
            name = text[start:end] if size == 1 else " ".join(text[start:end].split())
            names = same_names(name) or same_names(name.removesuffix("."))
            if names:
                found.append(NamedSpan(start, end, names))
                at += size - 1
                break
        at += 1
    return tuple(found)


@cache
def _read_names() -> dict[str, frozenset[str]]:
    """Reads the names of all countries once; a word of two countries has the names of both."""
    usual = _read_usual()
    groups = []
    taken: set[str] = set()
    for country, demonym, capital in _read_countries():
        names = {country, *_peoples(demonym), capital.removesuffix(" D.C.")}
        own = {name.casefold() for name in names if name} - taken - _PERSONS
        taken |= own
        groups.append(own | {name.casefold() for name in usual.get(country, ())})
    found: dict[str, set[str]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(names) for name, names in found.items()}


def _read_usual() -> dict[str, list[str]]:
    lines = _USUAL.replace("\n  ", " ").strip().splitlines()
    pairs = (line.split(": ", maxsplit=1) for line in lines)
    return {country: [name.strip() for name in names.split(",")] for country, names in pairs}


def _read_countries() -> list[tuple[str, str, str]]:
    """Gives the name, people and capital of each country, the most populous first."""
    from countryinfo import CountryInfo  # imported late: reading it takes a while

    countries = [
        (info.get("population") or 0, info["name"], info.get("demonym"), info.get("capital"))
        for info in CountryInfo.all().values()
    ]
    return [
        (name.removeprefix("The "), demonym or "", capital if isinstance(capital, str) else "")
        for people, name, demonym, capital in sorted(countries, key=lambda row: -row[0])
        if people >= _PEOPLE
    ]


def _peoples(demonym: str) -> Iterator[str]:
    """Gives the forms of a people's name: "German" and "Germans", but "Polish" alone."""
    for name in re.split(r"[,/]", demonym):
        yield name
        if name and not name.endswith(("sh", "ch", "se", "ss", "x")):
            yield f"{name}s"


def _bare_span(match: re.Match[str]) -> tuple[int, int]:
    """Gives where a word stands without its possessive ending."""
    bare = re.sub(r"[’'][sS]$", "", match[0])
    return match.start(), match.start() + len(bare)
