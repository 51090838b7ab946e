"""Keeps the passages that were compared last, with what no question changes of them.

Reading a passage's token vectors, and telling which of them belong to which sentence, takes longer
than comparing them with a question; over few essays, and where many ask the same, most passages
that a question needs were needed just before.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pactqa.essays.splitting import Passage
from pactqa.index.protocol import Generation
from pactqa.index.records import PassageTokens
from pactqa.models.encoder import Floats
from pactqa.search.query import find_subject_words
from pactqa.search.sentences import asks_or_announces

__all__ = ["KeptPassage", "RecentPassages"]

_MOST = 128  # some 20 MB


@dataclass(frozen=True, slots=True, eq=False)
class KeptPassage:
    """A passage with what it is compared by.

    Attributes:
        passage: the passage.
        vector: its vector, (dim,).
        tokens: its token vectors, (tokens, dim).
        sentence_vectors: those of its sentences, (sentences, dim).
        texts: the words of each sentence.
        owns: (sentences, tokens) bool: the tokens of each sentence and of the heading above it;
            none for a sentence beyond what the encoder reads.
        states: (sentences,) bool: whether it neither asks a question nor announces the essay.
        subject_words: the words of each sentence that carry its subject.
    """

    passage: Passage
    vector: Floats
    tokens: Floats
    sentence_vectors: Floats
    texts: tuple[str, ...]
    owns: npt.NDArray[np.bool_]
    states: npt.NDArray[np.bool_]
    subject_words: tuple[frozenset[str], ...]


class RecentPassages:
    """The passages of one generation that were needed last. Several threads may use it at once."""

    def __init__(self, most: int = _MOST) -> None:
        """Keeps none yet, and never more than `most`."""
        self._most = most
        self._kept: OrderedDict[int, KeptPassage] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, snapshot: Generation, numbers: Sequence[int]) -> dict[int, KeptPassage]:
        """Gives passages by their numbers; those that are not kept are read from the snapshot."""
        with self._lock:
            found = {number: self._kept[number] for number in numbers if number in self._kept}
        missing = [number for number in numbers if number not in found]
        if missing:
            passages, tokens = snapshot.passages(missing), snapshot.tokens(missing)
            vectors = snapshot.vectors_of(missing)
            found |= {i: _describe(passages[i], tokens[i], *vectors[i]) for i in missing}
        with self._lock:
            for number in numbers:
                self._kept[number] = found[number]
                self._kept.move_to_end(number)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


def _describe(
    passage: Passage, tokens: PassageTokens, vector: Floats, sentence_vectors: Floats
) -> KeptPassage:
    begin = passage.start
    texts = tuple(passage.text[s.start - begin : s.end - begin] for s in passage.sentences)
    owns = np.zeros((len(texts), len(tokens.vectors)), dtype=np.bool_)
    for row, span in enumerate(passage.sentences):
        own = (tokens.offsets[:, 0] >= span.start) & (tokens.offsets[:, 1] <= span.end)
        if own.any():
            owns[row] = own | tokens.of_heading
    return KeptPassage(
        passage=passage,
        vector=vector,
        tokens=tokens.vectors,
        sentence_vectors=sentence_vectors,
        texts=texts,
        owns=owns,
        states=np.array([not asks_or_announces(text) for text in texts]),
        subject_words=tuple(frozenset(find_subject_words(text)) for text in texts),
    )
