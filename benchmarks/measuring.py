"""Runs of one scenario, repeated, and the figures that are taken from them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.browsing import Unexpected
from benchmarks.crowd import Load, walk_at_once
from benchmarks.machine import HAS_PROC, QUIET, Watched, share_of_others, wait_for_quiet
from benchmarks.plan import Plan
from benchmarks.scenarios import Scenario
from benchmarks.signing_in import Jar
from benchmarks.wrk import ask_at_once


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how often each run is made, and how long a quiet machine is waited for."""

    seconds: float = 5
    repeats: int = 3
    wait: float = 60


@dataclass(frozen=True, slots=True)
class Figures:
    """What a scenario brought at one number at once: the median of the quiet runs, or of all when none was."""

    name: str
    unit: str
    at_once: int
    client: str
    per_second: float
    lowest: float
    highest: float
    median_ms: float | None
    p95_ms: float | None
    cpu_ms: float | None
    others: float
    is_quiet: bool
    units: int


@dataclass(frozen=True, slots=True)
class Ways:
    """How load is made on this machine: by wrk where it is and where the work is plain requests."""

    wrk: str
    pace: Pace
    plan: Plan
    jars: list[Jar]
    begin_anew: Callable[[], object] = lambda: None

    def measure(self, scenario: Scenario, at_once: int, port: int, watched: Watched) -> Figures:
        """Run a scenario as often as the pace says."""
        loads = []
        for _ in range(self.pace.repeats):
            if scenario.begins_anew:
                self.begin_anew()
            wait_for_quiet(self.pace.wait)
            loads.append(self._run(scenario, at_once, port, watched))
        return figures(scenario, at_once, "wrk" if self._by_wrk(scenario) else "Python", loads)

    def _by_wrk(self, scenario: Scenario) -> bool:
        return bool(self.wrk and scenario.pages)

    def _run(self, scenario: Scenario, at_once: int, port: int, watched: Watched) -> Load:
        if self.wrk and scenario.pages:
            pages = scenario.pages(self.plan)
            load = ask_at_once(self.wrk, pages, self.jars, port, at_once, self.pace.seconds, watched)
        else:
            load = walk_at_once(scenario.walk, self.plan, self.jars, port, at_once, self.pace.seconds, watched)
        if load.wrong or not load.units:
            raise Unexpected(
                f"{scenario.name}: {len(load.wrong)} went wrong of {load.units}, among them {load.wrong[:3]}"
            )
        return load


def figures(scenario: Scenario, at_once: int, client: str, loads: list[Load]) -> Figures:
    """The figures of several runs."""
    others = [share_of_others(load.before, load.after) for load in loads]
    quiet = [load for load, share in zip(loads, others, strict=True) if share <= QUIET]
    counted = quiet or loads
    rates = [load.units / load.seconds for load in counted]
    return Figures(
        name=scenario.name,
        unit=scenario.unit,
        at_once=at_once,
        client=client,
        per_second=statistics.median(rates),
        lowest=min(rates),
        highest=max(rates),
        median_ms=middle(load.median for load in counted),
        p95_ms=middle(load.p95 for load in counted),
        cpu_ms=middle(cpu_ms(load) for load in loads) if HAS_PROC else None,
        others=max(others),
        is_quiet=bool(quiet),
        units=sum(load.units for load in loads),
    )


def cpu_ms(load: Load) -> float:
    """CPU time of the servers for each unit."""
    return (load.after.servers - load.before.servers) * 1000 / load.units


def middle(numbers: Iterable[float | None]) -> float | None:
    """The median of what was measured; None when something was not."""
    found = list(numbers)
    known = [number for number in found if number is not None]
    return statistics.median(known) if known and len(known) == len(found) else None
