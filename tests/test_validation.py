"""What other programs may send in place of a question, a number or ids."""

import pytest

from pactqa.errors import ClaimError, QuestionError

FILES = {"bees.md": "Bees dance for flowers.\n", "kings.md": "The king raised a tax.\n"}


@pytest.fixture
def opened(assistant):
    return assistant(FILES)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"question": 5}, "The question must be text, not 5."),
        ({"question": None}, "The question must be text, not None."),
        ({"question": ["bees"]}, "The question must be text, not ['bees']."),
        ({"question": [9] * 10_000}, "The question must be text, not [9, 9, 9"),
        ({"k": "abc"}, "The number of passages must be from 1 to 20, not 'abc'."),
        ({"k": 2.5}, "The number of passages must be from 1 to 20, not 2.5."),
        ({"k": float("nan")}, "The number of passages must be from 1 to 20, not nan."),
        ({"k": True}, "The number of passages must be from 1 to 20, not True."),
        ({"k": 0}, "The number of passages must be from 1 to 20, not 0."),
        ({"k": 21}, "The number of passages must be from 1 to 20, not 21."),
        ({"essays": 5}, "The essays must be a list of ids, not 5."),
        ({"essays": "bees"}, "The essays must be a list of ids, not 'bees'."),
        ({"essays": [5]}, "There is no essay 5. The essays are: bees, kings."),
        ({"essays": [["bees"]]}, "There is no essay ['bees']. The essays are: bees, kings."),
        ({"previous": 5}, "The question before must be text, not 5."),
        ({"previous": "a" * 10_001}, "The question before has 10,001 characters"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(opened, given, message):
    with pytest.raises(QuestionError) as caught:
        opened.ask(**{"question": "bees", **given})
    assert str(caught.value).startswith(message)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"claim": 5}, ClaimError, "The claim must be text, not 5."),
        ({"k": "abc"}, ClaimError, "The number of sentences must be from 1 to 20, not 'abc'."),
        ({"k": 2.5}, ClaimError, "The number of sentences must be from 1 to 20, not 2.5."),
        ({"essays": 5}, QuestionError, "The essays must be a list of ids, not 5."),
    ],
)
def test_what_is_no_claim_is_refused_in_a_sentence(opened, given, error, message):
    with pytest.raises(error) as caught:
        opened.check(**{"claim": "Bees dance.", **given})
    assert str(caught.value) == message


@pytest.mark.parametrize("previous", ["", "?", " ", "why do bees dance", "\ud83d"])
def test_any_text_may_stand_before(opened, previous):
    assert opened.ask("and kings?", previous=previous).hits


def test_essays_named_twice_are_searched_once(opened):
    assert opened.ask("bees", essays=("bees", "bees")).only == ("bees",)
