"""Numbers the quotations of a session, and says what every format says of them.

Quotations are numbered through the whole session, so that "passage 12" is one thing in every
format, and each has its reference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactqa.answer import Answer, describe_status
from pactqa.essays.front_matter import EditorNote
from pactqa.export.references import make_reference
from pactqa.search.ranking import Hit

__all__ = ["TITLE", "Quotation", "introduce_answer", "number_quotations"]

TITLE = "Questions and passages"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as a session quotes it.

    Attributes:
        number: in the session, from 1.
        hit: the passage.
        reference: of its essay, with the paragraph.
    """

    number: int
    hit: Hit
    reference: str

    @property
    def place(self) -> str:
        """The title, the heading if there is one, and the paragraph."""
        heading = f", {self.hit.passage.heading}" if self.hit.passage.heading else ""
        return f"{self.hit.essay.title}{heading}, paragraph {self.hit.passage.paragraph}"

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


def number_quotations(
    answers: Sequence[Answer], style: str
) -> Iterator[tuple[Answer, list[Quotation]]]:
    """Gives each answer with its quotations, numbered through all answers.

    Args:
        answers: in the order asked.
        style: of the references, a key of `references.STYLES`.
    """
    number = 0
    for answer in answers:
        quotations = []
        for hit in answer.hits:
            number += 1
            reference = make_reference(hit.essay, style, hit.passage.paragraph)
            quotations.append(Quotation(number, hit, reference))
        yield answer, quotations


def introduce_answer(answer: Answer) -> str:
    """Gives what stands above the quotations; nothing where they answer, they speak for themselves.

    An answer without any has none, and the sentence stands for them.
    """
    plain = answer.status == "answered" and answer.hits and not answer.is_statement
    return "" if plain else describe_status(answer)
