"""Refreshes in the background: one at a time, told as they go, and seen by the page."""

import threading
from types import SimpleNamespace

import pytest

from pactqa.errors import StoreError
from pactqa.web.corpus_state import CorpusState
from pactqa.web.editing import render_refresh
from pactqa.web.refreshing import Refresher, RefreshState

BEES = "Bees dance.\n\nThey rest in the winter cold."


@pytest.fixture
def opened(assistant):
    return assistant({"bees.md": BEES})


@pytest.fixture
def refresher(opened):
    made = Refresher(opened, CorpusState(opened))
    yield made
    made.wait(20)


class Gate:
    """Stops the encoder until it is opened."""

    def __init__(self, encoder):
        self.reached, self.open = threading.Event(), threading.Event()
        encode = encoder.encode_passages

        def wait(texts):
            self.reached.set()
            assert self.open.wait(20)
            return encode(texts)

        encoder.encode_passages = wait


def test_the_page_answers_from_before_while_a_refresh_runs(
    opened, refresher, encoder, write_corpus
):
    gate = Gate(encoder)
    write_corpus({"ants.md": "Ants walk far.", "bees.md": BEES})
    assert refresher.start().is_running
    assert gate.reached.wait(20)
    assert [essay.id for essay in opened.essays()] == ["bees"]
    assert opened.ask("Why do bees dance?").hits[0].essay.id == "bees"
    assert refresher.state.is_running
    gate.open.set()
    ended = refresher.wait(20)
    assert (ended.is_running, ended.report.added, ended.message) == (False, ("ants",), "")
    assert [essay.id for essay in opened.essays()] == ["ants", "bees"]


def test_what_changes_during_a_refresh_is_read_by_one_after_it(
    opened, refresher, encoder, write_corpus
):
    gate = Gate(encoder)
    write_corpus({"ants.md": "Ants walk far."})
    refresher.start()
    assert gate.reached.wait(20)
    write_corpus({"crabs.md": "Crabs go sideways."})
    numbers = {refresher.start().number for _ in range(5)}
    gate.open.set()
    assert refresher.wait(20).number == 2
    assert numbers == {1}
    assert [essay.id for essay in opened.essays()] == ["ants", "bees", "crabs"]


def test_a_refresh_that_cannot_be_done_is_told_and_the_next_one_is_done(
    opened, refresher, monkeypatch
):
    def refuse(progress=None):
        raise StoreError(f"{opened.corpus}/x: the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(opened, "refresh", refuse)
        refresher.start()
        ended = refresher.wait(20)
    assert (ended.is_running, ended.report) == (False, None)
    assert "<bdi>x: the disk is full.</bdi>" in render_refresh(opened, ended)
    refresher.start()
    assert refresher.wait(20).report is not None


def test_a_bug_in_a_refresh_is_logged_and_not_shown(opened, refresher, monkeypatch, caplog):
    def fail(progress=None):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(opened, "refresh", fail)
    refresher.start()
    ended = refresher.wait(20)
    assert "see the log" in ended.message
    assert "secret" not in render_refresh(opened, ended)
    assert "ZeroDivisionError" in caplog.text


def test_how_far_it_is_and_how_long_it_will_take(opened, refresher, monkeypatch):
    seconds = iter([0.0, 10.0, 20.0])
    states, nothing_new = [], opened.refresh()

    def refresh(progress):
        for done in (0, 10, 20):
            progress(done, 100)
            states.append(refresher.state)
        return nothing_new

    clock = SimpleNamespace(monotonic=lambda: next(seconds, 99.0))
    monkeypatch.setattr(
        "pactqa.web.refreshing.time", clock
    )  # this module's only, not every thread's
    monkeypatch.setattr(opened, "refresh", refresh)
    refresher.start()
    refresher.wait(20)
    assert [(state.done, state.seconds_left) for state in states] == [(0, None), (10, 90), (20, 80)]
    html = render_refresh(opened, states[1])
    assert "Reading passages: 10 of 100, about 2 minutes left" in html
    assert '<progress max="100" value="10">' in html


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RefreshState(), ""),
        (RefreshState(1, True), "Reading the files…"),
        (RefreshState(1, True, 5, 9, 30.0), "5 of 9, less than a minute left"),
    ],
)
def test_what_is_said_of_a_refresh(opened, state, words):
    html = render_refresh(opened, state)
    assert words in html
    assert bool(html) == bool(words)


def test_nothing_new_is_said_to_be_nothing(opened, refresher):
    refresher.start()
    assert "Nothing had changed." in render_refresh(opened, refresher.wait(20))


def test_a_refresh_under_way_ends_with_the_program(opened, refresher, monkeypatch, write_corpus):
    monkeypatch.setattr(threading, "main_thread", lambda: threading.Thread())
    write_corpus({"ants.md": "Ants walk far."})
    refresher.start()
    refresher.wait(20)
    assert [essay.id for essay in opened.essays()] == ["bees"]
    monkeypatch.undo()
    assert opened.refresh().added == ("ants",)
