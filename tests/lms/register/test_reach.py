"""An importer writes for the units they keep the register for, and a move needs the right at both ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lms.jobs.sweeper import run_waiting
from lms.members.models import Leaving, Member
from lms.organisation.models import Appointment
from lms.periods import Period, today
from lms.register.queries import import_seen_by
from lms.register.services import receive_file, request_apply
from tests.factories.organisation import LONG_AGO, make_appointment, make_member, make_tree
from tests.lms.register.files import bring, bring_and_apply, counted, problems_of, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def inga(tree):
    """The administrator of Nordland."""
    person = make_member("Inga", of=tree[1], member_number="1")
    make_appointment(person, "administrator", unit=tree[1])
    return person


def test_new_people_go_to_units_in_reach_only(inga):
    row = bring(register("101;Åse;;Bodø", "102;Ola;;Oslo fylkeslag"), by=inga)
    assert problems_of(row) == [(3, "unit", "Oslo fylkeslag", "unit foreign")]


def test_nobody_is_moved_out_of_a_unit_that_is_not_in_reach(tree, inga):
    make_member("Hemmelig Person", of=tree[2], member_number="101", email="hemmelig@example.org")
    row = bring(register("101;Åse;ny@example.org;Bodø"), by=inga)
    assert problems_of(row) == [(2, "number", "101", "person foreign")]
    assert "emmelig" not in str(list(row.problems.values())) and not row.staged.exists()


def test_somebody_who_once_left_another_county_is_not_taken_over(tree, inga):
    make_member("Ola", of=tree[2], since=Period(LONG_AGO, dt.date(2020, 1, 1)), member_number="101")
    make_member("Kari", of=tree[3], since=Period(LONG_AGO, dt.date(2020, 1, 1)), member_number="102")
    row = bring(register("101;Ola;;Bodø", "102;Kari;;Bodø"), by=inga)
    assert problems_of(row) == [(2, "number", "101", "person foreign")]


def test_a_number_that_never_belonged_anywhere_is_the_installations_to_place(inga):
    make_member("Landets administrator", member_number="101")
    assert problems_of(bring(register("101;X;;Bodø"), by=inga)) == [(2, "number", "101", "person foreign")]


def test_a_whole_register_of_a_county_makes_nobody_leave_elsewhere(tree, inga):
    for n in range(20):
        make_member(f"N {n}", of=tree[3], member_number=f"n{n}")
    oslo = make_member("Oslo", of=tree[2], member_number="o1")
    row = bring_and_apply(register("1;Inga;;Nordland fylkeslag", *(f"n{n};N {n};;Bodø" for n in range(18))), by=inga, is_whole=True)  # fmt: skip  # noqa: E501
    assert counted(row) == (0, 0, 19, 2, 0)
    assert not Leaving.objects.filter(member=oslo).exists()


def test_whoever_keeps_no_register_brings_no_file(tree):
    import io

    with pytest.raises(PermissionDenied):
        receive_file(file=io.BytesIO(b"x"), name="x", is_whole=False, by=make_member("Ola", of=tree[1]))


def test_a_right_that_ended_before_the_file_is_applied_applies_nothing(inga):
    row = bring(register("101;Åse;;Bodø"), by=inga)
    request_apply(register_import=row, by=inga)
    Appointment.objects.update(valid_until=today())
    run_waiting()
    row.refresh_from_db()
    assert row.state == "refused" and not Member.objects.filter(member_number="101").exists()


def test_an_import_of_somebody_who_is_gone_reaches_nothing(inga):
    row = bring(register("101;Åse;;Bodø"), by=inga)
    request_apply(register_import=row, by=inga)
    inga.delete()
    run_waiting()
    row.refresh_from_db()
    assert row.state == "refused" and not Member.objects.exists()


def test_an_import_is_seen_by_those_whose_reach_holds_all_of_it(tree, inga):
    row = bring(register("101;Åse;;Bodø"), by=inga)
    nation, oslo = make_member("N", of=tree[0]), make_member("O", of=tree[2])
    make_appointment(nation, "administrator", unit=tree[0])
    make_appointment(oslo, "administrator", unit=tree[2])
    seen = [import_seen_by(person, row.public_id) is not None for person in (inga, nation, oslo, make_member("X"))]
    assert seen == [True, True, False, False]


def test_what_the_installation_brought_is_seen_by_those_who_keep_all_of_it(tree, inga):
    row = bring(register("101;Åse;;Bodø"))
    nation = make_member("N", of=tree[0])
    make_appointment(nation, "administrator", unit=tree[0])
    assert [import_seen_by(person, row.public_id) is not None for person in (inga, nation)] == [False, True]
