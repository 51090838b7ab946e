#!/usr/bin/env python3
"""Trains the reader (`pactqa.models.reader`), writes its weights and prints its figures.

    python scripts/train_reader.py --base FOLDER --data FOLDER --out FOLDER [--only-measure]

`--base` is the folder of the packaged all-MiniLM-L6-v2; `--data` holds
`answer_sentences/train.jsonl` and `squad2/` (questions and documents as JSON lines); `--out`
receives reader.safetensors and reader.json, after every pass. The seed is fixed; two idle CPU cores
that compute in bfloat16 need an hour. What it is trained on stands in `reader_pairs.py`; how well
it serves the whole of pactqa is measured by `fit_confidence.py`. SQuAD 2.0 articles named in
TUNED_ON or REPORTED are never trained on, and nothing is chosen by those in REPORTED.
"""

import argparse
import hashlib
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_pairs import (
    Pair,
    PairMaker,
    cut_batches,
    read_rows,
    read_training_rows,
    split_sentences,
)
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from torch import nn
from transformers import AutoTokenizer

from pactqa.evaluation.evaluate import compute_auroc
from pactqa.models.int8 import quantize_rows
from pactqa.models.network import (
    EMBEDDINGS,
    SCALE_SUFFIX,
    ReaderNetwork,
    build_network,
    digest_embeddings,
)
from pactqa.models.reader import Reader, SentenceInContext, SentenceReader

SEED = 7
REPORTED = ("Scottish_Parliament", "French_and_Indian_War")
TUNED_ON = ("Huguenot", "Imperialism")
BATCH = 40
FORWARD = 10
TRAIN_TOKENS = 112


@dataclass(frozen=True, slots=True)
class Phase:
    """Passes over part of the data, with a learning rate that rises, then falls to zero."""

    passes: int  # each makes its negatives and changed pairs anew
    rate: float
    share: float  # of answer_sentences
    squad: bool  # whether the SQuAD 2.0 rows come by
    lists: float  # weight of the listwise loss


# Easy first: with everything at once the network stayed at one constant answer for 20,000 pairs.
PHASES = (
    Phase(passes=1, rate=1e-4, share=0.3, squad=False, lists=0.0),
    Phase(passes=3, rate=1e-4, share=1.0, squad=True, lists=0.5),
)


def contrast(logits: torch.Tensor, pairs: Sequence[Pair], side: int) -> list[torch.Tensor]:
    """Return listwise losses: each answering pair against wrong ones of the same question.

    Side 0 compares the pairs of one question, side 1 those of one sentence.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        members[str(pair[side])].append(number)
    losses = []
    for numbers in members.values():
        wrong = [number for number in numbers if not pairs[number][2]]
        for number in numbers:
            if wrong and pairs[number][2]:
                losses.append(torch.logsumexp(logits[[number, *wrong]], 0) - logits[number])
    return losses


class PooledDropout(nn.Module):
    """Dropout whose random factors are drawn once: drawing takes a third of a step on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        kept = (torch.rand(1 << 22) >= share).to(torch.bfloat16) / (1 - share)
        self.register_buffer("factors", kept, persistent=False)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        """Return the hidden states, multiplied in training by factors from a random place."""
        if not self.training:
            return hidden
        factors: torch.Tensor = self.factors  # type: ignore[assignment]  # a buffer
        start = int(torch.randint(factors.numel() - hidden.numel(), ()))
        return hidden * factors[start : start + hidden.numel()].view(hidden.shape)


def prepare_training(network: ReaderNetwork) -> list[nn.Parameter]:
    """Return what is trained: all but the embeddings, which stay those of the packaged encoder."""
    network.bert.set_attn_implementation("eager")  # the fastest one for short texts on a CPU
    dropout = PooledDropout(network.bert.config.hidden_dropout_prob).to(network.head.weight.device)
    network.bert.embeddings.dropout = dropout
    for layer in network.bert.encoder.layer:
        layer.attention.self.dropout = nn.Dropout(0.0)
        layer.attention.output.dropout = layer.output.dropout = dropout
    for parameter in network.bert.embeddings.parameters():
        parameter.requires_grad_(False)
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def score_pairs(
    network: ReaderNetwork, tokenizer: Any, pairs: Sequence[Pair], device: str
) -> torch.Tensor:
    """Return logits (pairs,); pairs of similar length share a forward pass, to save padding."""
    lengths = [len(question) + len(sentence) for question, sentence, _ in pairs]
    order = sorted(range(len(pairs)), key=lengths.__getitem__)
    logits = []
    with torch.autocast(device, torch.bfloat16):  # once, so that the weights are cast once
        for start in range(0, len(order), FORWARD):
            some = [pairs[number] for number in order[start : start + FORWARD]]
            inputs = tokenizer(
                [pair[0] for pair in some], [pair[1] for pair in some], padding=True,
                pad_to_multiple_of=4, truncation="longest_first", max_length=TRAIN_TOKENS,
                return_tensors="pt",
            ).to(device)  # fmt: skip
            hidden = network.bert(**inputs).last_hidden_state
            with torch.autocast(device, enabled=False):
                logits.append(network.score_hidden(hidden, inputs["attention_mask"]))
    return torch.cat(logits)[torch.argsort(torch.tensor(order, device=device))]


def train_phase(
    network: ReaderNetwork,
    phase: Phase,
    passes: list[list[list[Pair]]],
    tokenizer: Any,
    device: str,
    after_pass: Callable[[], None],
) -> None:
    """Train the layers and the head.

    `passes` holds each pass's batches of pairs; `after_pass` is called at the end of each.
    """
    trained = prepare_training(network)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01},
            {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0},
        ],
        lr=phase.rate,
        fused=True,
    )
    batches = [batch for batches in passes for batch in batches]
    ends = set(accumulate(len(batches) for batches in passes))
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * (steps - step) / steps
    )
    network.train()
    began = time.monotonic()
    for step, pairs in enumerate(batches, start=1):
        logits = score_pairs(network, tokenizer, pairs, device)
        # Labels of .02 and .98: some mined "wrong" sentences do answer; nobody has checked them.
        labels = torch.tensor([0.02 + 0.96 * pair[2] for pair in pairs], device=device)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        lists = contrast(logits, pairs, 0) + contrast(logits, pairs, 1)
        if lists and phase.lists:
            loss = loss + phase.lists * torch.stack(lists).mean()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            speed = step * BATCH / (time.monotonic() - began)
            print(f"step {step}/{steps} loss {loss.item():.3f}, {speed:.0f} pairs/s", flush=True)
        if step in ends:
            after_pass()


def write_weights(network: ReaderNetwork, out: Path, facts: dict[str, Any]) -> Path:
    """Write reader.safetensors (matrices as int8 rows) and reader.json; return the first."""
    tensors: dict[str, np.ndarray] = {}
    for name, value in network.state_dict().items():
        if name.startswith("bert." + EMBEDDINGS):
            continue
        array = value.detach().float().cpu().numpy()
        if array.ndim == 2:
            tensors[name], tensors[name + SCALE_SUFFIX] = quantize_rows(array)
        else:
            tensors[name] = np.ascontiguousarray(array)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "reader.safetensors"
    save_file(tensors, path)
    card = {
        "name": "minilm-l6-reader",
        "weights_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "base_embeddings_sha256": digest_embeddings(network),
        **facts,
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return path


def print_figures(data: Path, reader: Reader, articles: Sequence[str]) -> None:
    """Print, of each article, how well its own paragraph tells which questions it answers."""
    texts = {
        row["id"]: split_sentences(row["text"])
        for row in read_rows(data / "squad2" / "documents.jsonl")
    }
    asked = read_rows(data / "squad2" / "questions.jsonl")
    for article in articles:
        best: dict[bool, list[float]] = {True: [], False: []}
        right = 0
        for row in (row for row in asked if row["article"] == article):
            own = texts[row["answer_doc"]]
            scores = reader.read(row["question"], [SentenceInContext("", "", s, "") for s in own])
            best[row["answerable"]].append(float(scores.max()))
            right += any(answer in own[int(scores.argmax())] for answer in row["answers"])
        auroc = compute_auroc(np.array(best[True]), np.array(best[False]))
        share = right / len(best[True])
        print(f"  {article}: AUROC {auroc:.3f}, right sentence {share:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the reader of pactqa.")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--only-measure", action="store_true", help="measure what --out holds")
    options = parser.parse_args()
    weights = options.out / "reader.safetensors"
    if not options.only_measure:
        train(options.base, options.data, options.out)
    reader = SentenceReader.load(options.base, weights)
    print_figures(options.data, reader, TUNED_ON + REPORTED)


def train(base: Path, data: Path, out: Path) -> None:
    """Make the pairs of all passes, train on them, and write the weights after each pass."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    encoder = SentenceTransformer(str(base), device=device, local_files_only=True)

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors: np.ndarray = encoder.encode(list(texts), batch_size=64, normalize_embeddings=True)
        return vectors

    named = [row["article"] for row in read_rows(data / "squad2" / "questions.jsonl")]
    articles = [name for name in dict.fromkeys(named) if name not in TUNED_ON + REPORTED]
    maker = PairMaker(read_training_rows(data, articles, encode), encode, rng)
    network = build_network(base).to(device)
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    facts = {"seed": SEED, "squad2_articles": articles, "made_by": "scripts/train_reader.py"}

    def keep() -> None:
        """Write the weights of a pass, so that a stopped run leaves those of its last one."""
        weights = write_weights(network, out, facts)
        print_figures(data, SentenceReader.load(base, weights), TUNED_ON)

    for phase in PHASES:
        passes = [
            cut_batches(maker.make_pass(phase.share, phase.squad), BATCH, rng)
            for _ in range(phase.passes)
        ]
        train_phase(network, phase, passes, tokenizer, device, keep)


if __name__ == "__main__":
    main()
