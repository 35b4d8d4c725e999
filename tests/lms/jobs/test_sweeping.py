"""The sweeper finds what nobody heard of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from lms.jobs import sweeper
from lms.jobs.daily import request_daily
from lms.jobs.lease import claim_job, from_now
from lms.jobs.models import Heartbeat, Job
from lms.jobs.queries import queue_state
from lms.jobs.sweeper import forget_old_jobs, run_waiting, sweep

pytestmark = pytest.mark.postgres


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids workers are told of."""
    ids: list[int] = []
    monkeypatch.setattr(sweeper, "tell_worker", ids.append)
    return ids


def age(job: Job, **changes: object) -> None:
    Job.objects.filter(pk=job.pk).update(sent_at=from_now(-60), **changes)


def test_what_was_sent_just_now_is_not_sent_again(ask, told):
    ask()
    assert sweep() == 0
    assert told == []


def test_what_nobody_heard_of_is_sent_again_once(ask, told):
    job = ask()
    age(job)
    assert (sweep(), sweep()) == (1, 0)
    assert told == [job.pk]


def test_a_dead_workers_job_is_found_and_a_living_ones_is_not(ask, told):
    dead, living = ask(key="dead"), ask(key="living")
    for job in (dead, living):
        claim_job(job.pk, kinds=["strokes"])
    age(dead, lease_until=from_now(-1))
    age(living)
    sweep()
    assert told == [dead.pk]


def test_what_is_not_due_waits(ask, told):
    age(ask(), due_at=from_now(60))
    assert sweep() == 0


def test_what_waits_can_be_done_here_and_now(ask):
    for number in range(3):
        ask(key=f"k{number}")
    assert run_waiting() == 3
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_the_health_page_says_whether_a_worker_lives(ask, told, client):
    assert queue_state() == {"queue": "no worker", "waiting": 0, "oldest_seconds": 0}
    age(ask(), due_at=from_now(-90))
    work_of_the_day = request_daily()
    sweep()
    shown = client.get("/healthz").json()
    assert (shown["queue"], shown["waiting"]) == ("ok", 1 + work_of_the_day)
    assert 89 <= shown["oldest_seconds"] <= 95
    Heartbeat.objects.update(seen_at=from_now(-31))
    shown = client.get("/healthz")
    assert shown.json()["queue"] == "no worker"
    assert shown.status_code == 200


def test_jobs_are_forgotten_after_a_quarter(ask):
    old, new = ask(key="old"), ask(key="new")
    run_waiting()
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - dt.timedelta(days=91))
    assert forget_old_jobs() == 1
    assert list(Job.objects.all()) == [new]
