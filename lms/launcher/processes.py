"""The table of processes that make up an embedded installation."""

from __future__ import annotations

import sys
from dataclasses import dataclass

WORKERS, THREADS = 2, 4
"""Two web processes with four threads each: enough for a branch, little enough for a small machine."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process: ``name`` is what the launcher calls it, ``argv`` what is run."""

    name: str
    argv: tuple[str, ...]


def web(port: int) -> Process:
    """The web server, on loopback only."""
    options = {
        "--interface": "wsgi",
        "--workers": WORKERS,
        "--blocking-threads": THREADS,
        "--host": "127.0.0.1",
        "--port": port,
        "--workers-kill-timeout": 5,
        "--respawn-interval": 0.5,
        "--log-level": "warning",
    }
    flags = [str(part) for option in options.items() for part in option]
    return Process(
        "web",
        (sys.executable, "-m", "granian", *flags, "--respawn-failed-workers", "lms.wsgi:application"),
    )


def worker() -> Process:
    """Long work: certificates, recordings, letters. Threads, because much of it waits for a disk or a server."""
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING")
    return Process(
        "worker",
        (
            sys.executable,
            "-m",
            "celery",
            "--quiet",
            "-A",
            "lms",
            "worker",
            "--pool",
            "threads",
            "--concurrency",
            "4",
            *quiet,
        ),
    )


def beat() -> Process:
    """The clock that wakes the worker. It does not load Django's apps, so it stays small."""
    return Process(
        "beat",
        (
            sys.executable,
            "-m",
            "celery",
            "--quiet",
            "-A",
            "lms.jobs.broker",
            "beat",
            "--pidfile=",
            "--loglevel",
            "WARNING",
        ),
    )


def preparation() -> Process:
    """What runs once before the others."""
    return Process("preparation", (sys.executable, "-m", "lms.launcher.preparation"))


def table(port: int) -> list[Process]:
    """Everything that runs, in the order it is started."""
    return [web(port), worker(), beat()]
