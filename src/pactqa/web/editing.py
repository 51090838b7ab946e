"""Renders what an editor sees in the tab "Essays": proposals, forms, what was removed, reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from pactqa.adding.changes import RemovedEssay
from pactqa.adding.proposals import Proposal
from pactqa.assistant import Assistant
from pactqa.essays.files import Essay
from pactqa.web.corpus_state import hide_folder
from pactqa.web.refreshing import RefreshState
from pactqa.web.templates import render

__all__ = [
    "render_editing",
    "render_editor",
    "render_login",
    "render_proposal",
    "render_refresh",
    "render_removed",
]

_SHOWN = 30  # of a list whose rest is counted
_REMOVED_SHOWN = 100


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading of a proposed essay, and the passages below it."""

    heading: str
    passages: tuple[str, ...]


def render_login() -> Markup:
    """Renders the form to log in."""
    return render("essays/login.html")


def render_editor(name: str, csrf: str, most: int, kinds: Sequence[str]) -> Markup:
    """Renders what an editor can do.

    Args:
        name: of the editor.
        csrf: what each change must bring along.
        most: the largest size of a file, in bytes.
        kinds: the endings of the files that are read.
    """
    return render("essays/editor.html", name=name, csrf=csrf, most=most, kinds=",".join(kinds))


def render_proposal(proposal: Proposal, proposal_id: str, is_taken: bool) -> Markup:
    """Renders what a file would become, to be looked at and added.

    Args:
        proposal: what it would become.
        proposal_id: what it is added by.
        is_taken: whether an essay of its name is here, which it would replace.
    """
    parts = [
        _Part(heading, tuple(passage.text for passage in passages))
        for heading, passages in groupby(proposal.passages, key=attrgetter("heading"))
    ]
    return render(
        "essays/proposal.html",
        proposal=proposal,
        proposal_id=proposal_id,
        is_taken=is_taken,
        essay=proposal.essay,
        parts=parts,
        words=len(proposal.essay.text.split()),
    )


def render_editing(essay: Essay) -> Markup:
    """Renders the form to edit what is said of an essay."""
    return render("essays/edit.html", essay=essay)


def render_removed(removed: Sequence[RemovedEssay]) -> Markup:
    """Renders what was removed, the last first."""
    return render(
        "essays/removed.html",
        removed=removed[:_REMOVED_SHOWN],
        more=len(removed[_REMOVED_SHOWN:]),
    )


def render_refresh(assistant: Assistant, state: RefreshState) -> Markup:
    """Renders how far a refresh is, or what it did; nothing if there was none."""
    if not state.number:
        return Markup()
    report = state.report
    lists = []
    if report:
        groups = (
            ("Added", report.added),
            ("Changed", report.changed),
            ("Removed", report.removed),
            ("Kept as read last, because the file cannot be read now", report.kept),
        )
        lists = [(name, ids[:_SHOWN], len(ids[_SHOWN:])) for name, ids in groups if ids]
    errors = [hide_folder(str(error), assistant) for error in (report.errors if report else ())]
    return render(
        "essays/refresh.html",
        state=state,
        report=report,
        message=hide_folder(state.message, assistant),
        left=_describe_seconds(state.seconds_left),
        lists=lists,
        errors=errors[:_SHOWN],
        more=len(errors[_SHOWN:]),
    )


def _describe_seconds(seconds: float | None) -> str:
    """Gives an estimate in words, `""` if there is none.

    >>> _describe_seconds(200)
    'about 4 minutes left'
    """
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    return f"about {int(seconds // 60) + 1} minutes left"
