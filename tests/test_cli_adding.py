"""`pactqa add`, `remove` and `restore`."""

import pytest
from documents import make_docx, make_pdf
from test_cli import run  # noqa: F401 - a fixture

KINGS = "The king raised a tax on bread, and the people were hungry."


@pytest.fixture
def files(tmp_path, write_corpus):
    write_corpus({"bees.md": "# Bees\n\nBees fly."})
    (tmp_path / "Kings.docx").write_bytes(make_docx(KINGS, heading="On taxes"))
    (tmp_path / "scan.pdf").write_bytes(make_pdf())
    return tmp_path


def test_what_would_be_added_is_shown_and_nothing_is_changed(run, files):  # noqa: F811
    status, out, _ = run("add", str(files / "Kings.docx"), "--dry-run", "--year", "2011")
    assert status == 0
    lines = [line.strip() for line in out.splitlines()]
    for line in ("kings.md", "year     2011", "1 passage", "# On taxes", "Nothing was changed."):
        assert line in lines
    assert not (files / "corpus" / "kings.md").exists()


def test_what_is_added_answers_and_what_is_bad_stops_nothing(run, files):  # noqa: F811
    names = [str(files / name) for name in ("scan.pdf", "nowhere.md", "Kings.docx")]
    status, out, err = run("add", *names, "--author", "Lee, Ann")
    assert status == 2
    assert "scan.pdf: there is no text in it: it may be a scan" in err
    assert "nowhere.md: cannot be opened" in err
    assert "written to" in out
    assert "author: Lee, Ann" in (files / "corpus" / "kings.md").read_text()
    assert KINGS in run("ask", "king tax bread hungry")[1]
    status, _, err = run("add", names[-1])
    assert status == 2
    assert "kings.md has that name" in err
    assert run("add", names[-1], "--replace")[0] == 0


def test_a_title_is_that_of_one_file_only(run, files):  # noqa: F811
    status, _, err = run("add", str(files / "scan.pdf"), str(files / "Kings.docx"), "--title", "A")
    assert status == 2
    assert "One title cannot be that of several files" in err


def test_near_duplicates_are_named(run, files):  # noqa: F811
    run("add", str(files / "Kings.docx"))
    (files / "Again.txt").write_text(f"{KINGS} And so on.")
    _, out, _ = run("add", str(files / "Again.txt"), "--dry-run")
    assert "of its words in their order, and 0% of its passages, stand in kings already." in out


def test_what_is_removed_is_not_quoted_and_can_be_restored(run, files):  # noqa: F811
    status, out, err = run("remove", "bees", "wasps")
    assert status == 2
    assert "removed  bees; kept as" in out
    assert "Not removed: There is no such essay: 'wasps'" in err
    assert "Bees fly." not in run("ask", "bees fly")[1]
    (name,) = run("restore")[1].split()
    assert run("restore", name)[0] == 0
    assert "Bees fly." in run("ask", "bees fly")[1]
    assert run("restore")[1] == ""
