"""Nobody gives a right they do not hold; every right given has an end, and is on the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from lms.audit.models import Entry
from lms.organisation.access import Right, Role, holds
from lms.organisation.models import Appointment, Term, Unit
from lms.organisation.services import appoint, begin_term, end_term, project_groups
from lms.organisation.signals import term_ended, term_started
from lms.periods import Period
from tests.factories.organisation import (
    DAY,
    LATER,
    LONG_AGO,
    make_appointment,
    make_body,
    make_member,
    make_office,
    make_term,
    make_tree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
YEAR = Period(DAY, dt.date(2027, 3, 14))


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> Iterator[None]:
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Unit, Unit, Unit, Unit]:
    return make_tree()


@pytest.mark.parametrize("where", [0, 2], ids=["above", "beside"])
def test_a_county_administrator_cannot_appoint_outside_the_county(tree: tuple[Unit, ...], where: int) -> None:
    ada, bo = make_member("Ada"), make_member("Bo")
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    with pytest.raises(PermissionDenied):
        appoint(member=bo, role=Role.ADMINISTRATOR, unit=tree[where], period=YEAR, by=ada)
    assert Appointment.objects.filter(member=bo).count() == 0


def test_a_county_administrator_appoints_in_the_county(tree: tuple[Unit, ...]) -> None:
    ada, bo = make_member("Ada"), make_member("Bo")
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    appoint(member=bo, role=Role.ADMINISTRATOR, unit=tree[3], period=YEAR, by=ada)
    assert holds(bo, Right.ISSUE_CERTIFICATES, on=DAY)


def test_an_administrator_cannot_make_editors_and_an_instructor_cannot_make_publishers(
    tree: tuple[Unit, ...],
) -> None:
    for role in (Role.ADMINISTRATOR, Role.INSTRUCTOR):
        giver = make_member(role)
        make_appointment(giver, role, unit=tree[0])
        with pytest.raises(PermissionDenied):
            appoint(member=make_member("Bo"), role=Role.EDITOR, unit=tree[1], period=YEAR, by=giver)


def test_one_cannot_appoint_oneself_to_more(tree: tuple[Unit, ...]) -> None:
    ivar = make_member("Ivar")
    make_appointment(ivar, Role.INSTRUCTOR, unit=tree[1])
    with pytest.raises(PermissionDenied):
        appoint(member=ivar, role=Role.INSTRUCTOR, unit=tree[0], period=YEAR, by=ivar)


def test_a_right_that_has_ended_is_not_given_on(tree: tuple[Unit, ...]) -> None:
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1], period=Period(LONG_AGO, DAY))
    with pytest.raises(PermissionDenied):
        appoint(member=make_member("Bo"), role=Role.ADMINISTRATOR, unit=tree[1], period=YEAR, by=ada)


def test_an_appointment_without_an_end_is_refused(tree: tuple[Unit, ...]) -> None:
    with pytest.raises(ValidationError, match="end date"):
        appoint(member=make_member(), role=Role.EDITOR, unit=tree[0], period=Period(DAY), by=None)


def test_an_appointment_stands_on_the_trail_without_a_name(tree: tuple[Unit, ...]) -> None:
    bo = make_member("Bo Hansen")
    appoint(member=bo, role=Role.EDITOR, unit=tree[0], period=YEAR, by=None)
    entry = Entry.objects.get(act="appoint")
    assert entry.subject == f"member:{bo.public_id}"
    assert "Bo" not in str(entry.details)


def test_the_groups_of_the_cms_follow_the_rights_of_the_day(tree: tuple[Unit, ...]) -> None:
    bo = make_member("Bo")
    for name in ("Kursholdere", "Redaktører"):
        Group.objects.get_or_create(name=name)
    appoint(member=bo, role=Role.EDITOR, unit=tree[0], period=Period(DAY, LATER), by=None)
    assert [group.name for group in bo.groups.all()] == ["Redaktører"]
    Appointment.objects.filter(member=bo).update(valid_from=LONG_AGO, valid_until=DAY)
    project_groups(member=bo)
    assert not bo.groups.exists()


def test_the_same_office_twice_on_one_day_is_refused(tree: tuple[Unit, ...]) -> None:
    bo, board = make_member("Bo"), make_body(tree[3])
    begin_term(member=bo, office=make_office(), body=board, period=YEAR, by=None)
    with pytest.raises(ValidationError, match="already held"):
        begin_term(member=bo, office=make_office(), body=board, period=Period(DAY), by=None)


def test_re_election_begins_the_day_the_old_term_ends(tree: tuple[Unit, ...]) -> None:
    bo, board = make_member("Bo"), make_body(tree[3])
    assert YEAR.until is not None
    for period in (YEAR, Period(YEAR.until)):
        begin_term(member=bo, office=make_office(), body=board, period=period, by=None)
    assert Term.objects.filter(member=bo).count() == 2


def test_a_term_is_announced_when_it_begins_and_when_it_ends(tree: tuple[Unit, ...], heard) -> None:
    started, ended = heard(term_started), heard(term_ended)
    bo = make_member("Bo")
    term = begin_term(member=bo, office=make_office(), body=make_body(tree[3]), period=Period(LONG_AGO), by=None)
    end_term(term=term, on=DAY, by=None)
    assert [call["ids"] for call in started + ended] == [[term.pk], [term.pk]]


def test_ending_a_training_officers_term_ends_the_rights_that_day(tree: tuple[Unit, ...]) -> None:
    tone = make_member("Tone")
    term = make_term(tone, office="training", unit=tree[1])
    end_term(term=term, on=DAY, by=None)
    assert not holds(tone, Right.SEE_PEOPLE, on=DAY)
    assert holds(tone, Right.SEE_PEOPLE, on=DAY - dt.timedelta(days=1))
