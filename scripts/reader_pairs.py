"""Makes the pairs of question and sentence that the reader is trained on.

Where each idea comes from:
- a question and the sentence that answers it, against the sentences of its neighbourhood that the
  encoder ranks best, and against its neighbours' questions (hard negatives, Karpukhin et al. 2020);
- changed pairs: a name, number or word of the question is exchanged for another of the
  neighbourhood or for its opposite, in the question, in the sentence, or in both. Only "both" still
  answers, so nothing but comparing the two tells right from wrong (after Rajpurkar et al. 2018,
  table 1, and contrast sets, Gardner et al. 2020);
- another subject's question asked of this one's ("when was X born?" where the sentence speaks of X
  and gives a year, but another one's), the way most of SQuAD 2.0's questions without an answer ask;
- SQuAD 2.0 questions that their paragraph does not answer.
"""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sentencex import segment

Pair = tuple[str, str, int]
"""A question, a sentence, and 1 when the sentence answers the question, else 0."""

Encode = Callable[[Sequence[str]], np.ndarray]
"""Gives the unit vectors (texts, dim) of texts."""

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


def read_training_rows(data: Path, articles: Sequence[str], encode: Encode) -> TrainingRows:
    """Return the rows of answer_sentences and of the named SQuAD 2.0 articles, in lower case."""
    rows = TrainingRows()
    for row in read_rows(data / "answer_sentences" / "train.jsonl"):
        rows.questions.append(row["question"].lower())
        rows.sentences.append(row["sentence"].lower())
        rows.answers.append([])
    asked = [
        row for row in read_rows(data / "squad2" / "questions.jsonl") if row["article"] in articles
    ]
    needed = {row["answer_doc"] for row in asked}
    paragraphs = {
        row["id"]: split_sentences(row["text"].lower())
        for row in read_rows(data / "squad2" / "documents.jsonl")
        if row["id"] in needed
    }
    distinct = list(dict.fromkeys(s for sentences in paragraphs.values() for s in sentences))
    vectors = dict(zip(distinct, encode(distinct), strict=True))
    questions = [row["question"].lower().strip() for row in asked]
    for row, question, vector in zip(asked, questions, encode(questions), strict=True):
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

    def __init__(self, rows: TrainingRows, encode: Encode, rng: random.Random) -> None:
        self.rows, self.rng = rows, rng
        self.distinct = list(dict.fromkeys(rows.sentences))
        number_of = {sentence: number for number, sentence in enumerate(self.distinct)}
        self.number = np.array([number_of[sentence] for sentence in rows.sentences])
        self.question_vectors = encode(rows.questions)
        self.sentence_vectors = encode(self.distinct)
        count: Counter[str] = Counter()
        for text in [*self.distinct, *rows.questions]:
            count.update(set(split_words(text)))
        self.count = count
        self.asked_nearby: dict[int, Counter[str]] = {}
        self.dated = {row for row, text in enumerate(rows.questions) if ASKS_NUMBER.search(text)}
        self.dated_rows = sorted(self.dated)
        self.is_dated = [bool(re.search(r"\d", sentence)) for sentence in self.distinct]
        self.subjects: dict[int, str | None] = {}
        common = 0.012 * (len(self.distinct) + len(rows.questions))
        self.content = {w for w, c in count.items() if c < common and (len(w) > 2 or w.isdecimal())}
        vocabulary = sorted(word for word in self.content if find_kind(word) == "word")
        self.place = {word: place for place, word in enumerate(vocabulary)}
        self.word_vectors = encode(vocabulary)
        self.frequent = [word for word in vocabulary if count[word] >= 4]
        self.frequent_vectors = self.word_vectors[[self.place[word] for word in self.frequent]]
        self.nearby: dict[int, dict[str, list[str]]] = {}

    def make_pass(self, share: float, squad: bool) -> list[list[Pair]]:
        """Return groups of pairs: one group for each question, in random order."""
        answerable = [row for row in range(len(self.rows.questions)) if row not in self.rows.others]
        answerable = self.rng.sample(answerable, int(share * len(answerable)))
        answerable += list(self.rows.others) if squad else []
        groups = [self.make_group(row) for row in answerable]
        for question, ranked in self.rows.unanswerable if squad else []:
            picked = ranked[:1] + self.rng.sample(ranked[1:], min(2, len(ranked) - 1))
            groups.append([(question, sentence, 0) for sentence in picked])
        self.rng.shuffle(groups)
        return groups

    def make_group(self, row: int) -> list[Pair]:
        """Return the pairs of one answerable question: the right one, mined ones, changed ones."""
        question, sentence = self.rows.questions[row], self.rows.sentences[row]
        group: list[Pair] = [(question, sentence, 1), *self.mine_sentences(row)]
        if self.rng.random() < 0.2 and (other := self.rng.choice(self.distinct)) != sentence:
            group.append((question, other, 0))
        group += self.mine_questions(row)
        if self.rows.answers[row] and self.rng.random() < 0.3:
            for answer in sorted(self.rows.answers[row], key=len, reverse=True):
                sentence = sentence.replace(answer, "")
            group.append((question, sentence, 0))
        group += self.change_pair(row)
        group += self.transplant_question(row)
        self.rng.shuffle(group)
        return group

    def list_neighbours(self, row: int, reach: int) -> list[int]:
        """Return the rows within `reach` of a row that come from the same source."""
        from_squad = row in self.rows.others
        around = range(max(0, row - reach), min(len(self.number), row + reach + 1))
        return [other for other in around if (other in self.rows.others) == from_squad]

    def find_block(self, row: int) -> tuple[int, int]:
        """Return the number of a row's block of twenty, and the row in the middle of the block."""
        block = row // 20
        return block, min(block * 20 + 10, len(self.number) - 1)

    def mine_sentences(self, row: int) -> list[Pair]:
        """Return one or two wrong sentences, from near the top of the encoder's ranking."""
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
        return [(question, self.distinct[wrong[int(self.rng.choice(order))]], 0)]

    def mine_questions(self, row: int) -> list[Pair]:
        """Return two neighbours' questions with this sentence: a close one, and a tempting one.

        The tempting one is about the same subject, and asks for a number where one is given.
        """
        mine = self.number[row]
        others = [o for o in self.list_neighbours(row, 40) if self.number[o] != mine]
        if not others:
            return []
        order = np.argsort(-(self.question_vectors[others] @ self.sentence_vectors[mine]))[:8]
        chosen = {others[int(self.rng.choice(order))]}
        subject = self.find_subject(row)
        same = [o for o in others if subject and self.find_subject(o) == subject]
        dated = [o for o in same if o in self.dated and self.is_dated[mine]]
        if same:
            chosen.add(self.rng.choice(dated or same))
        return [(self.rows.questions[o], self.rows.sentences[row], 0) for o in sorted(chosen)]

    def transplant_question(self, row: int) -> list[Pair]:
        """Return another subject's question, asked of this one's: right subject, wrong matter.

        "when was mary born?", asked of a sentence on john that gives another year, becomes "when
        was john born?". The same question with its own sentence, changed alike, still answers.
        """
        subject = self.find_subject(row)
        if subject is None:
            return []
        dated = self.is_dated[self.number[row]] and self.rng.random() < 0.7
        others = self.rng.choices(self.dated_rows if dated else range(len(self.number)), k=40)
        replaced = {other: self.find_subject(other) for other in others}
        vector = self.word_vectors[self.place[subject]]
        near = [
            (float(self.word_vectors[self.place[word]] @ vector), other)
            for other, word in replaced.items()
            if word and word != subject
        ]
        if not near:
            return []
        other = self.rng.choice(sorted(near)[-4:])[1]
        word = str(replaced[other])
        question = exchange(self.rows.questions[other], word, subject)
        sentence = exchange(self.rows.sentences[other], word, subject)
        return [(question, self.rows.sentences[row], 0), (question, sentence, 1)]

    def find_subject(self, row: int) -> str | None:
        """Return the word of question and sentence that the neighbourhood is most about, if any."""
        if row not in self.subjects:
            said = set(split_words(self.rows.sentences[row]))
            asked = dict.fromkeys(split_words(self.rows.questions[row]))
            around = self.count_nearby_words(row)
            topics = [
                word
                for word in asked
                if word in said and word in self.place
                if around[word] >= max(4, 0.2 * self.count[word])
            ]
            self.subjects[row] = max(topics, key=around.__getitem__, default=None)
        return self.subjects[row]

    def count_nearby_words(self, row: int) -> Counter[str]:
        """Return how many of the questions around a row hold each word; shared by its block."""
        block, middle = self.find_block(row)
        if block not in self.asked_nearby:
            self.asked_nearby[block] = Counter(
                word
                for other in self.list_neighbours(middle, 30)
                for word in set(split_words(self.rows.questions[other]))
            )
        return self.asked_nearby[block]

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
        elif both and (not only or self.rng.random() < 0.5):
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
        """Return the content words around a row by kind; shared by its block."""
        block, middle = self.find_block(row)
        if block not in self.nearby:
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


def cut_batches(groups: list[list[Pair]], size: int, rng: random.Random) -> list[list[Pair]]:
    """Return batches of `size` pairs of similar length; most groups stay together."""
    batches: list[list[Pair]] = []
    for start in range(0, len(groups), 600):
        some = groups[start : start + 600]
        some.sort(key=lambda group: max(len(pair[0]) + len(pair[1]) for pair in group))
        pairs = [pair for group in some for pair in group]
        batches += [pairs[at : at + size] for at in range(0, len(pairs) - size + 1, size)]
    rng.shuffle(batches)
    return batches
