#!/usr/bin/env python3
"""Train the reader (`pactqa.reader`), write its weights and print the figures it is judged by.

    python scripts/train_reader.py --base FOLDER --data FOLDER --out FOLDER

`--base` is the folder of the packaged all-MiniLM-L6-v2; `--data` holds
`answer_sentences/train.jsonl`, `squad2/` and `selqa_history/` (questions and documents as JSON
lines); `--out` receives reader.safetensors and reader.json. The seed is fixed; two CPU cores need
under two hours.

What it is trained on, and where each idea comes from:
- a question and the sentence that answers it, against the sentences of its neighbourhood that the
  encoder ranks best, and against its neighbours' questions (hard negatives, Karpukhin et al. 2020);
- changed pairs: a name, number or word of the question is exchanged for another of the
  neighbourhood or for its opposite, in the question, in the sentence, or in both. Only "both" still
  answers, so nothing but comparing the two tells right from wrong (after Rajpurkar et al. 2018,
  table 1, and contrast sets, Gardner et al. 2020);
- SQuAD 2.0 questions that their paragraph does not answer.
Articles of SQuAD 2.0 named in REPORTED are never trained on, nor is anything chosen by them.
"""

import argparse
import hashlib
import json
import math
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from sentencex import segment
from torch import nn
from transformers import AutoTokenizer, BertModel

from pactqa.network import ReaderNetwork, build_network, quantize_rows
from pactqa.reader import SentenceInContext, SentenceReader

SEED = 7
# Every third article in the order of the file, from the second: fixed before anything was trained.
REPORTED = ("Huguenot", "Scottish_Parliament", "French_and_Indian_War")
TUNED_ON = ("Imperialism",)
BATCH = 40
READ_AT_MOST = 16
TRAIN_TOKENS = 112

Pair = tuple[str, str, int]  # question, sentence, 1 when it answers


@dataclass(frozen=True, slots=True)
class Phase:
    """One pass over part of the data, with a learning rate that rises, then falls to zero."""

    rate: float
    share: float  # of answer_sentences
    squad_times: int  # how often the SQuAD 2.0 rows come by
    lists: float  # weight of the listwise loss
    stop: float = 1.0  # share of the steps after which it ends, however high the rate still is


# Easy first: with everything at once the network stayed at one constant answer for 20,000 pairs.
PHASES = (
    Phase(rate=1e-4, share=0.3, squad_times=0, lists=0.0),
    # On the tuning article .763 after a quarter of the steps, .797 after half, .772 after three.
    Phase(rate=8e-5, share=0.5, squad_times=4, lists=0.5, stop=0.5),
)

OPPOSITES = """
first last|most least|largest smallest|biggest smallest|more less|more fewer|before after|
north south|northern southern|east west|eastern western|increase decrease|increased decreased|
increasing decreasing|rise fall|rose fell|win lose|won lost|winning losing|begin end|began ended|
start stop|started stopped|early late|earlier later|earliest latest|high low|higher lower|
highest lowest|old new|older younger|oldest youngest|oldest newest|male female|man woman|
men women|father mother|son daughter|brother sister|husband wife|king queen|boy girl|
accept reject|accepted rejected|allow forbid|allowed prohibited|support oppose|supported opposed|
strong weak|rich poor|wealthy poor|public private|major minor|majority minority|best worst|
better worse|good bad|positive negative|success failure|successful unsuccessful|friend enemy|
ally enemy|allies enemies|attack defend|attacked defended|import export|imports exports|
imported exported|buy sell|bought sold|enter leave|entered left|arrive depart|arrived departed|
gain lose|gained lost|same different|similar different|include exclude|includes excludes|
included excluded|inside outside|internal external|above below|over under|always never|
common rare|rural urban|ancient modern|original final|upper lower|left right|legal illegal|
long short|longest shortest|love hate|loved hated|born died|birth death|open close|opened closed|
build destroy|built destroyed|created destroyed|founded dissolved|cause prevent|caused prevented|
add remove|added removed|agree disagree|agreed disagreed|maximum minimum|victory defeat|peace war|
hot cold|light dark|fast slow|day night|summer winter|spring autumn|appointed dismissed|
elected defeated|joined left|encouraged discouraged|ban permit|banned permitted|maintain abandon|
helped hindered|praised criticized|praise criticism|denied confirmed|refused agreed|
lack abundance|without with|many few|offensive defensive|liberal conservative|catholic protestant|
civilian military|domestic foreign|local national|primary secondary|advantage disadvantage|
expensive cheap|dry wet|narrow wide|heavy light|true false|present absent|famous unknown|
popular unpopular|dependent independent|married divorced|parent child|parents children|
teacher student|hired fired|capture release|captured released|retreat advance|retreated advanced|
expand shrink|expanded shrank|gave took|give take|giving taking|sent received|send receive
"""
NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "hundred thousand million billion"
).split()
ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth".split()
CENTURIES = [f"{number}th" for number in range(4, 22)]
MONTHS = (
    "january february march april may june july august september october november december"
).split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
KINDS = {"number": NUMBERS, "ordinal": ORDINALS, "century": CENTURIES, "month": MONTHS, "day": DAYS}
# "may" and "march" are more often a verb than a month.
KIND_OF = {w: kind for kind, ws in KINDS.items() for w in ws if w not in ("may", "march")}
AUXILIARIES = set("did was were is are had has have can does do could would will may".split())
ASKS_NUMBER = re.compile(
    r"\b(when|what year|which year|how many|what date|how much|what month|what day)\b"
)
NUMBER_PHRASE = re.compile(
    r"\b(?:in|on|by|since|from|until|of|during)? ?(?:the )?"
    rf"(?:\d[\d,.]*(?:s|th|st|nd|rd)?|{'|'.join([*MONTHS, *NUMBERS, *DAYS, 'one'])})\b"
    r"(?: (?:century|percent|%))?"
)


def read_opposites() -> dict[str, list[str]]:
    """Return each word of OPPOSITES with its opposites, in both directions."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in OPPOSITES.replace("\n", " ").split("|"):
        one, other = pair.split()
        found[one].append(other)
        found[other].append(one)
    return dict(found)


ANTONYMS = read_opposites()


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def split_words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text."""
    return re.findall(r"\w+", text)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, stripped."""
    return [sentence.strip() for sentence in segment("en", text) if sentence.strip()]


def find_kind(word: str) -> str:
    """Return which list or kind of number a word belongs to, or "word"."""
    if word.isdecimal():
        return "year" if len(word) == 4 and 1000 <= int(word) < 2100 else "digits"
    return KIND_OF.get(word, "word")


def find_suffix(word: str) -> str:
    """Return a common ending: words with the same one tend to be of the same part of speech."""
    return next((s for s in ("ing", "ed", "ly", "est", "er", "ion", "s") if word.endswith(s)), "")


def exchange(text: str, word: str, other: str) -> str:
    """Return the text with every whole `word` replaced."""
    return re.sub(rf"\b{re.escape(word)}\b", other, text)


class BaseEncoder:
    """The packaged encoder: mean vectors and token vectors, as pactqa's search uses them."""

    def __init__(self, folder: Path, device: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.network: Any = BertModel.from_pretrained(folder, add_pooling_layer=False)
        nn.Module.to(self.network, device)
        self.network.train(False)
        self.device = device

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return unit vectors (texts, dim) and, per text, unit token vectors (tokens, dim)."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        vectors = np.zeros((len(texts), self.network.config.hidden_size), dtype=np.float32)
        tokens: list[np.ndarray] = [vectors] * len(texts)
        for start in range(0, len(order), 64):
            numbers = order[start : start + 64]
            batch = self.tokenizer(
                [texts[number] for number in numbers],
                padding=True, truncation=True, max_length=256, return_tensors="pt",
            ).to(self.device)  # fmt: skip
            with torch.autocast(self.device, torch.bfloat16):
                hidden = self.network(**batch).last_hidden_state.float()
            mask = batch["attention_mask"].unsqueeze(-1).float()
            mean = nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)
            hidden = nn.functional.normalize(hidden, dim=-1).cpu().numpy()
            lengths = batch["attention_mask"].sum(1).tolist()
            vectors[numbers] = mean.cpu().numpy()
            for row, number in enumerate(numbers):
                tokens[number] = hidden[row, 1 : lengths[row] - 1].copy()
        return vectors, tokens


@dataclass(slots=True)
class TrainingRows:
    """The questions with the sentences that answer them, and the questions that nothing answers."""

    questions: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)  # known for SQuAD 2.0 rows only
    others: dict[int, list[str]] = field(
        default_factory=dict
    )  # row -> rest of its paragraph, ranked
    unanswerable: list[tuple[str, list[str]]] = field(default_factory=list)  # best sentences first


def read_training_rows(data: Path, articles: Sequence[str], encoder: BaseEncoder) -> TrainingRows:
    """Return the rows of answer_sentences and of the named SQuAD 2.0 articles, in lower case."""
    rows = TrainingRows()
    for row in read_rows(data / "answer_sentences" / "train.jsonl"):
        rows.questions.append(row["question"].lower())
        rows.sentences.append(row["sentence"].lower())
        rows.answers.append([])
    paragraphs = {
        row["id"]: split_sentences(row["text"].lower())
        for row in read_rows(data / "squad2" / "documents.jsonl")
        if row["title"] in articles
    }
    distinct = list(dict.fromkeys(s for sentences in paragraphs.values() for s in sentences))
    vectors = dict(zip(distinct, encoder.encode(distinct)[0], strict=True))
    asked = [
        row for row in read_rows(data / "squad2" / "questions.jsonl") if row["article"] in articles
    ]
    questions = [row["question"].lower().strip() for row in asked]
    for row, question, vector in zip(asked, questions, encoder.encode(questions)[0], strict=True):
        ranked = sorted(paragraphs[row["answer_doc"]], key=lambda s: -float(vectors[s] @ vector))
        if not row["answerable"]:
            rows.unanswerable.append((question, ranked))
            continue
        answers = [answer.lower() for answer in row["answers"]]
        holding = [s for s in ranked if any(answer in s for answer in answers)]
        if holding:
            rows.others[len(rows.questions)] = [s for s in ranked if s not in holding]
            rows.questions.append(question)
            rows.sentences.append(holding[0])
            rows.answers.append(answers)
    return rows


class PairMaker:
    """Makes training pairs, anew for every pass, from rows and from the encoder's view of them."""

    def __init__(self, rows: TrainingRows, encoder: BaseEncoder, rng: random.Random) -> None:
        self.rows, self.rng = rows, rng
        self.distinct = list(dict.fromkeys(rows.sentences))
        number_of = {sentence: number for number, sentence in enumerate(self.distinct)}
        self.number = np.array([number_of[sentence] for sentence in rows.sentences])
        self.question_vectors = encoder.encode(rows.questions)[0]
        self.sentence_vectors = encoder.encode(self.distinct)[0]
        count: Counter[str] = Counter()
        for text in [*self.distinct, *rows.questions]:
            count.update(set(split_words(text)))
        common = 0.012 * (len(self.distinct) + len(rows.questions))
        self.content = {w for w, c in count.items() if c < common and (len(w) > 2 or w.isdecimal())}
        vocabulary = sorted(word for word in self.content if find_kind(word) == "word")
        self.place = {word: place for place, word in enumerate(vocabulary)}
        self.word_vectors = encoder.encode(vocabulary)[0]
        self.frequent = [word for word in vocabulary if count[word] >= 4]
        self.frequent_vectors = self.word_vectors[[self.place[word] for word in self.frequent]]
        self.nearby: dict[int, dict[str, list[str]]] = {}

    def make_pass(self, share: float, squad_times: int) -> list[list[Pair]]:
        """Return groups of pairs: one group for each question, in random order."""
        answerable = [row for row in range(len(self.rows.questions)) if row not in self.rows.others]
        answerable = self.rng.sample(answerable, int(share * len(answerable)))
        answerable += list(self.rows.others) * squad_times
        groups = [self.make_group(row) for row in answerable]
        for question, ranked in self.rows.unanswerable * squad_times:
            picked = ranked[:1] + self.rng.sample(ranked[1:], min(2, len(ranked) - 1))
            groups.append([(question, sentence, 0) for sentence in picked])
        self.rng.shuffle(groups)
        return groups

    def make_group(self, row: int) -> list[Pair]:
        """Return the pairs of one answerable question: the right one, mined ones, changed ones."""
        question, sentence = self.rows.questions[row], self.rows.sentences[row]
        group: list[Pair] = [(question, sentence, 1), *self.mine_sentences(row)]
        if self.rng.random() < 0.2:
            group.append((question, self.rng.choice(self.distinct), 0))
        group += self.mine_question(row)
        if self.rows.answers[row] and self.rng.random() < 0.3:
            for answer in sorted(self.rows.answers[row], key=len, reverse=True):
                sentence = sentence.replace(answer, "")
            group.append((question, sentence, 0))
        group += self.change_pair(row)
        self.rng.shuffle(group)
        return group

    def list_neighbours(self, row: int, reach: int) -> list[int]:
        """Return the rows within `reach` of a row that come from the same source."""
        from_squad = row in self.rows.others
        around = range(max(0, row - reach), min(len(self.number), row + reach + 1))
        return [other for other in around if (other in self.rows.others) == from_squad]

    def mine_sentences(self, row: int) -> list[Pair]:
        """Return two wrong sentences of the neighbourhood that the encoder ranks near the top."""
        question = self.rows.questions[row]
        if row in self.rows.others:
            others = self.rows.others[row]
            picked = self.rng.sample(others, min(2, len(others)))
            return [(question, s, 0) for s in (picked if self.rng.random() < 0.3 else others[:2])]
        numbers = {int(self.number[other]) for other in self.list_neighbours(row, 25)}
        wrong = sorted(numbers - {int(self.number[row])})
        if not wrong:
            return []
        order = np.argsort(-(self.sentence_vectors[wrong] @ self.question_vectors[row]))[:6]
        picked_numbers = self.rng.sample([wrong[o] for o in order], min(2, len(order)))
        return [(question, self.distinct[number], 0) for number in picked_numbers]

    def mine_question(self, row: int) -> list[Pair]:
        """Return a neighbour's question, one that the encoder finds close, with this sentence."""
        mine = self.number[row]
        others = [o for o in self.list_neighbours(row, 25) if self.number[o] != mine]
        if not others:
            return []
        order = np.argsort(-(self.question_vectors[others] @ self.sentence_vectors[mine]))[:6]
        other = others[int(self.rng.choice(order))]
        return [(self.rows.questions[other], self.rows.sentences[row], 0)]

    def change_pair(self, row: int) -> list[Pair]:
        """Return changed pairs: both sides changed alike still answer, one side alone does not."""
        question, sentence = self.rows.questions[row], self.rows.sentences[row]
        asked, said = list(dict.fromkeys(split_words(question))), set(split_words(sentence))
        draw = self.rng.random()
        if draw < 0.05 and (changed := self.negate(question, sentence)):
            return changed
        if draw < 0.13 and ASKS_NUMBER.search(question):
            without = NUMBER_PHRASE.sub("", sentence)
            if without != sentence and not re.search(r"\d", without):
                return [(question, re.sub(r"\s+", " ", without), 0)]
        usable = [w for w in asked if w in self.content or w in ANTONYMS or find_kind(w) != "word"]
        both = [word for word in usable if word in said]
        only = [word for word in usable if word not in said]
        if draw < 0.20 and len(both) >= 2:
            one, other = self.rng.sample(both, 2)
            if find_kind(one) == find_kind(other):
                return pair_changes(question, sentence, lambda t: swap_words(t, one, other))
        marked = [w for w in both + only if w in ANTONYMS or find_kind(w) != "word"]
        if marked and self.rng.random() < 0.4:
            word = self.rng.choice(marked)
        elif both and (not only or self.rng.random() < 0.7):
            word = self.rng.choice(both)
        elif only:
            word = self.rng.choice(only)
        else:
            return []
        new = self.find_replacement(row, word, set(asked) | said)
        if new is None:
            return []
        if word in said:
            return pair_changes(question, sentence, lambda t: exchange(t, word, new))
        pairs: list[Pair] = [(exchange(question, word, new), sentence, 0)]
        # A change elsewhere in the sentence leaves an answer: oddness alone must not mean "no".
        rest = sorted(w for w in said - set(asked) if w in self.content or find_kind(w) != "word")
        if rest:
            old = self.rng.choice(rest)
            other_word = self.find_replacement(row, old, set(asked) | said)
            if other_word:
                pairs.append((question, exchange(sentence, old, other_word), 1))
        return pairs

    def negate(self, question: str, sentence: str) -> list[Pair]:
        """Return the pair with a "not" in the question, and at times in the sentence as well."""
        found = [word for word in split_words(question) if word in AUXILIARIES]
        if not found:
            return []
        if self.rng.random() < 0.5:
            pattern, new = rf"\b{found[0]}\b((?: the)? \w+)", rf"{found[0]}\1 not"
        else:
            pattern = rf"\b{found[0]}\b"
            new = f"{found[0]} {'not' if self.rng.random() < 0.6 else 'never'}"
        negated = re.sub(pattern, new, question, count=1)
        pairs: list[Pair] = [(negated, sentence, 0)]
        said = [word for word in split_words(sentence) if word in AUXILIARIES]
        if said and self.rng.random() < 0.5:
            changed = re.sub(rf"\b{said[0]}\b", f"{said[0]} not", sentence, count=1)
            pairs.append((negated, changed, 1))
        return pairs

    def find_replacement(self, row: int, word: str, taken: set[str]) -> str | None:
        """Return a word of the same kind, from the neighbourhood where it has one, or None."""
        kind = find_kind(word)
        if word in ANTONYMS and self.rng.random() < 0.8:
            return self.rng.choice(ANTONYMS[word])
        nearby = self.list_nearby_words(row)
        if kind != "word":
            near = [other for other in nearby[kind] if other not in taken]
            if near and self.rng.random() < 0.6:
                return self.rng.choice(near)
            if kind in KINDS:
                return self.rng.choice([other for other in KINDS[kind] if other not in taken])
            step = self.rng.randint(1, 60 if kind == "year" else max(3, int(word)))
            new = str(max(1, int(word) + self.rng.choice((-1, 1)) * step))
            return None if new in taken else new
        if word not in self.place:
            return None
        vector = self.word_vectors[self.place[word]]
        if self.rng.random() < 0.35:
            pool, similar = self.frequent, self.frequent_vectors @ vector
        else:
            pool = nearby["word"]
            similar = self.word_vectors[[self.place[other] for other in pool]] @ vector
        found: list[tuple[float, str]] = []
        for place in np.argsort(-similar)[:40]:
            other, value = pool[place], float(similar[place])
            # Above .78, or with the same beginning, it is too often the same thing in another form.
            if value < 0.78 and other not in taken and other[:4] != word[:4]:
                same_form = find_suffix(other) == find_suffix(word)
                found.append((value + (0.12 if same_form else 0.0), other))
        if not found:
            return None
        best = sorted(found, reverse=True)[:12]
        weights = [math.exp(8 * value) for value, _ in best]
        return self.rng.choices([other for _, other in best], weights)[0]

    def list_nearby_words(self, row: int) -> dict[str, list[str]]:
        """Return the content words around a row by kind; rows share them in blocks of twenty."""
        block = row // 20
        if block not in self.nearby:
            middle = min(block * 20 + 10, len(self.number) - 1)
            found: dict[str, dict[str, None]] = defaultdict(dict)
            for other in self.list_neighbours(middle, 50):
                for word in split_words(self.rows.sentences[other]):
                    if find_kind(word) != "word" or word in self.content:
                        found[find_kind(word)][word] = None
            self.nearby[block] = defaultdict(list, {kind: list(ws) for kind, ws in found.items()})
        return self.nearby[block]


def swap_words(text: str, one: str, other: str) -> str:
    """Return the text with two words in each other's place."""
    return exchange(exchange(exchange(text, one, "zzqz"), other, one), "zzqz", other)


def pair_changes(question: str, sentence: str, change: Callable[[str], str]) -> list[Pair]:
    """Return a change of the question, of the sentence, and of both; only the last answers."""
    changed_question, changed_sentence = change(question), change(sentence)
    return [
        (changed_question, sentence, 0),
        (question, changed_sentence, 0),
        (changed_question, changed_sentence, 1),
    ]


def cut_batches(groups: list[list[Pair]], rng: random.Random) -> list[list[Pair]]:
    """Return batches of BATCH pairs of similar length; most groups stay together."""
    batches: list[list[Pair]] = []
    for start in range(0, len(groups), 600):
        some = groups[start : start + 600]
        some.sort(key=lambda group: max(len(pair[0]) + len(pair[1]) for pair in group))
        pairs = [pair for group in some for pair in group]
        batches += [pairs[at : at + BATCH] for at in range(0, len(pairs) - BATCH + 1, BATCH)]
    rng.shuffle(batches)
    return batches


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


def train_phase(
    network: ReaderNetwork, phase: Phase, batches: list[list[Pair]], tokenizer: Any, device: str
) -> None:
    """Train the layers and the head; the embeddings stay those of the packaged encoder."""
    for parameter in network.bert.embeddings.parameters():
        parameter.requires_grad_(False)
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01},
            {"params": [p for p in trained if p.ndim == 1], "weight_decay": 0.0},
        ],
        lr=phase.rate,
    )
    steps = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * (steps - step) / steps
    )
    network.train()
    began = time.monotonic()
    for step, pairs in enumerate(batches[: int(phase.stop * steps)]):
        inputs = tokenizer(
            [pair[0] for pair in pairs], [pair[1] for pair in pairs], padding=True,
            pad_to_multiple_of=8, truncation="longest_first", max_length=TRAIN_TOKENS,
            return_tensors="pt",
        ).to(device)  # fmt: skip
        with torch.autocast(device, torch.bfloat16):
            hidden = network.bert(**inputs).last_hidden_state
        logits = network.score_hidden(hidden, inputs["attention_mask"])
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
            speed = (step + 1) * BATCH / (time.monotonic() - began)
            print(f"step {step}/{steps} loss {float(loss):.3f}, {speed:.0f} pairs/s", flush=True)


def write_weights(network: ReaderNetwork, out: Path, facts: dict[str, Any]) -> Path:
    """Write reader.safetensors (matrices as int8 rows) and reader.json; return the first."""
    tensors: dict[str, np.ndarray] = {}
    for name, value in network.state_dict().items():
        if name.startswith("bert.embeddings."):
            continue
        array = value.detach().float().cpu().numpy()
        if array.ndim == 2:
            tensors[name], tensors[name + ".scale"] = quantize_rows(array)
        else:
            tensors[name] = np.ascontiguousarray(array)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "reader.safetensors"
    save_file(tensors, path)
    words = network.bert.embeddings.word_embeddings.weight.detach().float().cpu().numpy()
    card = {
        "name": "minilm-l6-reader",
        "weights_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "base_embeddings_sha256": hashlib.sha256(words.tobytes()).hexdigest(),
        **facts,
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return path


def measure_auroc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Return the area under the ROC curve, ties counted half (Mann and Whitney 1947)."""
    ordered = np.sort(scores)
    ranks = (
        np.searchsorted(ordered, scores, "left") + np.searchsorted(ordered, scores, "right")
    ) / 2
    positive = labels.astype(bool)
    count, rest = int(positive.sum()), int((~positive).sum())
    if not count or not rest:
        return math.nan
    return float((ranks[positive].sum() - count * count / 2) / (count * rest))


def with_interval(measure: Callable[[np.ndarray], float], count: int) -> str:
    """Return a figure and its 95% bootstrap interval over `count` questions (Efron 1979)."""
    generator = np.random.default_rng(SEED)
    drawn = [measure(generator.integers(0, count, count)) for _ in range(1000)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return f"{measure(np.arange(count)):.3f} [{low:.3f}, {high:.3f}]"


def auroc_line(label: str, answered: np.ndarray, scores: np.ndarray) -> None:
    """Print an AUROC over questions that are answerable or not."""
    figure = with_interval(lambda i: measure_auroc(answered[i], scores[i]), len(answered))
    print(f"  {label:<44} {figure}")


def withheld_line(label: str, present: np.ndarray, withheld: np.ndarray) -> None:
    """Print an AUROC of the same questions with their article in the corpus and without it."""

    def measure(i: np.ndarray) -> float:
        labels = np.repeat([1, 0], len(i))
        return measure_auroc(labels, np.concatenate([present[i], withheld[i]]))

    print(f"  {label:<44} {with_interval(measure, len(present))}")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for one question; `withheld` figures are without the question's article."""

    question: dict[str, Any]
    own: list[str]  # the sentences of its own paragraph
    own_reader: np.ndarray
    own_maxsim: np.ndarray
    own_cosine: np.ndarray
    read: np.ndarray  # the reader on the corpus' best sentences by MaxSim, best first
    read_withheld: np.ndarray
    passage: tuple[
        float, float, float
    ]  # best passage: MaxSim, cosine, and lastly own passage MaxSim
    passage_withheld: tuple[float, float]


def measure_questions(
    data: Path, folder: str, name: str, articles: Sequence[str], encoder: BaseEncoder, reader: Any
) -> list[Measured]:
    """Return the figures of the questions of the named articles (all, when none is named)."""
    documents = read_rows(data / folder / "documents.jsonl")
    asked = [
        row for row in read_rows(data / folder / name) if not articles or row["article"] in articles
    ]
    titles = [row["title"].replace("_", " ") for row in documents]
    sentences = [split_sentences(row["text"]) for row in documents]
    flat = [sentence for some in sentences for sentence in some]
    owner = np.repeat(np.arange(len(documents)), [len(some) for some in sentences])
    vectors, tokens = encoder.encode(
        [f"{titles[o]}. {s}" for o, s in zip(owner, flat, strict=True)]
    )
    passage_vectors, passage_tokens = encoder.encode(
        [f"{t}. {row['text']}" for t, row in zip(titles, documents, strict=True)]
    )
    questions = [row["question"].strip() for row in asked]
    question_vectors, question_tokens = encoder.encode(questions)
    article = np.array([row["title"] for row in documents])
    place = {row["id"]: number for number, row in enumerate(documents)}
    sentence_index, passage_index = stack_tokens(tokens), stack_tokens(passage_tokens)
    found = []
    for row, text, vector, query in zip(
        asked, questions, question_vectors, question_tokens, strict=True
    ):
        maxsim = score_maxsim(query, *sentence_index)
        passages, cosine = score_maxsim(query, *passage_index), passage_vectors @ vector
        at = place[row["answer_doc"]]
        away = article != article[at]
        own = np.flatnonzero(owner == at)
        best = np.argsort(-maxsim)[:READ_AT_MOST]
        rest = np.argsort(-np.where(away[owner], maxsim, -2.0))[:READ_AT_MOST]
        chosen = sorted({*own.tolist(), *best.tolist(), *rest.tolist()})
        context = [SentenceInContext("", "", flat[number], "") for number in chosen]
        scores = dict(zip(chosen, reader.read(text, context), strict=True))
        found.append(
            Measured(
                row,
                [flat[number] for number in own],
                np.array([scores[number] for number in own.tolist()]),
                maxsim[own],
                vectors[own] @ vector,
                np.array([scores[number] for number in best.tolist()]),
                np.array([scores[number] for number in rest.tolist()]),
                (float(passages.max()), float(cosine.max()), float(passages[at])),
                (float(passages[away].max()), float(cosine[away].max())),
            )
        )
    return found


def stack_tokens(tokens: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return all token vectors in one matrix and the row at which each text begins."""
    return np.concatenate(tokens), np.cumsum([0, *(len(some) for some in tokens[:-1])])


def score_maxsim(query: np.ndarray, stacked: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return each text's mean over query tokens of the best cosine (Khattab and Zaharia 2020)."""
    best: np.ndarray = np.maximum.reduceat(query @ stacked.T, starts, axis=1)
    means: np.ndarray = best.mean(axis=0)
    return means


def holds_answer(row: dict[str, Any], sentence: str) -> bool:
    """Return whether a sentence is one of the row's answer sentences, or holds its answer."""
    if "answer_sentences" not in row:
        return any(answer in sentence for answer in row["answers"])
    said = " ".join(split_words(sentence.lower()))
    for gold in row["answer_sentences"]:
        wanted = " ".join(split_words(gold.lower()))
        if said == wanted or (len(said) > 20 and said in wanted):
            return True
        if len(wanted) > 20 and wanted in said:
            return True
    return False


def mean_of(values: np.ndarray, chosen: np.ndarray) -> float:
    """Return the mean of the chosen values."""
    return float(values[chosen].mean())


def print_key_sentences(found: list[Measured]) -> None:
    """Print how often the best sentence of the question's own paragraph is a right one."""
    ways: dict[str, Callable[[Measured], np.ndarray]] = {
        "cosine": lambda one: one.own_cosine,
        "MaxSim": lambda one: one.own_maxsim,
        "reader": lambda one: one.own_reader,
        "MaxSim + .01 reader": lambda one: one.own_maxsim + 0.01 * one.own_reader,
        "MaxSim + .02 reader": lambda one: one.own_maxsim + 0.02 * one.own_reader,
    }
    for name, score in ways.items():
        right = np.array(
            [holds_answer(one.question, one.own[int(np.argmax(score(one)))]) for one in found]
        )
        figure = with_interval(partial(mean_of, right), len(right))
        print(f"  {'key sentence, ' + name:<44} {figure}")


def print_figures(data: Path, encoder: BaseEncoder, reader: Any) -> None:
    """Print the figures that the reader is judged by, with 95% intervals over questions."""
    for title, articles in (("tuned on", TUNED_ON), ("reported", REPORTED)):
        found = measure_questions(data, "squad2", "questions.jsonl", articles, encoder, reader)
        answered = np.array([one.question["answerable"] for one in found])
        print(f"squad2 as given, {title}: {', '.join(articles)}; {len(found)} questions, AUROC")
        rows: list[tuple[str, Callable[[Measured], float]]] = [
            ("reader, best sentence of its own paragraph", lambda one: one.own_reader.max()),
            ("MaxSim, best sentence of its own paragraph", lambda one: one.own_maxsim.max()),
            ("cosine, best sentence of its own paragraph", lambda one: one.own_cosine.max()),
            ("MaxSim, its own paragraph", lambda one: one.passage[2]),
            ("reader, best 4 sentences of the corpus", lambda one: one.read[:4].max()),
            ("reader, best 8 sentences of the corpus", lambda one: one.read[:8].max()),
            ("reader, best 12 sentences of the corpus", lambda one: one.read[:12].max()),
            ("reader, best 16 sentences of the corpus", lambda one: one.read.max()),
            ("MaxSim, best passage of the corpus", lambda one: one.passage[0]),
            ("cosine, best passage of the corpus", lambda one: one.passage[1]),
        ]
        for label, score in rows:
            auroc_line(label, answered, np.array([score(one) for one in found]))
        answerable = [one for one in found if one.question["answerable"]]
        print(f"squad2, article withheld, {title}: {len(answerable)} questions, AUROC")
        print_withheld(answerable)
        print_key_sentences(answerable)
    found = measure_questions(data, "selqa_history", "dev.jsonl", (), encoder, reader)
    print(f"selqa_history, article withheld: {len(found)} questions, AUROC")
    print_withheld(found)
    print_key_sentences(found)


def print_withheld(found: list[Measured]) -> None:
    """Print how well present and withheld articles are told apart."""
    for most in (8, 16):
        withheld_line(
            f"reader, best {most} sentences",
            np.array([one.read[:most].max() for one in found]),
            np.array([one.read_withheld[:most].max() for one in found]),
        )
    for place, name in enumerate(("MaxSim", "cosine")):
        withheld_line(
            f"{name}, best passage",
            np.array([one.passage[place] for one in found]),
            np.array([one.passage_withheld[place] for one in found]),
        )


def print_cost(reader: SentenceReader) -> None:
    """Print the median time of reading READ_AT_MOST sentences of some 25 words."""
    words = "the committee of the northern towns met again in the old hall and the clerk of the"
    text = SentenceInContext(
        "", "", f"{words} market wrote down what every member said that day.", ""
    )
    times = []
    for _ in range(20):
        began = time.perf_counter()
        reader.read("What did the clerk of the market write down?", [text] * READ_AT_MOST)
        times.append(time.perf_counter() - began)
    print(f"reading {READ_AT_MOST} sentences: median {1000 * float(np.median(times)):.0f} ms")


def main() -> None:
    """Train, write the weights, load them again as pactqa does, and print the figures."""
    parser = argparse.ArgumentParser(description="Train the reader of pactqa.")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights")
    parser.add_argument("--only-measure", action="store_true", help="measure what --out holds")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(SEED)
    encoder = BaseEncoder(options.base, device)
    if not options.only_measure:
        rng = random.Random(SEED)
        named = [row["article"] for row in read_rows(options.data / "squad2" / "questions.jsonl")]
        trained_on = [name for name in dict.fromkeys(named) if name not in (*REPORTED, *TUNED_ON)]
        rows = read_training_rows(options.data, trained_on, encoder)
        maker = PairMaker(rows, encoder, rng)
        network = build_network(options.base).to(device)
        for phase in PHASES:
            batches = cut_batches(maker.make_pass(phase.share, phase.squad_times), rng)
            train_phase(network, phase, batches, encoder.tokenizer, device)
        facts = {"seed": SEED, "squad2_articles": trained_on, "made_by": "scripts/train_reader.py"}
        write_weights(network, options.out, facts)
    reader = SentenceReader.load(options.base, options.out / "reader.safetensors")
    print_figures(options.data, encoder, reader)
    print_cost(reader)


if __name__ == "__main__":
    main()
