"""The Assistant: what the page, the command line and other programs talk to.

It opens an index, answers questions from it, and keeps it up to date with the corpus. It holds no
visitor's state and may be used from several threads at once. Before a quotation leaves, it is
compared with the essay's file as it is now.
"""

import logging
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
from pactqa.judgement.confidence import Status, judge_question
from pactqa.judgement.mentions import find_missing_words, find_passages_with
from pactqa.models.encoder import Encoder, SentenceEncoder
from pactqa.models.fitted import Fitted, load_fitted
from pactqa.models.reader import Reader
from pactqa.search.english import read_english
from pactqa.search.followup import resolve_question
from pactqa.search.frames import strip_frame
from pactqa.search.lookup import is_lookup, put_first
from pactqa.search.names import find_other_names, same_names
from pactqa.search.outline import (
    Title,
    asks_for_reasons,
    choose_outlined,
    describe_title,
    lead_with_heading,
    order_by_outline,
)
from pactqa.search.query import Query, encode_question, find_subject_words
from pactqa.search.ranking import Candidate, drop_near_duplicates, search_passages
from pactqa.search.reading import load_reader, read_candidates
from pactqa.search.spelling import Correction, Speller
from pactqa.search.vocabulary import Vocabulary, read_vocabulary

__all__ = ["Assistant"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Generation:
    """What one generation of the index needs in memory; replaced as a whole, never changed."""

    index: VectorIndex
    essays: tuple[Essay, ...]
    titles: dict[str, Title]
    vocabulary: Vocabulary
    speller: Speller


class Assistant:
    """Answers questions with passages of the essays, word for word."""

    def __init__(
        self,
        corpus: Path,
        index: Path,
        encoder: Encoder,
        reader: Reader,
        fitted: Fitted | None = None,
    ) -> None:
        """Takes models that are loaded already; `open` is the usual way to get an Assistant.

        The index is not refreshed. `fitted` is None for the fitted numbers of the package; if they
        were fitted with other models, that is logged and in `misfit`.
        """
        self.corpus = corpus
        self.encoder = encoder
        self.reader = reader
        self._fitted = fitted or load_fitted()
        self.misfit = self._fitted.describe_misfit(encoder.name, reader.name)
        if self.misfit:
            _log.warning(self.misfit)
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
        as_typed: bool = False,
    ) -> Answer:
        """Answers a question with passages of the essays.

        Args:
            question: in the visitor's words; at most 10,000 characters.
            k: how many passages, from 1 to 20; None means 8 for reasons, else 5.
            essays: the ids of the essays to search in; None or empty means all.
            previous: the question before (what it was searched as), so that "and Poland?" is
                understood; None means that this one stands alone.
            as_typed: whether the words are searched as they were typed, spelling mistakes and all.

        Raises:
            QuestionError: if the question, `k` or an essay id is unusable.
            StoreError: if the index cannot be read.
        """
        asked = strip_frame(check_question(question))
        resolved = resolve_question(asked, previous)
        with self._store.read() as snapshot:
            now = self._current(snapshot)
            corrected = Correction(resolved) if as_typed else now.speller.correct(resolved)
            searched_as = corrected.text
            about_reasons = asks_for_reasons(searched_as)
            k = check_k(k, about_reasons)
            only = self._check_essays(essays, now) if essays else None
            query = encode_question(self.encoder, searched_as, now.vocabulary.is_name, same_names)
            titles = {i: title for i, title in now.titles.items() if only is None or i in only}
            # "and Poland?" after a wide question asks for something narrower.
            narrowed = resolved != asked and bool(find_subject_words(asked))
            outlined = [] if narrowed else choose_outlined(query, titles, self._fitted.outline)
            # A copy that breaks off does not open the outline.
            broken = {essay.id for essay in now.essays if essay.excerpt}
            outlined.sort(key=lambda essay_id: essay_id in broken)
            found = search_passages(
                snapshot, now.index, now.essays, query, self._fitted.ranking, only, outlined
            )
            found = read_candidates(self.reader, searched_as, found)
            missing = find_missing_words(snapshot, query, found, self._fitted.mentions)
            using = [find_passages_with(snapshot, word) for word in query.words]
        judgement = judge_question(self._fitted.confidence, query, found, any(using))
        # What a title asks is what its essay is there to answer.
        status: Status = "answered" if outlined else judgement.status
        ordered = self._order(query, found, outlined)
        bearing: set[int] | None = None
        if is_lookup(query) and any(using) and not outlined:
            bearing = set.intersection(*using) or set.union(*using)
            status = "answered"  # what was asked for is where the words stand
            ordered = put_first(ordered, bearing)
        chosen, stale = self._verify(ordered, k)
        looked_up = query.words if bearing is not None else ()
        if not chosen:
            status = "absent"  # nothing may be quoted that changed
        return Answer(
            question=question,
            searched_as=searched_as if corrected.changes or resolved != asked else question,
            corrections=corrected.changes,
            status=status,
            confidence=judgement.confidence,
            signals=judgement.signals,
            hits=() if status == "absent" else to_hits(chosen, looked_up, bearing),
            missing=() if status == "answered" else missing,
            looked_up=tuple(word.text for word in looked_up),
            only=tuple(only or ()),
            about_reasons=about_reasons,
            stale=stale,
            generation=now.index.generation,
        )

    def _order(
        self,
        query: Query,
        found: Sequence[Candidate],
        outlined: Sequence[str],
    ) -> list[Candidate]:
        """Orders what was found as it is quoted: by the outline, by a heading, or by score."""
        if outlined:
            return order_by_outline(found, outlined)
        ordered = sorted(found, key=lambda candidate: -candidate.score)  # read since
        return lead_with_heading(query, ordered)

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
        vocabulary = read_vocabulary(text for e in essays for text in (f"# {e.title}", e.text))
        return _Generation(
            index=open_index(self._store, snapshot),
            essays=essays,
            titles={
                essay.id: describe_title(essay, title, same_names, _find_aliases(essay))
                for essay, title in zip(essays, titles, strict=True)
            },
            vocabulary=vocabulary,
            speller=Speller(vocabulary, read_english()),
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
        for candidate in drop_near_duplicates(candidates):
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


def _find_aliases(essay: Essay) -> list[str]:
    """Gives the other names that an essay gives of what its title names."""
    title = set(find_subject_words(essay.title))
    return [
        other
        for name, other in find_other_names([essay.text])
        if set(find_subject_words(name)) & title
    ]
