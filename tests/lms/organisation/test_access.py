"""Rights follow from terms and appointments, on a date, for a unit and all below it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right, Role
from lms.organisation.models import Unit
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_appointment, make_member, make_term, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def tree() -> tuple[Unit, Unit, Unit, Unit]:
    return make_tree()


def seen(by: Member, on: dt.date = DAY) -> set[str]:
    return set(access.visible(Member.objects.all(), to=by, on=on).values_list("name", flat=True))


def test_an_administrator_has_the_right_for_the_unit_and_below_and_nowhere_else(tree: tuple[Unit, ...]) -> None:
    _, nordland, _, bodoe = tree
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    has = [unit for unit in tree if access.may(ada, Right.ISSUE_CERTIFICATES, unit=unit, on=DAY)]
    assert has == [nordland, bodoe]


def test_rights_of_an_office_end_with_the_term(tree: tuple[Unit, ...]) -> None:
    tone = make_member("Tone")
    make_term(tone, office="training", unit=tree[1], period=Period(LONG_AGO, DAY))
    assert access.holds(tone, Right.SEE_PEOPLE, on=DAY - dt.timedelta(days=1))
    assert not access.holds(tone, Right.SEE_PEOPLE, on=DAY)


def test_rights_of_an_appointment_begin_and_end_on_their_days(tree: tuple[Unit, ...]) -> None:
    ivar = make_member("Ivar")
    make_appointment(ivar, Role.INSTRUCTOR, unit=tree[1], period=Period(DAY, DAY + dt.timedelta(days=1)))
    days = [DAY + dt.timedelta(days=n) for n in (-1, 0, 1)]
    assert [access.holds(ivar, Right.WRITE_COURSES, on=day) for day in days] == [False, True, False]


def test_an_ordinary_office_carries_no_rights(tree: tuple[Unit, ...]) -> None:
    treasurer = make_member("Kasserer")
    make_term(treasurer, office="treasurer", unit=tree[1])
    assert access.grants(treasurer, on=DAY) == frozenset()


def test_an_inactive_person_and_a_stranger_have_no_rights(tree: tuple[Unit, ...]) -> None:
    gone = make_member("Borte", is_active=False)
    make_appointment(gone, Role.EDITOR, unit=tree[0])
    assert access.grants(gone, on=DAY) == access.grants(AnonymousUser(), on=DAY) == frozenset()


def test_an_administrator_sees_the_people_of_the_county_and_herself(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, bodoe = tree
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    make_member("Bo i Bodø", of=bodoe)
    make_member("Ola i Oslo", of=oslo)
    make_term(make_member("Valgt i Bodø"), unit=bodoe)
    assert seen(by=ada) == {"Ada", "Bo i Bodø", "Valgt i Bodø"}


def test_people_who_have_moved_on_are_seen_by_the_new_county_only(tree: tuple[Unit, ...]) -> None:
    _, nordland, _, bodoe = tree
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    make_member("Flyttet", of=bodoe, since=Period(LONG_AGO, DAY))
    assert seen(by=ada, on=DAY) == {"Ada"}
    assert "Flyttet" in seen(by=ada, on=DAY - dt.timedelta(days=1))


def test_without_a_right_one_sees_oneself_and_a_stranger_sees_nobody(tree: tuple[Unit, ...]) -> None:
    make_member("Andre", of=tree[3])
    assert seen(by=make_member("Selv", of=tree[3])) == {"Selv"}
    assert not access.visible(Member.objects.all(), to=AnonymousUser(), on=DAY).exists()


def test_a_right_of_another_kind_opens_nothing(tree: tuple[Unit, ...]) -> None:
    editor = make_member("Redaktør")
    make_appointment(editor, Role.EDITOR, unit=tree[0])
    make_member("Bo", of=tree[3])
    assert seen(by=editor) == {"Redaktør"}


def test_a_model_nobody_has_scoped_is_not_shown_to_anybody() -> None:
    with pytest.raises(LookupError, match="has no scope"):
        access.visible(Group.objects.all(), to=make_member())


def test_a_right_that_is_not_held_is_refused(tree: tuple[Unit, ...]) -> None:
    _, nordland, oslo, _ = tree
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=nordland)
    access.demand(ada, Right.SEE_PEOPLE, unit=nordland, on=DAY)
    with pytest.raises(PermissionDenied):
        access.demand(ada, Right.SEE_PEOPLE, unit=oslo, on=DAY)
    with pytest.raises(PermissionDenied):
        access.demand(ada, Right.PUBLISH_COURSES, on=DAY)
