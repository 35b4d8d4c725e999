"""What the offices of a person need, by when, and which of it they are asked about."""

import datetime as dt

import pytest

from lms.competences.models import OfficeNeed
from lms.competences.needs import Ask, Wanted, choose, offices_held, unbroken_since, wanted_by
from lms.organisation.access import Role
from lms.periods import Period
from tests.factories.competences import make_need
from tests.factories.organisation import DAY, LONG_AGO, make_appointment, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db
START = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("level", "needed", "is_urgent", "step", "days"),
    [
        (0, 3, False, 3, 365),
        (0, 3, True, 1, 30),
        (1, 3, True, 2, 100),
        (2, 3, True, 3, 365),
        (0, 1, True, 1, 30),
        (1, 2, True, 2, 100),
        (0, 2, True, 1, 30),
    ],
)
def test_the_next_step_has_a_day(level, needed, is_urgent, step, days):
    assert Ask(needed, is_urgent, START).next_after(level) == (START + dt.timedelta(days=days), step)


def test_what_is_reached_has_no_next_step():
    assert Ask(2, True, START).next_after(2) is None
    assert Ask(2, True, START).next_after(4) is None


def test_an_old_office_does_not_make_the_urgent_of_a_new_one_late():
    old, new = Ask(1, False, LONG_AGO), Ask(3, True, START)
    assert Wanted("a", (old, new)).next_after(1) == (START + dt.timedelta(days=100), 2)
    assert Wanted("a", (old, new)).next_after(0) == (LONG_AGO + dt.timedelta(days=365), 1)


@pytest.mark.parametrize(
    ("periods", "since"),
    [
        ([("2026-01-01", None)], "2026-01-01"),
        ([("2024-01-01", "2026-01-01"), ("2026-01-01", None)], "2024-01-01"),
        ([("2024-01-01", "2025-06-01"), ("2026-01-01", None)], "2026-01-01"),
        ([("2020-01-01", "2024-01-01"), ("2024-01-01", "2026-01-01"), ("2026-01-01", None)], "2020-01-01"),
    ],
)
def test_whoever_is_elected_again_goes_on(periods, since):
    rows = [Period(dt.date.fromisoformat(a), b and dt.date.fromisoformat(b)) for a, b in periods]
    assert unbroken_since(rows, DAY) == dt.date.fromisoformat(since)


def test_two_offices_ask_for_the_highest_of_both_and_are_both_named():
    _nation, nordland, _oslo, bodo = make_tree()
    kari = make_member(of=bodo)
    make_need(office="chair", level=2)
    make_need(office="treasurer", level=3)
    OfficeNeed.objects.filter(office_key="chair").update(is_urgent=True)
    make_term(kari, office="chair", unit=bodo)
    make_term(kari, office="treasurer", unit=nordland, period=Period(START))
    wanted = wanted_by(offices_held(kari, DAY), DAY)["money.budget"]
    assert (wanted.level, wanted.is_urgent) == (3, True)
    assert {(ask.level, ask.since) for ask in wanted.asks} == {(2, LONG_AGO), (3, START)}


def test_to_be_an_instructor_is_an_office_here():
    _nation, nordland, *_ = make_tree()
    kari = make_member(of=nordland)
    make_appointment(kari, Role.INSTRUCTOR, unit=nordland)
    assert [held.key for held in offices_held(kari, DAY)] == ["instructor"]


def test_an_ended_office_needs_nothing_more():
    *_, bodo = make_tree()
    kari = make_member(of=bodo)
    make_term(kari, unit=bodo, period=Period(LONG_AGO, START))
    assert offices_held(kari, DAY) == []


def test_the_urgent_and_the_highest_are_asked_about_in_the_order_of_the_framework():
    wanted = {key: Wanted(key, (Ask(level, urgent, START),)) for key, level, urgent in (
        ("a", 1, False), ("b", 3, False), ("c", 1, True), ("d", 2, False),
    )}  # fmt: skip
    assert choose(wanted, ["a", "b", "c", "d"], 3) == ["b", "c", "d"]
    assert choose(wanted, ["d", "c"], 9) == ["d", "c"]
