"""The status of a claim: found, nearby or absent, by the best of its sentences."""

from types import SimpleNamespace

import pytest

from pactqa.judgement.claims import judge_claim, measure_claim
from tests.conftest import FITTED

MODEL = FITTED.claims


def bearing(score=0.0, maxsim=0.0, cosine=0.0, reading=-5.0):
    return SimpleNamespace(score=score, maxsim=maxsim, cosine=cosine, reading=reading)


def test_each_measure_is_that_of_its_best_sentence():
    ranked = [bearing(0.1, 0.9, 0.3, -2.0), bearing(0.7, 0.2, 0.4, 1.0)]
    signals = measure_claim(ranked)
    assert (signals.score, signals.maxsim, signals.cosine, signals.reading) == (0.7, 0.9, 0.4, 1.0)


def test_without_sentences_a_claim_is_absent():
    assert judge_claim(MODEL, [], mentioned=True) == ("absent", 0.0)


@pytest.mark.parametrize(
    ("maxsim", "mentioned", "status"),
    [
        (MODEL.nearby, False, "nearby"),
        (MODEL.nearby - 0.01, False, "absent"),
        (MODEL.nearby - 0.01, True, "nearby"),
        (MODEL.nearby, True, "nearby"),
    ],
)
def test_a_claim_not_found_is_nearby_where_its_words_are(maxsim, mentioned, status):
    found, confidence = judge_claim(MODEL, [bearing(maxsim=maxsim)], mentioned)
    assert found == status
    assert confidence < MODEL.answered


def test_a_claim_is_found_from_the_threshold_on():
    ranked = [bearing(1.0, 1.0, 1.0, 6.0)]
    found, confidence = judge_claim(MODEL, ranked, mentioned=False)
    assert found == "found"
    assert confidence >= MODEL.answered
    assert 0 <= judge_claim(MODEL, [bearing()], mentioned=False)[1] < confidence <= 1
