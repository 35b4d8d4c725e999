"""kill -9 of real workers in a batch: each item once, resumed by itself.

On SQLite the worker is the embedded one (threads, messages in a folder); on PostgreSQL it is
that of production (processes, Redis).
"""

from __future__ import annotations

import json
import os
import pickle
import random
import time

import pytest
from django.db import connection

from lms.jobs.models import Job
from lms.jobs.queries import queue_state
from tests.lms.jobs.harness import Workers, wait_until
from tests.lms.jobs.strokes import strokes_of
from tests.lms.jobs.test_messages import Trap, forged_message


def moves_on(job: Job, *, beyond: int) -> bool:
    job.refresh_from_db()
    return job.done > beyond or job.is_over


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("items", "kills"), [(120, 2), pytest.param(1000, 5, marks=pytest.mark.slow)], ids=["small", "large"]
)
def test_a_batch_survives_its_worker_being_killed_at_random_moments(workers: Workers, ask, items: int, kills: int):
    seed = int(os.environ.get("TILLIT_SEED", time.time_ns() % 10**6))
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    job = ask(items=items, pause=20, poison=["s3"])
    workers.start_beat()
    for _ in range(kills):
        worker = workers.start_worker()
        wait_until(lambda before=job.done: moves_on(job, beyond=before), seconds=60, what="a worker goes on")
        time.sleep(chance.uniform(0, 0.4))
        workers.kill(worker)
        job.refresh_from_db()
        assert not job.is_over, "killed too late: the batch was done"
    workers.start_worker()
    wait_until(lambda: moves_on(job, beyond=items), seconds=60 + items * 0.1, what="the batch is done")
    assert strokes_of(job) == {f"s{number}": 1 for number in range(items) if number != 3}
    assert (job.state, job.done, job.failed_items, job.claims) == ("done", items, 1, kills + 1)
    assert job.items.count() == items
    assert queue_state()["queue"] == "ok"
    assert "Åse" not in workers.log.read_text()


def test_a_worker_hears_a_message_at_once_and_believes_only_json(workers: Workers, ask, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("messages lie in a folder on the embedded default only")
    worker = workers.start_worker()
    wait_until(lambda: queue_state()["queue"] == "ok", seconds=60, what="the worker sweeps when it begins")
    queue = tmp_path / "queue"

    def put(name: str, message: dict) -> None:
        (queue / f"part.{name}").write_text(json.dumps(message))
        (queue / f"part.{name}").rename(queue / f"{time.time_ns()}_{name}.tillit.msg")

    put("pickle", forged_message(pickle.dumps(Trap(tmp_path / "unpickled")), "application/x-python-serialize"))
    for forged in ([-1], ["x"], [[1]], []):
        put("forged", forged_message(json.dumps([forged, {}, {}]).encode(), "application/json"))
    (queue / "1_half.tillit.msg").write_text('{"body": ')
    job = ask(items=1)
    Job.objects.filter(pk=job.pk).update(sent_at="2100-01-01T00:00Z")  # the sweeper keeps out of it
    put("good", forged_message(json.dumps([[job.pk], {}, {}]).encode(), "application/json"))
    wait_until(lambda: moves_on(job, beyond=0), seconds=5, what="the message is heard")
    assert worker.poll() is None
    assert not (tmp_path / "unpickled").exists()
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    workers.running.remove(worker)
