"""Finds the passages nearest to a query, best first, and the key sentence of each.

Candidates come from two searches, by meaning (FAISS) and by words (FTS5's BM25), joined by
reciprocal rank fusion: Cormack, Clarke and Büttcher (2009). They are then re-ranked by their best
sentence and by token MaxSim: for each token of the query the best cosine over the tokens of the
passage, and the mean of these. Source of MaxSim: Khattab and Zaharia, "ColBERT" (2020), here with
the encoder's own token vectors, not trained for it. The best sentence is the key sentence.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pactqa.essays.files import Essay
from pactqa.essays.splitting import Passage, Span
from pactqa.index.snapshot import PassageTokens, Snapshot, match_expression
from pactqa.index.vectors import VectorIndex
from pactqa.models.encoder import Floats
from pactqa.search.kinds import says_wanted_kind
from pactqa.search.query import STOP_WORDS, WORD, Query, find_subject_words

__all__ = [
    "CANDIDATES",
    "UNREAD",
    "Candidate",
    "Hit",
    "drop_near_duplicates",
    "fuse_ranks",
    "search_passages",
]

CANDIDATES = 24
"""How many fused candidates are re-ranked; at least three times as many as are asked for."""

UNREAD = -6.0
"""The reading of a sentence that was not read, and the least that one can have."""

_RRF_K = 20  # the published 60 suits hundreds of results; with 24 candidates 20 separates them
_COSINE_WEIGHT = 0.4
_KIND_WEIGHT = 0.1
_READING_WEIGHT = 0.05
_MAXSIM_WEIGHT = 0.3
_NEARLY_THE_SAME = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Is a passage that may answer, with what each measure says of it (higher is better).

    Attributes:
        number: the passage's number in the store.
        passage: the passage.
        essay: its essay.
        cosine: of the query's and the passage's vectors.
        maxsim: mean over the tokens of the query's words that carry its subject (of all tokens, if
            there are none) of the best cosine over the passage's tokens.
        token_scores: (query tokens,) float32: those best cosines.
        sentence_maxsims: (sentences,) float32: MaxSim of all the query's tokens over the tokens of
            each sentence and of the heading above it.
        sentence_cosines: (sentences,) float32: of the query's and each sentence's vectors.
        kinds: (sentences,) float32: 1 for a sentence that says a thing of the kind asked for, and
            any word that the question does not.
        readings: (sentences,) float32: the log odds, by the reader, that the sentence answers;
            `UNREAD` for one that was not read.
    """

    number: int
    passage: Passage
    essay: Essay
    cosine: float
    maxsim: float
    token_scores: Floats
    sentence_maxsims: Floats
    sentence_cosines: Floats
    kinds: Floats
    readings: Floats

    @property
    def nearness(self) -> Floats:
        """Gives how near each sentence is to the query, (sentences,), before any is read."""
        near: Floats = self.sentence_maxsims + _COSINE_WEIGHT * self.sentence_cosines
        near += _KIND_WEIGHT * self.kinds
        return near

    @property
    def score(self) -> float:
        """Gives how well the passage answers the query: at most 1.

        The reader has no part in it: it orders passages no better than their nearness.
        """
        weights = 1 + _COSINE_WEIGHT + _KIND_WEIGHT + _MAXSIM_WEIGHT
        return (float(self.nearness.max()) + _MAXSIM_WEIGHT * self.maxsim) / weights

    @property
    def support(self) -> Floats:
        """Gives how well each sentence answers, (sentences,): how near it is, and the reader."""
        support: Floats = self.nearness + _READING_WEIGHT * self.readings
        return support

    @property
    def key_sentence(self) -> Span:
        """Gives the sentence that answers best; the first one of equals."""
        return self.passage.sentences[int(np.argmax(self.support))]


@dataclass(frozen=True, slots=True)
class Hit:
    """Is one passage of an answer: what is quoted, from where, and why it stands at its rank."""

    essay: Essay
    passage: Passage
    key_sentence: Span
    score: float
    rank: int

    @property
    def key_text(self) -> str:
        """Gives the words of the key sentence."""
        return self.essay.text[self.key_sentence.start : self.key_sentence.end]


def search_passages(
    snapshot: Snapshot,
    index: VectorIndex,
    essays: Collection[Essay],
    query: Query,
    k: int = CANDIDATES,
    only: Sequence[str] | None = None,
    whole: Sequence[str] = (),
) -> list[Candidate]:
    """Gives the passages nearest to a query, best first, and every passage of some essays.

    Args:
        snapshot: the open store.
        index: the vectors of the same generation.
        essays: the essays of the same generation.
        query: what is searched for.
        k: how many are wanted; more of them are compared.
        only: the ids of the essays to search in; None means all.
        whole: the ids of essays of which every passage is wanted, however far down it stands.
    """
    wide = max(CANDIDATES, 3 * k)
    numbers = None if only is None else snapshot.numbers_of(only)
    near = index.search(query.encoding.vector, wide, numbers)
    expression = match_expression(query.text, stop_words=STOP_WORDS) or match_expression(query.text)
    worded = snapshot.search_words(expression, wide, only)
    fused = fuse_ranks([[n for n, _ in near], [n for n, _ in worded]])[:wide]
    fused = list(dict.fromkeys([*fused, *snapshot.numbers_of(whole)]))
    if not fused:
        return []
    passages = snapshot.passages(fused)
    tokens = snapshot.tokens(fused)
    vectors = snapshot.vectors_of(fused)
    by_id = {essay.id: essay for essay in essays}
    candidates = [
        _measure(query, number, passages[number], by_id, tokens[number], vectors[number])
        for number in fused
    ]
    candidates.sort(key=lambda candidate: -candidate.score)
    return candidates[:k] + [c for c in candidates[k:] if c.essay.id in whole]


def fuse_ranks(rankings: Sequence[Sequence[int]], k: int = _RRF_K) -> list[int]:
    """Joins rankings by reciprocal rank fusion: each item's score is the sum of 1 / (k + rank).

    Equal scores keep the order of the first ranking that names them.

    >>> fuse_ranks([[1, 2], [2, 3]])
    [2, 1, 3]
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda item: -scores[item])


def drop_near_duplicates(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leaves out each passage that says nearly the same as a better one, perhaps of another essay.

    Two passages are nearly the same if at least 80 % of the words of the shorter one, in their
    order (three at a time), stand in the other.
    """
    kept: list[Candidate] = []
    seen: list[frozenset[tuple[str, ...]]] = []
    for candidate in candidates:
        triples = _triples(candidate.passage.text)
        if not any(_overlap(triples, other) >= _NEARLY_THE_SAME for other in seen):
            kept.append(candidate)
            seen.append(triples)
    return kept


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset([tuple(words)])


def _overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))


def _measure(
    query: Query,
    number: int,
    passage: Passage,
    essays: dict[str, Essay],
    tokens: PassageTokens,
    vectors: tuple[Floats, Floats],
) -> Candidate:
    similar = query.encoding.tokens @ tokens.vectors.T  # (query tokens, passage tokens)
    best = similar.max(axis=1, initial=-1.0)
    sentence_maxsims = []
    for span in passage.sentences:
        own = (tokens.offsets[:, 0] >= span.start) & (tokens.offsets[:, 1] <= span.end)
        # A sentence beyond what the encoder reads has no tokens.
        read = own.any() and len(similar)
        near = similar[:, own | tokens.of_heading]
        sentence_maxsims.append(float(near.max(axis=1).mean()) if read else -1.0)
    vector, sentence_vectors = vectors
    asked = set(find_subject_words(query.text))
    texts = [essays[passage.essay_id].text[s.start : s.end] for s in passage.sentences]
    return Candidate(
        number=number,
        passage=passage,
        essay=essays[passage.essay_id],
        cosine=float(vector @ query.encoding.vector),
        maxsim=float(best[query.rows].mean()) if len(best) else -1.0,
        token_scores=best,
        sentence_maxsims=np.array(sentence_maxsims, dtype=np.float32),
        sentence_cosines=sentence_vectors @ query.encoding.vector,
        kinds=np.array(
            [_says_more(text, asked) and says_wanted_kind(query.text, text) for text in texts],
            dtype=np.float32,
        ),
        readings=np.full(len(passage.sentences), UNREAD, dtype=np.float32),
    )


def _says_more(sentence: str, asked: Collection[str]) -> bool:
    """Tells whether a sentence has a word, of those that carry its subject, that was not asked."""
    return any(word not in asked for word in find_subject_words(sentence))
