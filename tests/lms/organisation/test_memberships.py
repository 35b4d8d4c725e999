"""Somebody is added by hand, moved, or leaves: both ends are checked, and everything is dated."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.audit.models import Entry
from lms.members.models import Leaving, Member
from lms.organisation.access import Role
from lms.organisation.leaving import leave_self, record_leaving
from lms.organisation.memberships import add_member, end_membership, move_member, undo_leaving
from lms.organisation.models import Membership
from lms.organisation.queries import home_unit_of
from lms.organisation.signals import member_joined, member_moved
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_appointment, make_member, make_tree, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def ada(tree):
    """Keeps the register of the first county and all below."""
    ada = make_member("Ada", of=tree[1])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    return ada


def stays(member):
    rows = Membership.objects.filter(member=member).order_by("valid_from")
    return [(row.unit, row.valid_from, row.valid_until) for row in rows]


def test_who_is_moved_belongs_to_the_old_unit_until_the_day_and_to_the_new_from_it(tree, ada):
    _, nordland, _, bodo = tree
    kari = make_member(of=bodo)
    move_member(member=kari, unit=nordland, on=DAY, by=ada)
    assert stays(kari) == [(bodo, LONG_AGO, DAY), (nordland, DAY, None)]


def test_moving_keeps_what_the_person_is_and_until_when(tree, ada):
    ends = dt.date(2027, 1, 1)
    kari = make_member(of=tree[3], status="sympathiser", since=Period(LONG_AGO, ends))
    moved = move_member(member=kari, unit=tree[1], on=DAY, by=ada)
    assert (moved.status, moved.valid_until) == ("sympathiser", ends)


def test_moving_is_announced_and_written_in_the_trail(tree, ada, heard):
    said, kari = heard(member_moved), make_member(of=tree[3])
    move_member(member=kari, unit=tree[1], on=DAY, by=ada)
    assert [(call["ids"], call["on"]) for call in said] == [([kari.pk], DAY)]
    entry = Entry.objects.get(act="move_member")
    assert (entry.actor, entry.subject) == (ada.public_id, f"member:{kari.public_id}")


@pytest.mark.parametrize("end", ["from", "to"])
def test_both_ends_of_a_move_must_be_kept(tree, ada, end):
    _, nordland, oslo, bodo = tree
    kari = make_member(of=oslo if end == "from" else bodo)
    with pytest.raises(PermissionDenied):
        move_member(member=kari, unit=nordland if end == "from" else oslo, on=DAY, by=ada)
    assert home_unit_of(kari, on=DAY) == (oslo if end == "from" else bodo)


def test_nobody_is_moved_to_where_they_are_to_before_they_came_or_from_nowhere(tree, ada):
    kari = make_member(of=tree[3], since=Period(dt.date(2026, 1, 1)))
    gone = make_member(of=tree[3], since=Period(LONG_AGO, dt.date(2020, 1, 1)))
    for member, unit, on in ((kari, tree[3], DAY), (kari, tree[1], dt.date(2025, 1, 1)), (gone, tree[1], DAY)):
        with pytest.raises(ValidationError):
            move_member(member=member, unit=unit, on=on, by=ada)


def test_nobody_is_moved_to_a_unit_that_is_closed_that_day(tree, ada):
    closing = make_unit("Saltdal", under=tree[1], lived=Period(LONG_AGO, dt.date(2026, 6, 1)))
    with pytest.raises(ValidationError):
        move_member(member=make_member(of=tree[3]), unit=closing, on=dt.date(2026, 7, 1), by=ada)


def test_who_was_put_in_the_wrong_unit_the_same_day_is_put_right_without_a_trace_of_it(tree, ada):
    kari = make_member(of=tree[3], since=Period(DAY))
    move_member(member=kari, unit=tree[1], on=DAY, by=ada)
    assert stays(kari) == [(tree[1], DAY, None)]


def test_who_is_added_by_hand_belongs_and_is_announced_and_has_no_account(tree, ada, heard):
    said = heard(member_joined)
    nils = add_member(name="  Nils  Ås ", unit=tree[3], on=DAY, by=ada, email="nils@example.org")
    assert (nils.name, home_unit_of(nils, on=DAY), nils.has_usable_password()) == ("Nils Ås", tree[3], False)
    assert [call["ids"] for call in said] == [[nils.pk]]


def test_nobody_is_added_where_the_register_is_not_ones_own_or_under_a_number_that_is_taken(tree, ada):
    make_member(member_number="77")
    with pytest.raises(PermissionDenied):
        add_member(name="Nils", unit=tree[2], on=DAY, by=ada)
    with pytest.raises(ValidationError, match="member_number"):
        add_member(name="Nils", unit=tree[3], on=DAY, by=ada, member_number="77")


def test_who_leaves_belongs_nowhere_from_the_day_and_is_locked(tree, ada):
    kari = make_member(of=tree[3])
    assert end_membership(member=kari, on=DAY, by=ada) == 1
    assert stays(kari) == [(tree[3], LONG_AGO, DAY)]
    assert Leaving.objects.get(member=kari).left_on == DAY


def test_nobody_is_let_go_by_one_who_keeps_only_some_of_where_they_belong(tree, ada):
    kari = make_member(of=tree[3])
    Membership.objects.create(member=kari, unit=tree[2], valid_from=LONG_AGO)
    with pytest.raises(PermissionDenied):
        end_membership(member=kari, on=DAY, by=ada)


def test_nobody_leaves_on_a_day_that_has_not_come_or_before_they_came(tree, ada):
    kari = make_member(of=tree[3], since=Period(dt.date(2026, 1, 1)))
    for day in (DAY + dt.timedelta(days=1), dt.date(2026, 1, 1)):
        with pytest.raises(ValidationError):
            end_membership(member=kari, on=day, by=ada)


def test_a_leaving_that_was_a_mistake_is_taken_back_and_the_membership_goes_on(tree, ada):
    kari = make_member(of=tree[3])
    end_membership(member=kari, on=DAY, by=ada)
    undo_leaving(member=kari, by=ada)
    assert stays(kari) == [(tree[3], LONG_AGO, None)]
    assert Member.objects.get(pk=kari.pk).is_active


def test_only_the_person_takes_back_what_they_did_themselves_and_nobody_what_was_not_done(tree, ada):
    kari, ola = make_member(of=tree[3]), make_member(of=tree[3])
    leave_self(member=kari, keeps_history=False, by=kari)
    for member in (kari, ola):
        with pytest.raises(ValidationError):
            undo_leaving(member=member, by=ada)


def test_a_leaving_elsewhere_is_not_ones_to_take_back(tree, ada):
    kari = make_member(of=tree[2])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    with pytest.raises(PermissionDenied):
        undo_leaving(member=kari, by=ada)
