"""Asks for long, as many visitors and programs: the memory of the app stays as it is.

Of every five questions two are asked by the page, one by a program that fetches the answer, one by
one that does not, and one in a session of Gradio's; every second question is another visitor's, who
opens the page and says that the answer was helpful. `PACTQA_PROBE=long` asks 5,000 questions.
"""

import json
import sys
import time

import pytest
from running import IS_LONG, QUESTIONS, run_app

pytestmark = [
    pytest.mark.probe,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

ROUNDS = 1000 if IS_LONG else 130  # of five questions each
FIGURES = 10
GROWTH_MOST = 20.0 if IS_LONG else 4.0  # megabytes; without bounds it was 72 and 9


def test_memory_stays_as_it_is_over_many_questions_and_visits(tmp_path, capsys):
    feedback = tmp_path / "feedback.jsonl"
    settings = {"PACTQA_VISITOR_QUESTIONS": "100000", "PACTQA_FEEDBACK": str(feedback)}
    with run_app(tmp_path, **settings) as app:
        events = json.loads(app.get("config")[1])["dependencies"]
        (greet,) = (one["id"] for one in events if ["load"] in [t[1:] for t in one["targets"]])
        (thumb,) = (one["id"] for one in events if [t[1] for t in one["targets"]] == ["pq_thumb"])
        (ask,) = (one["id"] for one in events if one["api_name"] == "ask")
        figures, began = [(0, app.memory())], time.monotonic()
        for number in range(1, ROUNDS + 1):
            visit, question = f"visit{number}", QUESTIONS[number % len(QUESTIONS)]
            link = f"?q={question}"
            body = {"session_hash": visit, "data": [], "fn_index": greet}
            assert app.post("gradio_api/run/predict", body)[0] == 200
            for first in (1, 2):
                status, html = app.post("turns", [("first", first), ("turn", link)])
                assert status == 200 and b"pq-turn" in html
            told = {"link": link, "verdict": "helpful"}
            body = {"session_hash": visit, "data": [], "fn_index": thumb, "event_data": told}
            assert [app.post("gradio_api/run/predict", body)[0] for _ in range(2)] == [200, 200]
            call = {"question": question, "k": 20}
            for fetched in (True, False):
                event = json.loads(app.post("gradio_api/call/v2/ask", call)[1])["event_id"]
                if fetched:
                    assert b"event: complete" in app.get(f"gradio_api/call/ask/{event}")[1]
            arguments = {"data": [question, 20, None, None], "fn_index": ask}
            app.post("gradio_api/queue/join", arguments | {"session_hash": f"program{number}"})
            reply = app.get(f"gradio_api/queue/data?session_hash=program{number}")[1]
            assert b"process_completed" in reply
            if number * FIGURES // ROUNDS > (number - 1) * FIGURES // ROUNDS:
                figures.append((number * 5, app.memory()))
        seconds = time.monotonic() - began
    with capsys.disabled():
        print(f"\n{ROUNDS * 5:,} questions, {ROUNDS * 2:,} sessions, {seconds:.0f} s")
        for asked, size in figures:
            print(f"{asked:6,} questions {size:7.1f} MB {'#' * round(size / 20)}")
    assert "Traceback" not in app.said
    assert len(feedback.read_text().splitlines()) == ROUNDS  # twice told, once counted
    middle = figures[FIGURES // 2 + 1][1]  # by then every bound is reached
    assert figures[-1][1] - middle < GROWTH_MOST, figures
