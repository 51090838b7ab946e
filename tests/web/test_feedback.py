"""Feedback: one whole line for each click, from many threads, and nothing about the visitor."""

import json
import threading

import pytest

from pactqa.answer import Answer
from pactqa.errors import SettingError
from pactqa.web.feedback import FeedbackFile

ANSWER = Answer("Why\u2028?\n", "Why?", "answered", 0.61239, (), only=("bees",))


def test_it_is_off_unless_a_file_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("PACTQA_FEEDBACK", raising=False)
    assert FeedbackFile.from_setting() is None
    monkeypatch.setenv("PACTQA_FEEDBACK", "  ")
    assert FeedbackFile.from_setting() is None
    monkeypatch.setenv("PACTQA_FEEDBACK", str(tmp_path / "f.jsonl"))
    assert FeedbackFile.from_setting() is not None


def test_a_line_holds_the_answer_and_the_verdict_and_nothing_else(tmp_path):
    feedback = FeedbackFile(tmp_path / "f.jsonl")
    feedback.write(ANSWER, "not relevant")
    (line,) = (tmp_path / "f.jsonl").read_text().splitlines()
    row = json.loads(line)
    day = row.pop("day")
    assert len(day) == 10  # the day, not the moment
    assert row == {
        "verdict": "not relevant",
        "question": "Why\u2028?\n",
        "searched_as": "Why?",
        "only": ["bees"],
        "status": "answered",
        "confidence": 0.6124,
        "passages": [],
    }


def test_the_first_verdict_of_a_visit_on_an_answer_counts(tmp_path, monkeypatch):
    monkeypatch.setattr("pactqa.web.feedback._TOLD_MOST", 3)
    feedback = FeedbackFile(tmp_path / "f.jsonl")
    clicks = [("one", "?q=a"), ("one", "?q=a"), ("two", "?q=a"), ("one", "?q=\ud83d")]
    assert [feedback.is_first(*click) for click in clicks] == [True, False, True, True]
    assert feedback.is_first("three", "?q=a")  # the oldest is forgotten
    assert [feedback.is_first(*click) for click in clicks[:2]] == [True, False]


def test_a_full_file_makes_room_and_the_one_before_it_stays(tmp_path, monkeypatch):
    feedback = FeedbackFile(tmp_path / "f.jsonl")
    feedback.write(ANSWER, "helpful")
    size = feedback.path.stat().st_size
    monkeypatch.setattr("pactqa.web.feedback._FULL", 3 * size)
    for _ in range(7):
        feedback.write(ANSWER, "helpful")
    assert feedback.path.stat().st_size == 2 * size
    assert (tmp_path / "f.jsonl.old").stat().st_size == 3 * size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.jsonl", "f.jsonl.old"]


def test_many_threads_write_whole_lines(tmp_path):
    files = [FeedbackFile(tmp_path / "f.jsonl") for _ in range(4)]

    def write(file):
        for _ in range(50):
            file.write(ANSWER, "helpful")

    threads = [threading.Thread(target=write, args=(files[n % 4],)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = [json.loads(line) for line in (tmp_path / "f.jsonl").read_text().splitlines()]
    assert len(rows) == 400
    assert {row["verdict"] for row in rows} == {"helpful"}


def test_a_file_that_cannot_be_written_is_named_with_the_remedy(tmp_path):
    with pytest.raises(SettingError, match="PACTQA_FEEDBACK"):
        FeedbackFile(tmp_path / "no" / "such" / "folder.jsonl")
