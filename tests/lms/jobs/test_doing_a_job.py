"""Items are done one by one, each once; what goes wrong with one stops neither the others nor the worker."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from lms.audit.models import Entry
from lms.jobs.lease import LeaseLost, claim_job, from_now
from lms.jobs.models import Job
from lms.jobs.registry import job_kind, kind_named
from lms.jobs.services import cancel_job, retry_job, run_job
from tests.lms.jobs.strokes import draw_stroke, draw_strokes, strokes_of

pytestmark = pytest.mark.postgres


def lose(job: Job) -> None:
    """Its worker is gone, and its lease has run out."""
    Job.objects.filter(pk=job.pk).update(lease_until=from_now(-1))


def test_every_item_is_done_once_and_has_its_line(ask):
    job = ask(items=4)
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == ("done", 4, 4, {"strokes": 4})
    assert strokes_of(job) == dict.fromkeys(("s0", "s1", "s2", "s3"), 1)
    assert [item.outcome for item in job.items.all()] == ["drawn"] * 4


def test_a_job_that_is_done_is_not_done_again(ask):
    job = ask()
    assert run_job(job_id=job.pk)
    assert not run_job(job_id=job.pk)
    assert set(strokes_of(job).values()) == {1}


def test_a_poisoned_item_is_undone_and_the_batch_goes_on(ask, caplog):
    job = ask(items=5, poison=["s1", "s3"])
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.failed_items) == ("done", 5, 2)
    assert sorted(strokes_of(job)) == ["s0", "s2", "s4"]
    assert job.items.get(key="s3").outcome == "ValueError"
    assert "Åse" not in caplog.text


def test_a_job_goes_on_where_a_dead_worker_left_it(ask):
    job = ask(items=4)
    dead = claim_job(job.pk, kinds=["strokes"])
    for key in ("s0", "s1"):
        with dead.item(key):
            draw_stroke(dead, key)
    assert not run_job(job_id=job.pk)
    lose(job)
    assert run_job(job_id=job.pk)
    assert strokes_of(job) == dict.fromkeys(("s0", "s1", "s2", "s3"), 1)
    job.refresh_from_db()
    assert (job.done, job.claims, job.attempts) == (4, 2, 1)


def test_who_has_lost_the_lease_commits_nothing_more(ask):
    job = ask()
    old = claim_job(job.pk, kinds=["strokes"])
    lose(job)
    new = claim_job(job.pk, kinds=["strokes"])
    with pytest.raises(LeaseLost), old.item("s0"):
        draw_stroke(old, "s0")
    with pytest.raises(LeaseLost):
        old.advance(done=3)
    assert not strokes_of(job)
    new.advance(done=1)


def test_an_item_that_ends_the_worker_each_time_is_left_out(ask):
    job = ask(items=3)
    for _ in range(3):
        assert claim_job(job.pk, kinds=["strokes"])
        lose(job)
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.failed_items) == ("done", 1)
    assert job.items.get(key="s0").outcome == "interrupted"
    assert sorted(strokes_of(job)) == ["s1", "s2"]


def test_a_job_that_is_stopped_stops_at_its_next_step(ask, somebody):
    member = somebody()
    job = ask(by=member)
    claim = claim_job(job.pk, kinds=["strokes"])
    assert cancel_job(job=job, by=member)
    with pytest.raises(LeaseLost), claim.item("s0"):
        draw_stroke(claim, "s0")
    assert not run_job(job_id=job.pk)
    assert not strokes_of(job)
    assert retry_job(job=job, by=member)
    assert run_job(job_id=job.pk)
    assert len(strokes_of(job)) == 3


def test_only_who_started_a_job_stops_it_or_lets_it_go_on(ask, somebody):
    job = ask(by=somebody())
    for act in (cancel_job, retry_job):
        with pytest.raises(PermissionDenied):
            act(job=job, by=somebody("Kari"))


@job_kind("faulty", title="Faulty", max_attempts=3)
def fail(job):
    """Raises before its first item."""
    raise PermissionDenied if job.payload.get("forbidden") else RuntimeError("Kari Nordmann is in the way")


def test_a_faulty_job_is_tried_again_after_a_pause_and_then_given_up(db, caplog):
    job = Job.objects.create(kind="faulty", key="f")
    for attempt in (1, 2, 3):
        assert run_job(job_id=job.pk)
        assert not run_job(job_id=job.pk)  # not yet due
        job.refresh_from_db()
        assert job.attempts == attempt
        Job.objects.filter(pk=job.pk).update(due_at=Now())
    assert (job.state, job.message) == ("failed", "RuntimeError")
    assert "RuntimeError at test_doing_a_job.py" in caplog.text
    assert "Kari" not in caplog.text


def test_who_no_longer_may_is_not_asked_again(db):
    job = Job.objects.create(kind="faulty", key="f", payload={"forbidden": True})
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "PermissionDenied")


def test_a_job_without_items_that_ends_its_worker_each_time_is_given_up(ask):
    job = ask()
    for _ in range(5):
        assert claim_job(job.pk, kinds=["strokes"])
        lose(job)
    job_before = Job.objects.get(pk=job.pk)
    assert job_before.attempts == 5
    assert run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "interrupted")


def test_pauses_grow_to_half_an_hour():
    kind = kind_named("strokes")
    assert [kind.pause_after(attempt) for attempt in range(1, 8)] == [5, 20, 80, 320, 1280, 1800, 1800]


def test_two_functions_cannot_share_a_name():
    job_kind("strokes", title="Strokes")(draw_strokes)
    with pytest.raises(ValueError, match="two kinds"):
        job_kind("strokes", title="Others")(lambda job: None)


def test_an_item_and_its_effect_cost_five_statements(ask, django_assert_num_queries):
    job = ask()
    claim = claim_job(job.pk, kinds=["strokes"])
    with django_assert_num_queries(5), claim.item("s0"):  # savepoint, renewal, effect, line, release
        draw_stroke(claim, "s0")
    assert Entry.objects.filter(act="stroke").count() == 1
