"""Writes a session as Markdown that shows, in any viewer, the essays' characters and no markup.

What Markdown would take for markup is disarmed by a backslash before it.
"""

import re
from collections.abc import Sequence

from pactqa.answer import Answer
from pactqa.export.session import TITLE, Quotation, introduce_answer, number_quotations

__all__ = ["write_markdown"]

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:])")
_LINE_ENDS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")


def write_markdown(answers: Sequence[Answer], style: str) -> str:
    """Writes a heading for each question, and each quotation with its place and reference.

    Args:
        answers: in the order asked.
        style: of the references, a key of `references.STYLES`.
    """
    parts = [f"# {TITLE}"]
    for answer, quotations in number_quotations(answers, style):
        parts.append(f"## {_plain(answer.question)}")
        if answer.searched_as != answer.question:
            parts.append(f"Searched as: {_plain(answer.searched_as)}")
        if introduction := introduce_answer(answer):
            parts.append(introduction)
        for quotation in quotations:
            parts += _write_quotation(quotation)
    return "\n\n".join(parts) + "\n"


def _write_quotation(quotation: Quotation) -> list[str]:
    return [
        f"**{quotation.number}.** {_plain(quotation.place)}",
        f"> {_mark_key(quotation)}",
        *(
            f"Editor’s note on “{_plain(note.quote)}”: {_plain(note.note)}"
            for note in quotation.notes
        ),
        _plain(quotation.reference),
    ]


def _mark_key(quotation: Quotation) -> str:
    # HTML's own element, because `**` next to a quotation mark is not always read as bold.
    return "".join(
        f"<strong>{_plain(piece)}</strong>" if is_key else _plain(piece)
        for piece, is_key in quotation.pieces
    )


def _plain(text: str) -> str:
    r"""Writes a text so that Markdown shows it as it is, on one line.

    >>> print(_plain("*a* <b>\nc"))
    \*a\* \<b\> c
    """
    return _MARKUP.sub(r"\\\1", _LINE_ENDS.sub(" ", text))
