"""Measures how claims are checked, and fits the status of a claim.

    python scripts/measure_claims.py --fool-me-twice FILE --wice FILE [--every N] [--folder FOLDER]
        [--fit FILE]

The files are JSON lines: FoolMeTwice with `claim`, `evidence`, `label`, `page`, `distractors`; WiCE
with `hypothesis`, `evidence` (sentences), `supporting_sentences` (lists of their numbers). Each
page of FoolMeTwice and each article of WiCE becomes an essay of its own; a claim is checked against
its page. The sentences are ranked by pactqa, by cosine and by BM25, all in the same run.

Pages are divided in two halves: what is chosen or fitted is so on half A and reported on half B.
With `--fit`, the regression behind `found` is fitted on the claims of half A, each asked with its
page and without it, and written into the file of fitted numbers. Differences are counted on 200
pairs of a claim with its own evidence.
"""

import argparse
import json
import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from pactqa.assistant import Assistant
from pactqa.claim_check import weigh_claim
from pactqa.essays.files import Essay
from pactqa.evaluation.evaluate import open_documents
from pactqa.evaluation.metrics import compute_auroc, measure_mean
from pactqa.finding import Models
from pactqa.judgement.claims import ClaimSignals, measure_claim
from pactqa.judgement.differences import describe_difference, find_differences
from pactqa.models.choice import load_reader
from pactqa.models.encoder import SentenceEncoder
from pactqa.models.fitted import ConfidenceModel, load_fitted
from pactqa.models.reader import Reader
from pactqa.search.sentence_ranking import Bearing
from pactqa.search.words import forms_of, read_words

WEIGHED = ("score", "cosine", "reading")
RIDGE = 0.01
PAIRS = 200
SEED = 1
GROUP = 4
"""Sentences of an article of WiCE that stand in one paragraph."""


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim, its page, the sentences that speak of it, and those that it is tried among."""

    claim: str
    page: str
    gold: frozenset[str]
    pool: frozenset[str] | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fool-me-twice", type=Path)
    parser.add_argument("--wice", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every Nth claim")
    parser.add_argument("--folder", type=Path, help="keep the indexes here, or use them again")
    parser.add_argument("--fit", type=Path, help="the file of fitted numbers to write into")
    options = parser.parse_args()
    encoder, reader = SentenceEncoder.load(), load_reader()
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place)
        if options.fool_me_twice:
            rows = read_rows(options.fool_me_twice)
            count_differences(rows)
            claims, essays = read_fool_me_twice(rows)
            assistant = open_essays(folder / "fool_me_twice", essays, encoder, reader)
            report_ranks("FoolMeTwice", assistant, claims[:: options.every])
            if options.fit:
                fit_status(assistant, claims[:: options.every], options.fit)
        if options.wice:
            claims, essays = read_wice(read_rows(options.wice)[:: options.every])
            assistant = open_essays(folder / "wice", essays, encoder, reader)
            report_ranks("WiCE", assistant, claims)


def read_rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


def flatten(sentence: str) -> str:
    return " ".join(sentence.split())


def read_fool_me_twice(rows: Sequence[dict[str, Any]]) -> tuple[list[LabelledClaim], list[Essay]]:
    """Gives the claims, and each page as an essay with a sentence a paragraph."""
    pages: dict[str, dict[str, None]] = {}
    claims = []
    for row in rows:
        page, evidence = pages.setdefault(row["page"], {}), flatten(row["evidence"])
        sentences = [flatten(sentence) for sentence in row["distractors"]]
        gold = [s for s in sentences if s in evidence or evidence in s] or [evidence]
        page |= dict.fromkeys([*sentences, *gold])
        pool = frozenset([*sentences, *gold])
        claims.append(LabelledClaim(row["claim"], row["page"], frozenset(gold), pool))
    texts = {page: "\n\n".join(sentences) for page, sentences in pages.items()}
    return claims, [make_essay(page, text) for page, text in texts.items()]


def read_wice(rows: Sequence[dict[str, Any]]) -> tuple[list[LabelledClaim], list[Essay]]:
    """Gives the claims that have gold sentences, and each article as an essay."""
    claims, essays = [], []
    for row in rows:
        gold = {number for numbers in row["supporting_sentences"] for number in numbers}
        if gold:
            sentences = [flatten(sentence) for sentence in row["evidence"]]
            groups = [sentences[at : at + GROUP] for at in range(0, len(sentences), GROUP)]
            claim = flatten(row["hypothesis"])
            chosen = frozenset(sentences[number] for number in gold)
            claims.append(LabelledClaim(claim, row["id"], chosen))
            essays.append(make_essay(row["id"], "\n\n".join(" ".join(group) for group in groups)))
    return claims, essays


def make_essay(title: str, text: str) -> Essay:
    return Essay(id=title, title=title, text=text, markdown=False)


def open_essays(
    folder: Path, essays: Sequence[Essay], encoder: SentenceEncoder, reader: Reader
) -> Assistant:
    if folder.exists():
        return Assistant(folder / "corpus", folder / "index", encoder, reader)
    return open_documents(folder, essays, encoder, reader)


def weigh_all(
    assistant: Assistant, claims: Sequence[LabelledClaim], withhold: bool = False
) -> Iterator[tuple[LabelledClaim, list[Bearing]]]:
    """Ranks the sentences of each claim's page, or of all other pages, if any bears on it."""
    models = Models(assistant.encoder, assistant.reader, load_fitted())
    with assistant.read() as (snapshot, library):
        ids = {essay.title: essay.id for essay in library.essays}
        for claim in claims:
            own = ids[claim.page]
            only = [i for i in ids.values() if i != own] if withhold else [own]
            yield claim, weigh_claim(models, snapshot, library, claim.claim, only).ranked


def is_half_a(claim: LabelledClaim) -> bool:
    """Divides pages in two by their names, the same way in every run."""
    return sum(claim.page.encode()) % 2 == 0


def report_ranks(name: str, assistant: Assistant, claims: Sequence[LabelledClaim]) -> None:
    """Prints hit@1, MRR and the recall of gold sentences at 5, for three ways to rank."""
    figures: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for claim, ranked in weigh_all(assistant, claims):
        texts = [bearing.candidate.sentence(bearing.number) for bearing in ranked]
        words = score_words(claim.claim, texts)
        cosines = [bearing.cosine for bearing in ranked]
        orders = {
            "pactqa": list(range(len(ranked))),
            "cosine": sorted(range(len(ranked)), key=lambda at: -cosines[at]),
            "BM25": sorted(range(len(ranked)), key=lambda at: -words[at]),
        }
        halves = ["A and B", "A" if is_half_a(claim) else "B"]
        for way, order in orders.items():
            ordered = [texts[at] for at in order]
            for part in halves:
                figures.setdefault((part, way), []).append(judge(ordered, claim.gold))
            if claim.pool:
                among = [t for t in ordered if is_any(t, claim.pool)]
                figures.setdefault(("own distractors", way), []).append(judge(among, claim.gold))
    for (part, way), values in sorted(figures.items()):
        means = [measure_mean([value[column] for value in values]) for column in range(3)]
        shown = "  ".join(f"{m.value:.3f} ({m.low:.3f} to {m.high:.3f})" for m in means)
        print(f"{name}, {part} ({len(values)}), {way}: hit@1, MRR, recall@5: {shown}", flush=True)


def is_any(text: str, sentences: frozenset[str]) -> bool:
    """Tells whether two ways of splitting mean the same sentence: one lies within the other."""
    bare = flatten(text)
    return any(bare in other or other in bare for other in sentences)


def judge(ordered: Sequence[str], gold: frozenset[str]) -> tuple[float, float, float]:
    right = [is_any(text, gold) for text in ordered]
    rank = right.index(True) + 1 if any(right) else 0
    found = sum(any(is_any(t, frozenset([g])) for t in ordered[:5]) for g in gold)
    return float(rank == 1), 1 / rank if rank else 0.0, found / len(gold)


def score_words(claim: str, texts: Sequence[str]) -> list[float]:
    """Gives the BM25 scores of sentences, words without their endings, stop words left out."""
    bags = [Counter(read_stems(text)) for text in texts]
    length = sum(sum(bag.values()) for bag in bags) / max(len(bags), 1) or 1.0
    using = Counter(word for bag in bags for word in bag)

    def score(bag: Counter[str]) -> float:
        total = 0.0
        for word in set(read_stems(claim)) & set(bag):
            rarity = math.log(1 + (len(bags) - using[word] + 0.5) / (using[word] + 0.5))
            norm = 1.2 * (0.25 + 0.75 * sum(bag.values()) / length)
            total += rarity * bag[word] * 2.2 / (bag[word] + norm)
        return total

    return [score(bag) for bag in bags]


def read_stems(text: str) -> list[str]:
    return [min(forms_of(word.key), key=len) for word in read_words(text) if word.carries]


def fit_status(assistant: Assistant, claims: Sequence[LabelledClaim], file: Path) -> None:
    """Fits the regression behind `found` on half A, and reports it on half B."""
    measured: dict[bool, tuple[list[ClaimSignals], list[bool]]] = {
        True: ([], []), False: ([], []),
    }  # fmt: skip
    for withhold in (False, True):
        for claim, ranked in weigh_all(assistant, claims, withhold):
            if ranked:
                signals, found = measured[is_half_a(claim)]
                signals.append(measure_claim(ranked))
                found.append(not withhold)
    model = fit(*measured[True])
    for half, (signals, found) in (("A", measured[True]), ("B", measured[False])):
        confidence = np.array([model.compute(s) for s in signals])
        is_found = np.array(found)
        called = confidence >= model.answered
        print(
            f"found or not, half {half} ({len(found)}): AUROC "
            f"{compute_auroc(confidence[is_found], confidence[~is_found]):.3f}; called found: "
            f"{called[is_found].mean():.3f} with the page, {called[~is_found].mean():.3f} without",
            flush=True,
        )
    content = json.loads(file.read_text("utf-8"))
    content["claims"] = {
        "weights": {name: round(weight, 4) for name, weight in model.weights.items()},
        "intercept": round(model.intercept, 4),
        "answered": round(model.answered, 4),
        "nearby": round(model.nearby, 4),
        "data": f"{len(measured[True][1])} checks of FoolMeTwice dev claims, with and without page",
        "command": "python scripts/measure_claims.py --fool-me-twice FILE --every 4 --fit FILE",
    }
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def fit(signals: Sequence[ClaimSignals], found: Sequence[bool]) -> ConfidenceModel:
    """Fits the weights, none below zero, and the threshold that tells both kinds best."""
    values = np.array([[getattr(s, name) for name in WEIGHED] for s in signals])
    labels = np.array(found, dtype=np.float64)
    scale = values.std(axis=0)
    values = values / scale

    def loss(weights: np.ndarray) -> float:
        logits = values @ weights[:-1] + weights[-1]
        own = np.logaddexp(0, -logits) * labels + np.logaddexp(0, logits) * (1 - labels)
        return float(own.mean() + RIDGE * (weights[:-1] ** 2).sum())

    bounds = [(0, None)] * len(WEIGHED) + [(None, None)]
    best = minimize(loss, np.zeros(len(WEIGHED) + 1), bounds=bounds, method="L-BFGS-B").x
    weights = dict(zip(WEIGHED, (best[:-1] / scale).tolist(), strict=True))
    model = ConfidenceModel(weights, float(best[-1]), answered=0.5, nearby=0.0)
    confidence = np.array([model.compute(s) for s in signals])
    is_found = labels == 1
    bars = np.unique(confidence)
    gains = [(confidence[is_found] >= b).mean() - (confidence[~is_found] >= b).mean() for b in bars]
    apart = [s.maxsim for s, own in zip(signals, found, strict=True) if not own]
    nearby = float(np.percentile(apart, 2))
    return replace(model, answered=float(bars[int(np.argmax(gains))]), nearby=nearby)


def count_differences(rows: Sequence[dict[str, Any]]) -> None:
    """Prints every difference found on some pairs of a claim and its own evidence."""
    chosen = random.Random(SEED).sample(list(rows), PAIRS)
    counts: Counter[tuple[str, bool]] = Counter()
    for row in chosen:
        claim, evidence = flatten(row["claim"]), flatten(row["evidence"])
        differences = find_differences(claim, evidence)
        counts[row["label"], bool(differences)] += 1
        for difference in differences:
            said = describe_difference(difference, claim, evidence)
            print(f"  {row['label']}: {difference.kind}: {said}\n    {claim}\n    {evidence}")
    for label in ("support", "contradict"):
        shown, total = counts[label, True], counts[label, True] + counts[label, False]
        print(f"differences shown on {label}: {shown} of {total} ({shown / total:.3f})", flush=True)


if __name__ == "__main__":
    main()
