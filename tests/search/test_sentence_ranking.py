"""The order of the sentences for a claim: its rare words first, then what is not covered yet."""

from dataclasses import replace

import numpy as np
import pytest

from pactqa.search.ranking import UNREAD
from pactqa.search.sentence_ranking import rank_sentences, rarity_of
from pactqa.search.words import read_words
from tests.conftest import FITTED

BEARING = FITTED.bearing


@pytest.fixture
def rank(library):
    """Gives the sentences of an essay in their order for a claim, without a reader."""

    def rank_texts(claim, weights=BEARING, **essays):
        made = library(**essays)
        query = made.query(claim)
        words = [word for word in read_words(claim) if word.carries]
        found = made.search(query)
        bearings = rank_sentences(words, found, weights, query.rows)
        return [b.candidate.sentence(b.number) for b in bearings], bearings

    return rank_texts


def test_a_rare_word_of_the_claim_counts_more_than_a_common_one(rank):
    essay = "Bees rest here.\n\nBees sleep now.\n\nBees go out.\n\nQueens need pollen."
    texts, _ = rank("Bees need pollen.", essay=essay)
    assert texts[0] == "Queens need pollen."
    even, _ = rank("Bees need pollen.", replace(BEARING, same=2.0), essay=essay)
    assert even[0] == "Queens need pollen."  # two of three words


def test_a_word_that_every_sentence_has_does_not_decide(rank):
    essay = "Bees bees bees.\n\nBees tax Paris.\n\nBees dance here."
    texts, bearings = rank("Bees in Paris.", essay=essay)
    assert texts[0] == "Bees tax Paris."
    apart = bearings[0].score - bearings[1].score
    _, even = rank("Bees in Paris.", replace(BEARING, same=2.0), essay=essay)
    assert apart > even[0].score - even[1].score


def test_the_next_sentence_covers_what_those_before_it_do_not(rank):
    essay = "Bees make honey in hives.\n\nBees make honey here.\n\nKings tax Paris."
    claim = "Bees make honey in hives and kings tax bread."
    texts, _ = rank(claim, essay=essay)
    assert texts == [
        "Bees make honey in hives.", "Kings tax Paris.", "Bees make honey here.",
    ]  # fmt: skip
    alone, bearings = rank(claim, replace(BEARING, gain=0.0), essay=essay)
    scores = [bearing.score for bearing in bearings]
    assert scores == sorted(scores, reverse=True)
    assert sorted(alone) == sorted(texts)


def test_what_is_only_near_covers_nothing(rank):
    claim = "Bees make honey in hives and kings tax bread."
    essay = "Bees make honey in hives.\n\nBees make honey here.\n\nKings tax Paris."
    far, _ = rank(claim, replace(BEARING, covers=0.999), essay=essay)
    near, _ = rank(claim, replace(BEARING, gain=0.0), essay=essay)
    assert far == near


def test_each_measure_has_its_weight(rank):
    _, (one, *_) = rank("Bees dance.", essay="Bees dance. Kings tax bread.")
    weights = BEARING
    tokens = one.candidate.sentence_tokens[one.number]
    assert tokens == pytest.approx([1, 1], abs=1e-3)
    parts = 1 + weights.maxsim * 1 + weights.passage * one.candidate.maxsim
    expected = parts / (1 + weights.maxsim + weights.passage) + weights.reading * UNREAD
    assert one.score == pytest.approx(expected, abs=1e-3)


def test_every_sentence_is_there_once_however_many(rank):
    essay = "\n\n".join(f"Bees dance number{n}." for n in range(50))
    texts, _ = rank("Bees dance.", essay=essay)
    assert len(texts) == len(set(texts)) == 50


def test_without_sentences_nothing_is_ranked(rank):
    assert rank("Bees dance.", essay="Why do bees dance?")[0] == []


def test_rarity_falls_with_the_number_that_has_a_word():
    assert rarity_of(1, 10) > rarity_of(5, 10) > rarity_of(10, 10) > 0
    assert np.isfinite(rarity_of(0, 0))
