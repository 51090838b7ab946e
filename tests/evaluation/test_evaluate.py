"""What an evaluation asks, and how it compares the answers with the labels."""

from dataclasses import replace

import pytest

from pactqa.answer import Answer
from pactqa.errors import EvaluationError
from pactqa.essays.files import Essay
from pactqa.essays.splitting import split_essay
from pactqa.evaluation import metrics
from pactqa.evaluation.evaluate import (
    evaluate,
    leave_out_article,
    open_documents,
    render_report,
)
from pactqa.evaluation.labels import LabelledQuestion
from pactqa.search.ranking import Hit
from tests.conftest import FakeEncoder, FakeReader

DOCUMENTS = [
    Essay(id="b#0", title="Bees", text="Bees dance for flowers. Queens rule hives.", sha256="1"),
    Essay(id="k#0", title="Kings", text="Kings raised taxes. People had no bread.", sha256="2"),
]
BEES = LabelledQuestion("bees dance flowers", "b#0", ("Bees dance for flowers.",), True, "Bees")
KINGS = LabelledQuestion("kings taxes", "k#0", ("People had no bread.",), True, "Kings")
NUMBERED = [Essay(id=f"e{n}", title=f"T {n}", text=f"One {n}. Two {n}.") for n in range(12)]


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch):
    monkeypatch.setattr(metrics, "_RESAMPLES", 200)


@pytest.fixture
def documents(tmp_path):
    return open_documents(tmp_path, DOCUMENTS, FakeEncoder(), FakeReader())


class Told:
    """An assistant that answers as it was told, and keeps what it was asked."""

    def __init__(self, *answers, essays=NUMBERED):
        self._answers = {answer.question: answer for answer in answers}
        self._essays = tuple(essays)
        self.asked = []

    def essays(self):
        return self._essays

    def ask(self, question, k=None, essays=None):
        self.asked.append((question, k, essays))
        return self._answers[question]


def tell(question, *numbers, status="answered", confidence=0.5, key=0):
    """Gives an answer that quotes the essays of these numbers, in this order."""
    passages = [(NUMBERED[number], split_essay(NUMBERED[number])[0]) for number in numbers]
    return Answer(
        question=question,
        searched_as=question,
        status=status,
        confidence=confidence,
        hits=tuple(
            Hit(essay, passage, passage.sentences[key], 0.5, rank)
            for rank, (essay, passage) in enumerate(passages, start=1)
        ),
    )


def measure(assistant, *questions, **options):
    return evaluate(assistant, questions, **options)


def values_of(report):
    return {name: figure.value for name, figure in report.figures.items()}


# The right document


def test_hits_and_reciprocal_ranks_are_those_of_the_right_document():
    assistant = Told(tell("a", 1, 2), tell("b", 1, 2), tell("c", 3, 4, 5, 2), tell("d", 1, 3))
    questions = [LabelledQuestion("a", "e1")]
    questions += [LabelledQuestion(name, "e2") for name in "bcd"]
    assert values_of(measure(assistant, *questions)) == {
        "hit@1": 0.25,
        "hit@3": 0.5,
        "mrr@10": (1 + 1 / 2 + 1 / 4 + 0) / 4,
    }


def test_two_passages_of_one_document_take_one_rank():
    figures = values_of(measure(Told(tell("a", 1, 1, 1, 2)), LabelledQuestion("a", "e2")))
    assert (figures["hit@3"], figures["mrr@10"]) == (1, 0.5)


def test_the_tenth_document_counts_and_the_eleventh_does_not():
    assistant = Told(tell("a", *range(12)))
    tenth = measure(assistant, LabelledQuestion("a", "e9"))
    eleventh = measure(assistant, LabelledQuestion("a", "e10"))
    assert values_of(tenth)["mrr@10"] == 0.1
    assert values_of(eleventh)["mrr@10"] == 0


def test_a_question_that_is_answerable_without_a_document_named_has_no_rank():
    report = measure(Told(tell("a", 1)), LabelledQuestion("a"))
    assert (report.questions, report.figures) == (1, {})


# The key sentence


@pytest.mark.parametrize(
    ("labelled", "right"),
    [
        (("One 1.",), 1),
        (("Two 1.",), 0),
        (("Else.", "One 1."), 1),
        (("One",), 1),  # a part of it
        (("So, One\n 1. And more.",), 1),  # it is a part of that, however the lines were broken
        (("one 1.",), 0),
    ],
)
def test_the_key_sentence_is_compared_with_the_labelled_ones(labelled, right):
    report = measure(Told(tell("a", 1)), LabelledQuestion("a", "e1", labelled))
    assert values_of(report)["key_sentence"] == right


def test_the_key_sentence_is_that_of_the_right_document_wherever_it_stands():
    report = measure(Told(tell("a", 2, 3, 1)), LabelledQuestion("a", "e1", ("One 1.",)))
    assert values_of(report)["key_sentence"] == 1
    missed = measure(Told(tell("a", 2, 3)), LabelledQuestion("a", "e1", ("One 1.",)))
    assert values_of(missed)["key_sentence"] == 0


def test_sentences_of_a_question_that_cannot_be_answered_are_not_looked_for():
    report = measure(Told(tell("a", 1)), LabelledQuestion("a", "e1", ("One 1.",), answerable=False))
    assert report.figures == {}


# Knowing when not to answer


def test_confidence_and_status_are_compared_with_the_label():
    assistant = Told(
        tell("a", 1, confidence=0.9),
        tell("b", 1, confidence=0.3, status="nearby"),
        tell("c", 1, confidence=0.8),
        tell("d", 1, confidence=0.4),
        tell("e", confidence=0.1, status="absent"),
        tell("f", 1, confidence=0.2, status="nearby"),
    )
    good = [LabelledQuestion(name) for name in "abc"]
    bad = [LabelledQuestion(name, answerable=False) for name in "def"]
    figures = values_of(measure(assistant, *good, *bad))
    assert figures["auroc"] == pytest.approx(8 / 9)  # b stands below d, of nine pairs
    assert figures["balanced_accuracy"] == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_one_kind_of_question_alone_gives_no_such_figure():
    assert "auroc" not in measure(Told(tell("a", 1)), LabelledQuestion("a", "e1")).figures
    only_bad = measure(Told(tell("a", 1)), LabelledQuestion("a", answerable=False))
    assert only_bad.figures == {}


def test_withholding_asks_again_without_the_article():
    assistant = Told(tell("a", 1), tell("b", 2), tell("c", 3))
    report = measure(
        assistant,
        LabelledQuestion("a", "e1", article="T_1"),
        LabelledQuestion("b", "e2"),  # of no article
        LabelledQuestion("c", answerable=False, article="T 3"),  # unanswerable as it is
        withhold_article=True,
    )
    others = [essay.id for essay in NUMBERED if essay.id != "e1"]
    assert report.questions == 4
    assert assistant.asked == [("a", 20, None), ("b", 20, None), ("c", 20, None), ("a", 20, others)]
    assert report.figures["hit@1"].value == 1  # of the answerable ones only
    assert report.figures["balanced_accuracy"].value == 0.5


def test_a_question_is_not_asked_again_where_nothing_is_left():
    assistant = Told(tell("a", 1), tell("b", 1), essays=[NUMBERED[1]])
    report = measure(
        assistant,
        LabelledQuestion("a", "e1", article="T 1"),
        LabelledQuestion("b", "e1", article="another"),
        withhold_article=True,
    )
    assert report.questions == 3
    assert assistant.asked[-1] == ("b", 20, ["e1"])


def test_without_withholding_each_question_is_asked_once():
    assistant = Told(tell("a", 1))
    measure(assistant, LabelledQuestion("a", "e1", article="T 1"))
    assert assistant.asked == [("a", 20, None)]


def test_an_article_is_named_with_or_without_underscores():
    assert leave_out_article(NUMBERED[:3], "T_1") == leave_out_article(NUMBERED[:3], "T 1")
    assert leave_out_article(NUMBERED[:3], "T 1") == ["e0", "e2"]


# Documents of one's own


def test_the_right_document_and_the_right_sentence_are_counted(documents):
    report = evaluate(documents, [BEES, KINGS], DOCUMENTS)
    assert report.questions == 2
    assert report.figures["hit@1"].value == 1
    assert report.figures["mrr@10"].value == 1
    assert report.figures["key_sentence"].value == 0.5  # the label of KINGS is the wrong sentence


def test_a_wrong_label_counts_as_a_miss(documents):
    wrong = LabelledQuestion("bees dance flowers", "k#0")
    report = evaluate(documents, [BEES, wrong], DOCUMENTS)
    assert report.figures["hit@1"].value == 0.5
    assert report.figures["hit@1"].low < 0.5 < report.figures["hit@1"].high


def test_what_is_left_out_cannot_be_found(documents):
    report = evaluate(documents, [BEES, KINGS], DOCUMENTS, withhold_article=True)
    assert report.questions == 4
    assert report.figures["auroc"].value == 1


def test_documents_are_written_word_for_word(tmp_path):
    given = [
        Essay(
            id="z",
            title='Bees: "q" — é 🐝',
            text="## Dance\n\nBees dance…\r\nin the hive.\n\nRest.",
        ),
        Essay(id="a", title="Kings", text="# no heading", markdown=False),
    ]
    told = []
    opened = open_documents(
        tmp_path / "new", given, FakeEncoder(), FakeReader(), lambda *d: told.append(d)
    )
    first, second = opened.essays()
    assert (first.title, second.title) == ('Bees: "q" — é 🐝', "Kings")
    assert given[0].text in first.text
    assert [p.text for p in opened.passages(first.id)] == ["Bees dance…\r\nin the hive.", "Rest."]
    assert [p.heading for p in opened.passages(first.id)] == ["Dance", "Dance"]
    assert [p.text for p in opened.passages(second.id)] == ["# no heading"]
    assert (tmp_path / "new" / "index").is_dir()
    assert (tmp_path / "new" / "corpus" / first.file).is_file()
    assert told
    report = evaluate(opened, [LabelledQuestion("bees dance", "z")], given)
    assert report.figures["hit@1"].value == 1


def test_a_document_of_another_folder_keeps_its_label(tmp_path):
    many = [replace(essay, id=f"label-{essay.id}") for essay in reversed(NUMBERED)]
    opened = open_documents(tmp_path, many, FakeEncoder(), FakeReader())
    assert [essay.title for essay in opened.essays()] == [essay.title for essay in many]
    labelled = [LabelledQuestion(f"one two {n}", f"label-e{n}") for n in (0, 7)]
    assert evaluate(opened, labelled, many).figures["hit@3"].value >= 0.5


# What is refused and told


def test_unknown_documents_and_no_questions_are_refused(documents):
    with pytest.raises(EvaluationError) as error:
        evaluate(documents, [LabelledQuestion("why", "x")], DOCUMENTS)
    assert str(error.value) == (
        "The question 'why' names the document 'x', which is not among the documents. "
        "Give the right --documents file."
    )
    with pytest.raises(EvaluationError) as error:
        evaluate(documents, [], DOCUMENTS)
    assert str(error.value) == (
        "The questions file holds no question. Write one JSON object a line."
    )
    with pytest.raises(EvaluationError):  # the project's own essays have other names
        evaluate(documents, [BEES])


def test_progress_counts_every_question_asked():
    told = []
    measure(
        Told(tell("a", 1)),
        LabelledQuestion("a", "e1", article="T 1"),
        withhold_article=True,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


def test_a_report_is_rendered_with_value_and_interval():
    rendered = render_report(measure(Told(tell("a", 2, 1)), LabelledQuestion("a", "e1")))
    assert rendered == {
        "questions": 1,
        "hit@1": {"value": 0.0, "low": 0.0, "high": 0.0},
        "hit@3": {"value": 1.0, "low": 1.0, "high": 1.0},
        "mrr@10": {"value": 0.5, "low": 0.5, "high": 0.5},
    }
