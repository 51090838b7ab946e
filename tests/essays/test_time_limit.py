import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest

from pactqa.errors import EssayError
from pactqa.essays import time_limit
from pactqa.essays.bounds import check_lengths
from pactqa.essays.files import Essay, read_folder
from pactqa.essays.headings import find_headings
from pactqa.essays.plain_headings import find_plain_headings
from pactqa.essays.splitting import Span, split_essay, split_sentences

LONG = "Bees dance.\n\n" * 30


@pytest.fixture
def slow(monkeypatch):
    """Makes each look at the clock take a second, of which an essay may take twenty."""
    seconds = itertools.count()
    clock = SimpleNamespace(thread_time=lambda: float(next(seconds)))
    monkeypatch.setattr(time_limit, "time", clock)
    monkeypatch.setenv("PACTQA_ESSAY_SECONDS", "20")


@pytest.mark.parametrize(
    "work",
    [
        lambda: check_lengths(Path("a.md"), LONG, 0),
        lambda: list(find_headings(LONG)),
        lambda: list(find_plain_headings(LONG)),
        lambda: split_essay(Essay(id="a", title="", text=LONG)),
        lambda: split_sentences("Bees " * 60_000, Span(0, 300_000)),
        lambda: split_essay(Essay(id="a", title="", text="Bees. " * 40), lambda text: len(text), 5),
    ],
)
def test_what_goes_on_for_too_long_ends(slow, work):
    work()  # nothing bounds it here
    message = r"^a.md: takes more than the 20 seconds.*ESSAY_SECONDS"
    with pytest.raises(EssayError, match=message), time_limit.limit_time("a.md"):
        work()
    work()


def test_an_essay_that_takes_too_long_to_read_is_left_out_and_named(slow, tmp_path):
    (tmp_path / "a.md").write_text("Bees dance.")
    (tmp_path / "b.txt").write_text(LONG)
    (tmp_path / "c.md").write_text("Kings.")
    essays, errors = read_folder(tmp_path)
    assert [essay.id for essay in essays] == ["a", "c"]
    assert [error.place for error in errors] == ["b.txt"]
    assert "takes more than the 20 seconds" in str(errors[0])


def test_time_in_which_others_work_does_not_count(monkeypatch, tmp_path):
    monkeypatch.setattr("time.monotonic", itertools.count(0, 1000).__next__)
    monkeypatch.setattr("time.perf_counter", itertools.count(0, 1000).__next__)
    (tmp_path / "b.txt").write_text(LONG)
    assert read_folder(tmp_path)[1] == []
