"""The evidence for a claim: the sentences of the essays that bear on it, and what is said of them.

The program lays sentences side by side with a claim and judges nothing: it shows which words of the
claim a sentence has, in which words the two differ, and, if there is a model for it, the stance of
each sentence. Which sentences are shown, and in what order, is decided in `claim_check`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.claim_check import Weighing
from pactqa.errors import ClaimError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.essays.text import repair_surrogates
from pactqa.judgement.claims import EvidenceStatus
from pactqa.judgement.differences import Difference, find_differences
from pactqa.judgement.light_words import is_light
from pactqa.messages import NOTHING_QUOTED, count_of, describe_words
from pactqa.models.nli import Nli, Stance
from pactqa.search.ranking import Hit
from pactqa.search.sentence_ranking import Bearing
from pactqa.search.words import Word
from pactqa.validation import K_MAX, is_count

__all__ = [
    "CLAIM_MAX",
    "Evidence",
    "EvidenceSentence",
    "check_claim",
    "check_sentence_count",
    "compose_evidence",
    "describe_evidence",
    "describe_stances",
    "describe_unmentioned",
]

_TITLES_MOST = 2
_STANCES = {
    "supports": "supports the claim",
    "contradicts": "contradicts the claim",
    "undecided": "is undecided",
}

CLAIM_MAX = 2_000
"""A longer claim, in characters, is refused: it is a text with claims."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence that bears on a claim, and how the two stand to each other.

    Attributes:
        hit: its passage, with the sentence as the key sentence; the score and rank are its own.
        covered: where the words of the claim stand that the sentence has too, in any form.
        uncovered: where the other words of the claim stand that carry its subject.
        differences: what a reader must see; empty means only that none was found.
        stance: of the sentence; None without a model for stances.
        passage_stance: of its whole passage; None without a model for stances.
    """

    hit: Hit
    covered: tuple[Span, ...]
    uncovered: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()
    stance: Stance | None = None
    passage_stance: Stance | None = None

    @property
    def essay(self) -> Essay:
        """The essay that it is quoted from."""
        return self.hit.essay

    @property
    def passage(self) -> Passage:
        """The passage that it stands in."""
        return self.hit.passage

    @property
    def span(self) -> Span:
        """Where it stands in the essay."""
        return self.hit.key_sentence

    @property
    def text(self) -> str:
        """Its words."""
        return self.hit.key_text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the essays say that bears on a claim: quotations only.

    Attributes:
        claim: as it was given.
        status: see `EvidenceStatus`.
        confidence: the number from 0 to 1 that the status was decided by.
        sentences: those that bear on the claim, best first; none of a status `absent`.
        missing: the nouns and names of the claim that the essays do not use.
        stances_by: the name of the model that gave the stances, `""` if there is none.
        only: the ids of the essays that were searched; empty means all.
        only_titles: the titles of these essays.
        stale: the ids of essays whose file no longer says what was indexed; nothing of them is
            quoted until the index is refreshed.
        generation: the identity of that of the index; no other one has it.
    """

    claim: str
    status: EvidenceStatus
    confidence: float
    sentences: tuple[EvidenceSentence, ...]
    missing: tuple[str, ...] = ()
    stances_by: str = ""
    only: tuple[str, ...] = ()
    only_titles: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    generation: str = ""

    @property
    def essay_count(self) -> int:
        """The number of essays that are quoted."""
        return len({sentence.essay.id for sentence in self.sentences})


def check_claim(claim: str) -> str:
    """Gives the claim as it is searched: itself, with `?` for half surrogate pairs.

    Raises:
        ClaimError: if it is no text, has no letter or digit, or is over 2,000 characters.
    """
    if not isinstance(claim, str):
        raise ClaimError(f"The claim must be text, not {claim!r:.40}.")
    if len(claim) > CLAIM_MAX:
        raise ClaimError(
            f"The claim has {len(claim):,} characters, more than the {CLAIM_MAX:,} that one claim "
            "may have. Check a text with several claims as a file or as a text."
        )
    if not any(character.isalnum() for character in claim):
        raise ClaimError("The claim is empty. Write what is claimed as a sentence.")
    return repair_surrogates(claim)


def check_sentence_count(k: int) -> int:
    """Gives the number of sentences to show.

    Raises:
        ClaimError: if it is not a whole number from 1 to 20.
    """
    if not is_count(k):
        raise ClaimError(f"The number of sentences must be from 1 to {K_MAX}, not {k!r:.40}.")
    return k


def compose_evidence(
    weighing: Weighing,
    current: Sequence[Bearing],
    stale: tuple[str, ...] = (),
    nli: Nli | None = None,
    only: Sequence[Essay] = (),
    generation: str = "",
) -> Evidence:
    """Lays the best sentences beside a claim whose essays still say them.

    Args:
        weighing: what was found for the claim.
        current: the best sentences of it whose essays still say them.
        stale: the ids of the essays that do not.
        nli: gives the stances; None for none.
        only: the essays that were searched; empty means all.
        generation: the identity of that of the index; no other one has it.
    """
    status = weighing.status if current else "absent"
    shown = () if status == "absent" else current
    return Evidence(
        claim=weighing.claim,
        status=status,
        confidence=weighing.confidence,
        sentences=_compose_sentences(weighing.claim, weighing.words, shown, nli),
        missing=weighing.missing,
        stances_by=nli.name if nli else "",
        only=tuple(essay.id for essay in only),
        only_titles=tuple(essay.title for essay in only),
        stale=stale,
        generation=generation,
    )


def describe_evidence(evidence: Evidence) -> str:
    """Says in a sentence or two what was found; every word of it is true of the essays.

    The page, the terminal and the files say it alike.
    """
    return _describe_only(evidence.only_titles) + _describe_found(evidence)


def _describe_only(titles: Sequence[str]) -> str:
    """Says that only some essays were looked in; `""` for none.

    >>> _describe_only(["Bees", "Kings"]), _describe_only(["A", "B", "C"])
    ('Looked only in “Bees” and “Kings”. ', 'Looked only in 3 of the essays. ')
    """
    if not titles:
        return ""
    few = " and ".join(f"“{title}”" for title in titles)
    where = few if len(titles) <= _TITLES_MOST else f"{len(titles)} of the essays"
    return f"Looked only in {where}. "


def _describe_found(evidence: Evidence) -> str:
    if not evidence.sentences:
        if evidence.stale:
            return NOTHING_QUOTED
        where = "there" if evidence.only else "in the essays"
        return f"Nothing {where} was found to be about this claim."
    sentences = count_of(len(evidence.sentences), "sentence")
    essays = count_of(evidence.essay_count, "essay")
    if evidence.status == "nearby":
        return (
            f"{'They' if evidence.only else 'The essays'} may not speak of this claim. "
            f"The nearest: {sentences} from {essays}, word for word."
        )
    return f"{sentences} from {essays}, word for word; they may support or contradict the claim."


def describe_stances(of_sentence: str | None, of_passage: str | None) -> str:
    """Says what a model makes of a sentence and of its whole passage; `""` without a model.

    >>> describe_stances("supports", "undecided")
    'A model’s reading: the sentence supports the claim, its whole passage is undecided.'
    """
    read = [
        f"{name} {_STANCES[stance]}"
        for name, stance in (("the sentence", of_sentence), ("its whole passage", of_passage))
        if stance
    ]
    return f"A model’s reading: {', '.join(read)}." if read else ""


def describe_unmentioned(evidence: Evidence) -> str:
    """Says which nouns and names of the claim the essays do not use; `""` if they use all."""
    return describe_words(evidence.missing)


def _compose_sentences(
    claim: str, words: Sequence[Word], ranked: Sequence[Bearing], nli: Nli | None
) -> tuple[EvidenceSentence, ...]:
    hits = [
        Hit(
            essay=bearing.candidate.essay,
            passage=bearing.candidate.passage,
            key_sentence=bearing.span,
            score=bearing.score,
            rank=rank,
        )
        for rank, bearing in enumerate(ranked, start=1)
    ]
    passages = {hit.passage.id: hit.passage.text for hit in hits}
    stances: Sequence[Stance | None] = [None] * len(hits)
    of_passages: dict[str, Stance] = {}
    if nli:
        stances = nli.judge(claim, [hit.key_text for hit in hits])
        of_passages = dict(zip(passages, nli.judge(claim, list(passages.values())), strict=True))
    return tuple(
        EvidenceSentence(
            hit=hit,
            covered=tuple(Span(word.start, word.end) for word in bearing.covered),
            uncovered=tuple(
                Span(word.start, word.end)
                for word in words
                if word not in bearing.covered and not is_light(word.key)
            ),
            differences=find_differences(claim, hit.essay.text, hit.key_sentence),
            stance=stance,
            passage_stance=of_passages.get(hit.passage.id),
        )
        for hit, bearing, stance in zip(hits, ranked, stances, strict=True)
    )
