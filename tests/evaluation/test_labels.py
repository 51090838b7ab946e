"""Files of labelled questions and documents: what is read, and what is refused where."""

import json

import pytest

from pactqa.errors import EvaluationError
from pactqa.evaluation.labels import read_documents, read_questions


def write(tmp_path, *rows):
    file = tmp_path / "rows.jsonl"
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_question_is_answerable_unless_it_says_otherwise(tmp_path):
    file = write(
        tmp_path,
        {"question": "Why?", "answer_doc": "a", "answer_sentences": ["So."], "article": "A"},
        "",
        {"question": "When?", "answerable": False},
    )
    first, second = read_questions(file)
    assert (first.answer_doc, first.answer_sentences, first.article) == ("a", ("So.",), "A")
    assert first.answerable
    assert not second.answerable
    assert second.answer_doc is None


def test_a_document_becomes_an_essay_with_its_heading(tmp_path):
    file = write(
        tmp_path,
        {"id": "a#0", "title": "Bees", "heading": "Dances", "text": "They dance."},
        {"id": "a#1", "title": "Bees", "text": "# not a heading"},
    )
    first, second = read_documents(file)
    assert (first.id, first.title, first.text) == ("a#0", "Bees", "## Dances\n\nThey dance.")
    assert first.markdown
    assert (second.text, second.markdown) == ("# not a heading", False)


def test_a_file_is_read_as_utf_8_whatever_the_machine_prefers(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_bytes('{"question": "Dvořák — why?"}'.encode())
    assert read_questions(file)[0].question == "Dvořák — why?"


def test_a_line_separator_inside_a_text_ends_no_row(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "a", "title": "T", "text": "one\u2028two"}\n', encoding="utf-8")
    assert read_documents(file)[0].text == "one\u2028two"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('{"question": ', "line 2, column 14"),
        ("[1]", "line 2: each line must be one JSON object"),
        ({"answer_doc": "a"}, "line 2: the field 'question' is missing"),
        ({"question": 5}, "line 2: the field 'question' must be a text"),
        ({"question": "a", "answer_sentences": "b"}, "line 2: answer_sentences must be a list"),
        ({"question": "a", "answerable": "yes"}, "line 2: answerable must be true or false"),
        ({"question": "a", "answer_sentences": [5]}, "line 2: answer_sentences must be a list"),
        ({"question": ""}, "line 2: the field 'question' is missing or empty."),
        ({"question": "a", "answer_doc": 5}, "line 2: the field 'answer_doc' must be a text."),
        ({"question": "a", "article": []}, "line 2: the field 'article' must be a text."),
        ("{}]", "line 2, column 3: Extra data. Each line must be one JSON object."),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, row, message):
    file = write(tmp_path, {"question": "Why?"}, row)
    with pytest.raises(EvaluationError, match=r"rows\.jsonl") as error:
        read_questions(file)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{file}: ")


@pytest.mark.parametrize("field", ["id", "title", "heading", "text"])
def test_a_wrong_field_of_a_document_is_named_with_its_line(tmp_path, field):
    row = {"id": "a", "title": "T", "heading": "H", "text": "x"}
    file = write(tmp_path, row, row | {"id": "b", field: 5})
    with pytest.raises(EvaluationError) as error:
        read_documents(file)
    assert str(error.value) == f"{file}: line 2: the field {field!r} must be a text."
    if field != "heading":
        file = write(tmp_path, row, row | {"id": "b", field: None})
        with pytest.raises(EvaluationError) as error:
            read_documents(file)
        assert str(error.value) == f"{file}: line 2: the field {field!r} is missing or empty."


def test_an_id_that_occurs_twice_is_refused(tmp_path):
    row = {"id": "a", "title": "T", "text": "x"}
    with pytest.raises(EvaluationError, match="line 2: the id 'a' occurs twice"):
        read_documents(write(tmp_path, row, row))


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match=r"no\.jsonl"):
        read_questions(tmp_path / "no.jsonl")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="cannot be read as UTF-8"):
        read_questions(tmp_path / "binary")
