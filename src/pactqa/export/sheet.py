"""The sheet: claims, the quotations laid beside each, and what a teacher made of them.

A sheet is a value: the page makes it of Evidence, sets verdicts and remarks, and writes it with
`sheet_text` and `sheet_word`, or as JSON (`sheet_json`), which can be opened again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.evidence import (
    Evidence,
    EvidenceSentence,
    describe_evidence,
    describe_stances,
    describe_unmentioned,
)
from pactqa.export.sheet_quoted import SheetQuoted
from pactqa.export.works import Works
from pactqa.judgement.differences import describe_difference
from pactqa.messages import count_of

__all__ = [
    "TAKES",
    "VERDICTS",
    "Sheet",
    "SheetClaim",
    "SheetQuotation",
    "Take",
    "Verdict",
    "cite_sheet",
    "find_changed",
    "make_sheet",
    "make_sheet_claim",
]

Verdict = Literal["supports", "contradicts", "not relevant"]
VERDICTS: tuple[Verdict, ...] = ("supports", "contradicts", "not relevant")
"""What a teacher can say of a quotation."""

Take = Literal["short", "judged", "all"]
TAKES: dict[Take, str] = {
    "short": "Those you judged, and the two best",
    "judged": "Only those you judged",
    "all": "All",
}
"""Which sentences of a claim are printed, with the words for it."""

_BEST = 2


@dataclass(frozen=True, slots=True)
class SheetQuotation:
    """A sentence of an essay beside a claim.

    Attributes:
        essay: the essay's id.
        title: of the essay.
        heading: of its section, `""` if there is none.
        paragraph: its paragraph, from 1.
        start: where the sentence begins in the essay.
        end: the character behind its last.
        quote: the sentence, word for word.
        in_text: its citation in the text, in the style of the sheet.
        reference: of the essay, in that style.
        differences: what a reader must see, each in a sentence.
        notes: the editor's notes on words of the sentence, each in a sentence.
        stance: of the sentence by a model, None without one.
        passage_stance: of its whole passage by that model.
        verdict: the teacher's; None where none was given.
        remark: the teacher's, `""` for none.
    """

    essay: str
    title: str
    heading: str
    paragraph: int
    start: int
    end: int
    quote: str
    in_text: str
    reference: str
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stance: str | None = None
    passage_stance: str | None = None
    verdict: Verdict | None = None
    remark: str = ""

    @property
    def place(self) -> str:
        """The title, the heading if there is one, and the paragraph."""
        heading = f", {self.heading}" if self.heading else ""
        return f"{self.title}{heading}, paragraph {self.paragraph}"

    @property
    def is_judged(self) -> bool:
        """Whether the teacher gave a verdict or a remark."""
        return bool(self.verdict or self.remark)

    @property
    def said(self) -> tuple[str, ...]:
        """What is said of it, a sentence each: a model's reading, the differences, the notes."""
        stances = describe_stances(self.stance, self.passage_stance)
        return (*([stances] if stances else []), *self.differences, *self.notes)


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """A claim on a sheet.

    Attributes:
        claim: what is claimed.
        status: "found", "nearby" or "absent".
        said: what was found, in a sentence.
        unmentioned: what the essays never mention, in a sentence; `""` for nothing.
        quotations: best first.
        only: the ids of the essays that were searched; empty means all.
        remark: the teacher's on the claim as a whole, `""` for none.
    """

    claim: str
    status: str
    said: str
    unmentioned: str
    quotations: tuple[SheetQuotation, ...]
    only: tuple[str, ...] = ()
    remark: str = ""

    def count(self, verdict: Verdict | None) -> int:
        """Gives how many quotations have a verdict, or none."""
        return sum(quotation.verdict == verdict for quotation in self.quotations)

    def take(self, which: Take) -> tuple[SheetQuotation, ...]:
        """Gives the quotations that are printed, in their order; see `TAKES`."""
        best = {"short": _BEST, "judged": 0, "all": len(self.quotations)}[which]
        return tuple(q for at, q in enumerate(self.quotations) if at < best or q.is_judged)

    def describe_left_out(self, which: Take) -> str:
        """Says how many quotations are not printed, `""` if all are."""
        count = len(self.quotations) - len(self.take(which))
        verb = "is" if count == 1 else "are"
        return f"{count_of(count, 'further sentence')} {verb} left out here." if count else ""

    def with_verdict(
        self, number: int, verdict: Verdict | None, remark: str | None = None
    ) -> "SheetClaim":
        """Gives the claim with a verdict on a quotation, counted from 0.

        Args:
            number: of the quotation.
            verdict: the verdict, None to take it back.
            remark: the remark on the quotation; None leaves it as it is.
        """
        quotations = list(self.quotations)
        old = quotations[number]
        new = replace(old, verdict=verdict, remark=old.remark if remark is None else remark)
        quotations[number] = new
        return replace(self, quotations=tuple(quotations))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The claims of a lesson or of a student's text.

    Attributes:
        claims: in order.
        style: of the references, a key of `references.STYLES`.
        quoted: the quotations of the text, in order.
    """

    claims: tuple[SheetClaim, ...]
    style: str
    quoted: tuple[SheetQuoted, ...] = ()


def make_sheet(
    evidence: Sequence[Evidence], style: str, quoted: tuple[SheetQuoted, ...] = ()
) -> Sheet:
    """Makes a sheet without any verdict.

    Args:
        evidence: for each claim, in order.
        style: of the references, a key of `references.STYLES`.
        quoted: what was found of the quotations of a text.
    """
    works = Works.of((s.essay for one in evidence for s in one.sentences), style)
    return Sheet(tuple(_make_claim(one, works) for one in evidence), style, quoted)


def make_sheet_claim(evidence: Evidence, style: str) -> SheetClaim:
    """Makes one claim of a sheet, without any verdict, cited as if it stood alone."""
    return make_sheet([evidence], style).claims[0]


def cite_sheet(sheet: Sheet, essays: Sequence[Essay], which: Take = "all") -> Works:
    """Gives the works that a sheet quotes.

    Args:
        sheet: whose quotations stand in the essays.
        essays: all that can be quoted.
        which: of each claim's quotations.
    """
    quoted = {quotation.essay for claim in sheet.claims for quotation in claim.take(which)}
    quoted |= {place.essay for one in sheet.quoted for place in one.places}
    return Works.of((essay for essay in essays if essay.id in quoted), sheet.style)


def _make_claim(evidence: Evidence, works: Works) -> SheetClaim:
    return SheetClaim(
        claim=evidence.claim,
        status=evidence.status,
        said=describe_evidence(evidence),
        unmentioned=describe_unmentioned(evidence),
        quotations=tuple(
            _make_quotation(evidence.claim, sentence, works) for sentence in evidence.sentences
        ),
        only=evidence.only,
    )


def find_changed(sheet: Sheet, assistant: Assistant) -> list[SheetQuotation]:
    """Gives the quotations of a sheet, opened again, that do not stand in the essays so.

    They must not be shown as quotations.
    """
    texts = {essay.id: assistant.texts.last_text_of(essay) for essay in assistant.essays()}
    return [
        quotation
        for claim in sheet.claims
        for quotation in claim.quotations
        if texts.get(quotation.essay, "")[quotation.start : quotation.end] != quotation.quote
    ]


def _make_quotation(claim: str, sentence: EvidenceSentence, works: Works) -> SheetQuotation:
    passage, essay = sentence.passage, sentence.essay
    return SheetQuotation(
        essay=essay.id,
        title=essay.title,
        heading=passage.heading,
        paragraph=passage.paragraph,
        start=sentence.span.start,
        end=sentence.span.end,
        quote=sentence.text,
        in_text=works.cite(essay, passage.paragraph).plain,
        reference=works.refer(essay).plain,
        differences=tuple(
            describe_difference(difference, claim, essay.text)
            for difference in sentence.differences
        ),
        notes=tuple(
            f"Editor’s note on “{note.quote}”: {note.note}"
            for note in essay.notes_within(sentence.span.start, sentence.span.end)
        ),
        stance=sentence.stance,
        passage_stance=sentence.passage_stance,
    )
