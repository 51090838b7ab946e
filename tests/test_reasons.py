"""The table of reasons: rows by meaning, an essay a column, and honest blanks."""

import pytest

from pactqa.errors import QuestionError
from pactqa.reasons import find_reasons

FIRST = """---
title: Why the king taxed bread
---
The king wanted bread.

## 1. Debts

It rained. He taxed bread because of his debts. His debts were a concern of the army.

## Army

The army needed bread.

## Weather

It rained in Paris.

## Conclusion

He wanted all of it.
"""
SECOND = """---
title: The king and his bread
---
## Debt

Why did he want bread? The debt led to a tax.

## Hives

Bees were feared for their honey.
"""


@pytest.fixture
def table(assistant):
    return find_reasons(assistant({"a.md": FIRST, "b.md": SECOND}))


def show(table):
    return [(r.name, [hit and hit.key_text for hit in r.cells]) for r in table.reasons]


def test_a_reason_stands_beside_the_same_reason_of_another_essay(table):
    assert [essay.id for essay in table.essays] == ["a", "b"]
    rows = dict(show(table))
    assert rows["Debts"] == [
        "He taxed bread because of his debts.",
        "The debt led to a tax.",
    ]
    assert table.reasons[0].headings == {"a": "1. Debts", "b": "Debt"}


def test_a_reason_of_one_essay_leaves_an_honest_blank(table):
    rows = dict(show(table))
    assert rows["Army"] == ["The army needed bread.", None]
    assert rows["Hives"] == [None, "Bees were feared for their honey."]


def test_a_section_without_a_reason_and_a_conclusion_are_no_reason(table):
    assert [name for name, _ in show(table)] == ["Debts", "Army", "Hives"]


def test_every_quotation_is_a_slice_of_its_essay(table):
    for reason in table.reasons:
        for essay, hit in zip(table.essays, reason.cells, strict=True):
            if hit:
                assert hit.essay == essay
                assert hit.key_sentence in hit.passage.sentences


def test_two_sections_of_one_essay_are_never_one_reason(assistant):
    text = "## Debts\n\nHe needed them.\n\n## Debt\n\nHe wanted it.\n"
    assert len(find_reasons(assistant({"a.md": text})).reasons) == 2


def test_an_essay_that_changed_is_left_out_and_named(assistant, write_corpus):
    made = assistant({"a.md": FIRST, "b.md": SECOND})
    write_corpus({"b.md": SECOND.replace("Bees", "Wasps")})
    table = find_reasons(made)
    assert [essay.id for essay in table.essays] == ["a"]
    assert table.stale == ("b",)


def test_only_the_essays_named_are_compared(assistant):
    made = assistant({"a.md": FIRST, "b.md": SECOND})
    assert [essay.id for essay in find_reasons(made, ["b"]).essays] == ["b"]
    with pytest.raises(QuestionError, match="no essay 'c'"):
        find_reasons(made, ["c"])


def test_too_many_essays_are_refused(assistant, monkeypatch):
    monkeypatch.setattr("pactqa.reasons.ESSAYS_MOST", 1)
    with pytest.raises(QuestionError, match="2 essays are too many"):
        find_reasons(assistant({"a.md": FIRST, "b.md": SECOND}))
