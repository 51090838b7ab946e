"""The JSON interface with what is needed to cite."""

import json
from dataclasses import replace

import pytest

from pactqa.answer import Answer, render_json
from pactqa.export.interface import render_cited
from tests.export.sessions import PLAIN, hits_of, plain_session


@pytest.mark.parametrize(
    ("style", "in_text", "reference"),
    [
        ("mla", "(Carr, par. 1)", "Carr, E. H. “Kings.”"),
        ("apa", "(Carr, n.d., para. 1)", "Carr, E. H. (n.d.). Kings."),
    ],
)
def test_every_passage_is_cited_and_nothing_else_is_changed(style, in_text, reference):
    answer = plain_session()[0]
    shape = render_cited(answer, style, [PLAIN])
    (passage,) = shape["passages"]
    assert (passage.pop("in_text"), passage.pop("reference")) == (in_text, reference)
    assert shape == render_json(answer)
    assert json.loads(json.dumps(shape)) == shape


def test_a_passage_is_cited_alike_in_every_answer_whatever_else_is_quoted_there():
    other = replace(PLAIN, id="other", title="Queens")
    answer = Answer("q", "q", "answered", 0.9, hits_of(other, 0))
    passage = render_cited(answer, "apa", [PLAIN, other])["passages"][0]
    assert passage["in_text"] == "(Carr, n.d.-b, para. 1)"
    assert passage["reference"] == "Carr, E. H. (n.d.-b). Queens."
