"""What Gradio keeps of visits and of other programs' questions is bounded."""

import asyncio
from types import SimpleNamespace

from pactqa.web.memory import QUEUE_LIMITS, VISITS_MOST, bound_memory


def make_queue():
    queue = SimpleNamespace(pending_event_ids_session={}, event_ids_to_events={})
    bound_memory(queue)
    return queue


def ask(queue, number, made=False):
    session, event = f"session {number}", f"event {number}"
    queue.pending_messages_per_session[session] = asyncio.Queue()
    queue.pending_event_ids_session.setdefault(session, set()).add(event)
    if made:
        queue.event_ids_to_events[event] = object()


def test_the_last_answers_that_nobody_fetched_are_kept():
    queue = make_queue()
    for number in range(1000):
        ask(queue, number)
    wanted = [f"session {number}" for number in range(1000 - 256, 1000)]
    assert list(queue.pending_messages_per_session) == wanted
    assert list(queue.pending_event_ids_session) == wanted


def test_no_answer_is_dropped_while_it_is_made():
    queue = make_queue()
    for number in range(10):
        ask(queue, number, made=True)
    for number in range(10, 1000):
        ask(queue, number)
    kept = queue.pending_messages_per_session
    assert len(kept) == 256
    assert list(kept)[:11] == [f"session {number}" for number in [*range(10), 1000 - 246]]
    for number in range(1000, 1300):
        ask(queue, number, made=True)
    assert len(kept) == 310


def test_a_visit_goes_on_where_it_was():
    queue = make_queue()
    ask(queue, 1)
    before = queue.pending_messages_per_session["session 1"]
    for number in range(2, 200):
        ask(queue, number)
    assert queue.pending_messages_per_session["session 1"] is before


def test_the_page_is_launched_with_the_bounds(assistant, monkeypatch):
    import gradio as gr

    from pactqa.web.page import build_page

    launched = []
    monkeypatch.setattr(gr.Blocks, "launch", lambda self, **options: launched.append(options))
    page = build_page(assistant({"bees.md": "Bees dance."}))
    page.launch()
    assert launched[0]["state_session_capacity"] == VISITS_MOST
    queue = page._queue
    assert queue.max_size == QUEUE_LIMITS["max_size"]
    assert queue.ANALYTICS_MAX_EVENTS <= 100
    for number in range(300):
        queue.pending_messages_per_session[str(number)] = asyncio.Queue()
    assert len(queue.pending_messages_per_session) == 256
