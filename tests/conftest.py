"""The fixtures that every test may use: a small encoder whose vectors can be read by eye.

- `encoder`: a new `FakeEncoder`. It knows the words of `KNOWN`: all words of one line have the same
  vector, a 1 in the dimension of that line, so "bees" and "bee" are the same to it and "bees" and
  "bread" have nothing in common. Any other word has a 1 in one of the spare dimensions, chosen by
  a checksum. A text's vector is the sum of its words' vectors, at unit length: `cos("bees flowers",
  "bees") == 0.71`. `encoder.encoded` lists every passage it was given, so a test can count.
- `FakeReader`: reads the same way: a sentence with most of the question's longer words answers it.
- `RANKING`, `OUTLINE`, `MENTIONS`, `FITTED`: fitted numbers for these two, round ones, so that no
  test depends on what was fitted last.
- `library(bees="…", kings="…")`: a `MadeLibrary` of essays made of these texts, indexed once
  per run, to be searched without an Assistant; `titles={"bees": "…"}` gives them titles.
- `qdrant`: a client of Qdrant without a server, once of its local mode and once of its engine as a
  library; each test has its own.
- `write_corpus({"bees.md": "…"})`: writes the files to `tmp_path/corpus` and gives that folder. The
  text may be str or bytes; a name may hold a subfolder; None deletes the file.
- `assistant({"bees.md": "…"})`: an open `Assistant` over such a corpus, with the `encoder` fixture
  and the index in `tmp_path/index`. Without an argument it opens what is there.
- `real_encoder`, `real_assistant` (once per run; mark the test `model`): the real model, and an
  `Assistant` over the real essays with it, its index in a folder of its own.
- `real_corpus`: the folder of the real essays.
"""

import errno
import os
import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pactqa import Assistant
from pactqa.essays.files import Essay
from pactqa.index.embedded import EmbeddedIndex
from pactqa.index.refresh import refresh_index
from pactqa.models.encoder import Encoding, SentenceEncoder
from pactqa.models.fitted import (
    BearingWeights,
    ConfidenceModel,
    Fitted,
    MentionBars,
    OutlineBars,
    RankingWeights,
)
from pactqa.search.query import Query, encode_question
from pactqa.search.ranking import Candidate, search_passages
from pactqa.search.vocabulary import read_vocabulary

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"

KNOWN = """
bee bees
flower flowers
honey nectar
winter cold
hive hives
queen queens
dance dances dancing
pollen
king kings
tax taxes
bread
harvest harvests
revolution
paris
people
debt debts
pact treaty agreement
stalin
hitler
poland
border borders
army armies
time
west
""".split("\n")[1:-1]

DIM = 96


class FakeEncoder:
    """Encodes each word as a 1 in one dimension; see this file's docstring."""

    name = "fake"
    identity = "fake by hand"
    dim = DIM

    def __init__(self, max_tokens: int = 60) -> None:
        self.max_tokens = max_tokens
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(re.findall(r"\w+", text)) + 2

    def encode_query(self, text: str) -> Encoding:
        return self._encode(text)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoding]:
        self.encoded += texts
        return [self._encode(text) for text in texts]

    def dimension(self, word: str) -> int:
        """Gives the dimension in which a word has its 1."""
        word = word.casefold()
        for number, line in enumerate(KNOWN):
            if word in line.split():
                return number
        return len(KNOWN) + zlib.crc32(word.encode()) % (DIM - len(KNOWN))

    def _encode(self, text: str) -> Encoding:
        words = list(re.finditer(r"\w+", text))
        read = words[: self.max_tokens - 2]
        tokens = np.zeros((len(read), DIM), dtype=np.float32)
        for row, word in enumerate(read):
            tokens[row, self.dimension(word[0])] = 1
        total = tokens.sum(axis=0)
        return Encoding(
            vector=total / max(float(np.linalg.norm(total)), 1e-12),
            tokens=tokens,
            offsets=np.array([word.span() for word in read], dtype=np.int32).reshape(-1, 2),
            truncated=len(words) > len(read),
        )


class FakeReader:
    """Takes a sentence to answer if it has most of the question's longer words."""

    name = "fake"

    def read(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        asked = self._dimensions(question)
        shares = [
            len(asked & self._dimensions(sentence)) / max(len(asked), 1) for sentence in sentences
        ]
        return np.array([8 * share - 4 for share in shares], dtype=np.float32)

    def _dimensions(self, text: str) -> set[int]:
        return {FakeEncoder().dimension(word) for word in re.findall(r"\w{4,}", text)}


RANKING = RankingWeights(
    rrf_k=20,
    cosine=0.5,
    kind=0.1,
    maxsim=0.3,
    reading=0.05,
    asking=0.05,
    near_duplicate=0.8,
)
OUTLINE = OutlineBars(title_word=0.4, title_word_beside=0.3, title_cosine=0.5)
MENTIONS = MentionBars(word=0.5, name=0.9)
FITTED = Fitted(
    encoder="fake",
    reader="fake",
    ranking=RANKING,
    outline=OUTLINE,
    mentions=MENTIONS,
    confidence=ConfidenceModel({"sentence": 2}, -2.0, answered=0.5, nearby=0.4),
    bearing=BearingWeights(maxsim=0.25, passage=0.25, reading=0.01, same=0.65, covers=0.4, gain=1),
    claims=ConfidenceModel({"score": 6}, -2.0, answered=0.5, nearby=0.4),
)


class MadeLibrary:
    """Made essays, indexed."""

    def __init__(self, folder: Path, encoder: FakeEncoder, essays: Sequence[Essay]) -> None:
        self.encoder = encoder
        self.essays = essays
        self.is_name = read_vocabulary(essay.text for essay in essays).is_name
        self.store = EmbeddedIndex(folder)
        refresh_index(self.store, essays, encoder)

    def query(self, question: str) -> Query:
        return encode_question(self.encoder, question, self.is_name)

    def search(
        self, question: str | Query, weights: RankingWeights = RANKING, **options: Any
    ) -> list[Candidate]:
        query = self.query(question) if isinstance(question, str) else question
        with self.store.read() as snapshot:
            index = self.store.open_vectors(snapshot)
            return search_passages(snapshot, index, self.essays, query, weights, **options)


WriteCorpus = Callable[[dict[str, str | bytes | None]], Path]


@pytest.fixture(scope="session", autouse=True)
def exports_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Makes every program that the tests start use the same exported models."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # of all the processes that run tests
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("PACTQA_EXPORTS"):
            patch.setenv("PACTQA_EXPORTS", str(run / "exports"))
        yield


@pytest.fixture
def qdrant_local() -> Iterator[Any]:
    """Makes a client of Qdrant that keeps collections in memory, without a server."""
    from qdrant_client import QdrantClient

    client = QdrantClient(":memory:")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Payload indexes have no effect")
        yield client
    client.close()


@pytest.fixture
def qdrant_edge(tmp_path: Path) -> Iterator[Any]:
    """Makes a client of the engine of a Qdrant server, as a library."""
    from edge_client import EdgeClient

    client = EdgeClient(tmp_path / "qdrant")
    yield client
    client.close()


@pytest.fixture(params=["local", "edge"])
def qdrant(request: pytest.FixtureRequest) -> Any:
    """Makes a client of Qdrant of each kind."""
    return request.getfixturevalue(f"qdrant_{request.param}")


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., MadeLibrary]:
    made: dict[str, MadeLibrary] = {}  # the same essays are indexed once

    def make_library(titles: dict[str, str] | None = None, **texts: str) -> MadeLibrary:
        essays = [
            Essay(id=name, title=(titles or {}).get(name, ""), text=text, file=name, sha256=text)
            for name, text in texts.items()
        ]
        if repr(essays) not in made:
            folder = tmp_path_factory.mktemp("library")
            made[repr(essays)] = MadeLibrary(folder, FakeEncoder(), essays)
        return made[repr(essays)]

    return make_library


@pytest.fixture
def write_corpus(tmp_path: Path) -> WriteCorpus:
    folder = tmp_path / "corpus"
    folder.mkdir()

    def write(files: dict[str, str | bytes | None]) -> Path:
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                file.unlink()
            else:
                file.write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes folders that cannot be listed and files that cannot be looked at or opened."""

    def forbid_places(*places: Path, looked: bool = True) -> None:
        def refuse(path: object) -> None:
            if Path(str(path)) in places:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))

        real_scandir, real_stat, real_read = os.scandir, Path.stat, Path.read_bytes
        monkeypatch.setattr(os, "scandir", lambda p=".": (refuse(p), real_scandir(p))[1])
        stat = lambda self, **named: (refuse(self), real_stat(self, **named))[1]  # noqa: E731
        if looked:
            monkeypatch.setattr(Path, "stat", stat)
        monkeypatch.setattr(Path, "read_bytes", lambda self: (refuse(self), real_read(self))[1])

    return forbid_places


@pytest.fixture
def assistant(
    tmp_path: Path,
    write_corpus: WriteCorpus,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Assistant]:
    monkeypatch.setattr("pactqa.assistant.load_fitted", lambda: FITTED)

    def open_assistant(files: dict[str, str | bytes | None] | None = None) -> Assistant:
        corpus = write_corpus(files or {})
        return Assistant.open(
            corpus=corpus, index=tmp_path / "index", encoder=encoder, reader=FakeReader()
        )

    return open_assistant


@pytest.fixture(scope="session")
def real_corpus() -> Path:
    return CORPUS


@pytest.fixture(scope="session")
def real_encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    return SentenceEncoder.load(exports=tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="session")
def real_assistant(
    real_encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Assistant:
    index = tmp_path_factory.mktemp("real") / "index"
    return Assistant.open(corpus=CORPUS, index=index, encoder=real_encoder)
