"""Takes from a session what a file is made of: questions, quotations, one list of references.

Quotations are numbered through the whole session, so that "passage 12" is one thing in every
format. Each is cited in short; the works are listed once, at the end.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from pactqa.answer import Answer
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.text import repair_surrogates
from pactqa.export.rich import RichText
from pactqa.export.works import Works
from pactqa.messages import describe_missing, describe_status
from pactqa.search.ranking import Hit

__all__ = ["TITLE", "Part", "Quotation", "Session", "take_session"]

TITLE = "Questions and passages"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as a session quotes it.

    Attributes:
        number: in the session, from 1.
        hit: the passage.
        in_text: its citation in the text.
        reference: of its essay, as in the list.
        link: the address that shows it, `""` if the page's is not known.
    """

    number: int
    hit: Hit
    in_text: RichText
    reference: RichText
    link: str = ""

    @property
    def place(self) -> str:
        """The title, the heading if there is one, and the paragraph."""
        passage = self.hit.passage
        parts = (self.hit.essay.title, passage.heading, f"paragraph {passage.paragraph}")
        return " · ".join(part for part in parts if part)

    @property
    def breaks_off(self) -> str:
        """The sentence that says that the copy ends here before the essay does, else `""`."""
        return "The copy of this essay breaks off here." if self.hit.breaks_off else ""

    @property
    def notes(self) -> Sequence[EditorNote]:
        """The editor's notes on words of the passage."""
        return self.hit.essay.notes_within(self.hit.passage.start, self.hit.passage.end)

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The passage in up to three pieces, and for each whether it is the key sentence."""
        text, start = self.hit.passage.text, self.hit.passage.start
        first, last = self.hit.key_sentence.start - start, self.hit.key_sentence.end - start
        pieces = [(text[:first], False), (text[first:last], True), (text[last:], False)]
        return [(piece, is_key) for piece, is_key in pieces if piece]


@dataclass(frozen=True, slots=True)
class Part:
    """A question and what is taken of its answer; `notice` is said of how it was asked."""

    answer: Answer
    quotations: tuple[Quotation, ...]
    notice: str = ""

    @property
    def question(self) -> str:
        """The question, with `?` for half surrogate pairs, which no file can hold."""
        return repair_surrogates(self.answer.question)

    @property
    def searched_as(self) -> str:
        """What was searched in place of the question, `""` if that is the question itself."""
        answer = self.answer
        return (
            "" if answer.searched_as == answer.question else repair_surrogates(answer.searched_as)
        )

    @property
    def introduction(self) -> str:
        """The notice, and what else stands above the quotations: nothing where they answer.

        An answer without any has none, and the sentence stands for them.
        """
        answer = self.answer
        is_plain = answer.status == "answered" and answer.hits and not answer.is_statement
        said = [self.notice, "" if is_plain else describe_status(answer), describe_missing(answer)]
        return repair_surrogates(" ".join(sentence for sentence in said if sentence))


@dataclass(frozen=True, slots=True)
class Session:
    """What a file is made of.

    Attributes:
        style: of the references, a key of `references.STYLES`.
        parts: the questions, in the order asked.
    """

    style: str
    parts: tuple[Part, ...]

    @property
    def works(self) -> Works:
        """The essays quoted."""
        hits = (quotation.hit for part in self.parts for quotation in part.quotations)
        return Works.of((hit.essay for hit in hits), self.style)

    @property
    def essays(self) -> tuple[Essay, ...]:
        """The essays quoted, each once, in the order of the list of references."""
        return self.works.essays

    @property
    def references(self) -> list[RichText]:
        """The list of references."""
        return self.works.references

    @property
    def gaps(self) -> list[str]:
        """What the copies of the essays quoted do not say, a line for each that lacks something."""
        return self.works.gaps

    @property
    def language(self) -> str:
        """The language tag that the front matter of all essays quoted agrees on, else `en`."""
        return self.works.language


def take_session(
    answers: Sequence[Answer],
    style: str,
    chosen: Sequence[Collection[str]] = (),
    link_to: Callable[[Hit], str] | None = None,
    notices: Sequence[str] = (),
) -> Session:
    """Takes the questions of a session and the passages that were chosen.

    Where nothing is chosen at all, every question is taken with the passages shown at once;
    else only what is chosen is, and a question without it is left out, unless a notice is due.

    Args:
        answers: in the order asked.
        style: of the references, a key of `references.STYLES`.
        chosen: for each answer the ids of the passages chosen; missing ones are none.
        link_to: gives the address that shows a passage; None if the page's is not known.
        notices: for each answer what is to be said of how it was asked; missing ones are none.
    """
    said = [*notices, *[""] * (len(answers) - len(notices))]
    taken = list(_choose_hits(answers, chosen, said))
    works = Works.of((hit.essay for _, hits, _ in taken for hit in hits), style)
    parts, number = [], 0
    for answer, hits, notice in taken:
        quotations = []
        for hit in hits:
            number += 1
            quotations.append(
                Quotation(
                    number=number,
                    hit=hit,
                    in_text=works.cite(hit.essay, hit.passage.paragraph),
                    reference=works.refer(hit.essay),
                    link=link_to(hit) if link_to else "",
                )
            )
        parts.append(Part(answer, tuple(quotations), notice))
    return Session(style, tuple(parts))


def _choose_hits(
    answers: Sequence[Answer], chosen: Sequence[Collection[str]], notices: Sequence[str]
) -> Iterator[tuple[Answer, Sequence[Hit], str]]:
    if not any(chosen):
        for answer, notice in zip(answers, notices, strict=True):
            yield answer, answer.leading, notice
        return
    for number, answer in enumerate(answers):
        ids = chosen[number] if number < len(chosen) else ()
        hits = [hit for hit in answer.hits if hit.passage.id in ids]
        if hits or notices[number]:
            yield answer, hits, notices[number]
