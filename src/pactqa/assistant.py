"""The Assistant: what the page, the command line and other programs talk to.

It opens an index, answers questions from it, and keeps it up to date with the corpus. It holds no
visitor's state and may be used from several threads at once. Before a quotation leaves, it is
compared with the essay's file as it is now.
"""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pactqa.answer import Answer, check_k, check_question, to_hits
from pactqa.errors import EssayError, QuestionError
from pactqa.essays.files import Essay, read_essay, read_folder
from pactqa.essays.splitting import Passage
from pactqa.index.refresh import Progress, RefreshReport, is_stale, refresh_index
from pactqa.index.snapshot import Snapshot
from pactqa.index.store import Store
from pactqa.index.vectors import VectorIndex, open_index
from pactqa.judgement.confidence import ConfidenceModel, judge_question, load_confidence_model
from pactqa.judgement.mentions import find_missing_words, find_names_apart
from pactqa.models.choice import load_reader
from pactqa.models.encoder import Encoder, Encoding, SentenceEncoder
from pactqa.models.reader import Reader
from pactqa.search.followup import resolve_question
from pactqa.search.outline import (
    asks_for_reasons,
    choose_outlined,
    hold_back_asking,
    order_by_outline,
)
from pactqa.search.query import encode_question, find_subject_words
from pactqa.search.ranking import CANDIDATES, Candidate, drop_near_duplicates, search_passages
from pactqa.search.reading import read_candidates

__all__ = ["Assistant"]


@dataclass(frozen=True, slots=True, eq=False)
class _Generation:
    """Is what one generation of the index needs in memory; replaced as a whole, never changed."""

    index: VectorIndex
    essays: tuple[Essay, ...]
    titles: dict[str, Encoding]


class Assistant:
    """Answers questions with passages of the essays, word for word."""

    def __init__(
        self,
        corpus: Path,
        index: Path,
        encoder: Encoder,
        reader: Reader,
        confidence: ConfidenceModel | None = None,
    ) -> None:
        """Takes models that are loaded already; `open` is the usual way to get an Assistant.

        The index is not refreshed. `confidence` is None for the fitted model of the package.
        """
        self.corpus = corpus
        self.encoder = encoder
        self.reader = reader
        self._confidence = confidence or load_confidence_model()
        self._store = Store(index)
        self._generation: _Generation | None = None
        self._lock = threading.Lock()
        self._checked: dict[str, tuple[int, int, str]] = {}

    @classmethod
    def open(
        cls,
        corpus: str | os.PathLike[str] = "corpus",
        index: str | os.PathLike[str] = "index",
        encoder: Encoder | None = None,
        progress: Progress | None = None,
        reader: Reader | None = None,
    ) -> "Assistant":
        """Opens the index of a corpus; one that is missing or stale is refreshed first.

        Encoder and reader are those of the settings unless they are given.

        Raises:
            EssayError: if the corpus folder does not exist or holds no essay that can be read.
            EncoderError: if the embedding model cannot be loaded.
            ReaderError: if the reader cannot be loaded.
            StoreError: if the index folder cannot be read or written.
        """
        assistant = cls(
            Path(corpus), Path(index), encoder or SentenceEncoder.load(), reader or load_reader()
        )
        if assistant.is_stale():
            assistant.refresh(progress)
        if not assistant.essays():
            raise EssayError(
                f"{assistant.corpus}: no essay there can be read. Put Markdown or text files into "
                "the folder; 'pactqa index' names what is wrong with a file."
            )
        return assistant

    def is_stale(self) -> bool:
        """Tells whether the index is missing, or differs from what the corpus says now."""
        essays, _ = read_folder(self.corpus)
        return is_stale(self._store, essays, self.encoder.name)

    def refresh(self, progress: Progress | None = None) -> RefreshReport:
        """Brings the index up to the corpus; files that cannot be read are in the report.

        Raises:
            EssayError: if the corpus folder does not exist.
            StoreError: if the index folder cannot be written.
        """
        essays, errors = read_folder(self.corpus)
        report = refresh_index(self._store, essays, self.encoder, progress)
        return replace(report, errors=tuple(errors))

    def essays(self) -> tuple[Essay, ...]:
        """Gives the essays of the current generation, in the order of the corpus."""
        with self._store.read() as snapshot:
            return self._current(snapshot).essays

    def passages(self, essay_id: str) -> tuple[Passage, ...]:
        """Gives the passages of an essay in the order of its text, to show it whole.

        Raises:
            QuestionError: if there is no such essay.
        """
        with self._store.read() as snapshot:
            self._check_essays([essay_id], self._current(snapshot))
            passages = snapshot.passages(snapshot.numbers_of([essay_id]))
        return tuple(passages.values())

    def ask(
        self,
        question: str,
        k: int | None = None,
        essays: Sequence[str] | None = None,
        previous: str | None = None,
    ) -> Answer:
        """Answers a question with passages of the essays.

        Args:
            question: in the visitor's words; at most 10,000 characters.
            k: how many passages, from 1 to 20; None means 8 for reasons, else 5.
            essays: the ids of the essays to search in; None or empty means all.
            previous: the question before (what it was searched as), so that "and Poland?" is
                understood; None means that this one stands alone.

        Raises:
            QuestionError: if the question, `k` or an essay id is unusable.
            StoreError: if the index cannot be read.
        """
        searched_as = resolve_question(check_question(question), previous)
        about_reasons = asks_for_reasons(searched_as)
        k = check_k(k, about_reasons)
        query = encode_question(self.encoder, searched_as)
        with self._store.read() as snapshot:
            now = self._current(snapshot)
            only = self._check_essays(essays, now) if essays else None
            titles = {i: title for i, title in now.titles.items() if only is None or i in only}
            # "and Poland?" after a wide question asks for something narrower.
            narrowed = searched_as != question and bool(find_subject_words(question))
            outlined = [] if narrowed else choose_outlined(query, titles)
            found = search_passages(
                snapshot, now.index, now.essays, query, max(k, CANDIDATES), only, outlined
            )
            found = read_candidates(self.reader, searched_as, found)
            missing = find_missing_words(snapshot, query, found)
            apart = find_names_apart(snapshot, query, found)
            judgement = judge_question(self._confidence, query, found)
        ordered = found
        if outlined:
            ordered = order_by_outline(found, outlined)
        elif about_reasons:
            ordered = hold_back_asking(query, titles, found)
        chosen, stale = self._verify(drop_near_duplicates(ordered), k)
        status = judgement.status if chosen else "absent"  # nothing may be quoted that changed
        return Answer(
            question=question,
            searched_as=searched_as,
            status=status,
            confidence=judgement.confidence,
            signals=judgement.signals,
            hits=() if status == "absent" else to_hits(chosen),
            missing=() if status == "answered" else missing,
            apart=() if status == "answered" else apart,
            only=tuple(only or ()),
            about_reasons=about_reasons,
            stale=stale,
            generation=now.index.generation,
        )

    def _current(self, snapshot: Snapshot) -> _Generation:
        """Gives what belongs to the snapshot's generation, loaded once for all threads."""
        generation = self._generation
        if generation is None or generation.index.generation != snapshot.generation:
            with self._lock:
                generation = self._generation
                if generation is None or generation.index.generation != snapshot.generation:
                    generation = self._load(snapshot)
                    self._generation = generation
        return generation

    def _load(self, snapshot: Snapshot) -> _Generation:
        essays = tuple(snapshot.essays())
        titles = self.encoder.encode_passages([essay.title for essay in essays])
        return _Generation(
            index=open_index(self._store, snapshot),
            essays=essays,
            titles={essay.id: title for essay, title in zip(essays, titles, strict=True)},
        )

    def _check_essays(self, wanted: Sequence[str], now: _Generation) -> list[str]:
        known = [essay.id for essay in now.essays]
        for essay_id in wanted:
            if essay_id not in known:
                raise QuestionError(
                    f"There is no essay {essay_id!r}. The essays are: {', '.join(known)}."
                )
        return list(dict.fromkeys(wanted))

    def _verify(
        self, candidates: Sequence[Candidate], k: int
    ) -> tuple[list[Candidate], tuple[str, ...]]:
        """Takes the first `k` whose essay still says, in its file, what is quoted.

        Gives them, and the ids of the essays that do not.
        """
        chosen: list[Candidate] = []
        stale: dict[str, None] = {}
        for candidate in candidates:
            if len(chosen) == k:
                break
            passage = candidate.passage
            text = self._text_now(candidate.essay)
            if text[passage.start : passage.end] == passage.text:
                chosen.append(candidate)
            else:
                stale[candidate.essay.id] = None
        return chosen, tuple(stale)

    def _text_now(self, essay: Essay) -> str:
        """Gives the text in the essay's file now; it is read again only when the file changed."""
        file = self.corpus / essay.file
        try:
            state = file.stat()
            known = self._checked.get(essay.id)
            if known and known[:2] == (state.st_mtime_ns, state.st_size):
                return known[2]
            text = read_essay(file, self.corpus).text
        except (OSError, EssayError):
            return ""
        self._checked[essay.id] = (state.st_mtime_ns, state.st_size, text)
        return text
