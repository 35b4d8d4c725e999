"""What the machine did meanwhile, read from /proc: CPU time of the servers, memory, and other work."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
HAS_PROC = (PROC / "self" / "stat").exists()
TICK = 1 / os.sysconf("SC_CLK_TCK")
QUIET, QUIET_BEFORE = 0.05, 0.08
"""Others may take so much of the machine during a run, and in the second before it."""


class Process(NamedTuple):
    """One process: its name, its parent, CPU seconds of its own and of children it has buried."""

    name: str
    parent: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Moment:
    """The counters at one moment."""

    at: float
    servers: float
    client: float
    busy: float
    total: float


@dataclass(frozen=True, slots=True)
class Watched:
    """The servers whose time counts: all that these processes lead, and those that serve them.

    ``serving``: a process's name, and a word its title holds: PostgreSQL writes there whose
    database a process works in, so that those of other databases do not count.
    """

    leaders: tuple[int, ...]
    serving: tuple[tuple[str, str], ...] = ()

    def moment(self) -> Moment:
        """Read all counters."""
        mine = os.times()
        client = mine.user + mine.system + mine.children_user + mine.children_system
        if not HAS_PROC:
            return Moment(time.perf_counter(), 0, client, 0, 1)
        table = processes()
        servers = sum(table[pid].seconds for pid in self.found(table))
        numbers = [int(part) * TICK for part in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
        total = sum(numbers)
        return Moment(time.perf_counter(), servers, client, total - numbers[3] - numbers[4], total)

    def found(self, table: dict[int, Process]) -> set[int]:
        """The ids of the processes meant."""
        found = {pid for pid in self.leaders if pid in table}
        while more := {pid for pid, process in table.items() if process.parent in found} - found:
            found |= more
        words = dict(self.serving)
        return found | {pid for pid, it in table.items() if it.name in words and words[it.name] in title(pid)}

    def megabytes(self) -> float:
        """Proportional memory of what the leaders lead, without the database."""
        pids = Watched(self.leaders).found(processes()) if HAS_PROC else set()
        return round(sum(map(proportional, pids)) / 1024, 1)


def processes() -> dict[int, Process]:
    """Every process of the machine."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue
            name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
            found[int(folder.name)] = Process(name, int(rest[1]), sum(int(part) for part in rest[11:15]) * TICK)
    return found


def title(pid: int) -> str:
    """The command of a process, or what it has written over it."""
    try:
        return (PROC / str(pid) / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def proportional(pid: int) -> int:
    """Kilobytes of one process, shared pages shared out."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def share_of_others(before: Moment, after: Moment) -> float:
    """The share of the machine that neither the servers nor the client took."""
    ours = after.servers - before.servers + after.client - before.client
    return round(max(0.0, after.busy - before.busy - ours) / max(after.total - before.total, TICK), 3)


def wait_for_quiet(seconds: float) -> None:
    """Until the machine has had a quiet second, but no longer than so many seconds."""
    until = time.monotonic() + seconds
    nobody = Watched(())
    while HAS_PROC and time.monotonic() < until:
        before = nobody.moment()
        time.sleep(1)
        after = nobody.moment()
        if share_of_others(before, after) < QUIET_BEFORE:
            return
