"""Makes the pairs of the reader's last training: questions in people's own words.

Each question stands over a section of an article. It comes as one list: the sentences that answer
it, if any, against sentences of its section and one of another section. Wrong sentences are chosen
anew for every pass, those that mislead most first: the nearest ones by the encoder, and from the
second pass on those that the reader itself gave the highest logits when it last read them (hard
negatives, Karpukhin et al. 2020; mined by the model in training, Xiong et al. 2021).

A share of the sentences comes in its context: title, heading and the sentence before. Questions
are misspelt now and then.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_pairs import Encode, Pair, read_rows

PAIR_TOKENS = 128
"""How many tokens of question and sentence are read, as `pactqa.reader` does."""

CONTEXT_TOKENS = 40
"""How many tokens of the context are read, from its beginning."""

NEIGHBOURS = 80
"""Among so many questions, those over sections with sentences of similar length share a batch."""


@dataclass(frozen=True, slots=True)
class PairInContext:
    """A question, a sentence with its context, and whether the sentence answers the question."""

    question: str
    sentence: str
    context: str
    answers: bool
    place: tuple[str, int] | None = None  # question and number of the sentence in its section


class OwnWords:
    """Questions in people's own words with their sections, and what the reader thought of them."""

    def __init__(self, folder: Path, encode: Encode, rng: random.Random, context: float) -> None:
        """Reads a folder; `context` is the share of the sentences that come in their context."""
        self.rng, self.context = rng, context
        self.questions = read_rows(folder / "questions.jsonl")
        self.sections = {row["id"]: row for row in read_rows(folder / "documents.jsonl")}
        self.vectors = {
            name: encode(section["sentences"]) for name, section in self.sections.items()
        }
        texts = [row["question"] for row in self.questions]
        ids = [row["id"] for row in self.questions]
        self.question_vectors = dict(zip(ids, encode(texts), strict=True))
        self.places = [
            (name, number) for name, rows in self.vectors.items() for number in range(len(rows))
        ]
        self.all_vectors = np.concatenate(list(self.vectors.values()))
        self.remembered: dict[tuple[str, int], float] = {}

    def make_batches(self, size: int) -> list[list[dict[str, Any]]]:
        """Returns all questions in random order, `size` of similar length together."""
        shuffled = self.rng.sample(self.questions, len(self.questions))
        batches = []
        for start in range(0, len(shuffled), NEIGHBOURS):
            some = shuffled[start : start + NEIGHBOURS]
            some.sort(key=lambda row: self.measure_length(row["about_doc"]))
            batches += [some[at : at + size] for at in range(0, len(some), size)]
        self.rng.shuffle(batches)
        return batches

    def measure_length(self, name: str) -> float:
        """Returns the mean length of a section's sentences."""
        section = self.sections[name]
        return len(section["text"]) / len(section["sentences"])

    def make_list(self, row: dict[str, Any], wrong: int) -> list[PairInContext]:
        """Returns a question with what answers it, `wrong` other sentences and one from outside."""
        question = misspell(row["question"], self.rng)
        name = row["about_doc"]
        sentences = self.sections[name]["sentences"]
        answers = set(row.get("answer_sentences") or ())
        right = [number for number, s in enumerate(sentences) if s in answers]
        chosen = self.choose_wrong(row["id"], name, right, wrong)
        pairs = [
            self.make_pair(question, name, number, number in right, (row["id"], number))
            for number in right + chosen
        ]
        outside = self.choose_outside(row["id"], name, answers)
        return [*pairs, self.make_pair(question, *outside, answers=False, place=None)]

    def make_pair(
        self,
        question: str,
        name: str,
        number: int,
        answers: bool,
        place: tuple[str, int] | None,
    ) -> PairInContext:
        """Returns a pair of question and sentence, at times with the sentence's context."""
        context = ""
        if self.rng.random() < self.context:
            context = describe_place(self.sections[name], number)
        sentence = self.sections[name]["sentences"][number]
        return PairInContext(question, sentence, context, answers, place)

    def choose_wrong(self, asked: str, name: str, right: Sequence[int], count: int) -> list[int]:
        """Returns sentences of the section: two by the reader, two by the encoder, then any."""
        wrong = [number for number in range(len(self.vectors[name])) if number not in right]
        read = [number for number in wrong if (asked, number) in self.remembered]
        read.sort(key=lambda number: -self.remembered[asked, number])
        chosen = read[:2]
        near = self.vectors[name] @ self.question_vectors[asked]
        rest = sorted(set(wrong) - set(chosen), key=lambda number: -near[number])
        chosen += rest[:2]
        others = rest[2:]
        self.rng.shuffle(others)
        return chosen + others[: max(0, count - len(chosen))]

    def choose_outside(self, asked: str, name: str, answers: set[str]) -> tuple[str, int]:
        """Returns one of the ten nearest sentences of other sections, of this article or not."""
        order = np.argsort(-(self.all_vectors @ self.question_vectors[asked]))[:50]
        found = [
            (other, number)
            for other, number in (self.places[place] for place in order)
            if other != name and self.sections[other]["sentences"][number] not in answers
        ]
        return self.rng.choice(found[:10])

    def remember(self, pairs: Sequence[PairInContext], logits: Sequence[float]) -> None:
        """Keeps what the reader thought of wrong sentences, for the choice of the next pass."""
        for pair, logit in zip(pairs, logits, strict=True):
            if pair.place is not None and not pair.answers:
                self.remembered[pair.place] = logit


def describe_place(section: dict[str, Any], number: int) -> str:
    """Returns the context of a section's sentence: title, heading and the sentence before."""
    title = " ".join(words for words in (section["title"], section["heading"]) if words)
    return f"{title}. {section['sentences'][number - 1] if number else ''}"


def misspell(question: str, rng: random.Random) -> str:
    """Returns the question, at times without its mark or with one letter lost, moved or doubled."""
    if rng.random() < 0.3:
        question = question.rstrip("?")
    words = list(re.finditer(r"[a-z]{4,}", question))
    if not words or rng.random() >= 0.12:
        return question
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    letter, following = question[at], question[at + 1]
    changed = rng.choices([following, following + letter, letter + letter + following], (2, 2, 1))
    return question[:at] + changed[0] + question[at + 2 :]


class Replay:
    """The earlier data, a few groups at a time, so that what was learnt from it is kept."""

    def __init__(
        self,
        groups: Sequence[list[Pair]],
        sentences: Sequence[str],
        rng: random.Random,
        context: float,
    ) -> None:
        """Takes the groups of a `PairMaker`, and its sentences in the order of their articles.

        `context` is the share of the groups that come with a sentence before.
        """
        self.before = dict(zip(sentences[1:], sentences, strict=False))
        self.groups = list(groups)
        self.rng, self.context = rng, context
        self.next = 0

    def take(self, count: int) -> list[list[PairInContext]]:
        """Returns groups of together `count` pairs or a few more."""
        taken: list[list[PairInContext]] = []
        while sum(map(len, taken)) < count:
            group = self.groups[self.next % len(self.groups)]
            self.next += 1
            context = self.find_context(group) if self.rng.random() < self.context else ""
            taken.append([PairInContext(q, s, context, bool(label)) for q, s, label in group])
        return taken

    def find_context(self, group: Sequence[Pair]) -> str:
        """Returns one sentence before for the whole group, so that a context tells no label."""
        own = dict.fromkeys(sentence for _, sentence, _ in group)
        found = (self.before[sentence] for sentence in own if sentence in self.before)
        return next((sentence for sentence in found if sentence not in own), "")


@dataclass(frozen=True, slots=True)
class PairTokens:
    """A question, a sentence and its context as the network reads them.

    The context comes last, so that question and sentence stand where they stand without one. Its
    tokens are looked at by the others, but are left out of the mean that the head judges by.
    """

    ids: list[int]
    types: list[int]  # 1 for the sentence
    pooled: list[int]  # 0 for the context


def tokenize_pairs(
    tokenizer: Any, pairs: Sequence[tuple[str, str]], contexts: Sequence[str]
) -> list[PairTokens]:
    """Returns the tokens of pairs of question and sentence, each with its context, if any.

    `tokenizer` is a tokenizers.Tokenizer that cuts a pair at `PAIR_TOKENS` and does not pad.
    """
    ends = tokenizer.token_to_id("[SEP]")
    beside = tokenizer.encode_batch(list(contexts), add_special_tokens=False)
    tokens = []
    for pair, context in zip(tokenizer.encode_batch(list(pairs)), beside, strict=True):
        more = [*context.ids[:CONTEXT_TOKENS], ends] if context.ids else []
        none = [0] * len(more)
        pooled = [1] * len(pair.ids)
        tokens.append(PairTokens(pair.ids + more, pair.type_ids + none, pooled + none))
    return tokens


def stack_pairs(
    pairs: Sequence[PairTokens], multiple: int = 1
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Returns token ids, mask, token types and pooled tokens, each (pairs, tokens), padded."""
    width = -(-max(len(pair.ids) for pair in pairs) // multiple) * multiple
    ids = torch.zeros(len(pairs), width, dtype=torch.long)
    mask, types, pooled = torch.zeros_like(ids), torch.zeros_like(ids), torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        length = len(pair.ids)
        ids[row, :length] = torch.tensor(pair.ids)
        types[row, :length] = torch.tensor(pair.types)
        pooled[row, :length] = torch.tensor(pair.pooled)
        mask[row, :length] = 1
    return ids, mask, types, pooled
