"""What applying does to units, people, bodies, offices and rights; and undoing it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from lms.organisation import access
from lms.organisation.models import Body, Membership, Term, Unit, UnitSuccession
from lms.periods import Period
from lms.reorganisation.applying import CannotApply, carry_out, take_back
from lms.reorganisation.services import add_change, choose_for_body, draft_reorganisation, place_people
from tests.factories import organisation
from tests.lms.reorganisation.drafting import (
    KIND,
    ON,
    draft,
    make_member,
    merged,
    new_unit,
    people_in,
    row,
    whole_organisation,
)

pytestmark = pytest.mark.django_db
BEFORE = ON - dt.timedelta(days=1)


@pytest.fixture
def tree() -> tuple[Unit, Unit, Unit, Unit]:
    return organisation.make_tree()


def test_people_of_a_merged_unit_belong_to_its_heir_from_the_day(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _bodo = tree
    kari, ola = make_member(of=nordland), make_member("Ola", of=oslo)
    merged(nordland, into=oslo)
    assert people_in(nordland, BEFORE) == {kari.pk}
    assert people_in(oslo, BEFORE) == {ola.pk}
    assert people_in(oslo, ON) == {kari.pk, ola.pk}
    assert people_in(nordland, ON) == set()


def test_branches_of_a_merged_unit_stand_under_its_heir(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, bodo = tree
    merged(nordland, into=oslo)
    assert bodo.pk in access.below([nordland.pk], on=BEFORE).values_list("unit", flat=True)
    assert set(access.below([oslo.pk], on=ON).values_list("unit", flat=True)) == {oslo.pk, bodo.pk}
    assert not access.below([nordland.pk], on=ON).exists()


def test_a_membership_that_begins_later_is_carried_too(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    later = ON + dt.timedelta(days=60)
    kari = make_member(of=nordland, since=Period(later))
    merged(nordland, into=oslo)
    assert people_in(oslo, later) == {kari.pk}
    assert Membership.objects.count() == 1


def test_one_who_belonged_to_both_is_counted_once_and_as_member(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    Membership.objects.create(member=kari, unit=oslo, status="sympathiser", valid_from=organisation.LONG_AGO)
    merged(nordland, into=oslo)
    (now,) = Membership.objects.on(ON).filter(member=kari)
    assert (now.unit, now.status) == (oslo, "member")
    assert Membership.objects.on(BEFORE).filter(member=kari).count() == 2


def test_a_split_goes_by_hand_by_branch_by_postal_code_and_the_rest(tree: tuple[Unit, ...]) -> None:
    nation, nordland, _, bodo = tree
    names = ("hand", "branch", "code", "rest")
    hand, branch, code, rest = (
        make_member(name, of=nordland, postal_code={"code": "8010", "hand": "8010"}.get(name, "")) for name in names
    )
    Membership.objects.create(member=branch, unit=bodo, valid_from=organisation.LONG_AGO)
    split = draft()
    north, south = (new_unit(split, f"n{n}", under=nation, kind=Unit.Kind.COUNTY) for n in (1, 2))
    row(split, KIND.SPLIT, nordland, target=north, postal_codes="8000-8099", municipalities=[bodo])
    (others,) = row(split, KIND.SPLIT, nordland, target=south, is_rest=True)
    place_people(change=others, members=[hand], by=None)
    carry_out(reorganisation=split, by=None)
    north.refresh_from_db()
    south.refresh_from_db()
    assert people_in(north.unit, ON) == {branch.pk, code.pk}
    assert people_in(south.unit, ON) == {hand.pk, rest.pk}
    assert set(access.below([north.unit.pk], on=ON).values_list("unit", flat=True)) == {north.unit.pk, bodo.pk}


def test_a_unit_that_gives_up_a_part_goes_on_with_the_rest(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    stays, goes = make_member(of=nordland), make_member("Går", of=nordland, postal_code="8500")
    split = draft()
    row(split, KIND.SPLIT, nordland, target=oslo, postal_codes="8500")
    row(split, KIND.SPLIT, nordland, target=nordland, is_rest=True)
    carry_out(reorganisation=split, by=None)
    assert people_in(nordland, ON) == {stays.pk}
    assert people_in(oslo, ON) == {goes.pk}
    assert UnitSuccession.objects.get().in_part
    nordland.refresh_from_db()
    assert nordland.valid_until is None


def test_somebody_nobody_has_placed_stops_a_split(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    split = draft()
    row(split, KIND.SPLIT, nordland, target=oslo, postal_codes="9000")
    with pytest.raises(CannotApply):
        carry_out(reorganisation=split, by=None)
    assert people_in(nordland, ON) == {kari.pk}


def test_a_new_number_is_a_label_and_the_unit_goes_on(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    old = nordland.code, oslo.code
    renumbering = draft()
    row(renumbering, KIND.RENAME, nordland, code=old[1], name="Nordland og Helgeland")
    row(renumbering, KIND.RENAME, oslo, code=old[0])
    carry_out(reorganisation=renumbering, by=None)
    nordland.refresh_from_db()
    oslo.refresh_from_db()
    assert (nordland.code, oslo.code) == (old[1], old[0])
    assert nordland.name_key == "nordland og helgeland"
    assert list(nordland.labels.order_by("valid_from").values_list("code", flat=True)) == [old[0], old[1]]


def test_a_board_ends_with_its_unit_and_rights_end_with_the_term(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    organisation.make_term(kari, office="training", unit=nordland)
    assert access.holds(kari, access.Right.SEE_PEOPLE, on=ON)
    merged(nordland, into=oslo)
    assert not access.holds(kari, access.Right.SEE_PEOPLE, on=ON)
    assert access.holds(kari, access.Right.SEE_PEOPLE, on=BEFORE)
    assert Term.objects.get().valid_until == Body.objects.get().valid_until == ON


def test_a_board_chosen_to_go_on_keeps_its_people_and_is_not_told_as_new(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    term = organisation.make_term(kari, office="training", unit=nordland)
    term.body.seats.create(office=term.office, number=3)
    merger = draft()
    row(merger, KIND.MERGE, nordland, target=oslo)
    choose_for_body(reorganisation=merger, body=term.body, goes_on=True, target=oslo, by=None)
    carry_out(reorganisation=merger, by=None)
    body = Body.objects.on(ON).get()
    assert (body.unit, body.name, body.seats.get().number) == (oslo, term.body.name, 3)
    now = Term.objects.on(ON).get()
    assert (now.member, now.body) == (kari, body)
    assert now.announcements.get().kind == "started"
    assert access.may(kari, access.Right.SEE_PEOPLE, unit=oslo, on=ON)


def test_a_body_with_somebody_elected_for_later_goes_on_by_itself(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    later = Period(ON + dt.timedelta(days=30))
    term = organisation.make_term(make_member(of=nordland), unit=nordland, period=later)
    merged(nordland, into=oslo)
    term.refresh_from_db()
    assert term.body.unit == oslo
    assert term.valid_from == later.start


def test_appointments_at_a_closed_unit_end_on_the_day(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    row_ = organisation.make_appointment(kari, access.Role.ADMINISTRATOR, unit=nordland)
    merged(nordland, into=oslo)
    row_.refresh_from_db()
    assert row_.valid_until == ON
    assert not access.grants(kari, on=ON) or not access.units_with(kari, access.Right.SEE_PEOPLE, on=ON)


def test_undoing_gives_back_every_row(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    kari = make_member(of=nordland)
    Membership.objects.create(member=kari, unit=oslo, status="sympathiser", valid_from=organisation.LONG_AGO)
    organisation.make_term(kari, office="training", unit=nordland)
    organisation.make_appointment(kari, access.Role.INSTRUCTOR, unit=nordland)
    before = whole_organisation()
    merger = merged(nordland, into=oslo)
    assert whole_organisation() != before
    take_back(reorganisation=merger, by=None)
    assert whole_organisation() == before


def test_applying_twice_does_nothing_more(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    make_member(of=nordland)
    merger = merged(nordland, into=oslo)
    before = whole_organisation()
    assert carry_out(reorganisation=merger, by=None) == {"edits": 0}
    assert whole_organisation() == before


def test_a_later_membership_in_the_new_unit_stands_in_the_way_of_undoing(tree: tuple[Unit, ...]) -> None:
    nation, nordland, oslo, _ = tree
    merger = draft()
    whole = new_unit(merger, "ny", under=nation, kind=Unit.Kind.COUNTY)
    row(merger, KIND.MERGE, nordland, oslo, target=whole)
    carry_out(reorganisation=merger, by=None)
    whole.refresh_from_db()
    make_member("Ny", of=whole.unit, since=Period(ON))
    merger.refresh_from_db()
    with pytest.raises(CannotApply):
        take_back(reorganisation=merger, by=None)


def test_nobody_moves_people_into_a_unit_they_do_not_hold(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    ada = make_member("Ada")
    organisation.make_appointment(ada, access.Role.ADMINISTRATOR, unit=nordland)
    mine = draft_reorganisation(name="Min", on=ON, by=ada)
    with pytest.raises(PermissionDenied):
        add_change(reorganisation=mine, kind=KIND.MERGE, units=[nordland], target=oslo, by=ada)
    row(mine, KIND.MERGE, nordland, target=oslo)
    with pytest.raises(PermissionDenied):
        carry_out(reorganisation=mine, by=ada)
