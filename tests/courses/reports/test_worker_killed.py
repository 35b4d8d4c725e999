"""kill -9 of the worker in a batch of certificates: exactly one each, resumed by itself."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from certificates.models import Credential, StatusChange
from courses.reports.issuing import issue_to_group
from lms.jobs.models import Job
from lms.notifications.models import Notice
from tests.lms.jobs.harness import Workers, wait_until


@pytest.fixture
def workers(transactional_db: None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workers]:
    """Real workers: the embedded ones, or those of production where the tests run on PostgreSQL."""
    broker = request.getfixturevalue("redis") if connection.vendor == "postgresql" else ""
    made = Workers(tmp_path, broker=broker, lease=3)
    yield made
    made.stop()


def moved(job: Job, *, beyond: int) -> bool:
    job.refresh_from_db()
    return job.done > beyond or job.is_over


LARGE = [pytest.param(500, 5, marks=pytest.mark.slow, id=f"large {turn}") for turn in range(1, 6)]


@pytest.mark.postgres
@pytest.mark.parametrize(("people", "kills"), [pytest.param(240, 1, id="small"), *LARGE])
def test_each_gets_exactly_one_certificate_however_often_the_worker_dies(
    workers: Workers, county, people: int, kills: int
):
    seed = int(os.environ.get("TILLIT_SEED", time.time_ns() % 10**6))
    print(f"seed {seed}")  # noqa: T201 - shown when it fails, and by hand in the proof
    chance = random.Random(seed)
    for number in range(people):
        county.reached(f"Person {number}")
    job = issue_to_group(subject=county.level, unit=county.unit, by=county.administrator)
    assert job is not None
    workers.start_beat()
    for _ in range(kills):
        worker = workers.start_worker()
        wait_until(lambda before=job.done: moved(job, beyond=before), seconds=90, what="a worker goes on")
        time.sleep(chance.uniform(0, people / 2000))  # in the midst of it, on a fast machine too
        workers.kill(worker)
        job.refresh_from_db()
        assert not job.is_over, "killed too late: the batch was done"
    workers.start_worker()
    wait_until(lambda: moved(job, beyond=people), seconds=60 + people * 0.2, what="the batch is done")
    assert (job.state, job.done, job.failed_items, job.claims) == ("done", people, 0, kills + 1)
    assert Credential.objects.count() == Credential.objects.values("award_key").distinct().count() == people
    assert StatusChange.objects.count() == people
    assert Notice.objects.filter(kind="certificate_ready").count() == people
