"""Has the reader read the few sentences that may answer, and keeps what it says of each.

Similarity brings the sentences, the reader judges them: re-ranking by a cross-encoder as in
Nogueira and Cho, "Passage Re-ranking with BERT" (2019), here over sentences in their passages.
"""

from collections.abc import Sequence

import numpy as np

from pactqa.models.reader import Reader
from pactqa.search.ranking import UNREAD, Candidate

__all__ = ["SENTENCES_READ", "read_candidates"]

SENTENCES_READ = 9
"""How many sentences are read for a question, which takes most of its time.

Fourteen give 6 of 512 questions in people's own words another status and none another key sentence
of the first passage; they are right as often.
"""


def read_candidates(
    reader: Reader, question: str, candidates: Sequence[Candidate], limit: int = SENTENCES_READ
) -> list[Candidate]:
    """Gives the candidates, in the same order, with their nearest sentences read.

    Args:
        reader: judges whether a sentence answers.
        question: what was searched for.
        candidates: what the search found.
        limit: how many sentences are read, the nearest ones over all candidates.
    """
    places = [
        (float(nearness), row, column)
        for row, candidate in enumerate(candidates)
        for column, nearness in enumerate(candidate.nearness)
    ]
    chosen = sorted(places, key=lambda place: -place[0])[:limit]
    logits = reader.read(question, [candidates[row].sentence(column) for _, row, column in chosen])
    readings = [candidate.readings.copy() for candidate in candidates]
    for (_, row, column), logit in zip(chosen, logits, strict=True):
        readings[row][column] = np.clip(logit, UNREAD, -UNREAD)
    return [c.with_readings(own) for c, own in zip(candidates, readings, strict=True)]
