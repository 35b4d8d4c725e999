"""Real worker and beat processes on the test's own database, to be killed at will.

Use it in a test that commits (``transactional_db``): the worker sees what the test wrote, and
the test sees what the worker did, through the ordinary models. Rooms above name their own
``apps`` when their kind of job is for tests only; kinds of the house are there already.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

WORKER = ("-A", "lms", "worker", "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO")
BEAT = ("-A", "lms.jobs.broker", "beat", "--pidfile=", "--loglevel", "WARNING")


class Workers:
    """Processes of one test. ``broker`` is a Redis address; without one, messages lie in ``folder``."""

    def __init__(self, folder: Path, *, broker: str = "", apps: tuple[str, ...] = (), lease: int = 3) -> None:
        self.folder = folder
        self.log = folder / "workers.log"
        self.running: list[subprocess.Popen[bytes]] = []
        self.pool = (
            ("--pool", "prefork", "--concurrency", "2") if broker else ("--pool", "threads", "--concurrency", "4")
        )
        self.broker, self.prefix = broker, f"tillit-{uuid.uuid4().hex}:"
        self.told = {"database": _same_database(), "apps": apps, "lease": lease}
        self.told |= {"broker": broker, "prefix": self.prefix}

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker, as the launcher starts it."""
        return self._start(*WORKER, *self.pool)

    def start_beat(self) -> subprocess.Popen[bytes]:
        """The clock that tells the worker to sweep."""
        return self._start(*BEAT)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, the children too."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def stop(self) -> None:
        """End whatever still runs, and leave nothing in a Redis that others use too."""
        for process in list(self.running):
            self.kill(process)
        if self.broker:
            from redis import Redis

            with Redis.from_url(self.broker) as server:
                for key in server.scan_iter(f"{self.prefix}*"):
                    server.delete(key)

    def _start(self, *argv: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.lms.jobs.worker_settings",
            "TILLIT_VAR": str(self.folder),
            "TILLIT_HARNESS": json.dumps(self.told),
            "PYTHONPATH": str(settings.BASE_DIR),
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                (sys.executable, "-m", "celery", *argv),
                cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.running.append(process)
        return process


def _same_database() -> dict[str, object]:
    """What another process must know to work on the database of this test."""
    known = connection.settings_dict
    names = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"}
    same: dict[str, object] = {name: str(known[name]) for name in names}
    return same if connection.vendor == "sqlite" else same | {"OPTIONS": {}}


def wait_until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait for something to become true. Fails the test, saying what was waited for."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.02)
