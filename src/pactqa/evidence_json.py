"""The evidence for a claim in the shape of the JSON interface, which others rely on."""

from collections.abc import Iterator, Sequence
from typing import Any

from pactqa.answer import render_hit
from pactqa.essays.splitting import Span
from pactqa.evidence import Evidence, EvidenceSentence
from pactqa.judgement.differences import describe_difference

__all__ = ["render_evidence"]


def render_evidence(evidence: Evidence) -> dict[str, Any]:
    """Gives evidence in the shape of the JSON interface: a passage once, with its sentences."""
    return {
        "claim": evidence.claim,
        "status": evidence.status,
        "missing": list(evidence.missing),
        "stances_by": evidence.stances_by,
        "passages": list(_render_passages(evidence)),
    }


def _render_passages(evidence: Evidence) -> Iterator[dict[str, Any]]:
    groups: dict[str, list[EvidenceSentence]] = {}
    for sentence in evidence.sentences:
        groups.setdefault(sentence.passage.id, []).append(sentence)
    for rank, group in enumerate(groups.values(), start=1):
        yield render_hit(group[0].hit) | {
            "rank": rank,
            "stance": group[0].passage_stance,
            "sentences": [_render_sentence(evidence.claim, sentence) for sentence in group],
        }


def _render_sentence(claim: str, sentence: EvidenceSentence) -> dict[str, Any]:
    return {
        "rank": sentence.hit.rank,
        "score": round(sentence.hit.score, 4),
        "start": sentence.span.start,
        "end": sentence.span.end,
        "quote": sentence.text,
        "covered": _words_at(claim, sentence.covered),
        "uncovered": _words_at(claim, sentence.uncovered),
        "differences": [
            {
                "kind": difference.kind,
                "claim": _render_spans(claim, difference.claim),
                "sentence": _render_spans(sentence.essay.text, difference.sentence),
                "says": describe_difference(difference, claim, sentence.essay.text),
            }
            for difference in sentence.differences
        ],
        "stance": sentence.stance,
    }


def _words_at(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def _render_spans(text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [
        {"start": span.start, "end": span.end, "words": text[span.start : span.end]}
        for span in spans
    ]
