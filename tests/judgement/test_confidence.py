"""The status of an answer, and the signals it is decided by."""

from dataclasses import replace

import numpy as np
import pytest

from pactqa.judgement.confidence import Signals, judge_question, measure_signals
from pactqa.models.fitted import ConfidenceModel
from pactqa.search.ranking import UNREAD
from pactqa.search.reading import read_candidates
from tests.conftest import FakeReader

PACT = "There Stalin and Hitler made a treaty. It lost Poland the Red Army."
BEES = "In 1911 bees made honey. Why do bees dance?"
MODEL = ConfidenceModel({"sentence": 1}, 0.0, answered=0.6, nearby=0.3)


@pytest.fixture
def found(library):
    """Gives the query of a question, and what the search finds for it."""
    made = library(titles={"pact": "A Pact", "bees": "Bees"}, pact=PACT, bees=BEES)

    def find(question):
        query = made.query(question)
        return query, read_candidates(FakeReader(), question, made.search(query))

    return find


def test_the_signals_of_a_question(found):
    query, candidates = found("When did Poland see a football stadium?")
    signals = measure_signals(query, candidates)
    assert signals.tokens == pytest.approx(max(c.token_scores.mean() for c in candidates))
    assert signals.names == pytest.approx(1, abs=1e-3)  # Poland is mentioned
    assert UNREAD <= signals.reading < 0
    assert signals.support < signals.sentence
    query, candidates = found("It lost Poland the Red Army.")
    signals = measure_signals(query, candidates)
    assert (signals.names, signals.tokens) == pytest.approx((1, 1), abs=1e-3)
    assert signals.reading > 0
    assert signals.support > signals.sentence


def test_each_signal_is_that_of_the_best_passage_and_sentence(found):
    query, candidates = found("Poland honey")
    one, other = candidates

    def make(candidate, near, reading, scores, cosine):
        return replace(
            candidate,
            sentence_maxsims=np.array(near, dtype=np.float32),
            sentence_cosines=np.zeros(2, dtype=np.float32),
            kinds=np.zeros(2, dtype=np.float32),
            readings=np.array(reading, dtype=np.float32),
            token_scores=np.array(scores, dtype=np.float32),
            cosine=cosine,
            weights=replace(candidate.weights, reading=0.5),
        )

    made = [
        make(one, [0.25, 0.5], [1, -1], [0.5, 0.25], 0.25),
        make(other, [0.75, 0.5], [-2, -3], [0.25, 0.75], 0.125),
    ]
    for order in (made, made[::-1]):
        assert measure_signals(query, order) == Signals(
            support=0.75, names=0.5, reading=1, sentence=0.75, tokens=0.5, cosine=0.25
        )


def test_names_mentioned_apart_are_no_match(found):
    def names(question):
        return measure_signals(*found(question)).names

    assert names("What did Stalin sign in 1911?") == pytest.approx(0, abs=1e-3)
    assert names("What did Stalin and Hitler sign?") == pytest.approx(1, abs=1e-3)
    assert names("Why do bees dance?") == 1  # there is none to miss
    assert names("What of the Army 1912?") == pytest.approx(0.5, abs=1e-3)  # half of it mentioned
    assert names("What of 1913 and the Army?") == pytest.approx(0, abs=1e-3)


def test_nothing_found_has_signals_of_its_own(found):
    query, _ = found("bees")
    assert measure_signals(query, []) == Signals(UNREAD, 0, UNREAD, 0, 0, 0)
    for mentioned in (True, False):
        judgement = judge_question(MODEL, query, [], mentioned)
        assert judgement.status == "absent"
        assert judgement.confidence == 0
        assert judgement.signals == measure_signals(query, [])


@pytest.fixture
def judge(found):
    query, candidates = found("Poland honey")
    signals = measure_signals(query, candidates)

    def judge_with(answered, nearby, mentioned):
        model = ConfidenceModel({"sentence": 1}, -signals.sentence, answered, nearby)
        return judge_question(model, query, candidates, mentioned)

    return judge_with, signals


@pytest.mark.parametrize(
    ("answered", "nearby", "mentioned", "status"),
    [
        (0.5, -0.01, True, "answered"),
        (0.51, -0.01, True, "nearby"),
        (0.51, 0.0, False, "nearby"),
        (0.51, 0.01, False, "absent"),
        (0.51, 0.01, True, "nearby"),  # the essays use a word of it
        (0.5, 0.01, True, "answered"),
        (0.5, 0.01, False, "absent"),
    ],
)
def test_two_thresholds_make_three_statuses(judge, answered, nearby, mentioned, status):
    judge_with, signals = judge
    judgement = judge_with(answered, signals.sentence + nearby, mentioned)
    assert judgement.status == status
    assert judgement.confidence == pytest.approx(0.5)
    assert judgement.signals == signals
