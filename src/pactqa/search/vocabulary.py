"""The words of the essays: how often each is used, and which are names.

A word is a name if the essays themselves write it with a capital where no sentence begins. So a
question's names are known in whatever letters a visitor types.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pactqa.essays.files import Essay
from pactqa.search.query import WORD, strip_possessive

__all__ = ["Vocabulary", "build_vocabulary"]

_BEGINS = re.compile(r"(?:^|[.!?:…\n\r“\"‘(\[#*_-])[\s“\"‘(\[#*_0-9.-]*$")
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all essays, in small letters.

    Attributes:
        counts: how often each is used.
        names: those that are names, each with the way in which the essays write it.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def build_vocabulary(essays: Iterable[Essay]) -> Vocabulary:
    """Counts the words of some essays and finds the names among them."""
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    small: Counter[str] = Counter()
    for essay in essays:
        for text, is_prose in ((essay.title, False), (essay.text, True)):
            for match in WORD.finditer(text):
                word = strip_possessive(match[0])
                key = word.casefold()
                counts[key] += 1
                if not is_prose or _begins_sentence(text, match.start()):
                    continue
                if word[:1].isupper():
                    written.setdefault(key, Counter())[word] += 1
                else:
                    small[key] += 1
    names = {
        key: forms.most_common(1)[0][0]
        for key, forms in written.items()
        if forms.total() > small[key]
    }
    return Vocabulary(dict(counts), names)


def _begins_sentence(text: str, at: int) -> bool:
    """Tells whether a word's capital may be that of a sentence, heading or quotation."""
    return _BEGINS.search(text[max(0, at - _LOOK_BACK) : at]) is not None
