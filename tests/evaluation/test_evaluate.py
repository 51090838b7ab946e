"""The figures of an evaluation, on documents small enough to count by hand."""

import numpy as np
import pytest

from pactqa.errors import EvaluationError
from pactqa.essays.files import Essay
from pactqa.evaluation.evaluate import compute_auroc, evaluate, open_documents, render_report
from pactqa.evaluation.labels import LabelledQuestion
from tests.conftest import FakeEncoder, FakeReader

DOCUMENTS = [
    Essay(id="b#0", title="Bees", text="Bees dance for flowers. Queens rule hives.", sha256="1"),
    Essay(id="k#0", title="Kings", text="Kings raised taxes. People had no bread.", sha256="2"),
]
BEES = LabelledQuestion("bees dance flowers", "b#0", ("Bees dance for flowers.",), True, "Bees")
KINGS = LabelledQuestion("kings taxes", "k#0", ("People had no bread.",), True, "Kings")


@pytest.fixture
def documents(tmp_path):
    return open_documents(tmp_path, DOCUMENTS, FakeEncoder(), FakeReader())


def test_the_right_document_and_the_right_sentence_are_counted(documents):
    report = evaluate(documents, [BEES, KINGS], DOCUMENTS)
    assert report.questions == 2
    assert report.figures["hit@1"].value == 1
    assert report.figures["mrr@10"].value == 1
    assert report.figures["key_sentence"].value == 0.5  # the label of KINGS is the wrong sentence
    assert "auroc" not in report.figures


def test_a_wrong_label_counts_as_a_miss(documents):
    wrong = LabelledQuestion("bees dance flowers", "k#0")
    report = evaluate(documents, [BEES, wrong], DOCUMENTS)
    assert report.figures["hit@1"].value == 0.5
    assert report.figures["hit@1"].low < 0.5 < report.figures["hit@1"].high


def test_withholding_asks_again_without_the_article(documents):
    report = evaluate(documents, [BEES, KINGS], DOCUMENTS, withhold_article=True)
    assert report.questions == 4
    assert report.figures["hit@1"].value == 1  # of the answerable half only
    assert report.figures["auroc"].value == 1


def test_unknown_documents_and_no_questions_are_refused(documents):
    with pytest.raises(EvaluationError, match="names the document 'x'"):
        evaluate(documents, [LabelledQuestion("why", "x")], DOCUMENTS)
    with pytest.raises(EvaluationError, match="holds no question"):
        evaluate(documents, [], DOCUMENTS)


def test_progress_counts_every_question_asked(documents):
    told = []
    evaluate(documents, [BEES], DOCUMENTS, True, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_a_report_is_rendered_with_value_and_interval(documents):
    rendered = render_report(evaluate(documents, [BEES], DOCUMENTS))
    assert rendered["questions"] == 1
    assert rendered["hit@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [([3, 4], [1, 2], 1), ([1, 2], [3, 4], 0), ([1, 3], [2, 3], 0.375), ([1], [1], 0.5)],
)
def test_auroc_counts_pairs_and_ties_half(positive, negative, area):
    assert compute_auroc(np.array(positive, float), np.array(negative, float)) == area
