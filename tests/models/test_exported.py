"""Exports are kept whole or not at all, and used only if they are what was made."""

import json
import os
import shutil

import pytest

from pactqa.models import exported, exporting
from pactqa.models.exported import keep_exported, open_exported
from pactqa.models.exporting import choose_engine, open_or_export

FACTS = {"dim": 3, "prompts": {"query": "query: "}}


def write(place, network=b"network"):
    (place / "network.onnx").write_bytes(network)
    (place / "tokenizer.json").write_text('{"tokens": "é"}', "utf-8")
    return FACTS


def test_what_is_kept_is_opened(tmp_path):
    folder = tmp_path / "new" / "index"
    keep_exported(folder, "encoder", "a" * 64, write)
    found = open_exported(folder, "encoder", "a" * 64)
    assert (found.network.read_bytes(), found.tokenizer, found.facts) == (
        b"network",
        '{"tokens": "é"}',
        FACTS,
    )
    assert open_exported(folder, "encoder", "b" * 64) is None
    assert open_exported(folder, "reader", "a" * 64) is None


def test_a_key_that_only_begins_alike_is_another(tmp_path):
    keep_exported(tmp_path, "encoder", "a" * 64, write)
    assert open_exported(tmp_path, "encoder", "a" * 63 + "b") is None


@pytest.mark.parametrize("name", ["card.json", "network.onnx", "tokenizer.json"])
def test_every_damaged_byte_is_noticed(tmp_path, name):
    keep_exported(tmp_path, "encoder", "key", write)
    file = tmp_path / "encoder-key.export" / name
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        found = open_exported(tmp_path, "encoder", "key")
        # A blank of the card may become another one, which changes nothing of what it says.
        assert found is None or (found.network.read_bytes(), found.facts) == (b"network", FACTS)
    file.write_bytes(whole[:-1])
    assert open_exported(tmp_path, "encoder", "key") is None
    file.unlink()
    assert open_exported(tmp_path, "encoder", "key") is None


@pytest.mark.parametrize("card", ["[]", "7", "{}", '{"digest": 1}', "\udcff"])
def test_a_card_of_another_shape_is_no_card(tmp_path, card):
    keep_exported(tmp_path, "encoder", "key", write)
    file = tmp_path / "encoder-key.export" / "card.json"
    file.write_bytes(card.encode("utf-8", "surrogateescape"))
    assert open_exported(tmp_path, "encoder", "key") is None


def test_an_export_of_another_version_is_made_anew(tmp_path, monkeypatch):
    keep_exported(tmp_path, "encoder", "key", write)
    monkeypatch.setattr(exported, "VERSION", exported.VERSION + 1)
    assert open_exported(tmp_path, "encoder", "key") is None
    keep_exported(tmp_path, "encoder", "key", lambda place: write(place, b"newer"))
    assert open_exported(tmp_path, "encoder", "key").network.read_bytes() == b"newer"


def test_an_export_that_fails_leaves_nothing(tmp_path):
    def fail(place):
        write(place)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        keep_exported(tmp_path, "encoder", "key", fail)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_killed_leaves_nothing_that_is_used(tmp_path):
    pid = os.fork()
    if not pid:
        keep_exported(tmp_path, "encoder", "key", lambda place: (write(place), os._exit(9)))
    os.waitpid(pid, 0)
    (left,) = tmp_path.iterdir()
    assert open_exported(tmp_path, "encoder", "key") is None
    keep_exported(tmp_path, "encoder", "other", write)
    assert left.exists(), "it may still be under way"
    os.utime(left, (0, 0))
    keep_exported(tmp_path, "encoder", "key", write)
    assert [place.name for place in tmp_path.iterdir()] == ["encoder-key.export"]


def test_only_the_last_export_of_a_kind_is_kept(tmp_path):
    for kind, key in (("encoder", "one"), ("reader", "one"), ("encoder", "two")):
        keep_exported(tmp_path, kind, key, write)
    names = {place.name for place in tmp_path.iterdir()}
    assert names == {"encoder-two.export", "reader-one.export"}


def test_one_that_another_process_made_meanwhile_is_as_good(tmp_path, monkeypatch):
    remove = shutil.rmtree

    def remove_late(place, **options):
        remove(place, **options)
        if place.suffix == ".export":  # the other one comes after the old one is gone
            place.mkdir()
            monkeypatch.setattr(shutil, "rmtree", remove)
            facts = write(place, b"theirs")
            own = next(tmp_path.glob("*.part"))
            card = json.loads((own / "card.json").read_text())
            assert facts == card["facts"]
            (place / "card.json").write_text("theirs")

    keep_exported(tmp_path, "encoder", "key", write)
    monkeypatch.setattr(shutil, "rmtree", remove_late)
    keep_exported(tmp_path, "encoder", "key", write)
    assert [place.name for place in tmp_path.iterdir()] == ["encoder-key.export"]
    assert (tmp_path / "encoder-key.export" / "card.json").read_text() == "theirs"


# Which engine


def test_an_export_is_made_once(tmp_path, monkeypatch):
    made = []

    def make(place, function, arguments):
        made.append((function, arguments))
        return write(place)

    monkeypatch.setattr(exporting, "_export", make)
    for _ in range(2):
        found = open_or_export(tmp_path, "encoder", "key", "export_encoder", "model")
        assert found.network.read_bytes() == b"network"
    assert made == [("export_encoder", ("model",))]


def test_an_export_runs_in_another_process_whose_last_words_are_told(tmp_path):
    with pytest.raises(OSError, match=r"export failed .*no_such_function"):
        open_or_export(tmp_path, "encoder", "key", "no_such_function")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("engine", "has_folder", "expected"),
    [
        ("auto", True, "loaded"),
        ("auto", False, None),
        ("torch", True, None),
        ("onnx", True, "loaded"),
        ("int8", True, "loaded"),
        ("", True, "loaded"),
    ],
)
def test_the_setting_chooses(tmp_path, monkeypatch, engine, has_folder, expected):
    monkeypatch.setenv("PACTQA_ENGINE", engine)
    exports = tmp_path if has_folder else None
    assert choose_engine(exports, lambda folder: "loaded", OSError, "reader") == expected


@pytest.mark.parametrize("reason", [OSError("no disk"), ImportError("no onnx"), ValueError("bad")])
def test_where_it_is_not_possible_torch_is_taken_and_that_is_said(
    tmp_path, monkeypatch, caplog, reason
):
    def fail(folder):
        raise reason

    monkeypatch.setenv("PACTQA_ENGINE", "auto")
    assert choose_engine(tmp_path, fail, WantedError, "reader") is None
    assert f"The reader cannot be run by onnxruntime: {reason}" in caplog.text
    monkeypatch.setenv("PACTQA_ENGINE", "int8")
    with pytest.raises(WantedError, match="PACTQA_ENGINE to torch or auto"):
        choose_engine(tmp_path, fail, WantedError, "reader")
    with pytest.raises(WantedError, match="no folder of an index"):
        choose_engine(None, fail, WantedError, "reader")


class WantedError(Exception):
    """Stands for an error of pactqa."""


def test_the_card_says_which_files_it_is_of(tmp_path):
    keep_exported(tmp_path, "encoder", "key", write)
    card = json.loads((tmp_path / "encoder-key.export" / "card.json").read_text())
    assert set(card) == {"version", "key", "facts", "network.onnx", "tokenizer.json", "digest"}


def test_a_setting_names_the_folder_that_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("PACTQA_EXPORTS", str(tmp_path / "shared"))
    for exports in (tmp_path, None):
        found = choose_engine(exports, lambda folder: folder, WantedError, "reader")
        assert found == tmp_path / "shared"


@pytest.mark.parametrize("engine", ["auto", "torch"])
def test_without_torch_it_is_said_what_to_do(tmp_path, monkeypatch, engine):
    monkeypatch.setenv("PACTQA_ENGINE", engine)
    there = {"transformers", "sentence_transformers"}
    monkeypatch.setattr("pactqa.models.exporting.find_spec", lambda name: name in there or None)

    def fail(folder):
        raise OSError("no export")

    with pytest.raises(WantedError, match=r"'torch' is not installed.*PACTQA_EXPORTS"):
        choose_engine(tmp_path, fail, WantedError, "reader")
