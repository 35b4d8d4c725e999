"""A term is announced on the day it starts and on the day it ends, once each, whoever finds out."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from lms.jobs.daily import request_daily
from lms.jobs.sweeper import run_waiting
from lms.organisation.announcing import announce, due
from lms.organisation.models import Term, TermAnnouncement
from lms.organisation.services import begin_term, correct_term, end_term, withdraw_term
from lms.organisation.signals import term_ended, term_started
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_body, make_member, make_office, make_term, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LATER_THIS_YEAR = dt.date(2026, 9, 1)


def days(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> None:
    set_today(DAY)


@pytest.fixture
def bodo():
    return make_tree()[3]


@pytest.fixture
def said(heard):
    """What has been announced since last asked: started and ended ids."""
    started, ended = heard(term_started), heard(term_ended)

    def ask() -> tuple[list[int], list[int]]:
        found = [pk for call in started for pk in call["ids"]], [pk for call in ended for pk in call["ids"]]
        started.clear(), ended.clear()
        return found

    return ask


@pytest.fixture
def day_passes(set_today):
    """``day_passes(day)``: it is that day, and the day's work is done."""

    def work(day: dt.date) -> None:
        set_today(day)
        request_daily()
        run_waiting()

    return work


def elected(bodo, period: Period) -> Term:
    return begin_term(member=make_member(), office=make_office(), body=make_body(bodo), period=period, by=None)


def test_a_term_to_come_is_announced_by_the_daily_job_on_its_first_and_last_day(bodo, said, day_passes) -> None:
    term = elected(bodo, Period(days(10), days(20)))
    day_passes(days(9))
    assert said() == ([], [])
    day_passes(days(10))
    assert said() == ([term.pk], [])
    day_passes(days(20))
    assert said() == ([], [term.pk])


def test_nothing_is_announced_twice(bodo, said, day_passes) -> None:
    term = elected(bodo, Period(DAY, days(3)))
    day_passes(days(1))
    day_passes(days(3))
    day_passes(days(4))
    announce([term.pk])
    assert said() == ([term.pk], [term.pk])


def test_days_without_a_worker_are_caught_up(bodo, said, day_passes) -> None:
    short, long = elected(bodo, Period(days(2), days(4))), elected(bodo, Period(days(3)))
    day_passes(days(30))
    started, ended = said()
    assert (sorted(started), ended) == ([short.pk, long.pk], [short.pk])


def test_a_term_found_in_the_tables_that_began_long_ago_is_history(bodo, said, day_passes) -> None:
    old = make_term(make_member(), unit=bodo, period=Period(LONG_AGO, days(5)))
    over = make_term(make_member(), unit=bodo, period=Period(LONG_AGO, days(-5)))
    new = make_term(make_member(), unit=bodo, period=Period(days(-5)))
    day_passes(DAY)
    assert said() == ([new.pk], [])
    day_passes(days(5))
    assert said() == ([], [old.pk])
    assert over.announcements.count() == 2


def test_a_term_recorded_when_it_is_over_is_history(bodo, said, day_passes) -> None:
    elected(bodo, Period(days(-20), days(-10)))
    day_passes(days(1))
    assert said() == ([], [])


def test_what_was_there_before_anything_was_announced_is_marked_by_the_migration(bodo, said, day_passes) -> None:
    for period in (Period(days(-20), days(-10)), Period(days(-20)), Period(days(5))):
        make_term(make_member(), unit=bodo, period=period)
    import_module("lms.organisation.migrations.0006_terms_known_before").mark(apps, None)
    assert TermAnnouncement.objects.count() == 3
    day_passes(days(1))
    assert said() == ([], [])


def test_the_end_of_a_term_is_said_also_when_nobody_had_said_that_it_began(bodo, said) -> None:
    term = make_term(make_member(), unit=bodo)
    end_term(term=term, on=DAY, by=None)
    assert said() == ([], [term.pk])


def test_a_term_that_goes_on_after_all_is_said_to_have_started_again(bodo, said, day_passes) -> None:
    term = elected(bodo, Period(days(-10)))
    end_term(term=term, on=DAY, by=None)
    assert said() == ([term.pk], [term.pk])
    correct_term(term=term, period=Period(days(-10), days(10)), by=None)
    assert said() == ([term.pk], [])
    day_passes(days(10))
    assert said() == ([], [term.pk])


def test_a_term_that_begins_later_after_all_is_taken_back_and_said_on_its_day(bodo, said, day_passes) -> None:
    term = elected(bodo, Period(DAY))
    correct_term(term=term, period=Period(days(10)), by=None)
    assert said() == ([term.pk], [term.pk])
    day_passes(days(10))
    assert said() == ([term.pk], [])


def test_an_end_that_is_moved_before_it_comes_is_said_on_the_new_day(bodo, said, day_passes) -> None:
    term = elected(bodo, Period(DAY, days(10)))
    correct_term(term=term, period=Period(DAY, days(20)), by=None)
    day_passes(days(10))
    assert said() == ([term.pk], [])
    day_passes(days(20))
    assert said() == ([], [term.pk])


def test_a_term_recorded_by_mistake_is_taken_back_and_gone(bodo, said) -> None:
    term = elected(bodo, Period(DAY))
    pk = term.pk
    withdraw_term(term=term, by=None)
    assert said() == ([pk], [pk])
    assert not Term.objects.exists()


def test_the_day_of_many_elections_is_a_few_statements(bodo, django_assert_max_num_queries) -> None:
    board, office = make_body(bodo), make_office()
    Term.objects.bulk_create(
        Term(member=make_member(f"Nr {n}"), body=board, office=office, valid_from=DAY) for n in range(60)
    )
    # Eight are ours; plans, profiles and levels listen, each with a number of its own that does not grow.
    with django_assert_max_num_queries(32):
        for ids in due():
            announce(ids)
    assert TermAnnouncement.objects.count() == 60
