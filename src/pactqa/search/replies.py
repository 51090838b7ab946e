"""Replies, in the program's own words, to what is said to the program and not asked of the essays.

A reply states what the front matter of the essays says, or that it says nothing; it quotes nothing
and generates nothing. The lines below it are titles or headings, which are the essays' own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pactqa.essays.files import Essay
from pactqa.search.intents import Intent, IntentKind

__all__ = ["Reply", "reply_to"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the program says of itself: a sentence or two, and a list below them."""

    text: str
    lines: tuple[str, ...] = ()


_IN_ITS_LANGUAGE = {
    "French": "Les textes sont en anglais : posez votre question en anglais.",
    "Spanish": "Los textos están en inglés: haz la pregunta en inglés.",
    "German": "Die Texte sind englisch: Bitte stelle deine Frage auf Englisch.",
}


def reply_to(
    request: Intent, essays: Sequence[Essay], headings: Mapping[str, Sequence[str]]
) -> Reply:
    """Gives the reply to a request.

    A statement and "more" are replied to with what stands above the passages that are shown with
    them; without passages "more" has nothing to follow.

    Args:
        request: what the visitor wants.
        essays: the essays in the order shown, which "essay 2" counts by.
        headings: the headings of each essay, by its id, in the order of its text.
    """
    number = request.essay_number
    chosen = _choose(essays, number)
    if not chosen:
        return _say_which_there_are(essays, number)
    match request.kind:
        case IntentKind.GREETING:
            return Reply(
                "Hello. Ask about the essays in your own words; the answer is their own "
                "passages, word for word.",
                _titles(essays),
            )
        case IntentKind.THANKS:
            return Reply("You are welcome. Ask on whenever you like.")
        case IntentKind.HELP:
            return Reply(
                "This program finds the passages of the essays that answer a question and shows "
                "them word for word. It writes no answer of its own. Ask in your own words, such "
                "as “Why …?” or “Who …?”, or name what you look for. Then “what about …?”, "
                "“why?” or “more” go on from there. It searches these essays:",
                _titles(essays),
            )
        case IntentKind.AUTHOR:
            return _say_of_each(chosen, _say_author)
        case IntentKind.DATE:
            return _say_of_each(chosen, _say_year)
        case IntentKind.SOURCE:
            return _say_of_each(chosen, _say_source)
        case IntentKind.ESSAYS:
            return Reply(f"{_count(essays)} can be asked:", _titles(essays))
        case IntentKind.OUTLINE:
            return _show_outline(essays, chosen, headings)
        case IntentKind.MORE:
            return Reply("Ask a question first; then “more” shows further passages.")
        case IntentKind.FOREIGN:
            own = _IN_ITS_LANGUAGE.get(request.language or "")
            return Reply("The essays are in English; ask in English.", (own,) if own else ())
        case IntentKind.STATEMENT:
            return Reply("Passages about this statement; they may support or contradict it.")


def _choose(essays: Sequence[Essay], number: int | None) -> list[Essay]:
    if number is None:
        return list(essays)
    return [essays[number - 1 if number > 0 else number]] if abs(number) <= len(essays) else []


def _say_which_there_are(essays: Sequence[Essay], number: int | None) -> Reply:
    if not essays:
        return Reply("There are no essays to search.")
    return Reply(f"There is no essay {number}. {_count(essays)} can be asked:", _titles(essays))


def _say_of_each(essays: Sequence[Essay], say: Callable[[Essay], str]) -> Reply:
    if len(essays) == 1:
        return Reply(f"“{essays[0].title}”: {say(essays[0])}")
    return Reply(
        "As far as the copies here say:",
        tuple(f"“{essay.title}”: {say(essay)}" for essay in essays),
    )


def _say_author(essay: Essay) -> str:
    if essay.author:
        return f"by {essay.author}."
    return "the copy here does not name its author."


def _say_year(essay: Essay) -> str:
    if essay.year is not None:
        return f"the copy here gives the year {essay.year}."
    return "the copy here does not say when it was written."


def _say_source(essay: Essay) -> str:
    given = [part for part in (essay.source, essay.site, essay.url) if part]
    if given:
        return " ".join(given)
    return "the copy here does not say where it is from."


def _show_outline(
    essays: Sequence[Essay], chosen: Sequence[Essay], headings: Mapping[str, Sequence[str]]
) -> Reply:
    lines: list[str] = []
    for essay in chosen:
        own = tuple(headings.get(essay.id, ()))
        if len(chosen) == 1:
            lines += own
        else:
            lines.append(f"“{essay.title}”" + (": " + "; ".join(own) if own else ", no headings"))
    if len(chosen) == 1 and not lines:
        return Reply(
            f"This program does not summarise, and “{chosen[0].title}” has no headings to show. "
            "It can be read whole beside the answers."
        )
    of = f"“{chosen[0].title}”" if len(chosen) == 1 else f"the {_count(essays, small=True)}"
    return Reply(f"This program does not summarise. These are the headings of {of}:", tuple(lines))


def _titles(essays: Sequence[Essay]) -> tuple[str, ...]:
    return tuple(f"{number}. {essay.title}" for number, essay in enumerate(essays, start=1))


def _count(essays: Sequence[Essay], small: bool = False) -> str:
    if len(essays) == 1:
        return "one essay" if small else "One essay"
    return f"{len(essays)} essays"
