"""What is asked for, checked before anything is searched: other programs may send anything."""

from collections.abc import Sequence

from pactqa.errors import QuestionError
from pactqa.essays.text import repair_surrogates

__all__ = [
    "K_MAX",
    "QUESTION_MAX",
    "check_essays",
    "check_k",
    "check_previous",
    "check_question",
    "is_count",
]

K_MAX = 20
"""How many passages can be asked for."""

QUESTION_MAX = 10_000
"""A longer question, in characters, is refused."""

_K_REASONS, _K_OTHER = 8, 5


def check_question(question: str) -> str:
    """Gives the question as it is searched: itself, with `?` for half surrogate pairs.

    Raises:
        QuestionError: if it is no text, has no letter or digit, or is over 10,000 characters.
    """
    _check_text("question", question)
    if not any(character.isalnum() for character in question):
        raise QuestionError("The question is empty. Ask something in words.")
    return repair_surrogates(question)


def check_previous(previous: str | None) -> str | None:
    """Gives the question before as it is leant on; None for none.

    Raises:
        QuestionError: if it is no text, or over 10,000 characters.
    """
    if previous is None:
        return None
    _check_text("question before", previous)
    return repair_surrogates(previous)


def _check_text(name: str, text: object) -> None:
    if not isinstance(text, str):
        raise QuestionError(f"The {name} must be text, not {text!r:.40}.")
    if len(text) > QUESTION_MAX:
        raise QuestionError(
            f"The {name} has {len(text):,} characters, more than the {QUESTION_MAX:,} that are "
            "read. Shorten it."
        )


def check_essays(wanted: Sequence[str], known: Sequence[str]) -> list[str]:
    """Gives the ids of the essays to search, each once.

    Raises:
        QuestionError: if one is not known, or they are no list of texts.
    """
    if isinstance(wanted, str) or not isinstance(wanted, Sequence):
        raise QuestionError(f"The essays must be a list of ids, not {wanted!r:.40}.")
    for essay_id in wanted:
        if essay_id not in known:
            raise QuestionError(
                f"There is no essay {essay_id!r:.100}. The essays are: {', '.join(known)}."
            )
    return list(dict.fromkeys(wanted))


def is_count(k: object) -> bool:
    """Tells whether a value is a number of passages or sentences that can be asked for."""
    return isinstance(k, int) and not isinstance(k, bool) and 1 <= k <= K_MAX


def check_k(k: int | None, about_reasons: bool) -> int:
    """Gives the number of passages to quote: the one asked for, else 8 for reasons, else 5.

    Raises:
        QuestionError: if it is not a whole number from 1 to 20.
    """
    if k is None:
        return _K_REASONS if about_reasons else _K_OTHER
    if not is_count(k):
        raise QuestionError(f"The number of passages must be from 1 to {K_MAX}, not {k!r:.40}.")
    return k
