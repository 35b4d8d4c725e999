"""What is done once a day is asked for once a day, whoever sweeps and however often."""

import datetime as dt

import pytest

from lms.jobs import daily
from lms.jobs.daily import register_daily, request_daily
from lms.jobs.models import Job
from lms.jobs.sweeper import sweep

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 16)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(daily, "_daily", [])
    register_daily("strokes")
    register_daily("strokes")


def test_it_is_asked_for_once_a_day(set_today):
    set_today(MONDAY)
    assert [request_daily(), request_daily()] == [1, 0]
    set_today(MONDAY + dt.timedelta(days=1))
    assert request_daily() == 1


def test_every_sweep_sees_to_it_in_one_query_more(set_today, django_assert_num_queries):
    set_today(MONDAY)
    sweep()
    assert list(Job.objects.values_list("key", flat=True)) == ["daily:strokes:2026-03-16"]
    with django_assert_num_queries(1):
        request_daily()


def test_a_day_without_a_worker_is_not_asked_for_afterwards(set_today):
    """The work finds what is due by itself; one job catches up for all days."""
    set_today(MONDAY)
    request_daily()
    set_today(MONDAY + dt.timedelta(days=5))
    request_daily()
    assert Job.objects.count() == 2
