import errno
import hashlib
import itertools
import multiprocessing
import os
import runpy
import shutil
import signal
import sqlite3
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import faiss
import numpy as np
import pytest

from pactqa.errors import StoreError
from pactqa.essays import time_limit
from pactqa.essays.files import Essay
from pactqa.index.embedded import EmbeddedIndex
from pactqa.index.refresh import find_changes, refresh_index
from pactqa.index.vectors import VectorIndex


def essay(name, text, title=""):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Essay(id=name, title=title, text=text, file=f"{name}.md", sha256=digest)


CONFTEST = str(Path(__file__).parents[1] / "conftest.py")
BEES = essay("bees", "Bees need flowers.\n\nThe queen rules the hive.")
KINGS = essay("kings", "The king raised a tax.")
BREAD = essay("bread", "Bread was dear after the harvest.")


@pytest.fixture
def make_store(request, tmp_path):
    """Makes an index of a kind, in a folder or in a collection, of a name of its own."""

    def make(kind, name="index"):
        if kind == "embedded":
            return EmbeddedIndex(tmp_path / name)
        from pactqa.index.qdrant_index import QdrantIndex

        client = request.getfixturevalue(f"qdrant_{kind}")
        return QdrantIndex(client, name, tmp_path / name, "here")

    return make


@pytest.fixture(params=["embedded", "local", "edge"])
def store(request, make_store):
    return make_store(request.param)


in_a_folder = pytest.mark.parametrize("store", ["embedded"], indirect=True)


def ask(store, encoder, question, k=3, numbers=None):
    """Gives the texts nearest to a question with their cosines."""
    with store.read() as snapshot:
        index = store.open_vectors(snapshot)
        found = index.search(encoder.encode_query(question).vector, k, numbers)
        passages = snapshot.passages([number for number, _ in found])
        return [(passages[number].text, score) for number, score in found]


def check_whole(store, encoder):
    """Opens the current generation and asks each passage for itself; gives the generation."""
    with store.read() as snapshot:
        index = store.open_vectors(snapshot)
        essays = {essay.id: essay for essay in snapshot.essays()}
        passages = snapshot.passages()
        assert index.identity == snapshot.identity
        assert passages
        for number, passage in passages.items():
            assert essays[passage.essay_id].text[passage.start : passage.end] == passage.text
            vector = encoder.encode_query(passage.text).vector
            found = dict(index.search(vector, len(passages) + 1))
            assert set(found) == set(passages)
            assert found[number] == pytest.approx(max(found.values()), abs=1e-5)
        assert len(snapshot.tokens(list(passages))) == len(passages)
        return snapshot.generation


# Searching vectors


def test_the_nearest_passage_and_its_cosine_are_the_known_ones(store, encoder):
    refresh_index(store, [BEES, KINGS, BREAD], encoder)
    (text, score), *rest = ask(store, encoder, "bees flowers")
    assert text == "Bees need flowers."
    assert score == pytest.approx(2 / np.sqrt(2 * 3), abs=1e-6)  # two of its three words
    assert len(rest) == 2
    assert all(other < score for _, other in rest)


def test_more_than_there_are_gives_all_and_never_a_wrong_one(store, encoder):
    refresh_index(store, [BEES, KINGS], encoder)
    found = ask(store, encoder, "tax", k=50)
    assert len(found) == 3
    assert len(set(found)) == 3
    assert found[0][0] == "The king raised a tax."


def test_the_search_can_be_limited_to_some_passages(store, encoder):
    refresh_index(store, [BEES, KINGS, BREAD], encoder)
    with store.read() as snapshot:
        numbers = snapshot.numbers_of(["kings", "bread"])
    assert {text for text, _ in ask(store, encoder, "bees flowers", 9, numbers)} == {
        "The king raised a tax.",
        "Bread was dear after the harvest.",
    }
    assert ask(store, encoder, "bees", 9, numbers[:1])[0][0] == "The king raised a tax."
    assert ask(store, encoder, "bees", 9, []) == []
    assert ask(store, encoder, "bees", 9, [10**6]) == []


def test_the_padding_of_faiss_is_never_a_passage():
    index = VectorIndex(faiss.IndexIDMap2(faiss.IndexFlatIP(4)), 1)
    assert index.search(np.ones(4, np.float32), 5) == []
    assert len(index) == 0


# What a refresh does


def test_added_changed_removed_and_unchanged_are_reported(store, encoder):
    first = refresh_index(store, [BEES, KINGS], encoder)
    assert (first.added, first.changed, first.removed, first.unchanged) == (
        ("bees", "kings"),
        (),
        (),
        (),
    )
    assert (first.generation, first.is_change) == (1, True)
    changed = essay("kings", "The king danced.")
    second = refresh_index(store, [BREAD, changed], encoder)
    assert (second.added, second.changed, second.removed, second.unchanged) == (
        ("bread",),
        ("kings",),
        ("bees",),
        (),
    )
    assert second.generation == 2
    third = refresh_index(store, [BREAD, changed], encoder)
    assert (third.added, third.changed, third.removed) == ((), (), ())
    assert third.unchanged == ("bread", "kings")
    assert (third.generation, third.is_change) == (2, False)


def test_only_what_changed_is_encoded(store, encoder):
    refresh_index(store, [BEES, KINGS], encoder)
    assert set(encoder.encoded) == {"", *BEES.text.split("\n\n"), KINGS.text}, "with the title"
    encoder.encoded.clear()
    refresh_index(store, [BEES, KINGS], encoder)
    assert encoder.encoded == []
    refresh_index(store, [BEES, essay("kings", "The king danced."), BREAD], encoder)
    assert set(encoder.encoded) == {"", "The king danced.", "Bread was dear after the harvest."}


LONG = "\n\n".join(f"Bee {n} flies to flower {n}. It dances." for n in range(90))


@pytest.mark.parametrize(
    ("name", "text", "new"),
    [
        ("renamed", LONG, []),
        ("long", LONG.replace("flower 7.", "hive 7."), ["Bee 7 flies to hive 7. It dances."]),
        ("long", "\n\n".join(reversed(LONG.split("\n\n"))), []),
        ("long", f"A queen.\n\n{LONG}", ["A queen."]),
    ],
)
def test_only_passages_that_say_something_new_are_encoded(store, encoder, name, text, new):
    refresh_index(store, [essay("long", LONG), KINGS], encoder)
    encoder.encoded.clear()
    refresh_index(store, [essay(name, text), KINGS], encoder)
    assert [words for words in dict.fromkeys(encoder.encoded) if words in text.split("\n\n")] == new
    assert len(encoder.encoded) <= 3 * len(new) + 1, "with the title"
    check_whole(store, encoder)
    with store.read() as snapshot:
        passages = snapshot.passages(snapshot.numbers_of([name]))
        assert [passage.text for passage in passages.values()] == text.split("\n\n")
        found = snapshot.encodings(list(passages))
        for number, passage in passages.items():
            (wanted,) = encoder.encode_passages([passage.text])
            encoding, sentences = found[number]
            assert np.allclose(encoding.vector, wanted.vector)
            assert np.array_equal(encoding.offsets, wanted.offsets)
            assert np.allclose(encoding.tokens, wanted.tokens, atol=0.01)
            assert len(sentences) == len(passage.sentences)


def test_another_title_is_another_text_to_encode(store, encoder):
    refresh_index(store, [essay("a", "Bees fly.", title="One")], encoder)
    encoder.encoded.clear()
    refresh_index(store, [replace(essay("a", "Bees fly.", title="Two"), sha256="2")], encoder)
    assert encoder.encoded[0] == "Two\nBees fly."


def test_after_a_change_only_the_new_words_are_found(store, encoder):
    refresh_index(store, [BEES, KINGS], encoder)
    refresh_index(store, [BEES, essay("kings", "The king danced.")], encoder)
    assert ask(store, encoder, "tax king", 1)[0][0] == "The king danced."
    assert len(ask(store, encoder, "king", 9)) == 3
    with store.read() as snapshot:
        assert len(snapshot.passages_with("tax")) == 0
    refresh_index(store, [BEES], encoder)
    assert {text for text, _ in ask(store, encoder, "king", 9)} == set(BEES.text.split("\n\n"))


def test_essays_keep_the_order_of_the_corpus(store, encoder):
    refresh_index(store, [BEES, KINGS], encoder)
    ants = essay("ants", "Ants walk far.")
    refresh_index(store, [ants, BEES, KINGS], encoder)
    with store.read() as snapshot:
        assert list(snapshot.fingerprints()) == ["ants", "bees", "kings"]


def test_title_and_heading_are_encoded_with_the_passage(store, encoder):
    text = "Intro.\n\n# Dance\nIt is far."
    report = refresh_index(store, [essay("b", text, title="Bees")], encoder)
    assert encoder.encoded[:2] == ["Bees\nIntro.", "Bees\nDance\nIt is far."]
    assert report.truncated == ()
    with store.read() as snapshot:
        tokens = list(snapshot.tokens(snapshot.numbers_of(["b"])).values())
    assert [text[a:b] for a, b in tokens[1].offsets.tolist() if a >= 0] == ["It", "is", "far"]


def test_each_sentence_has_a_vector_of_its_own(store, encoder):
    refresh_index(store, [essay("b", "Bees fly. Kings rule.\n\nBread.", title="Honey")], encoder)
    with store.read() as snapshot:
        vectors = [rows for _, rows in snapshot.vectors_of(snapshot.numbers_of(["b"])).values()]
    assert [len(rows) for rows in vectors] == [2, 1]
    expected = [encoder.encode_query(text).vector for text in ("Bees fly.", "Kings rule.")]
    assert np.allclose(vectors[0], expected, atol=1e-3)


def test_passages_not_read_to_their_end_are_reported(store, encoder):
    long = "Short.\n\n" + "bees " * 80
    report = refresh_index(store, [essay("b", long)], encoder)
    assert report.truncated == (f"b:8-{len(long) - 1}",)


def test_progress_is_told_and_ends_with_all(store, encoder):
    told = []
    many = essay("many", "\n\n".join(f"Bees fly {n}." for n in range(150)))
    refresh_index(store, [many, KINGS], encoder, lambda done, total: told.append((done, total)))
    assert told == [(64, 151), (128, 151), (150, 151), (151, 151)]


def test_an_empty_corpus_is_an_empty_index(store, encoder):
    refresh_index(store, [], encoder)
    assert ask(store, encoder, "bees") == []
    refresh_index(store, [BEES], encoder)
    report = refresh_index(store, [], encoder)
    assert report.removed == ("bees",)
    assert ask(store, encoder, "bees") == []


def test_another_encoder_makes_everything_anew(store, encoder):
    refresh_index(store, [BEES, KINGS], encoder)
    encoder.identity = "other"
    assert find_changes(store, [BEES, KINGS], "other").is_stale
    report = refresh_index(store, [BEES, KINGS], encoder)
    assert report.changed == ("bees", "kings")
    half = len(encoder.encoded) // 2
    assert encoder.encoded[half:] == encoder.encoded[:half]
    check_whole(store, encoder)
    assert not find_changes(store, [BEES, KINGS], "other").is_stale


def test_the_same_text_in_two_essays_is_found_twice(store, encoder):
    refresh_index(store, [KINGS, replace(KINGS, id="twin")], encoder)
    assert ask(store, encoder, "king tax", 9)[0][1] == ask(store, encoder, "king tax", 9)[1][1]
    assert len(ask(store, encoder, "king tax", 9)) == 2


@pytest.mark.parametrize(
    "essays",
    [[BEES], [BEES, essay("kings", "Other.")], [KINGS, BEES], [BEES, KINGS, BREAD], []],
    ids=["removed", "changed", "other order", "added", "all removed"],
)
def test_an_index_is_stale_when_it_differs_from_the_corpus(store, encoder, essays):
    assert find_changes(store, [BEES, KINGS], encoder.identity).is_stale
    refresh_index(store, [BEES, KINGS], encoder)
    assert not find_changes(store, [BEES, KINGS], encoder.identity).is_stale
    assert find_changes(store, essays, encoder.identity).is_stale


def test_a_store_that_no_refresh_has_finished_is_stale(store, encoder):
    with store.write(encoder.dim) as writer:
        writer.set_encoder(encoder.identity, encoder.dim)
    assert find_changes(store, [], encoder.identity).is_stale, (
        "it is generation 0, which nothing can be opened of"
    )
    refresh_index(store, [], encoder)
    assert not find_changes(store, [], encoder.identity).is_stale


# Damage, and being killed


@in_a_folder
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "another"])
def test_a_damaged_faiss_file_is_made_again(store, encoder, damage):
    refresh_index(store, [BEES, KINGS], encoder)
    file = next(store.folder.glob("*.faiss"))
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 0xFF
        other = faiss.serialize_index(faiss.IndexFlatIP(3)).tobytes()
        file.write_bytes(
            {"empty": b"", "cut": whole[:100], "flipped": flipped, "another": other}[damage]
        )
    check_whole(store, encoder)
    assert file.read_bytes() == whole


@in_a_folder
def test_old_generations_and_parts_are_cleared_away(store, encoder):
    refresh_index(store, [BEES], encoder)
    (store.folder / "passages-000009.77.part").write_bytes(b"left by a kill")
    for number in range(4):
        refresh_index(store, [BEES, essay("kings", f"King {number}.")], encoder)
    names = sorted(path.name for path in store.folder.glob("passages-*"))
    assert names == ["passages-000004.faiss", "passages-000005.faiss"]


@in_a_folder
def test_deleting_the_folder_costs_a_rebuild_only(store, encoder):
    refresh_index(store, [BEES], encoder)
    for file in store.folder.iterdir():
        file.unlink()
    store.folder.rmdir()
    assert find_changes(store, [BEES], encoder.identity).is_stale
    assert refresh_index(store, [BEES], encoder).added == ("bees",)
    check_whole(store, encoder)


@in_a_folder
def test_a_faiss_file_that_cannot_be_written_leaves_the_last_generation(
    store, encoder, monkeypatch
):
    refresh_index(store, [BEES], encoder)

    def refuse(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError, match=r"No space left on device.*the index is unchanged"):
        refresh_index(store, [BEES, KINGS], encoder)
    monkeypatch.undo()
    assert check_whole(store, encoder) == 1
    assert not list(store.folder.glob("*.part"))
    assert not find_changes(store, [BEES], encoder.identity).is_stale


def test_an_encoder_that_fails_leaves_the_last_generation(store, encoder, monkeypatch):
    refresh_index(store, [BEES], encoder)
    monkeypatch.setattr(encoder, "encode_passages", lambda texts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refresh_index(store, [KINGS], encoder)
    monkeypatch.undo()
    assert check_whole(store, encoder) == 1


MANY = essay("many", "\n\n".join(f"Bees fly {n}." for n in range(150)))


def interrupt(store, encoder, monkeypatch, essays, error=KeyboardInterrupt):
    """Refreshes, but the encoder is interrupted in its third batch; gives what it had encoded."""
    encode, calls = encoder.encode_passages, []

    def encode_some(texts):
        calls.append(texts)
        if len(calls) == 5:  # each batch is passages and then sentences
            raise error
        return encode(texts)

    monkeypatch.setattr(encoder, "encode_passages", encode_some)
    with pytest.raises(error):
        refresh_index(store, essays, encoder)
    monkeypatch.setattr(encoder, "encode_passages", encode)
    encoded = list(encoder.encoded)
    encoder.encoded.clear()
    return encoded


def encodings_of(store):
    with store.read() as snapshot:
        found = snapshot.encodings(list(snapshot.passages())).values()
    return [
        [array.tolist() for array in (whole.vector, whole.tokens, whole.offsets, sentences)]
        for whole, sentences in found
    ]


def test_an_interrupted_refresh_goes_on_where_it_was(store, make_store, encoder, monkeypatch):
    refresh_index(store, [BEES], encoder)
    encoder.encoded.clear()
    encoded = interrupt(store, encoder, monkeypatch, [BEES, MANY])
    assert len(encoded) == 2 * 128
    assert check_whole(store, encoder) == 1
    told = []
    refresh_index(store, [BEES, MANY], encoder, lambda done, total: told.append((done, total)))
    assert not set(encoded) & set(encoder.encoded)
    assert told == [(22, 22)]
    assert not (store.folder / "unfinished").exists()
    at_once = make_store("embedded", "other")
    refresh_index(at_once, [BEES, MANY], encoder)
    assert encodings_of(store) == encodings_of(at_once)


def test_what_another_encoder_made_or_cannot_be_read_is_encoded_again(store, encoder, monkeypatch):
    interrupt(store, encoder, monkeypatch, [MANY])
    monkeypatch.setattr(encoder, "identity", "another")
    encoded = interrupt(store, encoder, monkeypatch, [MANY])
    assert len(encoded) == 2 * 128
    files = sorted((store.folder / "unfinished").glob("*.npz"))
    assert len(files) == 4
    for file in files:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    files[0].write_bytes(b"")
    refresh_index(store, [MANY], encoder)
    assert len(encoder.encoded) == 2 * 150 + 1, "with the title"
    assert check_whole(store, encoder) == 1


def test_where_nothing_can_be_kept_a_refresh_goes_on(store, encoder, monkeypatch):
    def save(target, **_):
        target.write(b"x")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", save)
    refresh_index(store, [MANY], encoder)
    assert check_whole(store, encoder) == 1
    assert not (store.folder / "unfinished").exists()


def test_an_interrupted_change_that_is_taken_back_leaves_nothing(store, encoder, monkeypatch):
    refresh_index(store, [BEES], encoder)
    interrupt(store, encoder, monkeypatch, [BEES, MANY])
    assert not refresh_index(store, [BEES], encoder).is_change
    assert not (store.folder / "unfinished").exists()


def test_essays_are_encoded_together_and_a_passage_of_two_essays_once(store, encoder, monkeypatch):
    encode, calls = encoder.encode_passages, []
    monkeypatch.setattr(
        encoder, "encode_passages", lambda texts: calls.append(len(texts)) or encode(texts)
    )
    essays = [essay(f"e{n}", f"Bees fly {n % 90}.") for n in range(100)]
    refresh_index(store, essays, encoder)
    assert calls == [64, 64, 26, 26, 100], "the titles last"
    assert check_whole(store, encoder) == 1


def test_an_encoding_that_is_no_slice_is_refused(store, encoder, monkeypatch):
    from pactqa.index import splits as index_module

    def split_wrongly(essay, *window):
        return [replace(passage, text="other") for passage in split_essay(essay, *window)]

    split_essay = index_module.split_essay
    monkeypatch.setattr(index_module, "split_essay", split_wrongly)
    with pytest.raises(AssertionError, match=r"bees:0-18 is not a slice"):
        refresh_index(store, [BEES], encoder)


def test_a_reader_open_during_a_refresh_sees_one_generation(store, encoder):
    refresh_index(store, [BEES], encoder)
    with store.read() as snapshot:
        refresh_index(store, [KINGS], encoder)
        index = store.open_vectors(snapshot)
        assert index.identity.endswith("-1")
        (number, _), *_ = index.search(encoder.encode_query("bees").vector, 1)
        assert snapshot.passages([number])[number].text == "Bees need flowers."
    assert ask(store, encoder, "bees", 1)[0][0] == KINGS.text


def prepare_processes():
    """Gives what starts processes quickly: copies of one that has loaded the libraries."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pactqa.assistant", "pytest"])
    return context


def made_corpus(turn):
    """Makes eight short essays; each turn changes a half of them."""
    return [
        essay(f"e{number}", f"Bees {turn if number % 2 else 0}.\n\nKing {number} of the hive.")
        for number in range(8)
    ]


def refresh_until(folder, turn, conftest, steps, last):
    """Refreshes in a process of its own and kills it at the step `last`, counted in `steps`.

    A step is a statement of SQL about to run, a file of the index about to be opened, renamed or
    removed, or one written and about to be synchronised.
    """

    def step(*_):
        steps.value += 1
        if steps.value == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event, arguments):
        if event in {"open", "os.rename", "os.remove"} and str(folder) in str(arguments[0]):
            step()

    def connect_traced(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(step)
        return connection

    connect, synchronise = sqlite3.connect, os.fsync
    sqlite3.connect = connect_traced
    os.fsync = lambda descriptor: (step(), synchronise(descriptor))
    sys.addaudithook(hear)
    encoder = runpy.run_path(conftest)["FakeEncoder"]()
    refresh_index(EmbeddedIndex(folder), made_corpus(turn), encoder)


@in_a_folder
def test_killed_at_any_moment_the_last_generation_opens_and_answers(store, encoder, tmp_path):
    context = prepare_processes()

    def refresh_copy(last):
        copy = EmbeddedIndex(tmp_path / f"killed-{last}")
        shutil.copytree(store.folder, copy.folder)
        steps = context.Value("i", 0, lock=False)
        arguments = (copy.folder, 2, CONFTEST, steps, last)
        process = context.Process(target=refresh_until, args=arguments)
        process.start()
        process.join(60)
        return copy, process.exitcode, steps.value

    refresh_index(store, made_corpus(0), encoder)
    refresh_index(store, made_corpus(1), encoder)
    whole, exit_code, steps = refresh_copy(last=0)
    assert exit_code == 0
    assert check_whole(whole, encoder) == 3
    # Towards the end: the FAISS file is written and renamed, the generation is set and committed,
    # and old files are cleared away.
    found = []
    for moment in [steps // 2, *range(steps - 12, steps + 1, 2)]:
        copy, exit_code, reached = refresh_copy(moment)
        assert (exit_code, reached) == (-signal.SIGKILL, moment)
        found.append(check_whole(copy, encoder))
        refresh_index(copy, made_corpus(3), encoder)
        assert check_whole(copy, encoder) == found[-1] + 1
        assert not list(copy.folder.glob("*.part"))
    assert found == sorted(found)
    assert set(found) == {2, 3}, "some were killed before the commit and some after it"


def ask_without_rights(folder, conftest, answers):
    encoder = runpy.run_path(conftest)["FakeEncoder"]()
    if os.geteuid() == 0:  # root may write anywhere
        os.setuid(65534)
    answers.put(ask(EmbeddedIndex(folder), encoder, "bees", 1))


@pytest.fixture
def open_folder():
    """Makes a folder that any user may enter; those above pytest's own are root's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("faiss_file", ["whole", "missing"])
def test_a_read_only_folder_answers(open_folder, encoder, faiss_file):
    store = EmbeddedIndex(open_folder / "index")
    refresh_index(store, [BEES], encoder)
    if faiss_file == "missing":
        next(store.folder.glob("*.faiss")).unlink()
    store.folder.chmod(0o555)
    context = prepare_processes()
    answers = context.Queue()
    process = context.Process(target=ask_without_rights, args=(store.folder, CONFTEST, answers))
    process.start()
    process.join(60)
    store.folder.chmod(0o755)
    assert process.exitcode == 0
    assert answers.get(timeout=10)[0][0] == "Bees need flowers."
    assert bool(list(store.folder.glob("*.faiss"))) == (faiss_file == "whole")


@in_a_folder
def test_an_essay_that_takes_too_long_to_split_stays_as_it_was(store, encoder, monkeypatch):
    refresh_index(store, [BEES, KINGS], encoder)
    seconds = itertools.count()
    clock = SimpleNamespace(thread_time=lambda: float(next(seconds)))
    monkeypatch.setattr(time_limit, "time", clock)
    monkeypatch.setenv("PACTQA_ESSAY_SECONDS", "20")
    long = "Bees dance.\n\n" * 30
    changed = [essay("bees", long), essay("bread", long), essay("hives", "Hives."), KINGS]
    report = refresh_index(store, changed, encoder)
    assert (report.added, report.changed, report.removed) == (("hives",), (), ())
    assert report.kept == ("bees",)
    assert [error.place for error in report.errors] == ["bees.md", "bread.md"]
    assert "takes more than the 20 seconds" in str(report.errors[0])
    with store.read() as snapshot:
        assert [one.id for one in snapshot.essays()] == ["bees", "hives", "kings"]
    assert ask(store, encoder, "flowers", 1)[0][0] == "Bees need flowers."
    monkeypatch.undo()
    assert refresh_index(store, changed, encoder).changed == ("bees",)
