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
    """Gives what the search finds for a question."""
    made = library(titles={"pact": "A Pact", "bees": "Bees"}, pact=PACT, bees=BEES)

    def find(question):
        query = made.query(question)
        return read_candidates(FakeReader(), question, made.search(query))

    return find


def test_the_signals_of_a_question(found):
    signals = measure_signals(found("When did Poland see a football stadium?"))
    assert UNREAD <= signals.reading < 0
    answered = measure_signals(found("It lost Poland the Red Army."))
    assert answered.reading > 0
    assert answered.sentence > signals.sentence


def test_each_signal_is_that_of_the_best_passage_and_sentence(found):
    one, other = found("Poland honey")

    def make(candidate, near, reading, cosine):
        return replace(
            candidate,
            sentence_maxsims=np.array(near, dtype=np.float32),
            sentence_cosines=np.zeros(2, dtype=np.float32),
            kinds=np.zeros(2, dtype=np.float32),
            readings=np.array(reading, dtype=np.float32),
            cosine=cosine,
        )

    made = [
        make(one, [0.25, 0.5], [1, UNREAD], 0.25),
        make(other, [0.75, 0.5], [-2, -5], 0.125),
    ]
    for order in (made, made[::-1]):
        assert measure_signals(order) == Signals(reading=1, cosine=0.25, sentence=0.75)


def test_nothing_found_has_signals_of_its_own():
    assert measure_signals([]) == Signals(reading=UNREAD, cosine=0, sentence=0)
    for mentioned in (True, False):
        judgement = judge_question(MODEL, [], mentioned)
        assert judgement.status == "absent"
        assert judgement.confidence == 0
        assert judgement.signals == measure_signals([])


@pytest.fixture
def judge(found):
    candidates = found("Poland honey")
    signals = measure_signals(candidates)

    def judge_with(answered, nearby, mentioned):
        model = ConfidenceModel({"sentence": 1}, -signals.sentence, answered, nearby)
        return judge_question(model, candidates, mentioned)

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
