"""Who watches keeps what they watched; who pretends earns nothing. Pure simulation, fixed seed."""

from __future__ import annotations

import random

import pytest

from media.playback.beats import LONGEST, Played, Reason, Ticket, judge

LENGTH = 3600
"""Tenths: a film of six minutes."""
PIECE = 300


class Server:
    """The rule with its state, as the services keep it."""

    def __init__(self, length=LENGTH):
        self.played, self.length = Played(), length

    def beat(self, ticket, start, end, now):
        verdict = judge(self.played, ticket, (start, end), duration=self.length, now=now)
        if verdict.reason is None:
            self.played = verdict.played
        return verdict


def watch(rng: random.Random, speed: float) -> float:
    """An honest player: beats each ten seconds, a fifth of them lost, what was not answered sent again."""
    server, ticket = Server(), Ticket("s", rng.uniform(0, 0.4))
    pending, at, now = [], 0, 0.0
    tries_left = 6
    while at < LENGTH or (pending and tries_left):
        now += 10.0
        step = min(LENGTH, at + round(10 * speed * 10))
        if step > at:
            pending = join([*pending, [at, step]])
        else:
            tries_left -= 1
        at = step
        while pending:
            start, end = pending[0][0], min(pending[0][1], pending[0][0] + PIECE)
            if rng.random() < 0.1:
                break  # never came
            verdict = server.beat(ticket, start, end, now + rng.uniform(0, 0.4))
            if rng.random() < 0.1 or verdict.reason:
                break  # the answer was lost, or it is too early
            pending[0][0] = end
            if pending[0][0] >= pending[0][1]:
                pending.pop(0)
    return server.played.tenths / LENGTH


def join(pieces):
    """Pieces that touch become one."""
    joined = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined


@pytest.mark.parametrize("speed", [1.0, 1.5, 2.0])
def test_two_hundred_honest_watchers_keep_what_they_watched(speed):
    rng = random.Random(20261124)
    kept = [watch(rng, speed) for _ in range(67)]
    assert min(kept) >= 0.95


def one_post(server, t):
    return [server.beat(t, 0, LENGTH, 1.0)]


def all_at_once(server, t):
    return [server.beat(t, n, n + 300, 0.0) for n in range(0, LENGTH, 300)]


def hundred_times_speed(server, t):
    return [server.beat(t, n * 1000, n * 1000 + LONGEST, n * 1.0) for n in range(1, 4)]


def three_times_speed(server, t):
    return [server.beat(t, n * 300, (n + 1) * 300, 1.0 + n) for n in range(5)]


def future_times(server, t):
    return [server.beat(Ticket("s", 1e6), 0, 100, 10.0)]


def past_the_end(server, t):
    return [server.beat(t, LENGTH + 50, LENGTH + 150, 100.0)]


def backwards(server, t):
    return [server.beat(t, 300, 100, 100.0), server.beat(t, -300, -100, 100.0)]


def old_session(server, t):
    return [server.beat(t, 0, 100, 13 * 3600.0)]


def long_after_waiting(server, t):
    return [server.beat(t, 0, LENGTH, 3600.0), server.beat(t, 0, LONGEST + 1, 3600.0)]


def nothing_long(server, t):
    return [server.beat(t, 100, 100, 100.0)]


FORGED = [
    one_post, all_at_once, hundred_times_speed, three_times_speed, future_times,
    past_the_end, backwards, old_session, long_after_waiting, nothing_long,
]  # fmt: skip


@pytest.mark.parametrize("script", FORGED, ids=lambda script: script.__name__)
def test_a_forged_script_earns_nothing(script):
    server = Server()
    verdicts = script(server, Ticket("s", 0.0))
    assert all(verdict.reason for verdict in verdicts)
    assert server.played.tenths == 0


@pytest.mark.parametrize("seed", range(15))
def test_random_haste_earns_nothing(seed):
    rng, server, ticket = random.Random(seed), Server(), Ticket("s", 0.0)
    now = 0.0
    for _ in range(40):
        now += rng.uniform(0, 0.4)
        start = rng.randrange(0, LENGTH - 400)
        server.beat(ticket, start, start + rng.randrange(350, 400), now)
    assert server.played.tenths <= 2 * 10 * now
    assert server.played.tenths == 0 or now > 17.5


def test_a_session_of_today_ends_the_one_before():
    server = Server()
    assert server.beat(Ticket("phone", 0.0), 0, 100, 10.0).earned == 100
    assert server.beat(Ticket("laptop", 20.0), 100, 200, 30.0).earned == 100
    assert server.beat(Ticket("phone", 0.0), 200, 300, 60.0).reason is Reason.REPLACED


def test_taking_over_again_and_again_brings_no_time_back():
    server, now = Server(), 0.0
    for n in range(60):
        now += 1.0
        server.beat(Ticket(f"s{n}", now - 0.9), n * 50, n * 50 + 50, now)
    assert server.played.tenths <= 2 * 10 * now


def test_a_clock_that_jumps_back_does_not_lock_anybody_out():
    server, ticket = Server(), Ticket("s", 0.0)
    server.beat(ticket, 0, 100, 3600.0)
    assert server.beat(ticket, 100, 150, 30.0).reason is Reason.TOO_FAST
    assert server.beat(Ticket("later", 40.0), 100, 150, 45.0).reason is Reason.TOO_FAST
