"""Asks the question of a link and gives its turn; no Gradio, no HTML.

The server keeps nothing of a visitor: the browser holds the conversation, and each question comes
with what it leans on. Two visitors cannot touch each other's, and a server that was started anew
goes on where it was.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from pactqa.answer import Answer
from pactqa.assistant import Assistant
from pactqa.errors import PactqaError
from pactqa.essays.files import Essay
from pactqa.essays.text import repair_surrogates
from pactqa.web.links import Link
from pactqa.web.suggestions import Suggester
from pactqa.web.turns import Turn

__all__ = ["ask_link", "ask_turn", "known_essays", "pass_over_gone"]


def ask_turn(
    assistant: Assistant, suggester: Suggester, link: Link, said: Sequence[str] = ()
) -> Turn:
    """Asks the question of a link; essays that are no more are passed over, and named.

    Args:
        assistant: the one to ask.
        suggester: of the questions to ask next.
        link: with a question.
        said: questions asked or suggested before, the latest last.

    Raises:
        PactqaError: if the question cannot be asked.
    """
    asked, notice = pass_over_gone(assistant, link)
    answer = ask_link(assistant, asked)
    leans = answer.searched_as != answer.question
    is_more = leans and answer.searched_as == link.previous
    return Turn(
        answer,
        suggester.after(answer, said),
        previous=link.previous if leans else None,
        shown=link.shown if is_more else (),
        notice=notice,
    )


def pass_over_gone(assistant: Assistant, link: Link) -> tuple[Link, str]:
    """Gives a link without the essays that are no more, and the notice that names them, or `""`."""
    known = {essay.id for essay in known_essays(assistant)}
    only = tuple(essay_id for essay_id in link.essays if essay_id in known)
    gone = [essay_id for essay_id in link.essays if essay_id not in known]
    return replace(link, essays=only), _name_gone(gone, only) if gone else ""


def ask_link(assistant: Assistant, link: Link) -> Answer:
    """Gives the answer to the question of a link.

    Raises:
        PactqaError: if the question cannot be asked, or an essay is no more.
    """
    # Half a surrogate pair, which only a broken program sends, is no text that could be searched.
    return assistant.ask(
        repair_surrogates(link.question or "").strip(),
        essays=link.essays or None,
        previous=link.previous,
        as_typed=link.as_typed,
        shown=link.shown,
    )


def known_essays(assistant: Assistant) -> tuple[Essay, ...]:
    """Gives the essays, or none if the index cannot be read: asking then says what is wrong."""
    try:
        return assistant.essays()
    except PactqaError:
        return ()


def _name_gone(gone: Collection[str], left: Collection[str]) -> str:
    searched = "The others were asked." if left else "All essays were asked instead."
    names = ", ".join(f"“{essay_id}”" for essay_id in gone)
    return f"The link names an essay that is not here: {names}. {searched}"
