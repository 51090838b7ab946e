"""Fits the confidence model and its two thresholds, and prints the figures they are judged by.

    python scripts/fit_confidence.py --own-words FOLDER --squad2 FOLDER --selqa FOLDER
        [--output FILE] [--every N] [--signals FILE]

FOLDER holds `documents.jsonl` and `questions.jsonl` (or `dev.jsonl`), as `pactqa evaluate` reads
them. The model is fitted on questions in people's own words, and reported on them by
cross-validation over their articles; and on SQuAD 2.0 articles that nothing was trained on and on
SelQA, which are never fitted to. Each SQuAD and SelQA question that is answerable is also asked
with its article withheld, when nothing can answer it.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from pactqa.assistant import Assistant
from pactqa.evaluation.evaluate import leave_out_article, open_documents
from pactqa.evaluation.labels import LabelledQuestion, read_documents, read_questions
from pactqa.evaluation.metrics import measure_auroc
from pactqa.index.matching import choose_words
from pactqa.index.snapshot import Snapshot
from pactqa.index.store import Store
from pactqa.judgement.confidence import Signals
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.fitted import FITTED_FILE, ConfidenceModel
from pactqa.models.reader import Reader
from pactqa.search.query import STOP_WORDS

REPORTED_ON = ("French_and_Indian_War", "Scottish_Parliament")
WEIGHED = ("reading", "cosine")
"""Signals of which more can only mean more: their weights are kept from falling below zero."""
SEED = 0
FOLDS = 8
RIDGE = 0.01


@dataclass(frozen=True, slots=True)
class Example:
    """One question as it was asked, what the assistant knew of it, and the best BM25 score."""

    article: str
    withheld: bool
    answerable: bool
    signals: Signals
    bm25: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own-words", type=Path, required=True)
    parser.add_argument("--squad2", type=Path, required=True)
    parser.add_argument("--selqa", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=FITTED_FILE)
    parser.add_argument("--every", type=int, default=1, help="take every Nth SQuAD question")
    parser.add_argument("--signals", type=Path, help="keep what was measured here, or read it")
    options = parser.parse_args()
    encoder, reader = SentenceEncoder.load(), load_reader()
    if options.signals and options.signals.exists():
        own, squad, selqa = read_examples(options.signals)
    else:
        own, squad, selqa = (
            collect(options.own_words, encoder, reader, withhold=False),
            collect(options.squad2, encoder, reader, REPORTED_ON, options.every),
            collect(options.selqa, encoder, reader),
        )
        if options.signals:
            kept = [list(map(asdict, examples)) for examples in (own, squad, selqa)]
            options.signals.write_text(json.dumps(kept))
    fitted = [example for example in own if not example.withheld]
    nearby = float(np.percentile([e.signals.sentence for e in squad if e.withheld], 2))
    model = replace(fit(fitted), nearby=nearby)
    report_crossed(fitted)
    report("own words, on what was fitted", model, fitted)
    report("SQuAD 2.0, as given", model, [e for e in squad if not e.withheld])
    report("SQuAD 2.0, article withheld", model, select_withheld(squad))
    report("SelQA, article withheld", model, select_withheld(selqa))
    content = json.loads(options.output.read_text("utf-8"))
    content["encoder"], content["reader"] = encoder.name, reader.name
    content["confidence"] = {
        "weights": {name: round(weight, 4) for name, weight in model.weights.items()},
        "intercept": round(model.intercept, 4),
        "answered": round(model.answered, 4),
        "nearby": round(model.nearby, 4),
        "data": f"{len(fitted)} questions in people's own words over 64 sections of articles",
        "command": "python scripts/fit_confidence.py --own-words FOLDER --squad2 FOLDER --selqa "
        "FOLDER",
    }
    options.output.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"written: {options.output}")


def collect(
    folder: Path,
    encoder: SentenceEncoder,
    reader: Reader,
    articles: Sequence[str] = (),
    every: int = 1,
    withhold: bool = True,
) -> list[Example]:
    """Asks every Nth question of a folder, or of some of its articles."""
    file = folder / "questions.jsonl"
    labelled = read_questions(file if file.exists() else folder / "dev.jsonl")
    labelled = [q for q in labelled if not articles or q.article in articles][::every]
    with tempfile.TemporaryDirectory() as place:
        documents = read_documents(folder / "documents.jsonl")
        assistant = open_documents(Path(place), documents, encoder, reader)
        with Store(Path(place) / "index").read() as snapshot:
            return list(ask_all(assistant, snapshot, labelled, withhold))


def read_examples(file: Path) -> list[list[Example]]:
    """Reads what `--signals` kept."""
    return [
        [Example(**row | {"signals": Signals(**row["signals"])}) for row in rows]
        for rows in json.loads(file.read_text())
    ]


def ask_all(
    assistant: Assistant,
    snapshot: Snapshot,
    questions: Sequence[LabelledQuestion],
    withhold: bool,
) -> Iterator[Example]:
    """Asks each question as given and, if `withhold` and answerable, without its article."""
    essays = assistant.essays()

    def ask(labelled: LabelledQuestion, only: list[str] | None) -> Example:
        answer = assistant.ask(labelled.question, essays=only)
        words = choose_words(labelled.question, stop_words=STOP_WORDS)
        best = snapshot.search_words(words, 1, only)
        assert answer.signals is not None
        return Example(
            article=labelled.article or "",
            withheld=only is not None,
            answerable=labelled.answerable and only is None,
            signals=answer.signals,
            bm25=best[0][1] if best else 0.0,
        )

    for number, question in enumerate(questions, start=1):
        yield ask(question, None)
        if withhold and question.answerable:
            yield ask(question, leave_out_article(essays, question.article or ""))
        if number % 100 == 0:
            print(f"{number}/{len(questions)} questions asked", flush=True)


def fit(examples: Sequence[Example]) -> ConfidenceModel:
    """Fits the coefficients, then the thresholds on the same articles.

    `answered` is where answerable questions and the others are told apart best. `nearby` is set
    apart, and low on purpose: 1 in 50 of the questions whose article was withheld has no
    sentence so near, since to call absent what the essays answer is the worst error of all.
    """
    rows, labels = to_rows(examples)
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled, shares = (
        (rows - mean) / scale,
        np.where(labels, 0.5 / labels.mean(), 0.5 / (~labels).mean()),
    )

    def lose(parameters: np.ndarray) -> float:
        logits = scaled @ parameters[:-1] + parameters[-1]
        losses = np.logaddexp(0, np.where(labels, -logits, logits))
        return float((shares * losses).mean() + RIDGE * (parameters[:-1] ** 2).sum())

    bounds = [(0, None)] * len(WEIGHED) + [(None, None)]
    found = minimize(lose, np.zeros(len(WEIGHED) + 1), bounds=bounds, method="L-BFGS-B").x
    weights = found[:-1] / scale
    intercept = float(found[-1] - weights @ mean)
    scores = 1 / (1 + np.exp(-(rows @ weights + intercept)))
    return ConfidenceModel(
        weights=dict(zip(WEIGHED, map(float, weights), strict=True)),
        intercept=intercept,
        answered=find_threshold(scores, labels),
        nearby=0.0,
    )


def to_rows(examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Gives the signals (examples, signals) that are weighed, and the labels (examples,)."""
    rows = [[getattr(example.signals, name) for name in WEIGHED] for example in examples]
    return np.array(rows), np.array([example.answerable for example in examples])


def find_threshold(scores: np.ndarray, labels: np.ndarray) -> float:
    """Gives the threshold of the best balanced accuracy, the mean over bootstrap samples.

    The mean, because the best one of a single sample jumps with a few questions.
    """
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(200):
        drawn = random.integers(0, len(scores), len(scores))
        some, right = scores[drawn], labels[drawn]
        cuts = np.unique(some)
        found.append(cuts[int(np.argmax([measure_balance(some, right, cut) for cut in cuts]))])
    return float(np.mean(found))


def measure_balance(scores: np.ndarray, labels: np.ndarray, cut: float) -> float:
    """Gives the balanced accuracy of calling answered what scores at least `cut`."""
    return float(((scores[labels] >= cut).mean() + (scores[~labels] < cut).mean()) / 2)


def select_withheld(examples: Sequence[Example]) -> list[Example]:
    """Gives the answerable questions, and the same ones without their article."""
    return [e for e in examples if e.answerable or e.withheld]


def report_crossed(examples: Sequence[Example]) -> None:
    """Prints what models reach that were fitted without the articles they are asked about."""
    articles = [example.article for example in examples]
    scores, answered = np.zeros(len(examples)), np.zeros(len(examples), dtype=bool)
    for train, test in GroupKFold(FOLDS).split(examples, groups=articles):
        model = fit([examples[i] for i in train])
        for i in test:
            scores[i] = model.compute(examples[i].signals)
            answered[i] = scores[i] >= model.answered
    labels = np.array([example.answerable for example in examples])
    print(f"\nown words, cross-validated: {labels.sum()} answerable, {(~labels).sum()} not")
    print(f"  AUROC of the confidence  {describe_auroc(scores, labels)}")
    print(f"  balanced accuracy {measure_balance(answered.astype(float), labels, 1.0):.3f}")


def report(name: str, model: ConfidenceModel, examples: Sequence[Example]) -> None:
    """Prints AUROC with a bootstrap interval, beside single signals, and the accuracy."""
    labels = np.array([example.answerable for example in examples])
    scores = np.array([model.compute(example.signals) for example in examples])
    print(f"\n{name}: {labels.sum()} answerable, {(~labels).sum()} not")
    print(f"  AUROC of the confidence  {describe_auroc(scores, labels)}")
    print(f"  AUROC of {'bm25':<15} {describe_auroc(np.array([e.bm25 for e in examples]), labels)}")
    for signal in (field.name for field in fields(Signals)):
        single = np.array([getattr(example.signals, signal) for example in examples])
        print(f"  AUROC of {signal:<15} {describe_auroc(single, labels)}")
    right = measure_balance(scores, labels, model.answered)
    absent = np.mean([e.signals.sentence < model.nearby for e in examples if e.answerable])
    print(f"  balanced accuracy {right:.3f}; answerable nearer than nothing {1 - absent:.3f}")


def describe_auroc(scores: np.ndarray, labels: np.ndarray) -> str:
    """Gives an AUROC with its 95 % interval by the percentile bootstrap."""
    figure = measure_auroc(scores[labels], scores[~labels])
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


if __name__ == "__main__":
    main()
