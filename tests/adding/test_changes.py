"""Essays that are added, edited, removed and restored: whole files, and nothing lost."""

import os
from pathlib import Path

import pytest

from pactqa.adding import changes as module
from pactqa.adding.changes import REMOVED, add, edit, list_removed, remove, restore
from pactqa.adding.proposals import propose
from pactqa.errors import CorpusError, EssayError, EssayExistsError
from pactqa.essays.files import read_essay, read_folder
from pactqa.essays.front_matter import EditorNote

BEES = (
    "---\ntitle: Bees  # short\n# own remark\nauthor: Lee, Ann\n---\n\nBees  fly.\r\n\n “Honey”.\n"
)


@pytest.fixture
def one(assistant):
    """An assistant over a single essay."""
    return assistant({"bees.md": BEES})


def files_of(assistant):
    found = (path for path in assistant.corpus.rglob("*") if path.is_file())
    return sorted(path.relative_to(assistant.corpus).as_posix() for path in found)


# Adding


def test_what_is_added_is_read_as_it_was_proposed(one):
    proposal = propose("Kings.md", b"# On kings\n\nThe king raised a tax.\n", one)
    file = add(proposal, one)
    assert file == one.corpus / "on-kings.md" or file == one.corpus / "kings.md"
    assert read_essay(file, one.corpus) == proposal.essay
    assert one.refresh().added == (proposal.essay.id,)
    assert one.ask("Which king raised a tax?").hits[0].essay == proposal.essay


@pytest.mark.parametrize("there", ["bees.md", "Bees.txt"])
def test_an_essay_of_the_same_name_is_replaced_only_when_that_is_said(assistant, there):
    one = assistant({there: "Bees fly."})
    proposal = propose("bees.md", b"Bees sting.", one)
    with pytest.raises(EssayExistsError, match=f"{there} has that name .* already. Replace it"):
        add(proposal, one)
    assert (one.corpus / there).read_text() == "Bees fly."
    add(proposal, one, replace=True)
    assert "Bees sting." in (one.corpus / "bees.md").read_text()
    (old,) = list_removed(one)
    assert (one.corpus / REMOVED / old.name).read_text() == "Bees fly."
    assert old.file == there
    assert one.refresh().changed == ("bees",)


def test_a_file_that_comes_at_the_last_moment_is_not_overwritten(one, monkeypatch):
    proposal = propose("kings.md", b"The king.", one)
    monkeypatch.setattr(module, "_find_files", lambda corpus, essay_id: [])
    (one.corpus / proposal.file).write_text("Another king.")
    with pytest.raises(EssayExistsError, match="came just now"):
        add(proposal, one)
    assert (one.corpus / proposal.file).read_text() == "Another king."
    assert files_of(one) == ["bees.md", "kings.md"]


def test_a_disk_without_links_takes_the_file_all_the_same(one, monkeypatch):
    def refuse(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    add(propose("kings.md", b"The king.", one), one)
    assert files_of(one) == ["bees.md", "kings.md"]


def test_a_full_disk_changes_nothing(one, monkeypatch):
    def fail(_):
        raise OSError(28, "No space left on device")

    proposal = propose("bees.md", b"Bees sting.", one)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CorpusError, match=r"No space left on device.*Nothing was changed"):
        add(proposal, one, replace=True)
    with pytest.raises(CorpusError, match="No space left"):
        edit("bees", one, title="Wasps")
    assert files_of(one) == ["bees.md"]
    assert (one.corpus / "bees.md").read_bytes() == BEES.encode()


# Editing


def test_only_the_front_matter_is_changed(one):
    note = EditorNote("Bees  fly.", "Only some do: “drones”.")
    file = edit("bees", one, title="On: bees 🐝", author="", year="2011", notes=[note])
    text = file.read_bytes().decode()
    assert text.endswith("\n---\n\nBees  fly.\r\n\n “Honey”.\n")
    assert "# own remark" in text
    essay = read_essay(file, one.corpus)
    assert (essay.title, essay.author, essay.year) == ("On: bees 🐝", None, 2011)
    assert essay.notes == (note,)
    edit("bees", one, year="")
    assert read_essay(file, one.corpus).year is None
    assert read_essay(file, one.corpus).notes == (note,)


def test_an_edit_that_changes_nothing_leaves_every_byte(one):
    edit("bees", one, title="Bees", author="Lee, Ann")
    assert (one.corpus / "bees.md").read_bytes() == BEES.encode()


@pytest.mark.parametrize(
    "text", ["Bees fly.", "\ufeff# Bees\r\n\r\nThey fly.\r\n", "---\n---\nFly."]
)
def test_a_file_without_front_matter_gets_one(assistant, text):
    one = assistant({"bees.txt": text.encode()})
    edit("bees", one, title="Wasps")
    assert read_essay(one.corpus / "bees.txt", one.corpus).title == "Wasps"
    content = (one.corpus / "bees.txt").read_bytes().decode()
    assert content.endswith(text.removeprefix("\ufeff").removeprefix("---\n---"))
    assert ("\r\n" in content) == ("\r\n" in text)
    assert "\n" not in content.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"year": "about 1900"}, "The year is 'about 1900'"),
        ({"year": "0"}, "The year is '0'"),
        ({"title": "x" * 301}, "The title has 301 characters, more than the 300"),
        ({"author": "x" * 2001}, "'author' of the front matter must be one line"),
        ({"notes": [EditorNote("Bees", " ")]}, "A note needs"),
        ({"notes": [EditorNote("Wasps", "No.")]}, "the note on 'Wasps' concerns words that do not"),
    ],
)
def test_what_could_not_be_read_again_is_refused(one, fields, message):
    with pytest.raises((CorpusError, EssayError), match=message):
        edit("bees", one, **fields)
    assert (one.corpus / "bees.md").read_bytes() == BEES.encode()


def test_an_essay_that_is_not_there_is_refused(one):
    for change in (lambda: edit("wasps", one, title="x"), lambda: remove("../bees.md", one)):
        with pytest.raises(CorpusError, match="There is no such essay"):
            change()


# Removing and restoring


def test_what_is_removed_is_not_indexed_and_comes_back(assistant):
    one = assistant({"sub/bees.md": BEES, "kings.md": "The king."})
    place = remove("sub-bees", one)
    assert place.read_bytes() == BEES.encode()
    assert place.is_relative_to(one.corpus / REMOVED)
    assert one.refresh().removed == ("sub-bees",)
    (found,) = list_removed(one)
    assert found.file == "sub/bees.md"
    assert restore(found.name, one) == one.corpus / "sub/bees.md"
    assert (one.corpus / "sub/bees.md").read_bytes() == BEES.encode()
    assert one.refresh().added == ("sub-bees",)
    assert list_removed(one) == ()
    assert not (one.corpus / REMOVED).exists()


def test_what_is_removed_twice_is_kept_twice(one):
    remove("bees", one)
    (one.corpus / "bees.md").write_text("Others.")
    remove("bees.md", one)
    first, second = list_removed(one)
    assert {(one.corpus / REMOVED / f.name).read_text() for f in (first, second)} == {
        "Others.",
        BEES.replace("\r\n", "\n"),
    }
    assert first.removed >= second.removed


def test_a_file_that_is_no_essay_is_removed_by_its_name(one):
    (one.corpus / "broken.md").write_bytes(b"\xff\xfe\xff")
    assert read_folder(one.corpus)[1]
    remove("broken.md", one)
    assert read_folder(one.corpus)[1] == []


def test_nothing_is_restored_over_an_essay(one):
    remove("bees", one)
    (one.corpus / "Bees.txt").write_text("Others.")
    with pytest.raises(EssayExistsError, match=r"Bees\.txt has that name"):
        restore(list_removed(one)[0].name, one)
    assert (one.corpus / "Bees.txt").read_text() == "Others."
    assert len(list_removed(one)) == 1


@pytest.mark.parametrize("name", ["", "..", "../bees.md", "x", "2026-01-01T00-00-00/../../bees.md"])
def test_only_what_was_removed_is_restored(one, name):
    with pytest.raises(CorpusError, match="is not among the essays that were removed"):
        restore(name, one)
    assert (one.corpus / "bees.md").exists()


def test_other_files_in_the_folder_of_removed_essays_are_left_alone(one):
    (one.corpus / REMOVED).mkdir()
    (one.corpus / REMOVED / "note.txt").write_text("x")
    assert list_removed(one) == ()
    assert Path(one.corpus / REMOVED / "note.txt").exists()
