"""What this machine has for the benchmarks, and what is left out where something is missing."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ground:
    """What was found. ``missing`` says in words what is not here and what follows from it."""

    wrk: str = ""
    has_gunicorn: bool = False
    postgres: str = ""
    redis: str = ""
    cores: int = 1
    missing: list[str] = field(default_factory=list)


def find_ground(*, postgres: bool) -> Ground:
    """Look around. ``postgres``: the run is to be on PostgreSQL, and on Redis where one answers."""
    missing: list[str] = []
    wrk = shutil.which("wrk") or ""
    if not wrk:
        missing.append("wrk: pages are asked for by a client in Python, which takes more of the machine itself")
    has_gunicorn = find_spec("gunicorn") is not None
    if not has_gunicorn:
        missing.append("gunicorn: the empty view is not measured, so there are no ratios")
    if not Path("/proc/self/stat").exists():
        missing.append("/proc: no CPU time per unit, and nothing is known of other work on the machine")
    address, redis = "", ""
    if postgres:
        address, why = find_postgres()
        if not address:
            missing.append(f"PostgreSQL: the run is on SQLite ({why})")
        redis = find_redis() if address else ""
        if address and not redis:
            missing.append("Redis: the cache is in files, as in an embedded installation")
    else:
        missing.append("not asked for: PostgreSQL and Redis (--postgres)")
    return Ground(wrk, has_gunicorn, address, redis, os.cpu_count() or 1, missing)


def find_postgres() -> tuple[str, str]:
    """The address of a PostgreSQL that lets us make databases, or "" and the reason."""
    if find_spec("psycopg") is None:
        return "", "psycopg is not installed"
    from scripts.run_tests import find_postgres as find

    return find()


def find_redis() -> str:
    """A Redis of this machine, its last database but one; "" when none answers."""
    if find_spec("redis") is None:
        return ""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", 6379), timeout=1):
        return "redis://127.0.0.1:6379/14"
    return ""
