"""Writes a session as Markdown that shows, in any viewer, the essays' characters and no markup.

What Markdown would take for markup is disarmed by a backslash before it.
"""

from collections.abc import Iterator

from pactqa.export.escapes import plain_markdown as plain
from pactqa.export.references import LIST_NAMES
from pactqa.export.session import TITLE, Part, Quotation, Session

__all__ = ["write_markdown"]


def write_markdown(session: Session) -> str:
    """Writes a heading for each question, each quotation with its citation, and the references."""
    blocks = [f"# {TITLE}"]
    for part in session.parts:
        blocks += _write_part(part)
    if session.references:
        blocks.append(f"## {LIST_NAMES[session.style]}")
        blocks += [reference.markdown for reference in session.references]
        blocks += [plain(line) for line in session.gaps]
    return "\n\n".join(blocks) + "\n"


def _write_part(part: Part) -> Iterator[str]:
    yield f"## {plain(part.question)}"
    if part.searched_as:
        yield f"Searched as: {plain(part.searched_as)}"
    if part.introduction:
        yield plain(part.introduction)
    for quotation in part.quotations:
        yield from _write_quotation(quotation)


def _write_quotation(quotation: Quotation) -> Iterator[str]:
    place = plain(quotation.place)
    # In angle brackets an address may hold parentheses.
    linked = f"[{place}](<{quotation.link}>)" if quotation.link else place
    yield f"**{quotation.number}.** {linked}"
    yield f"> {_mark_key(quotation)}\n>\n> {quotation.in_text.markdown}"
    if quotation.breaks_off:
        yield plain(quotation.breaks_off)
    for note in quotation.notes:
        yield f"Editor’s note on “{plain(note.quote)}”: {plain(note.note)}"


def _mark_key(quotation: Quotation) -> str:
    # HTML's own element, because `**` next to a quotation mark is not always read as bold.
    return "".join(
        f"<strong>{plain(piece)}</strong>" if is_key else plain(piece)
        for piece, is_key in quotation.pieces
    )
