"""Measures the assistant on labelled questions: the right passage, the key sentence, the status.

Every figure is a mean over questions
with a 95 % interval by the percentile bootstrap (Efron, 1979) over the questions. They measure what
a visitor gets: a question that is answered with "the essays do not say" has no passage, so it
counts as not found.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import EvaluationError
from pactqa.essays.files import Essay
from pactqa.evaluation.labels import LabelledQuestion
from pactqa.index.refresh import Progress
from pactqa.models.encoder import Encoder
from pactqa.models.reader import Reader

__all__ = [
    "Figure",
    "Report",
    "compute_auroc",
    "evaluate",
    "leave_out_article",
    "open_documents",
    "render_report",
]

_DEPTH = 10
_RESAMPLES = 2000
_SEED = 0

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """Is a measured value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """Holds what was measured: the number of questions, and the figures by name."""

    questions: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Is what the assistant made of one question."""

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
    if documents is None:
        names = {essay.id: essay.id for essay in essays}
    else:
        by_stem = {Path(_file_name(n, d.markdown)).stem: d.id for n, d in enumerate(documents)}
        names = {essay.id: by_stem[Path(essay.file).stem] for essay in essays}
    known = set(names.values())
    for question in questions:
        if question.answer_doc is not None and question.answer_doc not in known:
            raise EvaluationError(
                f"The question {question.question!r} names the document {question.answer_doc!r}, "
                "which is not among the documents. Give the right --documents file."
            )
    tasks: list[tuple[LabelledQuestion, list[str] | None]] = [(q, None) for q in questions]
    if withhold_article:
        tasks += _withhold_articles(questions, essays)
    outcomes = []
    for done, (question, only) in enumerate(tasks, start=1):
        answer = assistant.ask(question.question, k=20, essays=only)
        outcomes.append(_judge(question, answer, names))
        if progress:
            progress(done, len(tasks))
    return Report(questions=len(tasks), figures=dict(_compute_figures(outcomes)))


def leave_out_article(essays: Sequence[Essay], article: str) -> list[str]:
    """Gives the ids of the essays that are not of an article: whose title is another.

    An article may be named with underscores for spaces, as Wikipedia's addresses do.
    """
    return [essay.id for essay in essays if essay.title != article.replace("_", " ")]


def compute_auroc(positive: _Floats, negative: _Floats) -> float:
    """Gives the area under the ROC curve: how often a positive scores above a negative, ties half.

    Source: Mann and Whitney (1947); Hanley and McNeil (1982). NaN if either is empty.
    """
    if not len(positive) or not len(negative):
        return float("nan")
    scores = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]  # equal scores share their mean rank
    above = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(above / (len(positive) * len(negative)))


def render_report(report: Report) -> dict[str, Any]:
    """Gives a report in the shape of the JSON interface."""
    return {"questions": report.questions} | {
        name: {"value": f.value, "low": f.low, "high": f.high} for name, f in report.figures.items()
    }


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
    ranked = [o for o in outcomes if o.question.answerable and o.question.answer_doc is not None]
    if ranked:
        ranks = np.array([o.rank or np.inf for o in ranked])
        yield "hit@1", _mean(ranks <= 1)
        yield "hit@3", _mean(ranks <= 3)
        yield "mrr@10", _mean(1 / ranks)
    keys = [o.key_sentence for o in outcomes if o.key_sentence is not None]
    if keys:
        yield "key_sentence", _mean(np.array(keys))
    positive = [o for o in outcomes if o.question.answerable]
    negative = [o for o in outcomes if not o.question.answerable]
    if positive and negative:
        yield (
            "auroc",
            _bootstrap_two(
                np.array([o.confidence for o in positive]),
                np.array([o.confidence for o in negative]),
                compute_auroc,
            ),
        )
        yield (
            "balanced_accuracy",
            _bootstrap_two(
                np.array([o.answered for o in positive], dtype=np.float64),
                np.array([o.answered for o in negative], dtype=np.float64),
                _balanced_accuracy,
            ),
        )


def _balanced_accuracy(positive: _Floats, negative: _Floats) -> float:
    return float((positive.mean() + 1 - negative.mean()) / 2)


def _mean(values: npt.NDArray[Any]) -> Figure:
    values = values.astype(np.float64)
    random = np.random.default_rng(_SEED)
    draws = random.integers(len(values), size=(_RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return Figure(float(values.mean()), float(low), float(high))


def _bootstrap_two(
    positive: _Floats, negative: _Floats, statistic: Callable[[_Floats, _Floats], float]
) -> Figure:
    """Resamples the positive and the negative questions apart, so both kinds keep their number."""
    random = np.random.default_rng(_SEED)
    drawn = [
        statistic(random.choice(positive, len(positive)), random.choice(negative, len(negative)))
        for _ in range(_RESAMPLES)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(statistic(positive, negative), float(low), float(high))


def _file_name(number: int, markdown: bool) -> str:
    return f"document-{number:06d}{'.md' if markdown else '.txt'}"
