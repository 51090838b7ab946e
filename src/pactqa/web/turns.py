"""Turns questions and their answers into the page's log: values in, HTML out, no Gradio.

The only words of a subject are those of the essays and of the visitor. What the program says itself
is about its own doing: how many passages, from where, and what it did not find.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pactqa.answer import LEADING_MAX, Answer
from pactqa.essays.files import Essay
from pactqa.messages import describe_missing, describe_status
from pactqa.search.ranking import Hit
from pactqa.search.sentences import gives_reason
from pactqa.web.cards import Card
from pactqa.web.links import question_link
from pactqa.web.templates import render
from pactqa.web.topics import names_reason

__all__ = ["Turn", "render_notice", "render_turn", "render_welcome"]

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a visitor, its answer, and the questions suggested after it.

    Attributes:
        answer: to the question.
        suggestions: questions to ask next.
        previous: what was searched before, if the question leans on it.
        shown: ids of the passages that were not to come again, if it asks for more.
        notice: what to tell the visitor about the link that asked it.
    """

    answer: Answer
    suggestions: tuple[str, ...] = ()
    previous: str | None = None
    shown: tuple[str, ...] = ()
    notice: str = ""

    @property
    def link(self) -> str:
        """The link that asks the same again, alone; a request for more leans on what was shown."""
        answer = self.answer
        if self.shown:
            return self.asked
        return question_link(answer.searched_as, answer.only, as_typed=answer.as_typed)

    @property
    def asked(self) -> str:
        """The link that asks it again as the visitor did, with what it leans on."""
        answer = self.answer
        return question_link(
            answer.question, answer.only, self.previous, answer.as_typed, self.shown
        )


def render_turn(turn: Turn, number: int, essays: Sequence[Essay], feedback: bool) -> Markup:
    """Renders one question and its answer.

    Args:
        turn: the question and answer.
        number: of the question in the session, from 1.
        essays: all essays, for their titles, to tell them apart in citations and, if nothing was
            found, what they are about.
        feedback: whether to ask if the answer was helpful.
    """
    answer = turn.answer
    cards = [Card(hit, number, essays) for hit in answer.hits]
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
        first=bearing[:LEADING_MAX],
        folded=bearing[LEADING_MAX:],
        beside=beside,
        searched=[essay for essay in essays if not answer.only or essay.id in answer.only],
        stale=[essay.title for essay in essays if essay.id in answer.stale],
        unreadable=[essay.title for essay in essays if essay.id in answer.unreadable],
        feedback=feedback,
    )


def render_welcome(essays: Sequence[Essay], suggestions: Sequence[str]) -> Markup:
    """Renders what the empty page says: what to ask about, how, and what the essays are."""
    names = sorted((_name_shortly(essay.title) for essay in essays), key=len)
    return render(
        "welcome.html",
        essays=essays,
        suggestions=suggestions,
        names=names[:_NAMED],
        unnamed=len(names[_NAMED:]),
    )


def render_notice(message: str) -> Markup:
    """Renders a message about a question that cannot be searched."""
    return render("notice.html", message=message)


def _group_reasons(answer: Answer) -> list[tuple[str, list[Hit]]]:
    """Gives the hits of sections that give a reason, by the title of their essay.

    A single one is no overview, so it gives none.
    """
    reasons = [hit for hit in answer.reasons if _gives_reason(hit)]
    if len(reasons) < 2:
        return []
    essays = dict.fromkeys(hit.essay for hit in reasons)
    return [(essay.title, [hit for hit in reasons if hit.essay == essay]) for essay in essays]


def _gives_reason(hit: Hit) -> bool:
    """Tells whether a passage gives a reason under a heading that can name one."""
    return names_reason(hit.passage.heading) and gives_reason(hit.passage.text)


def _name_shortly(title: str) -> str:
    """Gives a title without its subtitle.

    >>> _name_shortly("After Munich: A Study")
    'After Munich'
    """
    return title.partition(": ")[0]
