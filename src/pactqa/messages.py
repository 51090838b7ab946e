"""Says in sentences what an answer is; the page, the terminal and the files say it alike."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pactqa.answer import Answer

__all__ = ["NOTHING_QUOTED", "count_of", "describe_missing", "describe_status", "describe_words"]

NOTHING_QUOTED = "Nothing is quoted: the essays were changed after they were read."
"""What is said where every passage found stands in a file that was changed."""


def describe_status(answer: "Answer") -> str:
    """Says in one sentence what was found; every word of it is true of the essays.

    The page, the terminal and the files say it alike.
    """
    if answer.reply:
        return answer.reply.text
    if not answer.hits:
        if answer.stale:
            return NOTHING_QUOTED
        if answer.is_more:
            return "All the passages that were found for this have been shown."
        return "Nothing in the essays was found to be about this."
    if answer.looked_up:
        return _describe_mentions(answer)
    if answer.is_statement:
        return "Passages about this statement; they may support or contradict it."
    if answer.status == "nearby":
        which = "Further passages near it:" if answer.is_more else "The closest passages:"
        return f"The essays may not answer this directly. {which}"
    passages = count_of(len(answer.hits), "further passage" if answer.is_more else "passage")
    return f"{passages} from {count_of(answer.essay_count, 'essay')}, word for word."


def _describe_mentions(answer: "Answer") -> str:
    """Says how many of the passages mention the words that were looked up."""
    words = _quote(answer.looked_up, "and" if answer.uses_all else "or")
    if answer.status == "nearby":
        if answer.is_more and not answer.stale:
            return f"The passages found that mention {words} have been shown. Others near it:"
        return f"No passage that can be quoted mentions {words}. Others near it:"
    count = sum(hit.bears for hit in answer.hits)
    passage = "further passage" if answer.is_more else "passage"
    if count < len(answer.hits):
        return f"{count_of(count, passage)} {'mentions' if count == 1 else 'mention'} {words}."
    if count == 1:  # there may be more than were asked for
        return f"This {passage} mentions {words}."
    return f"These {count} {passage}s mention {words}."


def describe_missing(answer: "Answer") -> str:
    """Says which nouns and names of the question the essays do not use; `""` if it uses all."""
    return describe_words(answer.missing)


def describe_words(missing: Sequence[str]) -> str:
    """Says that the essays do not use some words; `""` for none.

    >>> describe_words(["oil", "gas"])
    'The essays do not use the words “oil” or “gas”.'
    """
    if not missing:
        return ""
    noun = "word" if len(missing) == 1 else "words"
    return f"The essays do not use the {noun} {_quote(missing, 'or')}."


def count_of(number: int, noun: str) -> str:
    """Gives a number with its noun: `1 passage`, `2 passages`.

    >>> count_of(2, "essay")
    '2 essays'
    """
    return f"{number} {noun if number == 1 else noun + 's'}"


def _quote(words: Sequence[str], last: str) -> str:
    """Gives words in quotation marks, as a list in a sentence.

    >>> _quote(["oil", "gas"], "or")
    '“oil” or “gas”'
    """
    quoted = [f"“{word}”" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[:-1] else quoted)
