"""What stands in a corpus, and what of it cannot be reached."""

import pytest

from pactqa.errors import SettingError
from pactqa.essays.files import read_folder
from pactqa.essays.listing import list_files


def test_a_folder_that_cannot_be_listed_is_named_and_the_rest_is_listed(write_corpus, forbid):
    folder = write_corpus({"a.md": "a", "sub/b.md": "b", "sub/deep/c.md": "c", "z.md": "z"})
    forbid(folder / "sub")
    listing = list_files(folder)
    assert [path.name for path in listing.files] == ["a.md", "z.md"]
    (error,) = listing.unreadable
    assert error.place == "sub"
    assert "Permission denied" in str(error)
    assert "kept" in str(error)


def test_a_file_that_cannot_be_looked_at_is_named(write_corpus, forbid):
    folder = write_corpus({"a.md": "a", "sub/b.md": "b"})
    forbid(folder / "sub" / "b.md")
    listing = list_files(folder)
    assert [path.name for path in listing.files] == ["a.md"]
    assert [error.place for error in listing.unreadable] == ["sub/b.md"]


def test_the_corpus_itself_that_cannot_be_listed_is_the_place_of_all(write_corpus, forbid):
    folder = write_corpus({"a.md": "a"})
    forbid(folder, looked=False)
    listing = list_files(folder)
    assert listing.files == []
    assert [error.place for error in listing.unreadable] == [""]


def test_every_error_of_a_folder_names_its_place(write_corpus):
    folder = write_corpus({"sub/a.md": b"\xff", "b.md": "b"})
    _, errors = read_folder(folder)
    assert [error.place for error in errors] == ["sub/a.md"]


def test_files_of_other_kinds_are_listed_apart(write_corpus):
    folder = write_corpus(
        {"a.md": "a", "b.jpg": "b", "c.xls": "c", ".d.doc": "d", "sub/NOTICE": "", "e.PDF": ""}
    )
    names = sorted(path.name for path in list_files(folder).others)
    assert names == ["NOTICE", "b.jpg", "c.xls"]


@pytest.fixture
def linked(write_corpus, tmp_path):
    folder = write_corpus({"a.md": "a", "sub/b.md": "b"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (folder / "file.md").symlink_to(outside / "secret.md")
    (folder / "folder").symlink_to(outside)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "inside.md").symlink_to(folder / "a.md")
    return folder


def test_links_that_lead_out_of_the_corpus_are_not_followed_and_named(linked):
    listing = list_files(linked)
    assert [path.name for path in listing.files] == ["a.md", "inside.md", "b.md"]
    assert sorted(error.place for error in listing.unreadable) == ["file.md", "folder"]
    assert "PACTQA_LINKS=follow" in str(listing.unreadable[0])


def test_links_are_followed_if_so_set_and_no_folder_is_read_twice(linked, monkeypatch):
    monkeypatch.setenv("PACTQA_LINKS", "follow")
    listing = list_files(linked)
    names = [path.relative_to(linked).as_posix() for path in listing.files]
    assert names == ["a.md", "file.md", "folder/secret.md", "inside.md", "sub/b.md"]
    assert listing.unreadable == []


def test_another_value_of_the_setting_is_refused(linked, monkeypatch):
    monkeypatch.setenv("PACTQA_LINKS", "yes")
    with pytest.raises(SettingError, match="PACTQA_LINKS"):
        list_files(linked)


def test_a_link_that_leads_nowhere_is_named(write_corpus):
    folder = write_corpus({"a.md": "a"})
    (folder / "broken.md").symlink_to(folder / "nowhere.md")
    listing = list_files(folder)
    assert [path.name for path in listing.files] == ["a.md"]
    assert [error.place for error in listing.unreadable] == ["broken.md"]
