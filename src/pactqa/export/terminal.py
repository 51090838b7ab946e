"""Writes a session for a terminal, or as plain text for what reads a terminal's output.

Plain text has nothing wrapped and each thing on a line of its own. In a terminal the key sentence
is underlined, which is seen without any colour; for a program it has a line of its own.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pactqa.export.references import LIST_NAMES
from pactqa.export.session import Part, Quotation, Session

__all__ = ["show_session", "write_text"]

_WIDTH_MAX = 88
_NEAR = "Also near, without mentioning it:"


def write_text(session: Session) -> str:
    """Writes each quotation with its place, key sentence and citation, then the references."""
    blocks = [
        item if isinstance(item, str) else "\n".join(_write_quotation(item))
        for part in session.parts
        for item in _part_off(part)
    ]
    return "\n\n".join([*blocks, "\n".join(_write_list(session))])


def show_session(session: Session) -> Group:
    """Gives the same for a terminal, to be printed by rich."""
    shown: list[RenderableType] = []
    for part in session.parts:
        for item in _part_off(part):
            shown += [Text(item) if isinstance(item, str) else _show_quotation(item), ""]
    return Group(*shown, *map(Text, _write_list(session)))


def _part_off(part: Part) -> Iterator[Quotation | str]:
    """Gives the quotations of a part, those that only stand near the question under a line."""
    yield from (quotation for quotation in part.quotations if quotation.hit.bears)
    near = [quotation for quotation in part.quotations if not quotation.hit.bears]
    if near:
        yield _NEAR
    yield from near


def _write_quotation(quotation: Quotation) -> Iterator[str]:
    yield f"{quotation.number}. {quotation.place}"
    yield quotation.hit.passage.text
    yield f"Key sentence: {quotation.hit.key_text}"
    yield from _write_remarks(quotation)
    yield f"Citation: {quotation.in_text.plain}"


def _write_remarks(quotation: Quotation) -> Iterator[str]:
    if quotation.breaks_off:
        yield quotation.breaks_off
    for note in quotation.notes:
        yield f"Editor’s note on “{note.quote}”: {note.note}"


def _write_list(session: Session) -> Iterator[str]:
    if session.references:
        yield f"{LIST_NAMES[session.style]}:"
        yield from (reference.plain for reference in session.references)
        yield from session.gaps


def _show_quotation(quotation: Quotation) -> Table:
    grid = Table.grid(padding=(0, 1), expand=False)
    grid.add_column(justify="right", width=3, style="bold cyan")
    grid.add_column(max_width=_WIDTH_MAX)
    styled = [(piece, "bold underline" if is_key else "") for piece, is_key in quotation.pieces]
    grid.add_row(f"{quotation.number}.", Text.assemble(*styled))
    grid.add_row("", Text(f"— {quotation.place}", style="dim"))
    for remark in _write_remarks(quotation):
        grid.add_row("", Text(remark, style="italic"))
    grid.add_row("", Text(quotation.in_text.plain))
    return grid
