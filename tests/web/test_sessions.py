"""Who is logged in, for how long, and how those who guess passwords are slowed down."""

import pytest

from pactqa.web.sessions import SESSION_SECONDS, Sessions, Throttle


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_session_is_found_by_its_cookie_alone(clock):
    sessions = Sessions(clock)
    token, session = sessions.begin("anna")
    other, _ = sessions.begin("anna")
    assert sessions.find(token) is session
    assert sessions.find(other) is not session
    assert session.csrf not in (token, other)
    for wrong in (None, "", "x", token[:-1], token.upper(), session.csrf, "\udc80"):
        assert sessions.find(wrong) is None


def test_a_session_that_was_ended_is_over(clock):
    sessions = Sessions(clock)
    token, _ = sessions.begin("anna")
    sessions.end(None)
    sessions.end("x")
    assert sessions.find(token)
    sessions.end(token)
    assert sessions.find(token) is None


def test_a_session_ends_when_it_is_not_used_and_in_any_case_after_some_hours(clock):
    sessions = Sessions(clock)
    unused, _ = sessions.begin("anna")
    used, _ = sessions.begin("anna")
    for _ in range(7):
        clock.now += 3600
        assert sessions.find(used)
    assert sessions.find(unused) is None
    clock.now = 1000 + SESSION_SECONDS + 1
    assert sessions.find(used) is None


def test_no_more_sessions_are_kept_than_memory_allows(clock):
    sessions = Sessions(clock)
    first, _ = sessions.begin("anna")
    second, _ = sessions.begin("anna")
    sessions.find(first)  # used after the second
    for _ in range(199):
        sessions.begin("anna")
    assert sessions.find(first)
    assert sessions.find(second) is None


def test_the_oldest_of_many_proposals_goes(clock):
    _, session = Sessions(clock).begin("anna")
    ids = [session.keep(number) for number in range(21)]
    assert len(set(ids)) == 21
    assert ids[0] not in session.proposals
    assert session.proposals[ids[20]] == 20


def test_each_attempt_after_five_that_failed_waits_twice_as_long(clock):
    throttle = Throttle(60.0, clock)
    assert [throttle.begin("a") for _ in range(5)] == [0] * 5
    waits = []
    for _ in range(7):
        wait = throttle.begin("a")
        waits.append(wait)
        assert throttle.begin("a") == wait  # asking again makes it no longer
        clock.now += wait - 0.5
        assert throttle.begin("a") == 0.5
        clock.now += 0.5
        assert throttle.begin("a") == 0
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert throttle.begin("b") == 0  # others need not wait


def test_a_success_forgets_what_failed(clock):
    throttle = Throttle(60.0, clock)
    for _ in range(5):
        throttle.begin("a")
    throttle.succeed("a")
    assert throttle.begin("a") == 0
    throttle.succeed("never began")


def test_a_flood_of_addresses_takes_no_more_memory(clock):
    throttle = Throttle(60.0, clock)
    for number in range(10_005):
        throttle.begin(str(number))
    assert len(throttle._failed) == 10_000
