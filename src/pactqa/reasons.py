"""Lays the reasons that essays give side by side: who gives which reason, in which words.

A reason is a section whose heading an essay gives itself and whose sentences give reasons. Headings
of different essays are grouped by meaning: two that are nearest to each other, and near enough, are
one reason. A cell is the sentence of an essay that gives the reason, or an honest blank.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pactqa.assistant import Assistant
from pactqa.errors import QuestionError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.models.encoder import Encoder
from pactqa.search.query import find_subject_words
from pactqa.search.ranking import Hit
from pactqa.search.sentences import asks_or_announces, gives_reason

__all__ = ["ESSAYS_MOST", "Reason", "ReasonTable", "find_reasons"]

ESSAYS_MOST = 40
"""How many essays can be laid side by side."""

_SAME_REASON = 0.5
"""How near two headings must be to name one reason: in made-up ones the same reason in other words
has .3 to .5, another reason up to .47. Two rows for one reason are better than two reasons in one.
"""

_NUMBERED = re.compile(r"^\s*(?:\(?[\divxlc]{1,4}[.):]\s*)?", re.IGNORECASE)
_NO_REASON = re.compile(
    r"\W*(?:(?:introduction|conclusions?|summary|abstract|overview|background|notes|references"
    r"|bibliography|works\s+cited|sources|further\s+reading|appendix)\W*$"
    r"|(?:flaws?|criticisms?|consequences|results?|aftermath|legacy|limits|evaluation)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason, and what each essay says of it.

    Attributes:
        name: the heading of the first essay that gives it, without its number.
        headings: of the essays that give it, by the essays' ids.
        cells: for each essay of the table the passage with the sentence that gives it as the key
            sentence; None where the essay has no section on it.
    """

    name: str
    headings: dict[str, str]
    cells: tuple[Hit | None, ...]


@dataclass(frozen=True, slots=True)
class ReasonTable:
    """The reasons of some essays, in the order in which the essays give them.

    Attributes:
        essays: the columns.
        reasons: the rows.
        stale: the ids of essays left out because their files changed after they were indexed.
    """

    essays: tuple[Essay, ...]
    reasons: tuple[Reason, ...]
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Section:
    essay: Essay
    heading: str
    name: str
    passages: tuple[Passage, ...]


def find_reasons(assistant: Assistant, essays: Sequence[str] | None = None) -> ReasonTable:
    """Makes the table of the reasons that the essays give.

    Args:
        assistant: whose essays they are.
        essays: the ids of the essays compared; None or empty means all.

    Raises:
        QuestionError: if there is no such essay, or there are more than 40.
        StoreError: if the index cannot be read.
    """
    columns: list[Essay] = []
    sections: list[_Section] = []
    stale: list[str] = []
    by_id = {essay.id: essay for essay in assistant.essays()}
    chosen = list(dict.fromkeys(essays or by_id))
    if len(chosen) > ESSAYS_MOST:
        raise QuestionError(
            f"{len(chosen):,} essays are too many to be laid side by side; {ESSAYS_MOST} can be. "
            "Choose some of them."
        )
    for essay_id in chosen:
        passages, essay = assistant.passages(essay_id), by_id[essay_id]
        if all(assistant.texts.says_still(essay, passage) for passage in passages):
            columns.append(essay)
            sections += _find_sections(essay, passages)
        else:
            stale.append(essay.id)
    groups = _group_sections(assistant.encoder, sections)
    rows = tuple(_make_reason(assistant.encoder, group, columns) for group in groups)
    return ReasonTable(tuple(columns), rows, tuple(stale))


def _find_sections(essay: Essay, passages: Sequence[Passage]) -> list[_Section]:
    """Gives the sections of an essay that give a reason."""
    by_heading: dict[str, list[Passage]] = {}
    for passage in passages:
        by_heading.setdefault(passage.heading, []).append(passage)
    return [
        _Section(essay, heading, name, tuple(own))
        for heading, own in by_heading.items()
        if (name := _NUMBERED.sub("", heading).strip(" -–—:.")) and not _NO_REASON.match(name)
        if any(_gives(essay, span) for passage in own for span in passage.sentences)
    ]


def _gives(essay: Essay, span: Span) -> bool:
    sentence = essay.text[span.start : span.end]
    return gives_reason(sentence) and not asks_or_announces(sentence)


def _group_sections(encoder: Encoder, sections: Sequence[_Section]) -> list[list[_Section]]:
    """Groups sections of different essays whose headings mean the same, each in one group.

    The nearest two groups are joined as long as no two of their headings are too far apart
    (complete linkage), and no essay would be twice in a group.
    """
    groups = [[number] for number in range(len(sections))]
    if not groups:
        return []
    names = [_strip_title(section) for section in sections]
    vectors = np.stack([encoding.vector for encoding in encoder.encode_passages(names)])
    near = vectors @ vectors.T
    while True:
        pairs = [
            (min(float(near[i, j]) for i in one for j in other), a, b)
            for a, one in enumerate(groups)
            for b, other in enumerate(groups[:a])
            if not {sections[i].essay.id for i in one} & {sections[j].essay.id for j in other}
        ]
        best = max(pairs, default=(0.0, 0, 0))
        if best[0] < _SAME_REASON:
            return [[sections[number] for number in group] for group in groups]
        groups[best[2]] += groups.pop(best[1])


def _strip_title(section: _Section) -> str:
    """Gives a heading without the words of the essay's title, which any heading may have."""
    title = set(find_subject_words(section.essay.title))
    words = [word for word in find_subject_words(section.name) if word not in title]
    return " ".join(words) or section.name


def _make_reason(encoder: Encoder, group: Sequence[_Section], columns: Sequence[Essay]) -> Reason:
    own = {section.essay.id: section for section in group}
    cells = tuple(
        _choose_sentence(encoder, own[essay.id]) if essay.id in own else None for essay in columns
    )
    headings = {section.essay.id: section.heading for section in group}
    return Reason(group[0].name, headings, cells)


def _choose_sentence(encoder: Encoder, section: _Section) -> Hit:
    """Gives the sentence of a section that gives a reason and is nearest to the heading."""
    places = [
        (passage, span)
        for passage in section.passages
        for span in passage.sentences
        if _gives(section.essay, span)
    ]
    texts = [section.essay.text[span.start : span.end] for _, span in places]
    asked = encoder.encode_query(f"{section.essay.title}: {section.name}").vector
    scores = [float(e.vector @ asked) for e in encoder.encode_passages(texts)]
    best = int(np.argmax(scores))
    passage, span = places[best]
    return Hit(section.essay, passage, span, scores[best], rank=1)
