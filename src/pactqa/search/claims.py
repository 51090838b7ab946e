"""Proposes the sentences of a text that claim something, to be checked one by one.

Not proposed are questions, announcements ("In this essay I will …"), headings, lines of a list of
sources, sentences that only quote, and what is no whole sentence. The rules are about English; they
only propose: whoever checks a text may take any sentence, or leave one out.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span, split_essay
from pactqa.search.quotations import find_quotations
from pactqa.search.sentences import asks_or_announces

__all__ = ["ClaimSentence", "find_claims"]

_SOURCES = re.compile(
    r"\W*(?:works?\s+cited|bibliograph\w+|references|sources?|further\s+reading|literature"
    r"|end\s?notes|notes)\W*$",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"""https?:// | \bwww\. | (?i:\b(?:doi|isbn)\b | \b(?:accessed|retrieved)\b.{0,200}?\d{4})
      | (?i:\b(?:pp?|vol)\.\s*\d | \bpress\b,?\s*\(?\d{4} | ^\W*ibid\b)""",
    re.VERBOSE,
)
_SOURCE_ENTRY = re.compile(
    r"""^\W*(?:\[?\d+[\].)]\s*)? [A-Z][\w'’-]+ , \s+
        (?: [A-Z][\w'’-]*\.? (?:\s+[A-Z]\.)* [.,] (?> .* \b\d{4}\b ) [^a-z]* $
          | (?:[A-Z]\.\s*)+ \(\d{4}\) )""",
    re.VERBOSE,
)
_ABOUT_THE_TEXT = re.compile(
    r"""\b(?: in\s+(?:this|my)\s+(?:essay|paper|text|article|section|paragraph)
      | (?:i|we)\s+(?:have|had)\s+(?:shown|seen|discussed|argued|examined|looked)
      | (?:i|we)\s+(?:am|are)\s+going\s+to
      | (?:first|next|then|finally|lastly|now)ly?,?\s+(?:i|we)\b
      | let\s+(?:us|me)\b | as\s+(?:i|we)\s+(?:said|saw|shall)
      | (?:i|we)\s+(?:want|would\s+like|hope|try)\s+to )""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_LEAST = 4
_ENDS = re.compile(r"[.!…;:][\"'”’»)\]\d\s]*$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|can|could|will|would|should|must|may|might"
    r"|never|\w+ed)\b",
    re.IGNORECASE,
)
_OWN_WORDS_LEAST = 4


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """A sentence of a text, where it stands, and whether it is proposed to be checked."""

    span: Span
    proposed: bool


def find_claims(text: str, markdown: bool = False) -> list[ClaimSentence]:
    """Gives the sentences of a text in their order, headings left out.

    Args:
        text: to be checked.
        markdown: whether its headings are those of Markdown; else a short line that does not end
            like a sentence is one.
    """
    essay = Essay(id="text", title="", text=text, markdown=markdown)
    found: list[ClaimSentence] = []
    in_sources = False
    for passage in split_essay(essay):
        line = passage.text.strip()
        in_sources = bool(_SOURCES.match(passage.heading)) or (in_sources and not passage.heading)
        if _SOURCES.match(line):
            in_sources = True
            continue
        if _looks_like_heading(passage) or _SOURCE_ENTRY.search(line):
            continue
        quoted = list(find_quotations(passage.text))
        quoted = [Span(passage.start + s.start, passage.start + s.end) for s in quoted]
        for span in passage.sentences:
            proposed = not in_sources and _claims(text, span, quoted)
            found.append(ClaimSentence(span, proposed))
    return found


def _looks_like_heading(passage: Passage) -> bool:
    """Tells whether a paragraph is one short line that ends like no sentence."""
    line = passage.text.strip()
    return "\n" not in line and len(line.split()) <= 12 and not line.endswith(
        (".", "!", "?", "…", ";", ",", "”", '"', "’", ")")
    )  # fmt: skip


def _is_within(position: int, spans: Sequence[Span]) -> bool:
    """Tells whether one of some spans, in order and apart, has a character."""
    before = bisect_right(spans, position, key=lambda span: span.start)
    return before > 0 and position < spans[before - 1].end


def _claims(text: str, span: Span, quoted: Sequence[Span]) -> bool:
    sentence = text[span.start : span.end]
    if len(_WORD.findall(sentence)) < _WORDS_LEAST:
        return False
    if asks_or_announces(sentence) or _ABOUT_THE_TEXT.search(sentence):
        return False
    if _SOURCE_LINE.search(sentence):
        return False
    if not _ENDS.search(sentence) and not _VERB.search(sentence):
        return False
    own = [
        word
        for word in _WORD.finditer(text, span.start, span.end)
        if not _is_within(word.start(), quoted)
    ]
    return len(own) >= _OWN_WORDS_LEAST
