"""The Assistant: what the page, the command line and other programs talk to.

It opens an index, answers questions and checks claims from it, and keeps it up to date with the
corpus. It holds no visitor's state and may be used from several threads at once. Before a quotation
leaves, it is compared with the essay's file as it is now.
"""

import logging
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pactqa.answer import Answer, to_hits
from pactqa.claim_check import weigh_claim
from pactqa.errors import EssayError
from pactqa.essays.current import CurrentTexts
from pactqa.essays.files import Essay, read_folder
from pactqa.essays.splitting import Passage
from pactqa.evidence import Evidence, check_claim, check_sentence_count, compose_evidence
from pactqa.finding import Models, find_passages
from pactqa.index import refresh
from pactqa.index.mending import mends
from pactqa.index.opening import name_index
from pactqa.index.protocol import Generation, Index
from pactqa.index.refresh import Changes, Progress, RefreshReport
from pactqa.models.choice import load_models, load_nli, load_reader
from pactqa.models.encoder import Encoder, SentenceEncoder
from pactqa.models.fitted import Fitted, load_fitted
from pactqa.models.nli import Nli
from pactqa.models.reader import Reader
from pactqa.search.followup import Resolved, resolve
from pactqa.search.frames import strip_frame
from pactqa.search.intents import Intent, IntentKind, recognise_intent
from pactqa.search.library import Library, open_library
from pactqa.search.ranking import drop_near_duplicates
from pactqa.search.replies import reply_to
from pactqa.search.spelling import Correction
from pactqa.validation import check_essays, check_k, check_previous, check_question

__all__ = ["Assistant"]

_log = logging.getLogger(__name__)


class Assistant:
    """What answers questions and checks claims with passages of the essays, word for word."""

    def __init__(
        self,
        corpus: Path,
        index: str | os.PathLike[str] | Index,
        encoder: Encoder,
        reader: Reader,
        fitted: Fitted | None = None,
        nli: Nli | None = None,
    ) -> None:
        """Takes models that are loaded already; `open` is the usual way to get an Assistant.

        The index is only built where there is none. `fitted` is None for the package's numbers; if
        other models fitted them, that is logged and in `misfit`. `nli` is None for the settings'.
        """
        self.corpus = corpus
        self.encoder = encoder
        self.reader = reader
        self._models = Models(encoder, reader, fitted or load_fitted())
        self.misfit = self._models.fitted.describe_misfit(encoder.name, reader.name)
        if self.misfit:
            _log.warning(self.misfit)
        self._index = name_index(index)
        self._library: Library | None = None
        self._lock = threading.Lock()
        self.texts = CurrentTexts(corpus)
        self._nli = nli

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
            StoreError: if the index cannot be read or written.
        """
        named = name_index(index)
        if encoder is None and reader is None:
            encoder, reader = load_models(named.folder)
        encoder = encoder or SentenceEncoder.load(exports=named.folder)
        assistant = cls(Path(corpus), named, encoder, reader or load_reader(named.folder))
        if assistant.is_stale():
            assistant.refresh(progress)
        if not assistant.essays():
            raise EssayError(
                f"{assistant.corpus}: no essay there can be read. Put essays into the folder; "
                "'pactqa index' names what is wrong with a file."
            )
        return assistant

    def is_stale(self) -> bool:
        """Tells whether the index is missing, or differs from what the corpus says now."""
        return self.find_changes()[0].is_stale

    def find_changes(self) -> tuple[Changes, list[EssayError]]:
        """Finds what a refresh would change, and what cannot be read as essays now.

        Raises:
            EssayError: if the corpus folder does not exist.
        """
        essays, errors = self._read_corpus()
        return refresh.find_changes(self._index, essays, self.encoder.identity, errors), errors

    def refresh(self, progress: Progress | None = None) -> RefreshReport:
        """Brings the index up to the corpus; files that cannot be read are in the report.

        Raises:
            EssayError: if the corpus folder does not exist.
            StoreError: if the index folder cannot be written.
        """
        essays, errors = self._read_corpus()
        return refresh.refresh_index(self._index, essays, self.encoder, progress, errors)

    def _read_corpus(self) -> tuple[list[Essay], list[EssayError]]:
        return read_folder(self.corpus, refresh.find_converted(self._index))

    @contextmanager
    def read(self) -> Iterator[tuple[Generation, Library]]:
        """Opens the current generation for one thread, or raises a StoreError."""
        with self._index.read() as snapshot:
            yield snapshot, self._current(snapshot)

    @mends
    def essays(self) -> tuple[Essay, ...]:
        """Gives the essays of the current generation, in the order of the corpus."""
        with self.read() as (_, now):
            return now.essays

    @mends
    def passages(self, essay_id: str) -> tuple[Passage, ...]:
        """Gives the passages of an essay in the order of its text, to show it whole.

        Raises:
            QuestionError: if there is no such essay.
        """
        with self.read() as (snapshot, now):
            check_essays([essay_id], now.ids)
            passages = snapshot.passages(snapshot.numbers_of([essay_id]))
        return tuple(passages.values())

    @mends
    def ask(
        self,
        question: str,
        k: int | None = None,
        essays: Sequence[str] | None = None,
        previous: str | None = None,
        as_typed: bool = False,
        shown: Collection[str] = (),
    ) -> Answer:
        """Answers a question with passages of the essays.

        A greeting, a request for help or a question about the essays themselves ("who wrote
        this?") is replied to instead, from their front matter and headings.

        Args:
            question: in the visitor's words; at most 10,000 characters.
            k: how many passages, from 1 to 20; None means 8 for reasons, else 5.
            essays: the ids of the essays to search in; None or empty means all.
            previous: the question before (what it was searched as), so that "and Poland?" is
                understood; None means that this one stands alone.
            as_typed: whether the words are searched as they were typed, spelling mistakes and all.
            shown: the ids of passages that "more" does not bring again.

        Raises:
            QuestionError: if the question, `k` or an essay id is unusable.
            StoreError: if the index cannot be read.
        """
        typed = check_question(question)
        previous = check_previous(previous)
        request = recognise_intent(typed)
        kind = request.kind if request else None
        wants_more = kind is IntentKind.MORE and bool(previous)
        asked = (previous or "") if wants_more else strip_frame(typed)
        resolved = Resolved(asked) if wants_more else resolve(asked, previous)
        with self.read() as (snapshot, now):
            only = check_essays(essays, now.ids) if essays else None
            is_replied_to = kind not in (None, IntentKind.STATEMENT) and not wants_more
            if request and is_replied_to and not (request.leans and previous):
                reply = self._reply(question, request, now, snapshot)
                return replace(reply, only=tuple(only or ()))  # for the questions after it
            corrected = Correction(resolved.text)
            if not (as_typed or wants_more):
                corrected = now.speller.correct(resolved.text)
                # A statement in small letters is told by its names.
                request = request or recognise_intent(now.vocabulary.write_names(typed))
            found = find_passages(
                self._models, snapshot, now, replace(resolved, text=corrected.text), only
            )
        candidates = [c for c in found.candidates if not wants_more or c.passage.id not in shown]
        chosen, stale = self.texts.take(
            drop_near_duplicates(candidates),
            check_k(k, found.about_reasons),
            lambda candidate: (candidate.essay, candidate.passage),
        )
        bearing, status = found.bearing, found.judgement.status
        if bearing is not None and not any(candidate.number in bearing for candidate in chosen):
            bearing, status = None, "nearby"  # those that use the words were shown, or changed
        if not chosen:
            status = "absent"
        is_reworded = bool(corrected.changes) or wants_more or resolved.text != asked
        return Answer(
            question=question,
            searched_as=corrected.text if is_reworded else question,
            corrections=corrected.changes,
            as_typed=as_typed,
            is_more=len(candidates) < len(found.candidates),
            status=status,
            confidence=found.judgement.confidence,
            signals=found.judgement.signals,
            hits=() if status == "absent" else to_hits(chosen, found.looked_up, bearing),
            missing=() if status == "answered" and not found.looked_up else found.missing,
            looked_up=tuple(word.text for word in found.looked_up),
            uses_all=found.uses_all,
            only=tuple(only or ()),
            about_reasons=found.about_reasons,
            is_statement=request is not None and request.kind is IntentKind.STATEMENT,
            stale=stale,
            unreadable=self.texts.find_unreadable(candidate.essay for candidate in chosen),
            generation=now.index.identity,
        )

    @mends
    def check(self, claim: str, k: int = 8, essays: Sequence[str] | None = None) -> Evidence:
        """Lays the sentences of the essays beside a claim that bear on it.

        Args:
            claim: what is claimed, in one sentence or a few; at most 2,000 characters.
            k: how many sentences, from 1 to 20.
            essays: the ids of the essays to search in; None or empty means all.

        Raises:
            ClaimError, QuestionError: if the claim or `k`, or an essay id, is unusable.
            StanceError: if the model for stances cannot be loaded.
            StoreError: if the index cannot be read.
        """
        claimed, count, nli = check_claim(claim), check_sentence_count(k), self.nli
        with self.read() as (snapshot, now):
            only = check_essays(essays, now.ids) if essays else None
            weighing = weigh_claim(self._models, snapshot, now, claimed, only)
            searched = [essay for essay in now.essays if only and essay.id in only]
        chosen, stale = self.texts.take(
            weighing.ranked,
            count,
            lambda bearing: (bearing.candidate.essay, bearing.candidate.passage),
        )
        return compose_evidence(weighing, chosen, stale, nli, searched, now.index.identity)

    @cached_property
    def nli(self) -> Nli | None:
        """The model that gives stances, loaded when it is first needed; None if none is set."""
        return self._nli or load_nli()

    def _reply(self, question: str, request: Intent, now: Library, snapshot: Generation) -> Answer:
        """Replies to what asks the essays nothing, from what is known of them."""
        headings: dict[str, dict[str, None]] = {essay.id: {} for essay in now.essays}
        if request.kind is IntentKind.OUTLINE:
            for passage in snapshot.passages().values():
                if passage.heading:
                    headings[passage.essay_id][passage.heading] = None
        return Answer(
            question=question,
            searched_as=question,
            status="absent",
            confidence=0.0,
            hits=(),
            reply=reply_to(request, now.essays, {i: tuple(own) for i, own in headings.items()}),
            generation=now.index.identity,
        )

    def _current(self, snapshot: Generation) -> Library:
        """Gives what belongs to the snapshot's generation, loaded once for all threads."""
        with self._lock:
            if self._library is None or self._library.index.identity != snapshot.identity:
                self._library = open_library(self._index, snapshot)
            return self._library
