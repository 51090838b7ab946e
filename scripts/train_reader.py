#!/usr/bin/env python3
"""Trains the reader (`pactqa.models.reader`), writes its weights and prints its figures.

    python scripts/train_reader.py --base FOLDER --data FOLDER --out FOLDER [--only-measure]
    python scripts/train_reader.py --from FILE --base FOLDER --data FOLDER --out FOLDER

The first trains a reader on `answer_sentences/train.jsonl` and `squad2/` below `--data` (questions
and documents as JSON lines), the second goes on from the weights in FILE with questions in people's
own words, `own_words/train/`, and a share of the earlier data. `--base` is the folder of the
packaged all-MiniLM-L6-v2; `--out` receives reader.safetensors and reader.json, after every pass.
The seed is fixed; on two idle CPU cores that compute in bfloat16 the first needs an hour, the
second, which uses one, ten minutes a pass. What it is trained on stands in `reader_pairs.py` and
`own_words.py`; how well it serves the whole of pactqa is measured by `fit_confidence.py`. SQuAD 2.0
articles named in TUNED_ON or REPORTED are never trained on, and nothing is chosen by those in
REPORTED; of `own_words/dev/` nothing is trained on either.
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
from own_words import (
    PAIR_TOKENS,
    OwnWords,
    PairInContext,
    Replay,
    stack_pairs,
    tokenize_pairs,
)
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

from pactqa.evaluation.metrics import compute_auroc
from pactqa.models.int8 import quantize_rows
from pactqa.models.network import (
    EMBEDDINGS,
    SCALE_SUFFIX,
    ReaderNetwork,
    build_network,
    digest_embeddings,
    load_quantized,
)
from pactqa.models.reader import Reader, SentenceReader

SEED = 7
REPORTED = ("Scottish_Parliament", "French_and_Indian_War")
TUNED_ON = ("Huguenot", "Imperialism")
BATCH = 40
FORWARD = 16


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


@dataclass(frozen=True, slots=True)
class LastPhase:
    """Passes over the questions in people's own words, each batch with some of the earlier data."""

    passes: int
    rate: float
    context: float  # share of the sentences that come in their context
    kept: float  # share of the weights gone on from in those written
    questions: int = 4  # a batch
    wrong: int = 5  # sentences of the section that do not answer, a question
    replay: int = 6  # pairs of the earlier data, a batch
    lists: float = 0.7  # weight of the listwise loss


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
    network: ReaderNetwork,
    tokenizer: Any,
    texts: Sequence[tuple[str, str]],
    contexts: Sequence[str],
    device: str,
) -> torch.Tensor:
    """Return logits (pairs,); pairs of similar length share a forward pass, to save padding."""
    pairs = tokenize_pairs(tokenizer, texts, contexts)
    order = sorted(range(len(pairs)), key=lambda number: len(pairs[number].ids))
    logits = []
    with torch.autocast(device, torch.bfloat16):  # once, so that the weights are cast once
        for start in range(0, len(order), FORWARD):
            some = [pairs[number] for number in order[start : start + FORWARD]]
            ids, mask, types, pooled = (part.to(device) for part in stack_pairs(some, multiple=4))
            hidden = network.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
            with torch.autocast(device, enabled=False):
                logits.append(network.score_hidden(hidden.last_hidden_state, pooled))
    return torch.cat(logits)[torch.argsort(torch.tensor(order, device=device))]


def make_optimizer(
    trained: Sequence[nn.Parameter], rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """Return AdamW with a rate that rises over the first 6 % of the steps, then falls to zero."""
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01},
            {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0},
        ],
        lr=rate,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * (steps - step) / steps
    )
    return optimizer, schedule


def compute_doubting_loss(logits: torch.Tensor, answers: Sequence[bool]) -> torch.Tensor:
    """Return how far the logits are from labels of .02 and .98.

    Not 0 and 1: some "wrong" sentences do answer; nobody has checked them.
    """
    labels = torch.tensor([0.02 + 0.96 * answer for answer in answers], device=logits.device)
    return nn.functional.binary_cross_entropy_with_logits(logits, labels)


def print_progress(step: int, steps: int, loss: torch.Tensor, speed: float) -> None:
    """Print how far a phase has come, and how many pairs it reads a second."""
    print(f"step {step}/{steps} loss {loss.item():.3f}, {speed:.0f} pairs/s", flush=True)


def take_step(
    loss: torch.Tensor,
    trained: Sequence[nn.Parameter],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    """Change the weights by the gradient of a loss, and the rate by the schedule."""
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    schedule.step()


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
    batches = [batch for batches in passes for batch in batches]
    ends = set(accumulate(len(batches) for batches in passes))
    steps = len(batches)
    optimizer, schedule = make_optimizer(trained, phase.rate, steps)
    network.train()
    began = time.monotonic()
    for step, pairs in enumerate(batches, start=1):
        texts = [(question, sentence) for question, sentence, _ in pairs]
        logits = score_pairs(network, tokenizer, texts, [""] * len(texts), device)
        loss = compute_doubting_loss(logits, [bool(answers) for _, _, answers in pairs])
        lists = contrast(logits, pairs, 0) + contrast(logits, pairs, 1)
        if lists and phase.lists:
            loss = loss + phase.lists * torch.stack(lists).mean()
        take_step(loss, trained, optimizer, schedule)
        if step % 100 == 0:
            print_progress(step, steps, loss, step * BATCH / (time.monotonic() - began))
        if step in ends:
            after_pass()


def compare_section(logits: torch.Tensor, pairs: Sequence[PairInContext]) -> torch.Tensor:
    """Return the listwise loss of a question over its section, where "no sentence" has logit 0.

    Each sentence that answers must stand above the wrong ones and above 0; where none answers, 0
    must stand above all. So the highest logit tells answerable questions from others.
    """
    none = torch.zeros(1, device=logits.device)
    wrong = logits[[number for number, pair in enumerate(pairs) if not pair.answers]]
    rest = torch.logsumexp(torch.cat([none, wrong]), 0)
    right = logits[[number for number, pair in enumerate(pairs) if pair.answers]]
    return (torch.logaddexp(rest, right) - right).mean() if len(right) else rest


def compare_earlier(logits: torch.Tensor, pairs: Sequence[PairInContext]) -> list[torch.Tensor]:
    """Return the listwise losses of a group of the earlier data, at half their weight."""
    plain = [(pair.question, pair.sentence, int(pair.answers)) for pair in pairs]
    return [loss / 2 for loss in contrast(logits, plain, 0)]


def train_own_words(
    network: ReaderNetwork,
    phase: LastPhase,
    own: OwnWords,
    replay: Replay,
    tokenizer: Any,
    device: str,
    after_pass: Callable[[], None],
) -> None:
    """Train on questions in people's own words and their sections; `after_pass` ends each pass."""
    trained = prepare_training(network)
    steps = phase.passes * len(own.make_batches(phase.questions))
    optimizer, schedule = make_optimizer(trained, phase.rate, steps)
    step, read, began = 0, 0, time.monotonic()
    for _ in range(phase.passes):
        network.train()
        for rows in own.make_batches(phase.questions):
            lists = [own.make_list(row, phase.wrong) for row in rows]
            groups = lists + replay.take(phase.replay)
            pairs = [pair for group in groups for pair in group]
            logits = score_pairs(
                network, tokenizer, [(pair.question, pair.sentence) for pair in pairs],
                [pair.context for pair in pairs], device,
            )  # fmt: skip
            parts = torch.split(logits, [len(group) for group in groups])
            losses = [
                compare_section(part, group)
                for part, group in zip(parts, lists, strict=False)  # the parts of the lists
            ]
            for part, group in zip(parts[len(lists) :], groups[len(lists) :], strict=True):
                losses += compare_earlier(part, group)
            loss = compute_doubting_loss(logits, [pair.answers for pair in pairs])
            loss = loss + phase.lists * torch.stack(losses).mean()
            take_step(loss, trained, optimizer, schedule)
            own.remember(pairs, logits.tolist())
            step, read = step + 1, read + len(pairs)
            if step % 50 == 0:
                print_progress(step, steps, loss, read / (time.monotonic() - began))
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
            scores = reader.read(row["question"], own)
            best[row["answerable"]].append(float(scores.max()))
            right += any(answer in own[int(scores.argmax())] for answer in row["answers"])
        auroc = compute_auroc(np.array(best[True]), np.array(best[False]))
        share = right / len(best[True])
        print(f"  {article}: AUROC {auroc:.3f}, right sentence {share:.3f}", flush=True)


def print_own_words(folder: Path, reader: Reader) -> None:
    """Print how well the sections tell which questions in people's own words they answer."""
    sections = {row["id"]: row for row in read_rows(folder / "documents.jsonl")}
    best: dict[bool, list[float]] = {True: [], False: []}
    right = 0
    for row in read_rows(folder / "questions.jsonl"):
        section = sections[row["about_doc"]]
        sentences = section["sentences"]
        scores = reader.read(row["question"], sentences)
        best[row["answerable"]].append(float(scores.max()))
        if row["answerable"]:
            right += sentences[int(scores.argmax())] in row["answer_sentences"]
    auroc = compute_auroc(np.array(best[True]), np.array(best[False]))
    share = right / len(best[True])
    print(f"  own words: AUROC {auroc:.3f}, right sentence {share:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the reader of pactqa.")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--from", type=Path, dest="start", help="weights to go on from")
    parser.add_argument("--passes", type=int, default=2, help="with --from")
    parser.add_argument("--rate", type=float, default=7e-5, help="with --from")
    parser.add_argument("--context", type=float, default=0.0, help="with --from; 0 to 1")
    parser.add_argument("--keep", type=float, default=0.3, help="with --from; share of FILE's")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only-measure", action="store_true", help="measure what --out holds")
    options = parser.parse_args()
    weights = options.out / "reader.safetensors"
    if not options.only_measure:
        phase = LastPhase(options.passes, options.rate, options.context, options.keep)
        train(options.base, options.data, options.out, options.seed, options.start, phase)
    reader = SentenceReader.load(options.base, weights)
    print_figures(options.data, reader, TUNED_ON + REPORTED)
    print_own_words(options.data / "own_words" / "dev", reader)


def train(
    base: Path, data: Path, out: Path, seed: int, start: Path | None, last: LastPhase
) -> None:
    """Make the pairs of all passes, train on them, and write the weights after each pass."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder = SentenceTransformer(str(base), device=device, local_files_only=True)

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors: np.ndarray = encoder.encode(list(texts), batch_size=64, normalize_embeddings=True)
        return vectors

    named = [row["article"] for row in read_rows(data / "squad2" / "questions.jsonl")]
    articles = [name for name in dict.fromkeys(named) if name not in TUNED_ON + REPORTED]
    maker = PairMaker(read_training_rows(data, articles, encode), encode, rng)
    network = build_network(base).to(device)
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True).backend_tokenizer
    tokenizer.no_padding()
    tokenizer.enable_truncation(PAIR_TOKENS, strategy="longest_first")
    facts = {"seed": seed, "squad2_articles": articles, "made_by": "scripts/train_reader.py"}
    if start is not None:
        facts |= describe_start(start, last.kept)

    def keep() -> None:
        """Write the weights of a pass, so that a stopped run leaves those of its last one."""
        written = network
        if start is not None:
            earlier = build_network(base)
            load_quantized(earlier, start)
            written = mix_weights(network, earlier.to(device), last.kept)
        weights = write_weights(written, out, facts)
        reader = SentenceReader.load(base, weights)
        print_figures(data, reader, TUNED_ON)
        print_own_words(data / "own_words" / "dev", reader)

    if start is not None:
        load_quantized(network, start)
        own = OwnWords(data / "own_words" / "train", encode, rng, last.context)
        earlier = maker.make_pass(share=0.3, squad=True)
        replay = Replay(earlier, maker.distinct, rng, 0.6 * last.context)
        train_own_words(network, last, own, replay, tokenizer, device, keep)
        return
    for phase in PHASES:
        passes = [
            cut_batches(maker.make_pass(phase.share, phase.squad), BATCH, rng)
            for _ in range(phase.passes)
        ]
        train_phase(network, phase, passes, tokenizer, device, keep)


def mix_weights(network: ReaderNetwork, other: ReaderNetwork, share: float) -> ReaderNetwork:
    """Return the second network with its `share` and the rest of the first (Wortsman et al. 2022).

    The mean of both keeps more of what the earlier data taught than the later weights alone. The
    embeddings, which both have from the encoder, stay as they are to the last bit.
    """
    trained = network.state_dict()
    mixed = other.state_dict()
    for name in mixed:
        if not name.startswith("bert." + EMBEDDINGS):
            mixed[name] = share * mixed[name] + (1 - share) * trained[name]
    other.load_state_dict(mixed)
    return other


def describe_start(start: Path, kept: float) -> dict[str, Any]:
    """Return what the card says of the weights gone on from, and of the questions since."""
    return {
        "kept_of_it": kept,
        "went_on_from_sha256": hashlib.sha256(start.read_bytes()).hexdigest(),
        "own_words": "questions in people's own words written for this project",
    }


if __name__ == "__main__":
    main()
