"""Thirty claims about the real essays, written before anything was checked, with the real model."""

import json
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.model, pytest.mark.benchmark]

FILE = Path(__file__).parent / "data" / "claims_thirty.json"
CLAIMS = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checked(real_assistant):
    return [(row, real_assistant.check(row["claim"])) for row in CLAIMS]


def of_kind(checked, *kinds):
    return [(row, evidence) for row, evidence in checked if row["kind"] in kinds]


def is_right(row, sentence):
    return any(words in sentence.text for words in row["right"])


def test_the_words_of_each_right_sentence_stand_in_its_essay(real_assistant):
    texts = {essay.id: essay.text for essay in real_assistant.essays()}
    for row in CLAIMS:
        assert all(words in texts[row["essay"]] for words in row["right"]), row["claim"]
    kinds = [row["kind"] for row in CLAIMS]
    assert [kinds.count(kind) for kind in ("stated", "contradicted", "unmentioned")] == [10] * 3


def test_the_right_sentence_stands_first(checked):
    late = [
        row["claim"]
        for row, evidence in of_kind(checked, "stated", "contradicted")
        if not is_right(row, evidence.sentences[0])
    ]
    assert len(late) <= 2, late


def test_what_is_unmentioned_is_not_found_and_what_is_mentioned_never_absent(checked):
    found = [r["claim"] for r, e in of_kind(checked, "unmentioned") if e.status == "found"]
    assert len(found) <= 1, found
    others = of_kind(checked, "stated", "contradicted")
    assert "absent" not in {evidence.status for _, evidence in others}


def test_what_is_contradicted_shows_a_difference_and_what_is_stated_none(checked):
    shown = [
        row["claim"]
        for row, evidence in of_kind(checked, "contradicted")
        if any(is_right(row, sentence) and sentence.differences for sentence in evidence.sentences)
    ]
    assert len(shown) >= 9, shown
    for row, evidence in of_kind(checked, "stated"):
        for sentence in evidence.sentences:
            assert not (is_right(row, sentence) and sentence.differences), row["claim"]


def test_what_is_named_as_unmentioned_stands_in_no_essay(checked, real_assistant):
    texts = " ".join(essay.text for essay in real_assistant.essays()).casefold()
    words = set(re.findall(r"\w+", texts))
    for _, evidence in checked:
        assert not words & {word.casefold() for word in evidence.missing}, evidence.claim
