"""The index in a Qdrant collection: what it has beyond what `test_refresh` asks of every index."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from qdrant_client import models

from pactqa import Assistant
from pactqa.errors import (
    DamagedIndexError,
    MissingIndexError,
    SettingError,
    StoreError,
    UnreachableIndexError,
)
from pactqa.essays.files import Essay
from pactqa.index import qdrant_state
from pactqa.index.embedded import EmbeddedIndex
from pactqa.index.opening import name_index
from pactqa.index.qdrant_calls import Calls
from pactqa.index.qdrant_index import QdrantIndex
from pactqa.index.refresh import find_changes, refresh_index

WORDS = ["bees", "king", "tax", "queen", "hive", "Nazi-Soviet", "purges", "hiv", "winter"]


def essay(name, text, title=""):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Essay(id=name, title=title, text=text, file=f"{name}.md", sha256=digest)


BEES = essay(
    "bees", "# Bees\n\nBees need flowers.\n\nThe queen’s hive purges drones. 😀", "The hive"
)
KINGS = essay("kings", "The king raised a tax.\n\nThe Nazi-Soviet pact was signed.")


@pytest.fixture
def index(qdrant, tmp_path):
    return QdrantIndex(qdrant, "essays", tmp_path / "index", "here:6333/essays")


def texts_of(index):
    with index.read() as generation:
        return sorted(passage.text for passage in generation.passages().values())


# The same as the embedded one


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize("word", [*WORDS, "soviet nazi", "?!", "", "the hive"])
def test_both_find_the_same_passages_with_a_word(index, encoder, tmp_path, word, prefix, whole):
    found = []
    for one in (index, EmbeddedIndex(tmp_path / "embedded")):
        refresh_index(one, [BEES, KINGS], encoder)
        with one.read() as generation:
            numbers = generation.passages_with(word, prefix=prefix, whole=whole)
            found.append({passage.text for passage in generation.passages(list(numbers)).values()})
            for among in (set(list(numbers)[:1]), set()):
                asked = generation.passages_with(word, prefix=prefix, whole=whole, among=among)
                assert asked == among
            some = generation.passages_with(word, prefix=prefix, whole=whole, most=1)
            assert len(some) == min(len(numbers), 1)
            assert some <= numbers
    assert found[0] == found[1]


def test_both_rank_by_words_alike(index, encoder, tmp_path):
    many = essay("many", "\n\n".join(f"Bees fly {'far ' * n}{n}." for n in range(9)))
    found = []
    for one in (index, EmbeddedIndex(tmp_path / "embedded")):
        refresh_index(one, [many, BEES, KINGS], encoder)
        with one.read() as generation:
            ranked = generation.search_words(["king", "queen", "7"], 5)
            passages = generation.passages([number for number, _ in ranked])
            found.append([(passages[number].text, score) for number, score in ranked])
            assert generation.search_words(["king"], 5, ["bees"]) == []
            assert generation.search_words([], 5) == []
    ours, theirs = found
    assert [text for text, _ in ours] == [text for text, _ in theirs]
    assert ours[0][1] == pytest.approx(theirs[0][1], rel=0.2)  # idf differs by the 1 it adds


def test_an_assistant_answers_alike_over_both(index, encoder, assistant, write_corpus):
    corpus = {"bees.md": BEES.text, "kings.md": KINGS.text}
    embedded = assistant(corpus)
    served = Assistant(embedded.corpus, index, encoder, embedded.reader, embedded._models.fitted)
    served.refresh()
    for question in ("Why do bees need flowers?", "king tax", "Nazi-Soviet", "volcano", "thanks"):
        ours, theirs = served.ask(question), embedded.ask(question)
        assert [hit.passage for hit in ours.hits] == [hit.passage for hit in theirs.hits]
        assert (ours.status, ours.missing) == (theirs.status, theirs.missing)
        assert ours.confidence == pytest.approx(theirs.confidence, abs=1e-6)
    assert served.passages("bees") == embedded.passages("bees")
    assert not served.is_stale()
    write_corpus({"bees.md": None})
    assert served.refresh().removed == ("bees",)
    assert [essay.id for essay in served.essays()] == ["kings"]


# Generations


def test_of_a_changed_essay_only_what_changed_is_sent(index, encoder, monkeypatch):
    refresh_index(index, [BEES, KINGS], encoder)
    sent = []
    ask = Calls.ask

    def hear(calls, name, **given):
        if name == "upsert":
            sent.extend(point.payload["kind"] for point in given["points"])
        return ask(calls, name, **given)

    monkeypatch.setattr(Calls, "ask", hear)
    changed = essay("bees", BEES.text.replace("drones. 😀", "drones in autumn."), BEES.title)
    refresh_index(index, [changed, KINGS], encoder)
    assert [kind for kind in sent if kind != "state"] == ["passage", "essay"]
    assert "The queen’s hive purges drones in autumn." in texts_of(index)
    assert len(texts_of(index)) == 4


def test_points_of_generations_that_nobody_reads_are_removed(index, encoder, qdrant):
    for number in range(5):
        refresh_index(index, [BEES, essay("kings", f"King {number}.")], encoder)
    kings = [
        record.payload["text"]
        for record in qdrant.scroll("essays", limit=99)[0]
        if record.payload["kind"] == "passage" and record.payload["essay"] == "kings"
    ]
    assert sorted(kings) == ["King 3.", "King 4."]


class Killed(BaseException):
    """Ends a refresh as a kill does: nothing is tidied up after it."""


def refresh_killed(index, essays, encoder, moment, monkeypatch):
    """Refreshes until the call of that number, after which nothing reaches the server."""
    calls, ask = [], Calls.ask

    def die(self, name, **given):
        calls.append(name)
        if len(calls) > moment:
            raise Killed
        return ask(self, name, **given)

    monkeypatch.setattr(Calls, "ask", die)
    try:
        refresh_index(index, essays, encoder)
        return len(calls), False
    except Killed:
        return len(calls), True
    finally:
        monkeypatch.setattr(Calls, "ask", ask)


def test_killed_at_any_call_the_last_generation_answers_and_the_next_one_is_whole(
    qdrant, encoder, tmp_path, monkeypatch
):
    before, after = [BEES, KINGS], [essay("bees", "Bees rest."), essay("ants", "Ants walk.")]
    texts = sorted(["Bees rest.", "Ants walk."])
    seen = set()
    moment = 0
    while True:
        index = QdrantIndex(qdrant, f"essays{moment}", tmp_path / str(moment), "here")
        refresh_index(index, before, encoder)
        whole = texts_of(index)
        _, was_killed = refresh_killed(index, after, encoder, moment, monkeypatch)
        now = texts_of(index)
        assert now in (whole, texts)
        seen.add(now == texts)
        monkeypatch.setattr(qdrant_state, "_now", lambda: time.time() + 3600.0)
        refresh_index(index, after, encoder)  # once it is held no more
        monkeypatch.setattr(qdrant_state, "_now", time.time)
        assert texts_of(index) == texts
        with index.read() as generation:
            generation.check()
        if not was_killed:
            break
        moment += 1
    assert moment > 20
    assert seen == {False, True}


def test_while_one_writes_another_waits_and_then_says_so(index, encoder, monkeypatch):
    refresh_index(index, [BEES], encoder)
    monkeypatch.setattr(qdrant_state, "_BUSY_SECONDS", 0.0)
    with (
        index.write(encoder.dim),
        pytest.raises(StoreError, match=r"another program is writing.*seconds"),
        index.write(encoder.dim),
    ):
        pass
    refresh_index(index, [KINGS], encoder)
    assert texts_of(index) == sorted(KINGS.text.split("\n\n"))


def test_who_lost_the_index_to_another_changes_nothing(index, encoder, monkeypatch):
    refresh_index(index, [BEES], encoder)
    encode = encoder.encode_passages

    def meanwhile(given):
        monkeypatch.setattr(encoder, "encode_passages", encode)
        monkeypatch.setattr(qdrant_state, "_now", lambda: time.time() + 3600.0)
        refresh_index(index, [BEES, essay("ants", "Ants walk.")], encoder)
        return encode(given)

    monkeypatch.setattr(encoder, "encode_passages", meanwhile)
    with pytest.raises(StoreError, match="somebody else may have written"):
        refresh_index(index, [KINGS], encoder)
    assert "Ants walk." in texts_of(index)
    assert not find_changes(index, [essay("ants", "Ants walk."), BEES], encoder.identity).is_stale


# What is not as it should be


def test_damage_is_noticed(index, encoder, qdrant):
    refresh_index(index, [BEES, KINGS], encoder)
    with index.read() as generation:
        number, passage = next(iter(generation.passages().items()))
    qdrant.set_payload("essays", {"text": passage.text + "!"}, points=[number])
    with index.read() as generation, pytest.raises(DamagedIndexError, match=f"point {number} "):
        generation.passages([number])
    qdrant.delete("essays", points_selector=models.PointIdsList(points=[number]))
    with index.read() as generation:
        with pytest.raises(DamagedIndexError, match="a passage that the search finds is missing"):
            generation.passages([number])
        with pytest.raises(DamagedIndexError, match="3 of 4 passages"):
            generation.check()


def test_a_collection_of_another_model_is_left_alone(index, encoder, qdrant, monkeypatch):
    refresh_index(index, [BEES], encoder)
    monkeypatch.setattr(encoder, "dim", encoder.dim + 1)
    with pytest.raises(StoreError, match=r"vectors of \d+ numbers, and the model makes"):
        refresh_index(index, [KINGS], encoder)
    assert len(texts_of(index)) == 2


def test_a_collection_of_something_else_is_left_alone(index, encoder, qdrant):
    size = models.VectorParams(size=3, distance=models.Distance.DOT)
    qdrant.create_collection("essays", vectors_config=size)
    with pytest.raises(StoreError, match="made for something else"):
        refresh_index(index, [BEES], encoder)
    with pytest.raises(StoreError, match="was not made by this version"), index.read():
        pass


def test_without_a_collection_there_is_no_index(index, encoder):
    with pytest.raises(MissingIndexError, match="pactqa index"), index.read():
        pass
    assert find_changes(index, [BEES], encoder.identity).is_stale


def test_an_old_server_is_refused(index, encoder, qdrant, monkeypatch):
    info = qdrant.info().model_copy(update={"version": "1.9.2"})
    monkeypatch.setattr(qdrant, "info", lambda: info)
    with pytest.raises(StoreError, match=r"Qdrant 1\.9\.2, and 1\.17"):
        refresh_index(index, [BEES], encoder)


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://host",
        "http://host:1x/a",
        "https://host:99999/a",
        "http://u:p@h/a",
        "http://h/a?b",
    ],
)
def test_an_address_that_names_no_collection_is_explained(address):
    with pytest.raises(SettingError, match=r"PACTQA_INDEX.*names no collection"):
        name_index(address)


def test_a_folder_is_an_embedded_index(tmp_path):
    assert isinstance(name_index(tmp_path), EmbeddedIndex)
    assert name_index(tmp_path).folder == tmp_path


# Over the network


@contextmanager
def serve(reply) -> Iterator[str]:
    """Answers each request with what `reply(path)` gives, (status, object), or never for None."""
    asked = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            status, content = reply(self.path, self.headers.get("api-key"))
            if status is None:
                asked.wait(5)
                return
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer  # noqa: N815 (the names that the library asks for)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/essays"
    finally:
        asked.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (401, StoreError, "refuses the key.*PACTQA_INDEX_KEY"),
        (403, StoreError, "refuses the key"),
        (404, MissingIndexError, "there is no index yet"),
        (500, UnreachableIndexError, "cannot answer now.*HTTP 500.*a shard is gone"),
        (503, UnreachableIndexError, "asked again"),
        (400, StoreError, "HTTP 400"),
    ],
)
def test_what_a_server_refuses_is_one_message(status, kind, says):
    reply = {"status": {"error": "a shard is gone"}, "time": 0.0}
    with serve(lambda path, key: (status, reply)) as address:
        index = name_index(address)
        with pytest.raises(kind, match=says), index.read():
            pass


def test_the_key_is_sent_and_never_shown(monkeypatch):
    monkeypatch.setenv("PACTQA_INDEX_KEY", "a-secret")
    keys = []

    def reply(path, key):
        keys.append(key)
        return 403, {"status": {"error": "no"}, "time": 0.0}

    with serve(reply) as address:
        with pytest.warns(UserWarning, match="insecure connection"):
            index = name_index(address)
        with pytest.raises(StoreError) as caught, index.read():
            pass
    assert keys == ["a-secret"]
    assert "a-secret" not in str(caught.value)


def test_a_server_that_is_not_there_or_silent_is_said_to_be(monkeypatch, encoder):
    with serve(lambda path, key: (None, None)) as address:
        monkeypatch.setenv("PACTQA_INDEX_SECONDS", "1")
        began = time.monotonic()
        with (
            pytest.raises(UnreachableIndexError, match="cannot be reached"),
            name_index(address).read(),
        ):
            pass
        assert time.monotonic() - began < 5  # the server itself would take five
    gone = name_index(address)
    with pytest.raises(UnreachableIndexError, match="cannot be reached"), gone.read():
        pass
    with pytest.raises(UnreachableIndexError):
        find_changes(gone, [BEES], encoder.identity)


def test_what_writes_is_tried_again(index, encoder, monkeypatch):
    ask, failures = Calls.ask, []

    def fail_twice(self, name, **given):
        if name == "upsert" and len(failures) < 2:
            failures.append(name)
            raise UnreachableIndexError("busy")
        return ask(self, name, **given)

    monkeypatch.setattr("tenacity.nap.time.sleep", lambda seconds: None)
    monkeypatch.setattr(Calls, "ask", fail_twice)
    refresh_index(index, [BEES], encoder)
    assert len(failures) == 2
    assert len(texts_of(index)) == 2
