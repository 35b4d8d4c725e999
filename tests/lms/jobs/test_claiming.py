"""One winner, whoever asks and how many at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from lms.jobs.lease import claim_job, from_now
from lms.jobs.models import Job
from lms.jobs.tasks import look
from tests.lms.jobs.strokes import strokes_of

pytestmark = pytest.mark.postgres


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """What ``act`` gives in so many threads that begin together."""
    barrier, given = threading.Barrier(number), [None] * number

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=20)
            given[index] = act(index)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_claim_at_once_one_gets_it(ask):
    for number in range(10):
        job = ask(key=f"k{number}")
        got = [claim for claim in at_once(8, lambda _, pk=job.pk: claim_job(pk, kinds=["strokes"])) if claim]
        assert len(got) == 1
        assert got[0].claims == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_find_a_dead_workers_job_one_gets_it(ask):
    job = ask()
    claim_job(job.pk, kinds=["strokes"])
    Job.objects.update(lease_until=from_now(-1))
    got = [claim for claim in at_once(8, lambda _: claim_job(job.pk, kinds=["strokes"])) if claim]
    assert [claim.claims for claim in got] == [2]


@pytest.mark.django_db(transaction=True)
def test_five_deliveries_of_each_message_have_one_effect(ask):
    jobs = [ask(key=f"k{number}", items=5) for number in range(8)]
    at_once(5, lambda _: [look(job.pk) for job in jobs])
    for job in jobs:
        assert strokes_of(job) == dict.fromkeys(("s0", "s1", "s2", "s3", "s4"), 1)
        assert job.items.count() == 5


@pytest.mark.parametrize("forged", [0, -1, 10**12, "1", None, [1], {"id": 1}, True])
def test_a_forged_id_does_nothing(db, forged):
    look(forged)
    assert not Job.objects.exists()


def test_a_kind_this_worker_does_not_know_is_left_for_one_that_does(db):
    job = Job.objects.create(kind="of tomorrow", key="k")
    look(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
