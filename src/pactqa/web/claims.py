"""Turns checked claims into what the page shows of them: values in, HTML out, no Gradio.

What is shown is made of the sheet (`export.sheet`), whether a claim was checked just now or its
sheet is opened again: the sheet says which sentences stand beside a claim, the essays say the rest.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markupsafe import Markup

from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import Passage, Span, find_passage
from pactqa.essays.uploads import MAX_UPLOAD_BYTES, UPLOAD_KINDS
from pactqa.evidence import describe_stances
from pactqa.export.references import STYLES
from pactqa.export.rich import RichText
from pactqa.export.sheet import TAKES, VERDICTS, SheetClaim, SheetQuotation
from pactqa.export.sheet_json import SHEET_VERSION
from pactqa.judgement.differences import Difference, describe_difference, find_differences
from pactqa.judgement.light_words import is_light
from pactqa.search.claims import find_claims
from pactqa.search.words import are_same, read_words
from pactqa.settings import read_nli, read_style
from pactqa.web.cards import list_references_of
from pactqa.web.templates import render

__all__ = [
    "EvidenceCard",
    "Mark",
    "Piece",
    "cut_pieces",
    "make_claim_renderer",
    "render_proposal",
    "render_tools",
]

_FIRST_CARDS = 2

Mark = Literal["", "covered", "differs"]
_COLUMNS = (
    ("supports", "For"),
    ("contradicts", "Against"),
    ("undecided", "Same subject"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and how it is marked."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A sentence beside a claim, as the page shows it.

    Attributes:
        claim: what is claimed.
        quotation: the sentence, as the sheet has it.
        essay: that it is quoted from.
        passage: that it stands in.
        differences: what a reader must see.
        anchor: its id on the page.
        rank: from 1.
    """

    claim: str
    quotation: SheetQuotation
    essay: Essay
    passage: Passage
    differences: tuple[Difference, ...]
    anchor: str
    rank: int

    @property
    def span(self) -> Span:
        """Where the sentence stands in the essay."""
        return Span(self.quotation.start, self.quotation.end)

    @property
    def said(self) -> tuple[str, ...]:
        """The differences in words."""
        return tuple(
            describe_difference(difference, self.claim, self.essay.text)
            for difference in self.differences
        )

    @property
    def stances(self) -> str:
        """What a model makes of the sentence and of its passage, `""` without a model."""
        return describe_stances(self.quotation.stance, self.quotation.passage_stance)

    @property
    def claim_pieces(self) -> tuple[Piece, ...]:
        """The claim; the words of a difference are marked."""
        spans = [span for difference in self.differences for span in difference.claim]
        return cut_pieces(self.claim, 0, spans)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The sentence; the words of a difference, and those that the claim has, are marked."""
        start, text = self.quotation.start, self.quotation.quote
        differs = [span for difference in self.differences for span in difference.sentence]
        ours = [word for word in read_words(self.claim) if word.carries]
        covered = [
            Span(start + word.start, start + word.end)
            for word in read_words(text)
            if any(are_same(own, word) for own in ours)
        ]
        return cut_pieces(text, start, differs, covered)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The words of the claim that say something and that the sentence has in no form.

        Those of a difference are left out, for it is shown already.
        """
        its = read_words(self.quotation.quote)
        differs = [span for difference in self.differences for span in difference.claim]
        ours = (
            word
            for word in read_words(self.claim)
            if word.carries
            and not is_light(word.key)
            and not any(word.start < span.end and span.start < word.end for span in differs)
        )
        lacking = (word.text for word in ours if not any(are_same(word, other) for other in its))
        return tuple(dict.fromkeys(lacking))

    @property
    def passage_pieces(self) -> tuple[Piece, ...]:
        """The whole passage with the sentence marked."""
        return cut_pieces(self.passage.text, self.passage.start, (), [self.span])

    @property
    def notes(self) -> tuple[EditorNote, ...]:
        """The editor's notes on the sentence."""
        return tuple(self.essay.notes_within(self.span.start, self.span.end))

    @property
    def further_notes(self) -> tuple[EditorNote, ...]:
        """The editor's notes on other words of the passage."""
        every = self.essay.notes_within(self.passage.start, self.passage.end)
        return tuple(note for note in every if note not in self.notes)

    @property
    def references(self) -> tuple[tuple[str, str, RichText], ...]:
        """The reference in each style: the style, its name and the reference."""
        return list_references_of(self.essay)


def cut_pieces(
    text: str, start: int, differs: Sequence[Span], covered: Sequence[Span] = ()
) -> tuple[Piece, ...]:
    """Cuts a slice of a text around what is marked in it; together the pieces are the slice.

    Args:
        text: the slice.
        start: its offset; the spans are offsets, too.
        differs: the words of a difference.
        covered: the words that both sides have; a difference hides what it touches of them.
    """
    marks: list[tuple[int, int, Mark]] = [(span.start, span.end, "differs") for span in differs]
    marks += [
        (span.start, span.end, "covered")
        for span in covered
        if not any(span.start < other.end and other.start < span.end for other in differs)
    ]
    pieces: list[Piece] = []
    at = start
    for first, last, mark in sorted(marks):
        if at <= first < last <= start + len(text):
            pieces += [
                Piece(text[at - start : first - start], ""),
                Piece(text[first - start : last - start], mark),
            ]
            at = last
    pieces.append(Piece(text[at - start :], ""))
    return tuple(piece for piece in pieces if piece.text)


def make_claim_renderer(assistant: Assistant) -> Callable[[SheetClaim, int], Markup]:
    """Gives what renders one claim of a sheet, with a number for its id on the page.

    It looks up each essay once. A sentence of an essay that is not here any more is passed over.
    """
    essays = {essay.id: essay for essay in assistant.essays()}
    passages_of = cache(assistant.passages)

    def render_claim(claim: SheetClaim, number: int) -> Markup:
        cards = []
        for rank, quotation in enumerate(claim.quotations, start=1):
            essay = essays.get(quotation.essay)
            passage = find_passage(passages_of(essay.id), quotation.start) if essay else None
            if essay and passage:
                span = Span(quotation.start, quotation.end)
                card = EvidenceCard(
                    claim=claim.claim,
                    quotation=quotation,
                    essay=essay,
                    passage=passage,
                    differences=find_differences(claim.claim, essay.text, span),
                    anchor=f"pq-claim-{number}-{rank}",
                    rank=rank,
                )
                cards.append(card)
        return render(
            "claims/claim.html",
            claim=claim,
            number=number,
            columns=_lay_columns(cards),
            verdicts=VERDICTS,
        )

    return render_claim


def _lay_columns(
    cards: Collection[EvidenceCard],
) -> list[tuple[str, list[EvidenceCard], list[EvidenceCard]]]:
    """Gives each column's name, the cards shown open in it and those that are folded."""
    if any(card.quotation.stance for card in cards):
        columns = [
            (name, [card for card in cards if (card.quotation.stance or "undecided") == stance])
            for stance, name in _COLUMNS
        ]
    else:
        columns = [("Passages about this", list(cards))] if cards else []
    return [(name, own[:_FIRST_CARDS], own[_FIRST_CARDS:]) for name, own in columns]


def render_proposal(text: str, markdown: bool) -> Markup:
    """Renders the sentences of a text with a tick box for each; those that claim are ticked."""
    rows = [
        (text[sentence.span.start : sentence.span.end], sentence.proposed)
        for sentence in find_claims(text, markdown)
    ]
    proposed = sum(claims for _, claims in rows)
    return render("claims/proposal.html", rows=rows, proposed=proposed)


def render_tools() -> Markup:
    """Renders the empty tabs beside the questions.

    Raises:
        SettingError: if the style of references is set to what is none.
    """
    return render(
        "claims/tools.html",
        styles=STYLES,
        kinds=",".join(UPLOAD_KINDS),
        most=MAX_UPLOAD_BYTES,
        version=SHEET_VERSION,
        stances=bool(read_nli()),
        chosen_style=read_style(),
        takes=TAKES,
    )
