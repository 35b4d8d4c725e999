"""The page of a job answers the one who started it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.jobs.lease import claim_job
from lms.jobs.models import Job
from lms.jobs.queries import job_progress
from lms.jobs.services import run_job


@pytest.fixture
def starter(client, somebody):
    """Signed in."""
    member = somebody()
    client.force_login(member)
    return member


def address(job: Job, name: str = "job") -> str:
    return reverse(name, args=[job.public_id])


def test_a_running_job_shows_how_far_it_is_and_comes_again_by_itself(client, starter, ask):
    job = ask(by=starter, items=312)
    claim = claim_job(job.pk, kinds=["strokes"])
    claim.advance(total=312, done=187)
    answer = client.get(address(job))
    assert answer.headers["Refresh"] == "2"
    assert 'max="312" value="187"' in answer.text
    assert "187 av 312" in answer.text or "187 of 312" in answer.text


def test_a_reader_may_ask_the_page_to_stand_still(client, starter, ask):
    answer = client.get(address(ask(by=starter)), {"still": "1"})
    assert "Refresh" not in answer.headers


def test_a_job_that_is_done_stands_still_and_has_a_line_per_item(client, starter, ask):
    job = ask(by=starter, items=60, poison=["s3"])
    run_job(job_id=job.pk)
    answer = client.get(address(job))
    assert "Refresh" not in answer.headers
    assert answer.text.count('<td role="cell"><b>s') == 50
    assert "ValueError" in answer.text
    assert client.get(address(job), {"page": "2"}).text.count('<td role="cell"><b>s') == 10


def test_a_foreign_job_is_not_there(client, starter, ask, somebody):
    job = ask(by=somebody("Kari"))
    assert client.get(address(job)).status_code == 404
    assert client.post(address(job, "stop_job")).status_code == 404
    assert client.post(address(job, "retry_job")).status_code == 404
    job.refresh_from_db()
    assert job.state == "queued"


def test_whoever_is_not_signed_in_is_asked_to(client, ask, somebody):
    answer = client.get(address(ask(by=somebody())))
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_stopping_and_going_on_are_posts(client, starter, ask):
    job = ask(by=starter)
    assert client.get(address(job, "stop_job")).status_code == 405
    client.post(address(job, "stop_job"))
    job.refresh_from_db()
    assert job.state == "cancelled"
    client.post(address(job, "retry_job"))
    job.refresh_from_db()
    assert job.state == "queued"


def test_the_page_costs_the_same_for_ten_lines_and_for_fifty(client, starter, ask):
    costs = []
    for number in (1, 10, 50):  # the first warms what is kept between requests
        job = ask(by=starter, key=f"k{number}", items=number)
        run_job(job_id=job.pk)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(job))
        costs.append(len(queries))
    assert costs[1] == costs[2] <= 10


def test_progress_of_a_kind_nobody_knows_any_more_is_still_shown():
    shown = job_progress(Job(kind="of yesterday", state="done"))
    assert (shown.title, shown.value, shown.max) == ("of yesterday", 1, 1)
