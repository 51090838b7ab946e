"""Measures the assistant on labelled questions: the right passage, the key sentence, the status.

The figures measure what a visitor gets: a question that is answered with "the essays say nothing"
has no passage, so it counts as not found. `metrics` computes them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import EvaluationError
from pactqa.essays.files import Essay
from pactqa.evaluation.labels import LabelledQuestion
from pactqa.evaluation.metrics import (
    Figure,
    measure_auroc,
    measure_balanced_accuracy,
    measure_hit_rate,
    measure_mean,
    measure_reciprocal_rank,
)
from pactqa.index.refresh import Progress
from pactqa.models.encoder import Encoder
from pactqa.models.reader import Reader

__all__ = [
    "Report",
    "evaluate",
    "leave_out_article",
    "open_documents",
    "render_report",
]

_DEPTH = 10
_MOST_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured.

    Attributes:
        questions: how many were asked; one that is asked again without its article counts twice.
        figures: by name: `hit@1`, `hit@3`, `mrr@10`, `key_sentence`, `auroc`, `balanced_accuracy`,
            those of them that the labels allow.
    """

    questions: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the assistant made of one question.

    Attributes:
        question: the question, with its labels.
        rank: of the right document among those quoted, from 1; None if it is not one of ten.
        key_sentence: whether the right one is marked; None if the labels do not say which it is.
        confidence: of the answer.
        answered: whether the answer is called answered.
    """

    question: LabelledQuestion
    rank: int | None
    key_sentence: bool | None
    confidence: float
    answered: bool


def open_documents(
    folder: Path,
    essays: Sequence[Essay],
    encoder: Encoder,
    reader: Reader,
    progress: Progress | None = None,
) -> Assistant:
    """Writes documents as a corpus into a folder and opens an Assistant on it.

    The corpus lies in `corpus`, the index in `index` below the folder.
    """
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for number, essay in enumerate(essays):
        front = json.dumps({"title": essay.title}, ensure_ascii=False)
        name = _file_name(number, essay.markdown)
        (corpus / name).write_text(f"---\n{front}\n---\n{essay.text}\n", "utf-8", newline="")
    return Assistant.open(corpus, folder / "index", encoder, progress, reader)


def evaluate(
    assistant: Assistant,
    questions: Sequence[LabelledQuestion],
    documents: Sequence[Essay] | None = None,
    withhold_article: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Asks every question and compares the answers with the labels.

    Args:
        assistant: on the project's own essays, or as `open_documents` gave it.
        questions: the labelled questions.
        documents: the documents that the assistant was opened on, in the same order; None for the
            project's own essays, whose ids `answer_doc` then names.
        withhold_article: whether each question is asked twice, once of everything and once with the
            essays whose title is its article left out; the second counts as unanswerable.

    Raises:
        EvaluationError: if there is no question, or one names a document that is not there.
    """
    if not questions:
        raise EvaluationError("The questions file holds no question. Write one JSON object a line.")
    essays = assistant.essays()
    names = _name_documents(essays, documents)
    _check_labels(questions, names)
    tasks: list[tuple[LabelledQuestion, list[str] | None]] = [(q, None) for q in questions]
    if withhold_article:
        tasks += _withhold_articles(questions, essays)
    outcomes = []
    for done, (question, only) in enumerate(tasks, start=1):
        answer = assistant.ask(question.question, k=_MOST_PASSAGES, essays=only)
        outcomes.append(_judge(question, answer, names))
        if progress:
            progress(done, len(tasks))
    return Report(questions=len(tasks), figures=dict(_compute_figures(outcomes)))


def leave_out_article(essays: Sequence[Essay], article: str) -> list[str]:
    """Gives the ids of the essays that are not of an article: whose title is another.

    An article may be named with underscores for spaces, as Wikipedia's addresses do.
    """
    return [essay.id for essay in essays if essay.title != article.replace("_", " ")]


def render_report(report: Report) -> dict[str, Any]:
    """Gives a report in the shape of the JSON interface."""
    return {"questions": report.questions} | {
        name: {"value": f.value, "low": f.low, "high": f.high} for name, f in report.figures.items()
    }


def _name_documents(essays: Sequence[Essay], documents: Sequence[Essay] | None) -> dict[str, str]:
    """Gives what the labels call each essay, by the essay's id."""
    if documents is None:
        return {essay.id: essay.id for essay in essays}
    by_stem = {Path(_file_name(n, d.markdown)).stem: d.id for n, d in enumerate(documents)}
    return {essay.id: by_stem[Path(essay.file).stem] for essay in essays}


def _check_labels(questions: Sequence[LabelledQuestion], names: dict[str, str]) -> None:
    known = set(names.values())
    for question in questions:
        if question.answer_doc is not None and question.answer_doc not in known:
            raise EvaluationError(
                f"The question {question.question!r} names the document {question.answer_doc!r}, "
                "which is not among the documents. Give the right --documents file."
            )


def _withhold_articles(
    questions: Sequence[LabelledQuestion], essays: Sequence[Essay]
) -> Iterator[tuple[LabelledQuestion, list[str]]]:
    """Gives each answerable question as one that cannot be answered from the essays left."""
    for question in questions:
        if question.article and question.answerable:
            left = leave_out_article(essays, question.article)
            if left:
                yield replace(question, answerable=False), left


def _judge(question: LabelledQuestion, answer: Answer, names: dict[str, str]) -> _Outcome:
    found = [names[hit.essay.id] for hit in answer.hits]
    ranked = list(dict.fromkeys(found))[:_DEPTH]
    key: bool | None = None
    if question.answerable and question.answer_sentences:
        key = question.answer_doc in found and _is_right_sentence(
            answer.hits[found.index(question.answer_doc)].key_text, question.answer_sentences
        )
    return _Outcome(
        question=question,
        rank=ranked.index(question.answer_doc) + 1 if question.answer_doc in ranked else None,
        key_sentence=key,
        confidence=answer.confidence,
        answered=answer.status == "answered",
    )


def _is_right_sentence(key: str, labelled: Iterable[str]) -> bool:
    """Tells whether two ways of splitting mean the same sentence: one lies within the other."""
    bare = " ".join(key.split())
    return any(bare in (other := " ".join(s.split())) or other in bare for s in labelled)


def _compute_figures(outcomes: Sequence[_Outcome]) -> Iterator[tuple[str, Figure]]:
    placed = [o for o in outcomes if o.question.answerable and o.question.answer_doc is not None]
    ranks = [o.rank for o in placed]
    if ranks:
        yield "hit@1", measure_hit_rate(ranks, 1)
        yield "hit@3", measure_hit_rate(ranks, 3)
        yield "mrr@10", measure_reciprocal_rank(ranks)
    keys = [o.key_sentence for o in outcomes if o.key_sentence is not None]
    if keys:
        yield "key_sentence", measure_mean(keys)
    positive = [o for o in outcomes if o.question.answerable]
    negative = [o for o in outcomes if not o.question.answerable]
    if positive and negative:
        confidences = (np.array([o.confidence for o in kind]) for kind in (positive, negative))
        yield "auroc", measure_auroc(*confidences)
        answered = (np.array([o.answered for o in kind]) for kind in (positive, negative))
        yield "balanced_accuracy", measure_balanced_accuracy(*answered)


def _file_name(number: int, markdown: bool) -> str:
    return f"document-{number:06d}{'.md' if markdown else '.txt'}"
