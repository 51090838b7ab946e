"""Turns questions and their answers into the page's log: values in, HTML out, no Gradio.

The only words of a subject are those of the essays and of the visitor. What the program says itself
is about its own doing: how many passages, from where, and what it did not find.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pactqa.answer import Answer, describe_status
from pactqa.essays.files import Essay
from pactqa.export.references import make_references
from pactqa.search.ranking import Hit
from pactqa.web.cards import render_card, show
from pactqa.web.links import essay_link, question_link

__all__ = ["Turn", "render_log", "render_notice", "render_turn", "render_welcome", "say_done"]

_FIRST_CARDS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Is one question of a visitor, its answer, and the questions suggested after it."""

    answer: Answer
    suggestions: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """Gives the link that asks the same again, in every session."""
        return question_link(self.answer.searched_as, self.answer.only)


def say_done(answer: Answer) -> str:
    """Says in one plain sentence what was found; also what a screen reader announces."""
    return describe_status(answer)


def render_log(turns: Sequence[Turn], essays: Sequence[Essay], feedback: bool) -> str:
    """Renders all questions of a session with their answers."""
    return "".join(
        render_turn(turn, number, essays, feedback) for number, turn in enumerate(turns, start=1)
    )


def render_turn(turn: Turn, number: int, essays: Sequence[Essay], feedback: bool) -> str:
    """Renders one question and its answer.

    Args:
        turn: the question and answer.
        number: of the question in the session, from 1.
        essays: all essays, for their titles and, if nothing was found, what they are about.
        feedback: whether to ask if the answer was helpful.
    """
    answer = turn.answer
    body = {"answered": _render_answered, "nearby": _render_nearby, "absent": _render_absent}
    return (
        f'<article class="pq-turn pq-{answer.status}" id="pq-turn-{number}" tabindex="-1" '
        f'aria-labelledby="pq-turn-{number}-q" data-link="{show(turn.link)}" '
        f'data-said="{show(say_done(answer))}">'
        f'<h2 class="pq-question" id="pq-turn-{number}-q" dir="auto">'
        f'<span class="pq-sr">Question {number}: </span><bdi>{show(answer.question)}</bdi></h2>'
        f"{_render_searched(answer)}{_render_filter(answer, essays)}{_render_stale(answer, essays)}"
        f"{body[answer.status](answer, number, essays)}"
        f"{_render_suggestions(turn.suggestions, answer.only)}"
        f"{_render_thumbs(number) if feedback else ''}</article>"
    )


def render_welcome(essays: Sequence[Essay], suggestions: Sequence[str]) -> str:
    """Renders what the empty page says: how to ask, and what the essays are."""
    return (
        '<section class="pq-welcome" aria-label="How to begin">'
        "<p>Ask in your own words. Every passage is shown with the place where it stands, and the "
        "whole essay is one click away.</p>"
        f"{_render_suggestions(suggestions, (), 'Questions the essays answer', 'h2')}"
        f"{_render_essay_list(essays, 'The essays', 'h2')}</section>"
    )


def render_notice(message: str) -> str:
    """Renders a message about a question that cannot be searched."""
    return f'<p class="pq-notice" data-said="{show(message)}"><bdi>{show(message)}</bdi></p>'


def _render_answered(answer: Answer, number: int, essays: Sequence[Essay]) -> str:
    first = answer.hits[:_FIRST_CARDS]
    more = answer.hits[_FIRST_CARDS:]
    folded = _fold(f"More passages ({len(more)})", _render_cards(more, number)) if more else ""
    return (
        f'<p class="pq-done">{show(say_done(answer))} '
        '<span class="pq-legend">The nearest sentence is <mark>marked</mark>.</span></p>'
        f"{_render_reasons(answer, number)}{_render_cards(first, number)}{folded}"
    )


def _render_nearby(answer: Answer, number: int, essays: Sequence[Essay]) -> str:
    summary = f"Nearest passages ({len(answer.hits)}), not found to answer the question"
    folded = _fold(summary, _render_cards(answer.hits, number)) if answer.hits else ""
    return (
        f'<p class="pq-done">{show(say_done(answer))}</p>'
        f"{_render_missing(answer)}{_render_apart(answer)}{folded}"
    )


def _render_absent(answer: Answer, number: int, essays: Sequence[Essay]) -> str:
    wanted = [essay for essay in essays if not answer.only or essay.id in answer.only]
    return (
        f'<p class="pq-done">{show(say_done(answer))}</p>{_render_missing(answer)}'
        f"{_render_essay_list(wanted)}"
    )


def _render_cards(hits: Sequence[Hit], number: int) -> str:
    return "".join(
        render_card(hit, number, make_references(hit.essay, hit.passage.paragraph)) for hit in hits
    )


def _render_searched(answer: Answer) -> str:
    if answer.searched_as == answer.question:
        return ""
    bare = question_link(answer.question, answer.only)
    return (
        f'<p class="pq-searched">Searched as: {_quote(answer.searched_as)} '
        f'<a class="pq-chip" data-ask href="{show(bare)}">Search only your words</a></p>'
    )


def _render_filter(answer: Answer, essays: Sequence[Essay]) -> str:
    if not answer.only:
        return ""
    titles = ", ".join(_quote(essay.title) for essay in essays if essay.id in answer.only)
    return (
        f'<p class="pq-filter">Only in {titles} '
        f'<a class="pq-chip" data-ask href="{show(question_link(answer.searched_as))}">'
        "Ask all essays</a></p>"
    )


def _render_stale(answer: Answer, essays: Sequence[Essay]) -> str:
    if not answer.stale:
        return ""
    titles = ", ".join(show(essay.title) for essay in essays if essay.id in answer.stale)
    return (
        f'<p class="pq-notice">Not quoted, because the file has changed since it was read: '
        f"<bdi>{titles}</bdi>. The index must be refreshed.</p>"
    )


def _render_reasons(answer: Answer, number: int) -> str:
    """Renders the headings under which reasons are given, by essay, each a link to its card."""
    reasons = answer.reasons
    if len(reasons) < 2:
        return ""
    groups = []
    for essay in dict.fromkeys(hit.essay for hit in reasons):
        rows = "".join(
            f'<li><a href="#pq-{number}-{hit.rank}" data-card>'
            f"<bdi>{show(hit.passage.heading)}</bdi>"
            f'<span class="pq-rank"><span class="pq-sr">: passage </span>{hit.rank}</span></a></li>'
            for hit in reasons
            if hit.essay == essay
        )
        groups.append(f"<p><bdi>{show(essay.title)}</bdi></p><ul>{rows}</ul>")
    return (
        f'<nav class="pq-reasons" aria-label="Headings that answer question {number}">'
        f"<h3>The essays’ own headings</h3>{''.join(groups)}</nav>"
    )


def _quote(text: str) -> str:
    """Renders words of the question or of an essay in quotation marks, whatever their direction."""
    return f"<q><bdi>{show(text)}</bdi></q>"


def _render_missing(answer: Answer) -> str:
    if not answer.missing:
        return ""
    words = ", ".join(map(_quote, answer.missing))
    return f'<p class="pq-missing">The essays never mention {words}.</p>'


def _render_apart(answer: Answer) -> str:
    if not answer.apart:
        return ""
    names = [_quote(name) for name in answer.apart]
    together = f"{', '.join(names[:-1])} and {names[-1]}"
    return f'<p class="pq-missing">No passage mentions {together} together.</p>'


def _render_essay_list(
    essays: Sequence[Essay], title: str = "What the essays are about", level: str = "h3"
) -> str:
    rows = "".join(
        f'<li><a class="pq-open" href="{show(essay_link(essay.id))}"><bdi>{show(essay.title)}'
        "</bdi></a></li>"
        for essay in essays
    )
    return f'<div class="pq-about"><{level}>{title}</{level}><ul>{rows}</ul></div>'


def _render_suggestions(
    suggestions: Sequence[str],
    only: Sequence[str],
    title: str = "You could ask next",
    level: str = "h3",
) -> str:
    if not suggestions:
        return ""
    chips = "".join(
        f'<li><a class="pq-chip" data-ask href="{show(question_link(text, only))}">'
        f"<bdi>{show(text)}</bdi></a></li>"
        for text in suggestions
    )
    return f'<div class="pq-suggestions"><{level}>{title}</{level}><ul>{chips}</ul></div>'


def _render_thumbs(number: int) -> str:
    buttons = "".join(
        f'<button type="button" class="pq-button pq-thumb" data-turn="{number}" '
        f'data-verdict="{verdict}" aria-pressed="false">{label}</button>'
        for verdict, label in (("helpful", "Helpful"), ("not relevant", "Not relevant"))
    )
    return (
        f'<p class="pq-thumbs" role="group" aria-label="Was answer {number} helpful?">'
        f"<span>Was this helpful?</span>{buttons}</p>"
    )


def _fold(summary: str, inner: str) -> str:
    return f'<details class="pq-more"><summary>{summary}</summary>{inner}</details>'
