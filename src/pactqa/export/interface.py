"""The JSON interface of an answer with what is needed to cite its passages."""

from collections.abc import Sequence
from typing import Any

from pactqa.answer import Answer, render_json
from pactqa.essays.files import Essay
from pactqa.export.in_text import cite_in_text
from pactqa.export.references import make_reference

__all__ = ["render_cited"]


def render_cited(answer: Answer, style: str, essays: Sequence[Essay]) -> dict[str, Any]:
    """Gives an answer in the shape of the JSON interface, each passage with its citation.

    Beside what `answer.render_json` gives, a passage has `in_text`, its citation in the text, and
    `reference`, both plain text.

    Args:
        answer: the answer.
        style: of the references, a key of `references.STYLES`.
        essays: all essays, from which each citation must tell its own in every answer.
    """
    shape = render_json(answer)
    for passage, hit in zip(shape["passages"], answer.hits, strict=True):
        passage["in_text"] = cite_in_text(hit.essay, style, hit.passage.paragraph, essays).plain
        passage["reference"] = make_reference(hit.essay, style, essays).plain
    return shape
