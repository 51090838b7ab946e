"""Finds the passages nearest to a query, best first, and the key sentence of each.

Candidates come from two searches, by meaning (FAISS) and by words (FTS5's BM25), joined by
reciprocal rank fusion: Cormack, Clarke and Büttcher (2009). They are then re-ranked by their best
sentence and by token MaxSim: for each token of the query the best cosine over the tokens of the
passage, and the mean of these. Source of MaxSim: Khattab and Zaharia, "ColBERT" (2020), here with
the encoder's own token vectors, not trained for it. The best sentence is the key sentence.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.index.matching import choose_words
from pactqa.index.protocol import Generation, VectorSearch
from pactqa.models.encoder import Floats
from pactqa.models.fitted import RankingWeights
from pactqa.search.kinds import says_kinds
from pactqa.search.query import STOP_WORDS, WORD, Query
from pactqa.search.recent import KeptPassage, RecentPassages

__all__ = [
    "POOL",
    "UNREAD",
    "Candidate",
    "Hit",
    "drop_near_duplicates",
    "fuse_ranks",
    "search_passages",
]

POOL = 72
"""How many passages of the two searches, joined, are compared with the query word by word."""

UNREAD = -6.0
"""The reading of a sentence that was not read, and the least that one can have."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that may answer, with what each measure says of it (higher is better).

    Attributes:
        number: the passage's number in the store.
        passage: the passage.
        essay: its essay.
        weights: what the measures weigh.
        cosine: of the query's and the passage's vectors.
        maxsim: mean over the tokens of the query's words that carry its subject (of all tokens, if
            there are none) of the best cosine over the passage's tokens.
        token_scores: (query tokens,) float32: those best cosines.
        sentence_maxsims: (sentences,) float32: MaxSim of all the query's tokens over the tokens of
            each sentence and of the heading above it.
        sentence_tokens: (sentences, query tokens) float32: the best cosines that it is the mean of.
        sentence_cosines: (sentences,) float32: of the query's and each sentence's vectors.
        kinds: (sentences,) float32: 1 for a sentence that says a thing of the kind asked for, and
            any word that the question does not.
        states: (sentences,) bool: whether it neither asks a question nor announces the essay.
        readings: (sentences,) float32: the log odds, by the reader, that the sentence answers;
            `UNREAD` for one that was not read.
    """

    number: int
    passage: Passage
    essay: Essay
    weights: RankingWeights
    cosine: float
    maxsim: float
    token_scores: Floats
    sentence_maxsims: Floats
    sentence_tokens: Floats
    sentence_cosines: Floats
    kinds: Floats
    states: npt.NDArray[np.bool_]
    readings: Floats

    @property
    def nearness(self) -> Floats:
        """How near each sentence is to the query, (sentences,), before any is read."""
        near: Floats = self.sentence_maxsims + self.weights.cosine * self.sentence_cosines
        near += self.weights.kind * self.kinds
        return near

    @property
    def score(self) -> float:
        """How well the passage answers the query.

        The reader has no part in it: it orders passages no better than their nearness.
        """
        near = float(self.nearness[self._eligible].max())
        near += self.weights.maxsim * self.maxsim
        near /= 1 + self.weights.cosine + self.weights.kind + self.weights.maxsim
        return near - (0.0 if self.states.any() else self.weights.asking)

    @property
    def support(self) -> Floats:
        """How well each sentence answers, (sentences,): how near it is, and the reader."""
        support: Floats = self.nearness + self.weights.reading * self.readings
        return support

    @property
    def key_sentence(self) -> Span:
        """The sentence that answers best, the first one of equals; one that states, if any does."""
        support = np.where(self._eligible, self.support, -np.inf)
        return self.passage.sentences[int(np.argmax(support))]

    @property
    def _eligible(self) -> npt.NDArray[np.bool_]:
        return self.states if self.states.any() else ~self.states

    def sentence(self, number: int) -> str:
        """Gives the words of a sentence, counted from 0."""
        span = self.passage.sentences[number]
        return self.essay.text[span.start : span.end]

    def with_readings(self, readings: Floats) -> "Candidate":
        """Gives the candidate with what the reader says of its sentences."""
        return replace(self, readings=readings)


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage of an answer: what is quoted, from where, and why it stands at its rank.

    Attributes:
        essay: its essay.
        passage: what is quoted.
        key_sentence: the sentence of it that answers best.
        score: how well the passage answers; higher is better.
        rank: its place in the answer, from 1.
        bears: whether it bears on the question; one that does not is only near what does.
        words: where the passage uses the words looked up, for a question that only names them.
    """

    essay: Essay
    passage: Passage
    key_sentence: Span
    score: float
    rank: int
    bears: bool = True
    words: tuple[Span, ...] = ()

    @property
    def key_text(self) -> str:
        """The words of the key sentence."""
        return self.essay.text[self.key_sentence.start : self.key_sentence.end]

    @property
    def breaks_off(self) -> bool:
        """Whether the copy of the essay ends with the passage before the essay does."""
        return self.essay.excerpt and not self.essay.text[self.passage.end :].strip()


def search_passages(
    snapshot: Generation,
    index: VectorSearch,
    essays: Collection[Essay],
    query: Query,
    weights: RankingWeights,
    only: Sequence[str] | None = None,
    whole: Sequence[str] = (),
    pool: int = POOL,
    recent: RecentPassages | None = None,
) -> list[Candidate]:
    """Gives the passages nearest to a query, best first, and every passage of some essays.

    Args:
        snapshot: the open store.
        index: the vectors of the same generation.
        essays: the essays of the same generation.
        query: what is searched for.
        weights: what the measures weigh.
        only: the ids of the essays to search in; None means all.
        whole: the ids of essays of which every passage is wanted, however far down it stands.
        pool: how many passages of the two searches, joined, are compared.
        recent: the passages of the same generation that were needed last.
    """
    numbers = None if only is None else snapshot.numbers_of(only)
    near = index.search(query.encoding.vector, pool, numbers)
    worded = snapshot.search_words(_expand(query), pool, only)
    fused = fuse_ranks([[n for n, _ in near], [n for n, _ in worded]], weights.rrf_k)[:pool]
    fused = list(dict.fromkeys([*fused, *snapshot.numbers_of(whole)]))
    if not fused:
        return []
    kept = (recent or RecentPassages()).read(snapshot, fused)
    by_id = {essay.id: essay for essay in essays}
    asked, rows = query.asked, query.rows
    candidates = [
        _measure(query, asked, rows, weights, number, kept[number], by_id) for number in fused
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _expand(query: Query) -> list[str]:
    """Gives the query's words and their other names for the word search."""
    text = " ".join([query.text, *sorted(query.asked)])
    return choose_words(text, stop_words=STOP_WORDS) or choose_words(query.text)


def fuse_ranks(rankings: Sequence[Sequence[int]], k: float = 20) -> list[int]:
    """Joins rankings by reciprocal rank fusion: each item's score is the sum of 1 / (k + rank).

    The published k of 60 suits hundreds of results; with some tens 20 tells them apart better.

    Equal scores keep the order of the first ranking that names them.

    >>> fuse_ranks([[1, 2], [2, 3]])
    [2, 1, 3]
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda item: -scores[item])


def drop_near_duplicates(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leaves out each passage that says nearly the same as a better one, perhaps of another essay.

    Two passages are nearly the same if most of the words of the shorter one (the weight
    `near_duplicate`, a share), in their order (three at a time), stand in the other.
    """
    seen: list[frozenset[tuple[str, ...]]] = []
    for candidate in candidates:
        triples = _triples(candidate.passage.text)
        if not any(_overlap(triples, other) >= candidate.weights.near_duplicate for other in seen):
            yield candidate
            seen.append(triples)


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset([tuple(words)])


def _overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))


def _measure(
    query: Query,
    asked: frozenset[str],
    rows: Sequence[int],
    weights: RankingWeights,
    number: int,
    kept: KeptPassage,
    essays: Mapping[str, Essay],
) -> Candidate:
    similar = query.encoding.tokens @ kept.tokens.T  # (query tokens, passage tokens)
    best = similar.max(axis=1, initial=-1.0)
    shape = (len(kept.texts), len(similar))
    sentence_tokens = np.full(shape, -1.0, dtype=np.float32)
    for row, own in enumerate(kept.owns):
        if len(similar) and own.any():
            sentence_tokens[row] = similar[:, own].max(axis=1)
    maxsims = sentence_tokens.mean(axis=1) if len(similar) else np.full(shape[0], -1.0)
    says = [
        not words <= asked and says_kinds(query.kinds, text, asked)
        for text, words in zip(kept.texts, kept.subject_words, strict=True)
    ]
    return Candidate(
        number=number,
        passage=kept.passage,
        essay=essays[kept.passage.essay_id],
        weights=weights,
        cosine=float(kept.vector @ query.encoding.vector),
        maxsim=float(best[rows].mean()) if len(best) else -1.0,
        token_scores=best,
        sentence_maxsims=maxsims.astype(np.float32),
        sentence_tokens=sentence_tokens,
        sentence_cosines=kept.sentence_vectors @ query.encoding.vector,
        kinds=np.array(says, dtype=np.float32),
        states=kept.states,
        readings=np.full(len(kept.texts), UNREAD, dtype=np.float32),
    )
