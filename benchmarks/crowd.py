"""Our own load: a few processes that walk as fast as they are answered, each with its share of the people."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import NamedTuple

from benchmarks.browsing import SECONDS, Browser, Unexpected
from benchmarks.machine import Moment, Watched
from benchmarks.plan import Person, Plan
from benchmarks.signing_in import Jar
from benchmarks.walks import Walk

WARM_SHARE = 0.2
"""Warming up takes so much of the time that is measured afterwards, a second at most."""


class Load(NamedTuple):
    """What one run of a load brought: units, their times in ms, what went wrong, and the counters around it."""

    units: int
    seconds: float
    median: float | None
    p95: float | None
    wrong: list[str]
    before: Moment
    after: Moment


class Told(NamedTuple):
    """What one walker reports."""

    times: list[float]
    wrong: list[str]
    seconds: float
    cpu: float


def walk_at_once(
    walk: Walk, plan: Plan, jars: list[Jar], port: int, concurrency: int, seconds: float, watched: Watched
) -> Load:
    """So many walkers at once for so long. A walk that has begun is walked to its end."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(concurrency + 1)
    walkers, ears = [], []
    for number in range(concurrency):
        ear, mouth = context.Pipe(duplex=False)
        mine = [(plan.people[n], jars[n]) for n in range(len(jars)) if n % concurrency == number]
        given = (walk, plan, mine, port, seconds, gate, mouth)
        walkers.append(context.Process(target=walker, args=given, daemon=True))
        ears.append(ear)
    try:
        for process in walkers:
            process.start()
        gate.wait(SECONDS)  # all are warm
        before = watched.moment()
        gate.wait(SECONDS)  # and off
        told = [heard(ear, seconds + SECONDS) for ear in ears]
        after = watched.moment()
    except threading.BrokenBarrierError as error:
        raise Unexpected("a client broke off; what it said stands above") from error
    finally:
        gate.abort()
        for process in walkers:
            process.join(5)
            process.kill()
    spent = sum(one.cpu for one in told)  # the counters know of a walker's time only once it is buried
    return added(told, before, replace(after, client=after.client + spent))


def heard(ear: Connection, seconds: float) -> Told:
    """What a walker tells. Raises Unexpected when it says nothing for so long."""
    if not ear.poll(seconds):
        raise Unexpected("a client broke off; what it said stands above")
    told: Told = ear.recv()
    return told


def walker(
    walk: Walk, plan: Plan, mine: list[tuple[Person, Jar]], port: int, seconds: float, gate: Barrier, mouth: Connection
) -> None:
    """One process: warm up, wait for the others, walk, tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the one who started us, who ends us
    people = [(Browser(port, jar), person) for person, jar in mine]
    walk_for(walk, plan, people, min(1.0, seconds * WARM_SHARE))
    gate.wait(SECONDS)
    gate.wait(SECONDS)
    mouth.send(walk_for(walk, plan, people, seconds))
    for browser, _ in people:
        browser.close()


def walk_for(walk: Walk, plan: Plan, people: list[tuple[Browser, Person]], seconds: float) -> Told:
    """Walk with one person after the other until the time is over; at least once."""
    times: list[float] = []
    wrong: list[str] = []
    spent = time.process_time()
    start = now = time.perf_counter()
    number = 0
    while now - start < seconds or not number:
        browser, person = people[number % len(people)]
        number += 1
        try:
            walk(browser, plan, person)
        except (Unexpected, OSError, EOFError) as error:
            wrong.append(f"{person.email}: {error!r}"[:300])
        began, now = now, time.perf_counter()
        times.append(now - began)
    return Told(times, wrong, now - start, time.process_time() - spent)


def added(told: list[Told], before: Moment, after: Moment) -> Load:
    """The walkers' reports as one."""
    times = sorted(time for one in told for time in one.times)
    wrong = [word for one in told for word in one.wrong]
    return Load(
        units=len(times) - len(wrong),
        seconds=max(one.seconds for one in told),
        median=times[len(times) // 2] * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        wrong=wrong,
        before=before,
        after=after,
    )
