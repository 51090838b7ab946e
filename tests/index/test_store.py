import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pactqa.errors import DamagedIndexError, StoreError
from pactqa.essays.encoded import EncodedText
from pactqa.essays.files import Essay
from pactqa.essays.front_matter import EditorNote
from pactqa.essays.splitting import split_essay
from pactqa.index import store as store_module
from pactqa.index.matching import choose_words
from pactqa.index.snapshot import Snapshot, match_any
from pactqa.index.store import Store
from pactqa.models.encoder import Encoding

BEES = Essay(
    id="bees",
    title="The Bees",
    text="# The dance\nBees “dance” 😀.\n\nThe queen’s hive purges drones in winter.",
    author="A. Keeper",
    year=2011,
    excerpt=True,
    notes=(EditorNote("drones", "Male bees."),),
    file="bees.md",
    sha256="1",
)
KINGS = Essay(id="kings", title="Kings", text="The king raised a tax.", file="k.md", sha256="2")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "index")


@pytest.fixture
def put(store, encoder):
    """Writes essays as one generation."""

    def put_essays(*essays, generation=1):
        with store.write() as writer:
            writer.set_encoder(encoder.identity, encoder.dim)
            for position, essay in enumerate(essays):
                put_one(writer, encoder, essay, position)
            writer.set_generation(generation, "digest")

    return put_essays


def put_one(writer, encoder, essay, position=0):
    passages = split_essay(essay)
    texts = [EncodedText(essay.title, p.heading, p.text) for p in passages]
    encodings = encoder.encode_passages([text.whole for text in texts])
    sentences = [
        np.array([encoder.encode_query(essay.text[s.start : s.end]).vector for s in p.sentences])
        for p in passages
    ]
    writer.put_essay(essay, position, passages, encodings, texts, sentences)
    writer.put_title(essay.id, encoder.encode_query(essay.title))


# Questions as FTS5 expressions

HOSTILE = [
    "",
    '"',
    "'; DROP TABLE passage; --",
    'bees" OR "x',
    "bees AND NOT (hive",
    "NEAR(bees hive, 5)",
    "title:bees ^bees bees* -hive + {a b}:c",
    "NOT",
    "😀 👩‍👩‍👧 ½ ² ⅷ ١٢ ﷽",
    "a\0b",
    "\ud800",
    "_ __ a_b",
    "\u202ebees\u202c",
    "bees " * 2000,
    " ".join(str(number) for number in range(2500)),
    "x" * 10_000,
    '"' * 10_000,
]


@pytest.fixture(scope="module")
def full_text():
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE words "
        "USING fts5 (text, tokenize='porter unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO words VALUES ('Bees dance in the hive, and not or near')")
    yield connection
    connection.close()


@given(st.one_of(st.text(max_size=300), st.text("\"*^:(){}+-~'\\ ORANDNTE_\0", max_size=60)))
@example("NEAR(a b)")
@example("AND OR NOT")
def test_no_text_is_a_syntax_error(full_text, text):
    words = choose_words(text)
    if words:
        query = "SELECT rowid FROM words WHERE words MATCH ?"
        full_text.execute(query, (match_any(words),)).fetchall()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_searched_as_words(store, put, text):
    put(BEES)
    with store.read() as snapshot:
        found = snapshot.search_words(choose_words(text), 5)
        assert bool(found) == ("bees" in text.casefold().replace("*", " ").split("_")[0])
        assert len(snapshot.passages()) == 2


def test_operators_are_words_and_each_word_stands_once():
    assert choose_words('Bees OR "bees" NOT hive') == ["bees", "or", "not", "hive"]
    assert choose_words("snake_case") == ["snake", "case"]
    assert choose_words("Why do bees dance?", stop_words=["why", "do"]) == ["bees", "dance"]
    assert choose_words("?!") == []


def test_at_most_64_words_are_taken():
    assert len(choose_words(" ".join(map(str, range(1000))))) == 64


# Reading what was written


def test_essays_and_passages_come_back_as_they_were(store, put):
    put(BEES, KINGS)
    with store.read() as snapshot:
        assert snapshot.essays() == [BEES, KINGS]
        assert list(snapshot.passages().values()) == split_essay(BEES) + split_essay(KINGS)
        assert snapshot.fingerprints() == {"bees": "1", "kings": "2"}
        assert (snapshot.generation, snapshot.faiss_sha256) == (1, "digest")
        assert (snapshot.encoder, snapshot.dim) == ("fake by hand", 96)
        assert len(snapshot.passages()) == 3


def test_tokens_have_the_offsets_of_the_essay_and_the_prefix_none(store, put, encoder):
    put(BEES)
    with store.read() as snapshot:
        numbers = snapshot.numbers_of(["bees"])
        second = snapshot.tokens(numbers)[numbers[1]]
        vector, sentences = snapshot.vectors_of(numbers)[numbers[1]]
    words = [BEES.text[a:b] for a, b in second.offsets.tolist() if a >= 0]
    assert words == ["The", "queen", "s", "hive", "purges", "drones", "in", "winter"]
    assert (second.offsets[:4] == -1).all(), "The Bees, The dance: title and heading"
    assert second.of_heading.tolist() == [False, False, True, True] + [False] * 8
    assert second.vectors[5].argmax() == encoder.dimension("queen")
    text = BEES.text[BEES.text.index("The queen") :]
    assert vector @ encoder.encode_query("The Bees\nThe dance\n" + text).vector == pytest.approx(1)
    assert sentences.shape == (1, 96)
    assert sentences.dtype == np.float32
    assert sentences[0] @ encoder.encode_query(text).vector == pytest.approx(1, abs=1e-3)


def test_token_vectors_are_of_unit_length_again(store, put, encoder, monkeypatch):
    def encode(texts):
        rows = np.random.default_rng(1).normal(size=(5, 96)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        offsets = np.arange(10, dtype=np.int32).reshape(5, 2)
        return [Encoding(rows[0], rows, offsets) for _ in texts]

    monkeypatch.setattr(encoder, "encode_passages", encode)
    put(KINGS)
    with store.read() as snapshot:
        (tokens,) = snapshot.tokens(snapshot.numbers_of(["kings"])).values()
    (wanted,) = encode(["once"])
    assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-6)
    assert (np.sum(tokens.vectors * wanted.tokens, axis=1) > 0.9995).all()


def test_a_passage_is_found_by_a_word_whatever_its_ending(store, put):
    put(BEES, KINGS)
    with store.read() as snapshot:
        assert len(snapshot.passages_with("purge")) == 1
        assert len(snapshot.passages_with("Taxes")) == 1
        assert len(snapshot.passages_with("football")) == 0
        assert len(snapshot.passages_with("?")) == 0


def test_several_words_must_stand_together(store, put):
    put(BEES, KINGS)
    with store.read() as snapshot:
        assert len(snapshot.passages_with("queen’s hive")) == 1
        assert len(snapshot.passages_with("hive queen’s")) == 0
        assert len(snapshot.passages_with("ottoman hive")) == 0


def test_words_find_the_best_passage_with_a_positive_score(store, put):
    put(BEES, KINGS)
    with store.read() as snapshot:
        (number, score), *rest = snapshot.search_words(choose_words("king tax"), 5)
        assert snapshot.passages([number])[number].text == KINGS.text
        assert score > 0
        assert rest == []
        assert snapshot.search_words(choose_words("king"), 5, ["bees"]) == []
        assert snapshot.search_words(choose_words("king"), 5, []) == []
        assert len(snapshot.search_words(choose_words("the"), 5, ["kings", "bees"])) == 3
        assert len(snapshot.search_words(choose_words("the"), 2)) == 2


def test_the_same_sentence_in_two_essays_is_kept_twice(store, put):
    twin = replace(KINGS, id="twin", sha256="3")
    put(KINGS, twin)
    with store.read() as snapshot:
        ids = [passage.essay_id for passage in snapshot.passages().values()]
        assert ids == ["kings", "twin"]
        assert len(snapshot.search_words(choose_words("king"), 5)) == 2
        assert snapshot.vectors()[1].shape == (2, 96)


def test_an_empty_store_has_vectors_of_the_right_shape(store, put):
    put()
    with store.read() as snapshot:
        numbers, vectors = snapshot.vectors()
    assert numbers.shape == (0,)
    assert vectors.shape == (0, 96)


def test_an_essay_is_replaced_and_removed_with_all_that_belongs_to_it(store, put, encoder):
    put(BEES, KINGS)
    with store.write() as writer:
        old = set(writer.numbers_of(["bees"]))
        put_one(writer, encoder, replace(BEES, text="Bees rest.", sha256="9"))
        assert not old & set(writer.numbers_of(["bees"])), "a number is never used twice"
        writer.remove_essay("kings")
        writer.remove_essay("unknown")
    with store.read() as snapshot:
        assert snapshot.fingerprints() == {"bees": "9"}
        assert [passage.text for passage in snapshot.passages().values()] == ["Bees rest."]
        assert len(snapshot.passages_with("king")) == 0
        assert len(snapshot.passages_with("queen")) == 0


def test_the_order_of_the_corpus_can_change(store, put):
    put(BEES, KINGS)
    with store.write() as writer:
        writer.move_essay("bees", 5)
    with store.read() as snapshot:
        assert [essay.id for essay in snapshot.essays()] == ["kings", "bees"]
        assert next(iter(snapshot.passages().values())).essay_id == "kings"


def test_lengths_that_differ_are_refused_with_the_numbers(store, encoder):
    passages = split_essay(BEES)
    said, text = r"2 passages, 0 encodings, 1 texts, 3 ", EncodedText("", "", "")
    with store.write() as writer, pytest.raises(ValueError, match=said):
        writer.put_essay(BEES, 0, passages, [], [text], [np.zeros((1, 96))] * 3)


def test_titles_are_kept_with_their_essays(store, put, encoder):
    put(BEES, KINGS)
    with store.read() as snapshot:
        titles = snapshot.titles()
    assert titles.keys() == {BEES.id, KINGS.id}
    for essay in (BEES, KINGS):
        expected = encoder.encode_query(essay.title)
        np.testing.assert_array_equal(titles[essay.id].vector, expected.vector)
        np.testing.assert_array_equal(titles[essay.id].offsets, expected.offsets)
        np.testing.assert_allclose(titles[essay.id].tokens, expected.tokens, atol=0.01)
    with store.write() as writer:
        writer.remove_essay(BEES.id)
    with store.read() as snapshot:
        assert snapshot.titles().keys() == {KINGS.id}


def test_a_title_that_is_missing_or_altered_is_damage(store, put):
    put(BEES, KINGS)
    with closing(sqlite3.connect(store.file)) as connection, connection:
        connection.execute("UPDATE title SET vector = zeroblob(384) WHERE essay_id = ?", (BEES.id,))
    with pytest.raises(DamagedIndexError, match="a row does not hold"), store.read() as snapshot:
        snapshot.titles()
    put(BEES, KINGS)  # which makes the store anew
    with closing(sqlite3.connect(store.file)) as connection, connection:
        connection.execute("DELETE FROM title WHERE essay_id = ?", (BEES.id,))
    with pytest.raises(DamagedIndexError, match="a title is missing"), store.read() as snapshot:
        snapshot.check_everything()


def test_every_row_of_a_store_of_any_size_is_checked(store, put):
    """SQLite takes so many values in a statement: a large store was taken for a damaged one."""
    put(BEES, KINGS)
    with closing(sqlite3.connect(store.file)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 1)
        connection.execute("BEGIN")
        Snapshot(connection).check_everything()
        connection.rollback()
        for column in ("text", "tokens", "sentence_vectors"):
            connection.execute("BEGIN")
            connection.execute(f"UPDATE passage SET {column} = x'00' WHERE number = 2")
            with pytest.raises(sqlite3.DatabaseError, match="a row does not hold"):
                Snapshot(connection).check_everything()
            connection.rollback()


# Transactions and damage


def test_an_error_undoes_the_whole_transaction(store, put, encoder):
    put(BEES)
    with pytest.raises(RuntimeError, match="halfway"), store.write() as writer:
        writer.remove_essay("bees")
        put_one(writer, encoder, KINGS)
        writer.set_generation(2, "other")
        raise RuntimeError("halfway")
    with store.read() as snapshot:
        assert snapshot.essays() == [BEES]
        assert (snapshot.generation, snapshot.faiss_sha256) == (1, "digest")
        assert len(snapshot.passages_with("king")) == 0


def test_a_reader_sees_one_generation_from_beginning_to_end(store, put):
    put(BEES)
    with store.read() as snapshot:
        put(BEES, KINGS, generation=2)
        assert snapshot.fingerprints() == {"bees": "1"}
        assert snapshot.search_words(choose_words("king"), 5) == []
        with store.read() as later:
            assert later.generation == 2
            assert len(later.essays()) == 2


def test_what_is_only_in_the_log_is_read_from_a_folder_that_is_read_only(store, put, monkeypatch):
    put(BEES)
    with store.read():  # as long as somebody reads, the log is not written into the file
        put(BEES, KINGS, generation=2)
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        with store.read() as later:
            assert later.generation == 2
            assert len(later.essays()) == 2


def test_without_a_log_nothing_is_written_beside_the_file_of_a_read_only_folder(
    store, put, monkeypatch
):
    put(BEES)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with store.read() as snapshot:
        assert snapshot.essays() == [BEES]
        assert [path.name for path in store.folder.iterdir()] == [store.file.name]


def test_a_store_that_is_not_there_is_named_with_the_remedy(store):
    with pytest.raises(StoreError, match=r"no index yet. Run: pactqa index"), store.read():
        pass
    assert not store.folder.exists(), "reading makes nothing"


def test_another_format_is_refused_by_readers_and_made_anew_by_writers(store, put, monkeypatch):
    put(BEES)
    monkeypatch.setattr(store_module, "FORMAT", store_module.FORMAT + 1)
    with pytest.raises(StoreError, match=r"by this version. Run: pactqa index"), store.read():
        pass
    put(KINGS)
    with store.read() as snapshot:
        assert snapshot.essays() == [KINGS]


def test_a_database_of_another_program_is_not_read(store):
    store.folder.mkdir()
    connection = sqlite3.connect(store.file)
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(StoreError, match="not made by this version"), store.read():
        pass


@pytest.mark.parametrize("damage", ["garbage", "cut", "zeros", "empty"])
def test_a_damaged_file_is_an_error_for_readers_and_made_anew_by_writers(store, put, damage):
    put(BEES, KINGS)
    content = store.file.read_bytes()
    half = len(content) // 2
    store.file.write_bytes(
        {
            "garbage": b"this is no database at all" * 100,
            "cut": content[:half],
            "zeros": content[:4096] + bytes(len(content) - 4096),
            "empty": b"",
        }[damage]
    )
    with pytest.raises(StoreError, match="pactqa index"), store.read() as snapshot:
        snapshot.passages()
        snapshot.search_words(choose_words("bees king"), 5)
    put(KINGS)
    with store.read() as snapshot:
        assert snapshot.essays() == [KINGS]
        assert len(snapshot.passages()) == 1


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path):
    (tmp_path / "file").write_text("no folder")
    store = Store(tmp_path / "file" / "index")
    with pytest.raises(StoreError, match="cannot be opened or written"), store.write():
        pass


@pytest.mark.parametrize("locking", ["NORMAL", "EXCLUSIVE"])
def test_a_locked_store_is_an_error_and_not_discarded(store, put, monkeypatch, locking):
    put(BEES)
    monkeypatch.setattr(store_module, "_BUSY_SECONDS", 0.05)
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute(f"PRAGMA locking_mode = {locking}")  # exclusive: others cannot even read
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="no other 'pactqa index' is running"), store.write():
        pass
    other.rollback()
    other.close()
    with store.read() as snapshot:
        assert snapshot.essays() == [BEES]


def test_a_text_that_is_no_utf8_is_damage(store, put):
    put(BEES)
    with closing(sqlite3.connect(store.file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET name = CAST(x'c1c1' AS TEXT) WHERE name = 'setting'"
        )
        connection.commit()
    with pytest.raises(DamagedIndexError, match="built anew"), store.read():
        pass
