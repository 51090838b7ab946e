"""Claims checked through the Assistant: sentences, their places, status, stances, staleness."""

import json
from dataclasses import replace

import pytest

from pactqa.errors import ClaimError, QuestionError
from pactqa.evidence import describe_evidence, describe_unmentioned
from pactqa.evidence_json import render_evidence

BEES = (
    "---\ntitle: Bees\n---\n## Dance\n\nBees dance for flowers. Queens rest. Why do bees dance?\n"
)
KINGS = "Kings tax bread in Paris. The people paid no taxes to kings.\n"


class FakeNli:
    """Takes a text with "no" to contradict, one with "dance" to support."""

    name = "fake nli"

    def judge(self, claim, texts):
        return [
            "contradicts" if "no" in t.split() else "supports" if "dance" in t else "undecided"
            for t in texts
        ]


def words_at(text, spans):
    return [text[span.start : span.end] for span in spans]


@pytest.fixture
def check(assistant, monkeypatch):
    monkeypatch.delenv("PACTQA_NLI", raising=False)
    made = assistant({"bees.md": BEES, "kings.md": KINGS})
    return made.check


def test_the_sentence_that_speaks_of_the_claim_comes_first(check):
    evidence = check("Bees danced for the flowers of Paris.")
    first = evidence.sentences[0]
    assert evidence.status == "found"
    assert first.text == "Bees dance for flowers."
    assert first.essay.text[first.span.start : first.span.end] == first.text
    assert first.span in first.passage.sentences
    assert words_at(evidence.claim, first.covered) == ["Bees", "danced", "flowers"]
    assert words_at(evidence.claim, first.uncovered) == ["Paris"]
    assert [sentence.hit.rank for sentence in evidence.sentences] == list(
        range(1, len(evidence.sentences) + 1)
    )
    scores = [sentence.hit.score for sentence in evidence.sentences]
    assert scores == sorted(scores, reverse=True)


def test_a_question_is_no_evidence(check):
    texts = [sentence.text for sentence in check("Bees dance.").sentences]
    assert "Why do bees dance?" not in texts
    assert "Queens rest." in texts


def test_differences_point_at_both_sides(check):
    evidence = check("The people paid taxes to kings.")
    (difference,) = evidence.sentences[0].differences
    essay = evidence.sentences[0].essay
    assert difference.kind == "negation"
    assert words_at(evidence.claim, difference.claim) == ["taxes"]
    assert words_at(essay.text, difference.sentence) == ["no taxes"]


def test_no_more_than_k_sentences_and_only_of_the_essays_named(check):
    assert len(check("Kings tax bread.", k=1).sentences) == 1
    evidence = check("Bees dance.", essays=["kings"])
    assert {sentence.essay.id for sentence in evidence.sentences} <= {"kings"}
    assert evidence.only == ("kings",)
    assert describe_evidence(evidence).startswith("Looked only in “Kings”. ")


def test_where_only_some_essays_were_looked_in_nothing_is_said_of_the_others(check):
    evidence = check("Honey feeds queens.", essays=["kings"])
    assert evidence.sentences == ()
    said = "Looked only in “Kings”. Nothing there was found to be about this claim."
    assert describe_evidence(evidence) == said
    nearby = replace(check("Bees dance.", essays=["bees"]), status="nearby")
    assert describe_evidence(nearby).startswith("Looked only in “Bees”. They may not speak")


def test_what_the_essays_never_mention_is_named(check):
    evidence = check("Kings tax the football of bees.")
    assert evidence.missing == ("football",)
    assert describe_unmentioned(evidence) == "The essays do not use the word “football”."


def test_a_noun_beside_a_name_is_named_and_a_number_in_letters_is_not(check):
    assert check("The people of Paris ate Paris football.").missing == ("football",)
    assert check("Two hundred kings tax bread.").missing == ()


def test_words_that_say_little_are_never_named(check):
    evidence = check("The whole of the bees entirely dance for flowers with a zebra.")
    assert evidence.missing == ("zebra",)
    first = evidence.sentences[0]
    assert words_at(evidence.claim, first.uncovered) == ["zebra"]


def test_a_claim_about_something_else_is_absent(check):
    evidence = check("Football needs a stadium.")
    assert (evidence.status, evidence.sentences) == ("absent", ())
    assert describe_evidence(evidence).startswith("Nothing in the essays was found")


def test_without_a_model_no_stance_is_claimed(check):
    evidence = check("Bees dance for flowers.")
    assert evidence.stances_by == ""
    assert {(s.stance, s.passage_stance) for s in evidence.sentences} == {(None, None)}


def test_with_a_model_each_sentence_and_each_passage_has_its_stance(assistant):
    made = assistant({"bees.md": BEES, "kings.md": KINGS})
    made.nli = FakeNli()
    by_text = {s.text: s for s in made.check("Bees dance; kings tax the people.").sentences}
    assert by_text["Bees dance for flowers."].stance == "supports"
    assert by_text["Queens rest."].stance == "undecided"
    assert by_text["Queens rest."].passage_stance == "supports"
    assert by_text["Kings tax bread in Paris."].stance == "undecided"
    assert by_text["Kings tax bread in Paris."].passage_stance == "contradicts"
    assert made.check("Bees dance.").stances_by == "fake nli"


def test_nothing_is_quoted_of_an_essay_that_changed(assistant, write_corpus):
    made = assistant({"bees.md": BEES, "kings.md": KINGS})
    write_corpus({"bees.md": BEES.replace("Bees dance", "Wasps dance")})
    evidence = made.check("Bees dance for flowers.")
    assert "bees" not in {sentence.essay.id for sentence in evidence.sentences}
    assert evidence.stale == ("bees",)


def test_if_all_essays_changed_that_is_said(assistant, write_corpus):
    made = assistant({"bees.md": BEES})
    write_corpus({"bees.md": "Something else.\n"})
    evidence = made.check("Bees dance for flowers.")
    assert (evidence.status, evidence.sentences) == ("absent", ())
    assert describe_evidence(evidence).startswith("Nothing is quoted: the essays were changed")


def test_the_json_has_each_passage_once_with_its_sentences(check):
    evidence = check("Bees dance for flowers, queens rest.")
    shown = json.loads(json.dumps(render_evidence(evidence)))
    assert list(shown)[:3] == ["claim", "status", "missing"]
    passages = shown["passages"]
    assert len({passage["quote"] for passage in passages}) == len(passages)
    bees = passages[0]
    assert (bees["rank"], bees["essay"], bees["heading"]) == (1, "bees", "Dance")
    assert bees["stance"] is None
    assert bees["key_sentence"] == "Bees dance for flowers."
    assert {sentence["quote"] for sentence in bees["sentences"]} == {
        "Bees dance for flowers.", "Queens rest.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"claim": " ?! "}, ClaimError, "claim is empty"),
        ({"claim": "a" * 2001}, ClaimError, "2,001 characters"),
        ({"claim": "Bees dance.", "k": 0}, ClaimError, "from 1 to 20, not 0"),
        ({"claim": "Bees dance.", "k": 21}, ClaimError, "from 1 to 20, not 21"),
        ({"claim": "Bees dance.", "essays": ["wasps"]}, QuestionError, "no essay 'wasps'"),
    ],
)
def test_what_cannot_be_checked_is_refused(check, arguments, error, message):
    with pytest.raises(error, match=message):
        check(**arguments)
