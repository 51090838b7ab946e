"""Takes a visitor's questions to the Assistant, one turn after another; no Gradio, no HTML.

A conversation is a tuple of turns that belongs to one visitor. Asking gives a new tuple; nothing is
changed in place, so two visitors cannot touch each other's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.files import Essay
from pactqa.essays.text import repair_surrogates
from pactqa.web.links import Link
from pactqa.web.suggestions import Suggester
from pactqa.web.turns import Turn

__all__ = ["Conversation", "Step", "ask_link", "ask_next", "known_essays"]

Conversation = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A conversation after a question, or unchanged with a message why it cannot be asked."""

    turns: Conversation
    message: str = ""


def ask_next(
    assistant: Assistant,
    suggester: Suggester,
    turns: Conversation,
    question: str,
    only: Sequence[str],
) -> Step:
    """Asks a typed question, understood with the one before it where it leans on that."""
    answers = [
        turn.answer for turn in turns if turn.answer.hits
    ]  # nothing leans on what found none
    previous = answers[-1].searched_as if answers else None
    shown = {
        hit.passage.id
        for answer in answers
        if answer.searched_as == previous
        for hit in answer.hits
    }
    return _ask(assistant, suggester, turns, question, only, previous, shown=shown)


def ask_link(assistant: Assistant, suggester: Suggester, turns: Conversation, link: Link) -> Step:
    """Asks the question of a link, which stands alone; essays that are no more are said."""
    if not link.question:
        return Step(turns)
    known = {essay.id for essay in known_essays(assistant)}
    gone = [essay_id for essay_id in link.essays if essay_id not in known]
    only = [essay_id for essay_id in link.essays if essay_id in known]
    step = _ask(assistant, suggester, turns, link.question, only, None, link.as_typed)
    if gone and not step.message:
        searched = "The others were asked." if only else "All essays were asked instead."
        names = ", ".join(f"“{essay_id}”" for essay_id in gone)
        return Step(step.turns, f"The link names an essay that is not here: {names}. {searched}")
    return step


def known_essays(assistant: Assistant) -> tuple[Essay, ...]:
    """Gives the essays, or none if the index cannot be read: asking then says what is wrong."""
    try:
        return assistant.essays()
    except PactqaError:
        return ()


def _ask(
    assistant: Assistant,
    suggester: Suggester,
    turns: Conversation,
    question: str,
    only: Sequence[str],
    previous: str | None,
    as_typed: bool = False,
    shown: Collection[str] = (),
) -> Step:
    # Half a surrogate pair, which only a broken program sends, is no text that could be searched.
    question = repair_surrogates(question).strip()
    try:
        answer = assistant.ask(
            question, essays=only or None, previous=previous, as_typed=as_typed, shown=shown
        )
    except PactqaError as error:
        return Step(turns, str(error))
    before = [turn.answer.searched_as for turn in turns]
    before += [suggestion for turn in turns for suggestion in turn.suggestions]
    leans_on = previous if answer.searched_as != answer.question else None
    return Step((*turns, Turn(answer, suggester.after(answer, before), leans_on)))
