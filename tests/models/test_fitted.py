"""The fitted numbers: what is read, what is refused, and models that they were not fitted with."""

import json
from dataclasses import fields
from types import SimpleNamespace

import pytest

from pactqa.errors import ReaderError
from pactqa.judgement.claims import ClaimSignals
from pactqa.judgement.confidence import Signals
from pactqa.models.fitted import (
    FITTED_FILE,
    BearingWeights,
    ConfidenceModel,
    MentionBars,
    OutlineBars,
    RankingWeights,
    load_fitted,
)
from tests.conftest import FITTED

RANKING = {name.name: number for number, name in enumerate(fields(RankingWeights))}
OUTLINE = {name.name: number for number, name in enumerate(fields(OutlineBars))}
BEARING = {name.name: number for number, name in enumerate(fields(BearingWeights))}
CONFIDENCE = {"weights": {"luck": 2.0}, "intercept": 1.0, "answered": 0.5, "nearby": 0.25}


@pytest.fixture
def content():
    return {
        "encoder": "fake encoder",
        "reader": "fake reader",
        "ranking": {**RANKING, "data": "some questions", "command": "a command"},
        "outline": OUTLINE,
        "mentions": {"word": 0.5, "name": 0.9},
        "confidence": CONFIDENCE,
        "bearing": BEARING,
        "claims": CONFIDENCE | {"answered": 0.6},
    }


@pytest.fixture
def write(tmp_path):
    def write_file(content):
        file = tmp_path / "fitted.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return file

    return write_file


def test_every_number_is_read_into_its_group(write, content):
    fitted = load_fitted(write(content))
    assert (fitted.encoder, fitted.reader) == ("fake encoder", "fake reader")
    assert fitted.ranking == RankingWeights(**RANKING)
    assert fitted.outline == OutlineBars(**OUTLINE)
    assert fitted.mentions == MentionBars(word=0.5, name=0.9)
    assert fitted.confidence == ConfidenceModel(**CONFIDENCE)
    assert fitted.bearing == BearingWeights(**BEARING)
    assert fitted.claims == ConfidenceModel(**CONFIDENCE | {"answered": 0.6})


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: "no JSON",
        lambda content: "[]",
        lambda content: "null",
        lambda content: {**content, "outline": []},
        lambda content: {**content, "outline": None},
        *(
            lambda content, name=name: {k: content[k] for k in content if k != name}
            for name in (
                *("encoder", "reader", "ranking", "outline", "mentions", "confidence"),
                *("bearing", "claims"),
            )
        ),
    ],
)
def test_a_file_that_does_not_hold_every_group_is_refused(write, content, damage):
    file = write(damage(content))
    with pytest.raises(ReaderError, match=r"fitted\.json.*fit_confidence") as caught:
        load_fitted(file)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    "group", ["ranking", "outline", "mentions", "confidence", "bearing", "claims"]
)
def test_a_group_of_other_numbers_is_refused(write, content, group):
    first, *_ = content[group]
    less = {name: number for name, number in content[group].items() if name != first}
    with pytest.raises(ReaderError, match=first):
        load_fitted(write({**content, group: less}))


@pytest.mark.parametrize(
    "group", ["ranking", "outline", "mentions", "confidence", "bearing", "claims"]
)
def test_a_group_with_a_number_too_many_is_refused(write, content, group):
    with pytest.raises(ReaderError, match="luckiest"):
        load_fitted(write({**content, group: {**content[group], "luckiest": 1}}))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReaderError, match="nowhere"):
        load_fitted(tmp_path / "nowhere.json")


def test_the_packaged_numbers_say_where_they_come_from():
    content = json.loads(FITTED_FILE.read_text(encoding="utf-8"))
    groups = [group for group in content.values() if isinstance(group, dict)]
    assert len(groups) == 6
    assert all(group["data"] and group["command"] for group in groups)


def test_the_packaged_numbers_can_be_what_they_are():
    fitted = load_fitted()
    assert fitted is load_fitted()
    assert 0 < fitted.confidence.answered < 1
    assert 0 < fitted.confidence.nearby < 1
    assert set(fitted.confidence.weights) <= {field.name for field in fields(Signals)}
    assert fitted.mentions.name > fitted.mentions.word  # "Berlin" is near "Moscow"
    assert set(fitted.claims.weights) <= {field.name for field in fields(ClaimSignals)}
    assert 0 < fitted.claims.answered < 1
    assert fitted.ranking.rrf_k > 0


# The regression


def test_the_confidence_is_the_logistic_function_of_the_weighted_signals():
    model = ConfidenceModel({"one": 2.0, "other": -1.0}, 0.5, answered=0.5, nearby=0.5)
    # 2 * 0.25 - 0.75 + 0.5 = 0.25
    signals = SimpleNamespace(one=0.25, other=0.75, third=100)
    assert model.compute(signals) == pytest.approx(0.562177, abs=1e-6)
    assert model.compute(SimpleNamespace(one=100, other=0)) == pytest.approx(1)
    assert model.compute(SimpleNamespace(one=-100, other=0)) == pytest.approx(0)
    assert ConfidenceModel({}, 0.0, 0.5, 0.5).compute(signals) == 0.5


# Other models


def test_models_that_the_numbers_were_fitted_with_are_no_misfit():
    assert FITTED.describe_misfit("fake", "fake") == ""


@pytest.mark.parametrize(
    ("encoder", "reader", "said"),
    [
        ("larger", "fake", "encoder larger (fitted with fake)."),
        ("fake", "larger", "reader larger (fitted with fake)."),
        ("e5", "bert", "encoder e5 (fitted with fake), reader bert (fitted with fake)."),
    ],
)
def test_other_models_are_named_with_those_wanted_and_what_to_do(encoder, reader, said):
    misfit = FITTED.describe_misfit(encoder, reader)
    assert f"fitted with other models: {said} " in misfit
    assert "fit_confidence" in misfit
