"""Reads labelled questions and documents, to measure with.

Rows of a questions file (JSON, one object a line): `question`, `answer_doc`, `answer_sentences`
(optional), `answerable` (default true), `article`. Rows of a documents file: `id`, `title`,
`heading` (optional), `text`; each document becomes one essay.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactqa.errors import EvaluationError
from pactqa.essays.files import Essay

__all__ = ["LabelledQuestion", "read_documents", "read_questions"]


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question of which it is known what answers it, or that nothing does."""

    question: str
    answer_doc: str | None = None
    answer_sentences: tuple[str, ...] = ()
    answerable: bool = True
    article: str | None = None


def read_questions(file: Path) -> list[LabelledQuestion]:
    """Reads a questions file.

    Raises:
        EvaluationError: names the file and the line of what is wrong.
    """
    questions = []
    for line, row in _read_rows(file):
        sentences = row.get("answer_sentences") or []
        if not isinstance(sentences, list) or not all(isinstance(s, str) for s in sentences):
            raise EvaluationError(f"{file}: line {line}: answer_sentences must be a list of texts.")
        answerable = row.get("answerable", True)
        if not isinstance(answerable, bool):
            raise EvaluationError(f"{file}: line {line}: answerable must be true or false.")
        questions.append(
            LabelledQuestion(
                question=_text(row, "question", file, line),
                answer_doc=_optional_text(row, "answer_doc", file, line),
                answer_sentences=tuple(sentences),
                answerable=answerable,
                article=_optional_text(row, "article", file, line),
            )
        )
    return questions


def read_documents(file: Path) -> list[Essay]:
    """Reads a documents file; each row becomes an essay with at most one heading.

    Raises:
        EvaluationError: names the file and the line of what is wrong.
    """
    essays: dict[str, Essay] = {}
    for line, row in _read_rows(file):
        identity = _text(row, "id", file, line)
        if identity in essays:
            raise EvaluationError(f"{file}: line {line}: the id {identity!r} occurs twice.")
        heading = _optional_text(row, "heading", file, line)
        text = _text(row, "text", file, line)
        essays[identity] = Essay(
            id=identity,
            title=_text(row, "title", file, line),
            text=f"## {heading}\n\n{text}" if heading else text,
            markdown=bool(heading),
        )
    return list(essays.values())


def _read_rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = file.read_text("utf-8").split("\n")  # U+2028 may stand inside a text
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: cannot be read as UTF-8 text ({error}).") from error
    for line, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            raise EvaluationError(
                f"{file}: line {line}, column {error.colno}: {error.msg}. "
                "Each line must be one JSON object."
            ) from error
        if not isinstance(row, dict):
            raise EvaluationError(f"{file}: line {line}: each line must be one JSON object.")
        yield line, row


def _text(row: dict[str, Any], name: str, file: Path, line: int) -> str:
    value = _optional_text(row, name, file, line)
    if not value:
        raise EvaluationError(f"{file}: line {line}: the field {name!r} is missing or empty.")
    return value


def _optional_text(row: dict[str, Any], name: str, file: Path, line: int) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise EvaluationError(f"{file}: line {line}: the field {name!r} must be a text.")
    return value
