"""Writes the titles of works as the styles do: capitals, quotation marks, short forms.

Capitals change by evidence only. A word gets a capital that English headline style gives it and
loses none but in sentence case. There a word keeps its capital unless it can be known to be no
name: because it is of a closed class of English (articles, prepositions, pronouns, …) or names a
kind of writing ("analysis"), or because the essay itself writes it, or a form of it in -s, -ed or
-ing, in small letters and it nowhere, within a sentence, with a capital.
A title with a small word that headline style would capitalise is in sentence case already, and
what has a capital in it is a name. Titles in other languages stay as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from pactqa.essays.files import Essay
from pactqa.essays.headings import HEADING_LINE

__all__ = ["quote_title", "shorten_title", "write_headline", "write_sentence"]

_ARTICLES = frozenset("a an the".split())
_PREPOSITIONS = frozenset(
    """
    about above across after against along amid among around as at before behind below beneath
    beside besides between beyond by concerning despite down during except for from in inside into
    like near of off on onto out outside over past per regarding since through throughout till to
    toward towards under underneath until unto up upon versus via with within without
    """.split()
)
_CONJUNCTIONS = frozenset("and but for nor or so yet".split())
_PARTICLES = frozenset("von van der den de la le du da di del al el ibn bin".split())
_SMALL = _ARTICLES | _PREPOSITIONS | _CONJUNCTIONS | _PARTICLES
"""What headline style leaves in small letters: MLA 9, 2.90; CMOS 17, 8.159."""

_CLOSED = (
    _ARTICLES | _PREPOSITIONS | _CONJUNCTIONS
) | frozenset(  # "May" and "Will" are names as well
    """
    am are be been being can could did do does had has have how if is it its must not our should
    than that their there these they this those was we were what when where which while who whom
    whose why would you your
    """.split()
)
_KINDS = frozenset(
    """
    analysis analyses approach assessment comparison discussion essay evaluation examination
    interpretation introduction investigation overview perspective perspectives reassessment
    reconsideration review study studies survey
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
_OPENS = re.compile(r"(?:^|[:?!.—–]\s)[\s“‘\"'(\[]*$")
_MAIN_TITLE = re.compile(r"(.+?)(?::\s|\s[—–-]\s|—|(?<=[?!])\s).")
_SHORT = 4
"""Titles of so many words or fewer are not shortened: CMOS 17, 14.33."""


def write_headline(essay: Essay) -> str:
    """Gives the title in headline style: every word but the small ones has a capital.

    The first and the last word, and the first after a colon, have one in any case. A word that has
    a capital already, anywhere in it, stays as it is. Source: MLA 9, 2.90; CMOS 17, 8.159.
    """
    title = essay.title
    if not _is_english(essay):
        return title
    ends = max((match.end() for match in _WORD.finditer(title)), default=0)

    def write(match: re.Match[str]) -> str:
        word, start = match[0], match.start()
        if _is_inner(title, start) or not word.islower():
            return word
        if word in _SMALL and match.end() != ends and not _OPENS.search(title[:start]):
            return word
        return word[0].upper() + word[1:]

    return _WORD.sub(write, title)


def write_sentence(essay: Essay) -> str:
    """Gives the title in sentence case; a capital goes only if the word is known to be no name.

    Source: APA 7, 6.17.
    """
    title = essay.title
    if not _is_english(essay):
        return title
    small = (match for match in _WORD.finditer(title) if match[0].islower())
    is_headline = all(match[0] in _SMALL or _is_inner(title, match.start()) for match in small)
    is_no_name = _learn_names(essay.text) if is_headline else lambda word: False

    def write(match: re.Match[str]) -> str:
        word = match[0]
        if _OPENS.search(title[: match.start()]):
            return word[0].upper() + word[1:]
        return word.lower() if word.istitle() and is_no_name(word) else word

    return _WORD.sub(write, title)


def shorten_title(title: str) -> str:
    """Gives the beginning of a title by which it is known, for a citation in the text.

    What follows a colon and a first article are left out; a title that is still longer than four
    words ends before its first preposition, which leaves the noun phrase it begins with, else
    after four words. Source: MLA 9, 6.10; CMOS 17, 14.33; APA 7, 8.14.

    >>> shorten_title("The Origins of the Second World War: A New View")
    'Origins'
    >>> shorten_title("Why Did Stalin Sign the Nazi-Soviet Pact?")
    'Why Did Stalin Sign'
    """
    main = _MAIN_TITLE.match(title)
    words = (main[1] if main and _is_closed([main[1]]) else title).split()
    if len(words) > 1 and words[0].casefold() in _ARTICLES:
        words = words[1:]
    if len(words) <= _SHORT:
        return " ".join(words)
    least = 2 if words[0].casefold() in _CLOSED else 1  # "How to Avoid", but "Origins of"
    for number in range(least, len(words)):
        if words[number].casefold() in _PREPOSITIONS and _is_closed(words[:number]):
            return " ".join(words[:number])
    most = next(
        n for n in range(_SHORT, len(words) + 1) if n == len(words) or _is_closed(words[:n])
    )
    while most > 1 and words[most - 1].casefold() in _SMALL:
        most -= 1
    return " ".join(words[:most])


def _is_closed(words: Sequence[str]) -> bool:
    """Tells whether no quotation that begins in some words ends after them."""
    text = " ".join(words)
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def quote_title(title: str, stop: str = "", *, keep_stop: bool = False) -> str:
    """Puts a title into double quotation marks, and the stop after it inside them.

    Quotation marks in the title become single ones. Where the title ends with `?` or `!` the stop
    is left out unless `keep_stop`. Source: MLA 9, ch. 2; CMOS 17, 6.9, 6.125 and 14.94.

    >>> quote_title("Munich and “Peace for Our Time”", ".")
    '“Munich and ‘Peace for Our Time.’”'
    """
    inner = re.sub(r'"([^"]*)"', r"‘\1’", title.replace("“", "‘").replace("”", "’"))
    bare = inner.rstrip("’") if title.endswith(("”", '"')) else inner
    if bare.endswith(("?", "!", "…")) and not keep_stop:
        stop = ""
    return f"“{bare}{'' if bare.endswith('.') and stop == '.' else stop}{inner[len(bare) :]}”"


def _is_inner(title: str, start: int) -> bool:
    """Tells whether a run of letters is no word of its own: the s of “king’s”, the g of “e.g.”."""
    return start > 0 and title[start - 1] in "’'."


def _learn_names(text: str) -> Callable[[str], bool]:
    """Learns from a text what is no name; gives what tells it of a word."""
    body = HEADING_LINE.sub("", text)
    written = {match[0] for match in _WORD.finditer(body) if match[0].islower()}
    known = {_cut_ending(word) for word in written}

    def is_no_name(word: str) -> bool:
        small = word.lower()
        if small in _CLOSED or small in _KINDS:
            return True
        # A capital within a sentence: after a small letter, a figure or a comma on the same line.
        if re.search(rf"(?:[^\W_A-Z],? |-)[“‘\"'(]?{word}(?!\w)", body):
            return False
        return _cut_ending(small) in known

    return is_no_name


def _cut_ending(word: str) -> str:
    """Gives what the forms of a word have in common.

    >>> [_cut_ending(word) for word in ("signing", "signed", "causes", "cause", "studies", "as")]
    ['sign', 'sign', 'caus', 'caus', 'study', 'as']
    """
    stem = re.sub(r"(?:ing|ed|es|s|e)$", "", re.sub(r"ies$", "y", word))
    return stem if len(stem) > 2 else word


def _is_english(essay: Essay) -> bool:
    """Tells whether headline style can be meant: the language is English, the letters Latin."""
    if essay.language and essay.language.split("-")[0].lower() != "en":
        return False
    letters = [character for character in essay.title if character.isalpha()]
    return all("LATIN" in unicodedata.name(character, "") for character in letters)
