"""The overview as it is read: a month, what lies below, what is hidden, how often the database is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.coverage.ground import Order
from courses.coverage.queries import ALL, overview, trend
from courses.coverage.snapshots import rebuild_history, write_snapshot
from lms.members.models import Member
from lms.organisation.models import Unit, UnitSuccession
from lms.periods import Period
from tests.factories import organisation
from tests.factories.competences import make_competence
from tests.factories.coverage import make_people as people

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
MONTH = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _today(set_today) -> None:
    set_today(TODAY)


@pytest.fixture
def tree() -> tuple[Unit, ...]:
    make_competence("money.budget")
    return organisation.make_tree()


def budget(found, group: int = 0):
    return found.branches[0].lines[0].cells[0]


def reader(unit: Unit) -> tuple[Client, Member]:
    one = organisation.make_member("Ada", of=unit)
    organisation.make_appointment(one, "administrator", unit=unit)
    client = Client()
    client.force_login(one)
    return client, one


def test_a_unit_counts_all_below_it_and_hides_the_small(tree) -> None:
    nation, nordland, oslo, bodo = tree
    people(bodo, *[2] * 6, *[0] * 6)
    people(oslo, *[2] * 8, *[0] * 9)
    people(nordland, 2, 0)
    write_snapshot(month=MONTH)
    found = overview(nation, group=ALL)
    assert (budget(found).people, budget(found).reached) == (31, 15)
    assert [(part.name, part.people) for part in found.parts] == [("Nordland fylkeslag", 14), ("Oslo fylkeslag", 17)]
    county = overview(nordland, group=ALL)
    # The county's own two are too few, and Bodø would give them away: together they are shown, apart they are not.
    assert budget(county).reached == 7
    assert budget(overview(bodo, group=ALL)).reached is None


def test_nothing_is_there_before_the_first_month_is_counted(tree) -> None:
    assert overview(tree[0]) is None
    assert trend(tree[0], "money.budget") == []


def test_a_merged_unit_counts_for_its_successor_as_it_is_and_for_itself_as_it_was(tree) -> None:
    nation, _nordland, _oslo, bodo = tree
    people(bodo, *[2] * 6, *[0] * 6)
    write_snapshot(month=MONTH)
    new = organisation.make_unit("Salten", under=nation, kind="county", lived=Period(dt.date(2026, 11, 10)))
    UnitSuccession.objects.create(predecessor=bodo, successor=new, on=dt.date(2026, 11, 25))
    Unit.objects.filter(pk=bodo.pk).update(valid_until=dt.date(2026, 11, 25))
    assert budget(overview(new, group=ALL)) is not None


def test_results_follow_successions_as_it_is(tree, set_today) -> None:
    _nation, nordland, oslo, bodo = tree
    people(bodo, *[2] * 6, *[0] * 6)
    people(oslo, *[0] * 7, *[2] * 7)
    write_snapshot(month=MONTH)
    set_today(dt.date(2027, 1, 5))
    UnitSuccession.objects.create(predecessor=bodo, successor=oslo, on=dt.date(2027, 1, 1))
    Unit.objects.filter(pk=bodo.pk).update(valid_until=dt.date(2027, 1, 1))
    assert budget(overview(oslo, group=ALL, order=Order.IS)).people == 26
    assert budget(overview(oslo, group=ALL, order=Order.WAS)).people == 14
    assert budget(overview(nordland, group=ALL, order=Order.IS)).people == 0
    assert budget(overview(nordland, group=ALL, order=Order.WAS)).people == 12


def test_a_trend_has_a_point_for_each_month(tree) -> None:
    people(tree[3], *[0] * 12)
    rebuild_history(months=[dt.date(2026, month, 1) for month in (8, 9, 10)])
    write_snapshot(month=MONTH)
    points = trend(tree[0], "money.budget", group=ALL)
    assert [point.counted_on for point in points][-2:] == [dt.date(2026, 10, 31), TODAY]
    assert [point.cell.people for point in points] == [12] * 4
    assert points[0].cell.reached is None


def test_the_page_is_for_those_who_see_the_people_there(tree) -> None:
    nation, nordland, oslo, _bodo = tree
    people(oslo, *[2] * 8, *[0] * 9)
    write_snapshot(month=MONTH)
    client, _ = reader(nordland)
    assert client.get(f"/coverage/{nordland.public_id}/").status_code == 200
    assert client.get(f"/coverage/{oslo.public_id}/").status_code == 404
    assert client.get(f"/coverage/{nation.public_id}/over-time/money.budget/").status_code == 404


def test_every_page_opens(tree) -> None:
    people(tree[3], *[2] * 6, *[0] * 6)
    write_snapshot(month=MONTH)
    client, _ = reader(tree[0])
    at = f"/coverage/{tree[0].public_id}/"
    assert client.get("/coverage/").headers["Location"] == at
    for path in (
        at,
        f"{at}?group=all&least=1&order=was&month=2026-11",
        f"{at}over-time/money.budget/",
        f"{at}courses/",
    ):
        assert client.get(path).status_code == 200, path
    assert client.get(f"{at}over-time/no.such/").status_code == 404
    for kind in ("csv", "xlsx", "pdf"):
        response = client.post(f"{at}table.{kind}?group=all")
        assert response.status_code in (200, 302), kind


def test_the_page_asks_no_more_often_for_a_thousand_than_for_ten(tree) -> None:
    client, _ = reader(tree[0])
    at = f"/coverage/{tree[0].public_id}/?group=all"

    def asked(number: int) -> int:
        people(tree[3], *[n % 5 for n in range(number)])
        write_snapshot(month=MONTH)
        client.get(at)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at).status_code == 200
        return len(captured)

    assert asked(10) == asked(1_000)
