"""The snapshot of a month: who is in it, where they count, and what stays of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.coverage.gathering import posts_on
from courses.coverage.snapshots import close_and_run, last_months, rebuild_history, write_snapshot
from lms.archive.layout import Groups
from lms.archive.models import ArchiveFile
from lms.archive.reader import column, opened, units_of
from lms.archive.totals import Totals
from lms.competences.models import Competence, Profile
from lms.members.models import Member
from lms.organisation.models import Membership, Unit
from lms.periods import Period
from tests.factories import organisation
from tests.factories.competences import make_competence

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
MONTH = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _today(set_today) -> None:
    set_today(TODAY)


@pytest.fixture
def tree() -> tuple[Unit, ...]:
    make_competence("money.budget")
    Competence.objects.filter(pk=make_competence("care.privacy").pk).update(number=3)
    return organisation.make_tree()


def stand(member, *levels: int) -> None:
    """Give a profile, by byte."""
    Profile.objects.update_or_create(member=member, defaults={"levels": bytes(levels), "computed_on": TODAY})


def read(row: ArchiveFile) -> list[tuple[int, int, int, int]]:
    """(unit, office unit, groups, level in care.privacy) of each row."""
    with opened(row.name) as file:
        values = (file["unit"][:], file["office_unit"][:], file["groups"][:], column(file, "care.privacy"))
        return sorted(zip(*(value.tolist() for value in values), strict=True))


def test_everybody_who_belongs_or_serves_has_one_row(tree) -> None:
    nation, nordland, _oslo, bodo = tree
    stand(organisation.make_member("A", of=bodo), 1, 0, 0, 3)
    chair = organisation.make_member("B", of=bodo)
    organisation.make_term(chair, unit=nordland)
    organisation.make_term(chair, office="board_member", unit=nation)
    organisation.make_member("C", of=bodo, status=Membership.Status.SYMPATHISER)
    organisation.make_term(organisation.make_member("D"), office="secretary", unit=bodo)
    row = write_snapshot(month=MONTH)
    assert row.people == 4
    assert read(row) == sorted(
        [
            (bodo.pk, 0, int(Groups.MEMBER), 3),
            (bodo.pk, nordland.pk, int(Groups.MEMBER | Groups.OFFICER | Groups.CHAIR), 0),
            (bodo.pk, 0, int(Groups.SYMPATHISER), 0),
            (0, bodo.pk, int(Groups.OFFICER), 0),
        ]
    )


def test_to_chair_a_nomination_committee_is_not_to_chair(tree) -> None:
    from lms.organisation.models import Body, Term

    one = organisation.make_member("A")
    body = organisation.make_body(tree[1], kind=Body.Kind.NOMINATING)
    office = organisation.make_office("chair")
    Term.objects.create(member=one, office=office, body=body, valid_from=organisation.LONG_AGO)
    assert posts_on(TODAY)[one.pk].is_chair is False


def test_totals_count_each_person_once_where_they_belong_and_serve(tree) -> None:
    nation, nordland, _oslo, bodo = tree
    stand(organisation.make_member("A", of=bodo), 1, 0, 0, 3)
    chair = organisation.make_member("B", of=bodo)
    organisation.make_term(chair, unit=nordland)
    organisation.make_term(chair, office="board_member", unit=nation)
    stand(chair, 2)
    write_snapshot(month=MONTH)
    with Totals() as totals:
        axes = totals.axes()
        counts, _shown = totals.month(0)
    place = {unit: at for at, unit in enumerate(axes.units.tolist())}
    budget, privacy = axes.columns.index("money.budget"), axes.columns.index("care.privacy")
    assert (axes.months, axes.counted_on) == ([MONTH], [TODAY])
    assert counts[0, place[bodo.pk], privacy].tolist() == [2, 1, 1, 1, 0]
    assert counts[1, place[nordland.pk], budget].tolist() == [1, 1, 1, 0, 0]
    assert counts[2, place[nordland.pk], budget, 0] == 1
    assert counts[1, place[nation.pk], budget, 0] == 0
    assert axes.parents[0, place[bodo.pk]] == place[nordland.pk]


def test_levels_that_are_held_and_lapsed_are_told_apart(tree) -> None:
    from courses.progression.models import Award
    from tests.factories import courses

    valid, lapsed = (organisation.make_member(name, of=tree[3]) for name in "AB")
    courses.make_award(valid)
    award = courses.make_award(lapsed)
    Award.objects.filter(pk=award.pk).update(awarded_on=dt.date(2022, 1, 1), valid_until=dt.date(2026, 1, 1))
    row = write_snapshot(month=MONTH)
    with opened(row.name) as file:
        assert sorted(column(file, award.level.key).tolist()) == [1, 2]


def test_a_month_that_runs_is_written_over_and_the_one_before_it_is_closed(tree, set_today) -> None:
    organisation.make_member("A", of=tree[3])
    close_and_run()
    set_today(dt.date(2026, 12, 2))
    organisation.make_member("B", of=tree[3], since=Period(dt.date(2026, 12, 1)))
    close_and_run()
    close_and_run()
    assert dict(ArchiveFile.objects.values_list("month", "people")) == {MONTH: 1, dt.date(2026, 12, 1): 2}
    with Totals() as totals:
        axes = totals.axes()
    assert dict(zip(axes.months, axes.counted_on, strict=True)) == {
        MONTH: dt.date(2026, 11, 30),
        dt.date(2026, 12, 1): dt.date(2026, 12, 2),
    }


def test_history_is_drawn_from_the_ledger_as_it_was(tree) -> None:
    from tests.factories.competences import make_evidence

    one = organisation.make_member("A", of=tree[3])
    make_evidence(one, key="care.privacy", level=2, on=dt.date(2026, 9, 10))
    rows = rebuild_history(months=last_months(4))
    assert [row.month.month for row in rows] == [8, 9, 10, 11]
    assert [read(row)[0][3] for row in rows][:3] == [0, 2, 2]


def test_units_are_those_of_the_day(tree) -> None:
    row = write_snapshot(month=MONTH)
    with opened(row.name) as file:
        assert {(unit.pk, unit.parent) for unit in units_of(file)} == {
            (tree[0].pk, 0), (tree[1].pk, tree[0].pk), (tree[2].pk, tree[0].pk), (tree[3].pk, tree[1].pk),
        }  # fmt: skip


def test_a_thousand_people_ask_the_database_no_more_often_than_ten(tree) -> None:
    def asked(number: int) -> int:
        found = Member.objects.bulk_create(Member(name=f"Person {n}") for n in range(number))
        Membership.objects.bulk_create(
            Membership(member=one, unit=tree[3], valid_from=organisation.LONG_AGO) for one in found
        )
        write_snapshot(month=MONTH)  # draws their secrets
        with CaptureQueriesContext(connection) as captured:
            write_snapshot(month=MONTH)
        return len(captured)

    assert asked(10) == asked(1_000) <= 20
