"""A job is a row in the transaction of its cause; telling a worker is a courtesy."""

from __future__ import annotations

import time

import pytest
from celery import Celery
from django.db import transaction

from lms.jobs import sending
from lms.jobs.models import Job
from lms.jobs.services import request_job
from lms.settings import base


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids workers are told of."""
    ids: list[int] = []
    monkeypatch.setattr("lms.jobs.services.tell_worker", ids.append)
    return ids


def test_the_same_key_is_the_same_job(ask, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(items=2), ask(items=9)
    assert first == second
    assert second.payload == {"items": 2}
    assert told == [first.pk]


def test_a_worker_is_told_when_the_cause_commits(ask, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = ask()
    assert told == []
    callbacks[0]()
    assert told == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_fails_leaves_no_job(told):
    with transaction.atomic():
        request_job(kind="strokes", key="k", payload={}, by=None)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert told == []


@pytest.mark.parametrize("payload", [{"name": "Åse Østby"}, {"members": ["Kari Nordmann"]}, {"share": 0.5}])
def test_a_payload_holds_ids_only(ask, payload):
    with pytest.raises(ValueError, match="ids only"):
        ask(**payload)


def test_an_unknown_kind_is_refused(db):
    with pytest.raises(LookupError):
        request_job(kind="nothing", key="k", payload={}, by=None)


@pytest.fixture
def silent_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Redis that is not there, with the settings of production."""
    app = Celery("away", broker="redis://127.0.0.1:1/0", fixups=[])
    shared = {name[7:].lower(): value for name, value in vars(base).items() if name.startswith("CELERY_")}
    app.conf.update(shared, broker_transport_options={"max_retries": 0, "socket_connect_timeout": 1})
    monkeypatch.setattr(sending, "app", app)
    monkeypatch.setattr(sending._Line, "silent_until", 0.0)


def test_a_broker_that_is_away_delays_nobody_and_the_row_remains(
    ask, silent_broker, django_capture_on_commit_callbacks, caplog
):
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()
        jobs = [ask(key=f"k{number}") for number in range(20)]
    assert time.monotonic() - begun < 2
    assert Job.objects.waiting().count() == 1 + len(jobs)
    assert f"job {job.pk}: no worker told" in caplog.text
