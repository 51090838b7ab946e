"""The essay beside the answers is compared with its file, as every quotation is."""

import pytest

from pactqa.web.essays import render_panel
from pactqa.web.links import Link

FILES = {"bees.md": "Bees dance.\n\nThey rest.\n", "kings.md": "Kings tax.\n"}


@pytest.fixture
def panel(assistant):
    opened = assistant(FILES)
    return lambda: str(render_panel(opened, Link(essay="bees")))


def test_an_essay_is_shown_as_its_file_says(panel):
    assert "They rest." in panel()
    assert "pq-notice" not in panel()


@pytest.mark.parametrize("content", ["Bees dance.\n\nThey work.\n", None, b"\xff"])
def test_an_essay_whose_file_changed_is_not_shown(panel, write_corpus, content):
    write_corpus({"bees.md": content})
    assert "They rest." not in panel()
    assert "has changed or is gone since it was read" in panel()
    assert "Kings" in panel()


def test_an_essay_that_cannot_be_opened_now_is_shown_as_it_was_read_last(panel, tmp_path, forbid):
    forbid(tmp_path / "corpus" / "bees.md")
    assert "They rest." in panel()
    assert "cannot be opened now" in panel()
