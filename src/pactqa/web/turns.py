"""Turns questions and their answers into the page's log: values in, HTML out, no Gradio.

The only words of a subject are those of the essays and of the visitor. What the program says itself
is about its own doing: how many passages, from where, and what it did not find.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pactqa.answer import Answer, describe_missing, describe_status
from pactqa.essays.files import Essay
from pactqa.search.ranking import Hit
from pactqa.web.cards import Card
from pactqa.web.links import question_link
from pactqa.web.templates import render

__all__ = ["Turn", "render_log", "render_notice", "render_turn", "render_welcome"]

_FIRST_CARDS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a visitor, its answer, and the questions suggested after it.

    Attributes:
        answer: to the question.
        suggestions: questions to ask next.
        previous: what was searched before, if the question leans on it.
    """

    answer: Answer
    suggestions: tuple[str, ...] = ()
    previous: str | None = None

    @property
    def link(self) -> str:
        """The link that asks the same again, in every session."""
        answer = self.answer
        return question_link(answer.searched_as, answer.only, as_typed=answer.as_typed)

    @property
    def asked(self) -> str:
        """The link that asks it again as the visitor did, to save the answer in a file."""
        return question_link(self.answer.question, self.answer.only, self.previous)


def render_log(
    turns: Sequence[Turn], essays: Sequence[Essay], feedback: bool, message: str = ""
) -> Markup:
    """Renders all questions of a session with their answers, and a message below them."""
    rendered = [render_turn(turn, n, essays, feedback) for n, turn in enumerate(turns, start=1)]
    return render("log.html", turns=rendered, message=message)


def render_turn(turn: Turn, number: int, essays: Sequence[Essay], feedback: bool) -> Markup:
    """Renders one question and its answer.

    Args:
        turn: the question and answer.
        number: of the question in the session, from 1.
        essays: all essays, for their titles and, if nothing was found, what they are about.
        feedback: whether to ask if the answer was helpful.
    """
    answer = turn.answer
    cards = [Card(hit, number) for hit in answer.hits]
    bearing = [card for card in cards if card.hit.bears]
    beside = [card for card in cards if not card.hit.bears]
    return render(
        "turn.html",
        turn=turn,
        answer=answer,
        number=number,
        done=describe_status(answer),
        missing=describe_missing(answer),
        reasons=_group_reasons(answer),
        first=bearing[:_FIRST_CARDS],
        folded=bearing[_FIRST_CARDS:],
        beside=beside,
        searched=[essay for essay in essays if not answer.only or essay.id in answer.only],
        stale=[essay.title for essay in essays if essay.id in answer.stale],
        feedback=feedback,
    )


def render_welcome(essays: Sequence[Essay], suggestions: Sequence[str]) -> Markup:
    """Renders what the empty page says: how to ask, and what the essays are."""
    return render("welcome.html", essays=essays, suggestions=suggestions)


def render_notice(message: str) -> Markup:
    """Renders a message about a question that cannot be searched."""
    return render("notice.html", message=message)


def _group_reasons(answer: Answer) -> list[tuple[str, list[Hit]]]:
    """Gives the hits whose headings name reasons, by the title of their essay.

    A single one is no overview, so it gives none.
    """
    reasons = answer.reasons
    if len(reasons) < 2:
        return []
    essays = dict.fromkeys(hit.essay for hit in reasons)
    return [(essay.title, [hit for hit in reasons if hit.essay == essay]) for essay in essays]
