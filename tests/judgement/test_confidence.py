"""The status of an answer, and the words that the essays never mention."""

import json
from pathlib import Path

import pytest

from pactqa.errors import ReaderError
from pactqa.essays.files import Essay
from pactqa.index.refresh import refresh_index
from pactqa.index.store import Store
from pactqa.index.vectors import open_index
from pactqa.judgement import confidence
from pactqa.judgement.confidence import (
    ConfidenceModel,
    judge_question,
    load_confidence_model,
    measure_signals,
)
from pactqa.judgement.mentions import find_missing_words, find_names_apart
from pactqa.search.query import encode_question
from pactqa.search.ranking import search_passages
from pactqa.search.reading import read_candidates
from tests.conftest import FakeEncoder, FakeReader

ESSAYS = [
    Essay(id="pact", title="A Pact", text="Stalin and Hitler made a treaty. Poland lost her army."),
    Essay(id="bees", title="Bees", text="In 1911 bees made honey. Why do bees dance?"),
]
MODEL = ConfidenceModel({"tokens": 1}, -0.5, answered=0.6, nearby=0.3)


@pytest.fixture
def found(tmp_path: Path):
    """Gives what the search finds for a question, and the words that are missing."""
    encoder, store = FakeEncoder(), Store(tmp_path / "index")
    refresh_index(store, ESSAYS, encoder)

    def find(question: str):
        with store.read() as snapshot:
            query = encode_question(encoder, question)
            index = open_index(store, snapshot)
            candidates = search_passages(snapshot, index, ESSAYS, query)
            candidates = read_candidates(FakeReader(), question, candidates)
            missing = find_missing_words(snapshot, query, candidates)
            return query, candidates, missing, find_names_apart(snapshot, query, candidates)

    return find


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Did Stalin see a football stadium?", ("football", "stadium")),
        ("the agreement", ()),  # found by meaning: it is a pact, and a treaty
        ("football in Berlin", ("football", "Berlin")),
        ("football, football", ("football",)),
        ("Stalins treaties", ()),  # the same words with other endings
        ("What of the Red Army?", ()),  # a name of two words, of which one is mentioned
        ("What of the Red Sea?", ("Red", "Sea")),
        ("Why?", ()),
    ],
)
def test_missing_words_are_those_the_essays_never_mention(found, question, missing):
    assert found(question)[2] == missing


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("What did Stalin sign in 1911?", ("Stalin", "1911")),
        ("Did Stalin like the Poland Army of 1911?", ("Stalin", "Poland Army", "1911")),
        ("What did Stalin and Hitler sign?", ()),  # together in one passage
        ("What did Stalin see in Berlin?", ()),  # one is never mentioned
        ("What did Stalin sign?", ()),
        ("Why do bees dance?", ()),
    ],
)
def test_names_apart_are_those_no_passage_mentions_together(found, question, apart):
    assert found(question)[3] == apart


def test_the_signals_of_a_question(found):
    query, candidates, *_ = found("When did Poland see a football stadium?")
    signals = measure_signals(query, candidates)
    assert signals.tokens == pytest.approx(2 / 7)  # of seven words Poland, and by chance one more
    assert signals.names == 1  # Poland is mentioned
    assert -6 <= signals.reading < 0
    assert signals.support < signals.sentence
    query, candidates, *_ = found("Poland lost her army.")
    signals = measure_signals(query, candidates)
    assert (signals.names, signals.tokens) == (1, 1)
    assert signals.reading > 0
    assert signals.support > signals.sentence


def test_names_mentioned_apart_are_no_match(found):
    query, candidates, *_ = found("What did Stalin sign in 1911?")
    assert measure_signals(query, candidates).names == 0
    query, candidates, *_ = found("What did Stalin and Hitler sign?")
    assert measure_signals(query, candidates).names == 1
    query, candidates, *_ = found("Why do bees dance?")
    assert measure_signals(query, candidates).names == 1  # there is none to miss
    query, candidates, *_ = found("What of the Red Army?")
    assert measure_signals(query, candidates).names == 0.5  # one name, half of it mentioned


def test_nothing_found_has_signals_of_its_own(found):
    query, *_ = found("bees")
    assert judge_question(MODEL, query, []).status == "absent"
    assert judge_question(MODEL, query, []).confidence == 0


@pytest.mark.parametrize(
    ("question", "status"),
    [("treaty Poland", "answered"), ("treaty football", "nearby"), ("football cup", "absent")],
)
def test_two_thresholds_make_three_statuses(found, question, status):
    query, candidates, *_ = found(question)
    assert judge_question(MODEL, query, candidates).status == status


def test_the_fitted_model_fits_the_signals():
    model = load_confidence_model()
    assert 0 < model.answered < 1
    assert 0 < model.nearby < 1


def test_a_model_of_other_signals_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "models" / "weights" / "confidence.json"
    file.parent.mkdir(parents=True)
    content = {"weights": {"luck": 1}, "intercept": 0, "thresholds": {"answered": 1, "nearby": 0}}
    file.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(confidence.resources, "files", lambda _: tmp_path)
    with pytest.raises(ReaderError, match=r"luck.*fit_confidence"):
        load_confidence_model.__wrapped__()
