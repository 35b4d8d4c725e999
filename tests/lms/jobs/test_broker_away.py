"""The broker is flushed, killed, absent, and comes back empty: every job is done once."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lms.jobs.models import Job
from lms.jobs.queries import queue_state
from tests.lms.jobs.harness import Workers, wait_until
from tests.lms.jobs.strokes import strokes_of

SERVER = shutil.which("redis-server")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(SERVER is None, reason="no redis-server found on PATH")]


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a Redis of the test's own that remembers nothing; always on the same port."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        argv = (SERVER, "--port", str(own_redis_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        running.append(subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.DEVNULL))
        return running[-1]

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        own_redis_port = probe.getsockname()[1]
    start.address = f"redis://127.0.0.1:{own_redis_port}/0"
    yield start
    for server in running:
        server.kill()
        server.wait()


def test_jobs_asked_for_while_the_broker_is_away_are_done_once_when_it_is_back(
    transactional_db: None, own_redis, ask, tmp_path: Path
):
    server = own_redis()
    workers = Workers(tmp_path, broker=own_redis.address, apps=("tests.lms.jobs.strokes_app.Strokes",))
    try:
        workers.start_worker()
        workers.start_beat()
        wait_until(lambda: queue_state()["queue"] == "ok", seconds=30, what="a worker begins")
        first = ask(key="before", items=40, pause=30)
        wait_until(lambda: strokes_of(first).total() > 3, seconds=10, what="the first job is begun")
        server.kill()
        server.wait()
        others = [ask(key=f"away{number}", items=2) for number in range(20)]
        wait_until(lambda: strokes_of(first).total() == 40, seconds=20, what="a job in hand needs no broker")
        own_redis()
        wait_until(lambda: not Job.objects.exclude(state="done").exists(), seconds=60, what="all is caught up")
    finally:
        workers.stop()
    for job in [first, *others]:
        assert set(strokes_of(job).values()) == {1}
        job.refresh_from_db()
        assert job.claims == 1
