"""Fits the confidence model and its two thresholds, and prints the figures they are judged by.

    python scripts/fit_confidence.py --squad2 FOLDER --selqa FOLDER [--output FILE] [--every N]

FOLDER holds `documents.jsonl` and `questions.jsonl` (or `dev.jsonl`), as `pactqa evaluate` reads
them. The model is fitted on SQuAD 2.0 articles that the reader was not trained on, and reported on
articles that neither has seen, and on SelQA, which is never fitted to. Each question is asked as
given; an answerable one also with its article withheld, when nothing can answer it.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pactqa.assistant import Assistant
from pactqa.confidence import ConfidenceModel, Signals
from pactqa.encoder import SentenceEncoder
from pactqa.evaluate import compute_auroc, leave_out_article, open_documents
from pactqa.labels import LabelledQuestion, read_documents, read_questions
from pactqa.reading import load_reader

FITTED_ON = ("Huguenot", "Imperialism")
REPORTED_ON = ("French_and_Indian_War", "Scottish_Parliament")
MODEL_FILE = Path(__file__).parent.parent / "src" / "pactqa" / "models" / "confidence.json"
SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """Is one question as it was asked, and what the assistant knew of it."""

    article: str
    withheld: bool
    answerable: bool
    signals: Signals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squad2", type=Path, required=True)
    parser.add_argument("--selqa", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=MODEL_FILE)
    parser.add_argument("--every", type=int, default=1, help="take every Nth SQuAD question")
    parser.add_argument("--signals", type=Path, help="keep what was measured here, or read it")
    options = parser.parse_args()
    if options.signals and options.signals.exists():
        squad, selqa = read_examples(options.signals)
    else:
        squad, selqa = measure(options.squad2, options.selqa, options.every)
        if options.signals:
            options.signals.write_text(json.dumps([list(map(asdict, s)) for s in (squad, selqa)]))
    fitted = [e for e in squad if e.article in FITTED_ON]
    reported = [e for e in squad if e.article in REPORTED_ON]
    model = fit(fitted)
    report("fitted articles, as given", model, [e for e in fitted if not e.withheld])
    report("reported articles, as given", model, [e for e in reported if not e.withheld])
    report("reported articles, withheld", model, select_withheld(reported))
    report("SelQA, article withheld", model, select_withheld(selqa))
    names = [field.name for field in fields(Signals)]
    weights = dict(zip(names, (round(w, 4) for w in model.weights), strict=True))
    content = {
        "weights": weights,
        "intercept": round(model.intercept, 4),
        "thresholds": {"answered": round(model.answered, 4), "nearby": round(model.nearby, 4)},
        "fitted_on": f"SQuAD 2.0 articles {', '.join(FITTED_ON)}: {len(fitted)} questions asked",
        "command": "python scripts/fit_confidence.py --squad2 FOLDER --selqa FOLDER",
    }
    options.output.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    print(f"written: {options.output}")


def measure(squad2: Path, selqa: Path, every: int) -> tuple[list[Example], list[Example]]:
    """Asks every Nth question of the SQuAD articles used here, and all of SelQA's."""
    encoder, reader = SentenceEncoder.load(), load_reader()

    def collect(folder: Path, labelled: Sequence[LabelledQuestion]) -> list[Example]:
        documents = read_documents(folder / "documents.jsonl")
        with tempfile.TemporaryDirectory() as place:
            assistant = open_documents(Path(place), documents, encoder, reader)
            return list(ask_all(assistant, labelled))

    used = {*FITTED_ON, *REPORTED_ON}
    questions = read_questions(squad2 / "questions.jsonl")[::every]
    return (
        collect(squad2, [question for question in questions if question.article in used]),
        collect(selqa, read_questions(selqa / "dev.jsonl")),
    )


def read_examples(file: Path) -> list[list[Example]]:
    """Reads what `--signals` kept."""
    return [
        [Example(**row | {"signals": Signals(**row["signals"])}) for row in rows]
        for rows in json.loads(file.read_text())
    ]


def ask_all(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> Iterator[Example]:
    essays = assistant.essays()
    for number, question in enumerate(questions, start=1):
        article = question.article or ""
        answer = assistant.ask(question.question)
        yield Example(article, False, question.answerable, answer.signals)
        if question.answerable:
            others = leave_out_article(essays, article)
            answer = assistant.ask(question.question, essays=others)
            yield Example(article, True, False, answer.signals)
        if number % 50 == 0:
            print(f"{number}/{len(questions)} questions asked", flush=True)


def fit(examples: Sequence[Example]) -> ConfidenceModel:
    """Fits the coefficients, then the thresholds on the same articles.

    `answered` is where the balanced accuracy is best when answerable questions are set against
    questions of all kinds. `nearby` is low on purpose: 1 in 50 of the questions whose article was
    withheld stays under it, so that only a question foreign to the essays is called absent; to
    offer nearest passages that do not answer costs a reader less than to hide one that does.
    """
    rows = np.array([astuple(example.signals) for example in examples])
    labels = np.array([example.answerable for example in examples])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    regression = LogisticRegression(C=1.0, class_weight="balanced", random_state=SEED)
    regression.fit((rows - mean) / scale, labels)
    weights = regression.coef_[0] / scale
    intercept = float(regression.intercept_[0] - weights @ mean)
    scores = 1 / (1 + np.exp(-(rows @ weights + intercept)))
    cuts = np.unique(scores)
    accuracy = [
        ((scores[labels] >= cut).mean() + (scores[~labels] < cut).mean()) / 2 for cut in cuts
    ]
    return ConfidenceModel(
        weights=tuple(float(weight) for weight in weights),
        intercept=intercept,
        answered=float(cuts[int(np.argmax(accuracy))]),
        nearby=float(np.percentile(scores[[e.withheld for e in examples]], 2)),
    )


def select_withheld(examples: Sequence[Example]) -> list[Example]:
    return [e for e in examples if e.answerable or e.withheld]


def report(name: str, model: ConfidenceModel, examples: Sequence[Example]) -> None:
    """Prints AUROC with a bootstrap interval, beside two single signals, and the accuracy."""
    labels = np.array([example.answerable for example in examples])
    scores = np.array([model.compute(example.signals) for example in examples])
    print(f"\n{name}: {labels.sum()} answerable, {(~labels).sum()} not")
    print(f"  AUROC of the confidence  {describe_auroc(scores, labels)}")
    for signal in ("reading", "tokens", "words", "sentence", "cosine"):
        single = np.array([getattr(example.signals, signal) for example in examples])
        print(f"  AUROC of {signal:<15} {describe_auroc(single, labels)}")
    answered = scores >= model.answered
    right = (answered[labels].mean() + (~answered[~labels]).mean()) / 2
    absent = (scores < model.nearby)[labels].mean()
    print(f"  balanced accuracy {right:.3f}; answerable called absent {absent:.3f}")


def describe_auroc(scores: np.ndarray, labels: np.ndarray) -> str:
    random = np.random.default_rng(SEED)
    positive, negative = scores[labels], scores[~labels]
    drawn = [
        compute_auroc(
            random.choice(positive, len(positive)), random.choice(negative, len(negative))
        )
        for _ in range(1000)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"{compute_auroc(positive, negative):.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    main()
