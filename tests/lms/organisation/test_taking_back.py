"""To leave and take it back is to have done nothing: every membership stands as it stood."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lms.members.models import Leaving, Member
from lms.organisation.access import Role
from lms.organisation.leaving import come_back, come_back_all, keep_history, left_by_own_act_among, record_leaving
from lms.organisation.leaving import leave_self as leave_by_oneself
from lms.organisation.memberships import end_membership, move_member, undo_leaving
from lms.organisation.models import Membership
from lms.organisation.signals import member_joined
from lms.periods import Period
from tests.factories.organisation import DAY, LATER, LONG_AGO, make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BEFORE = dt.date(2020, 1, 1)
BODO, OSLO = 3, 2
HISTORIES = {
    "one without an end": [(BODO, "member", LONG_AGO, None)],
    "one with an end to come": [(BODO, "member", LONG_AGO, LATER)],
    "moved today": [(BODO, "member", LONG_AGO, DAY), (OSLO, "member", DAY, None)],
    "moves later": [(BODO, "member", LONG_AGO, LATER), (OSLO, "sympathiser", LATER, None)],
    "two at once": [(BODO, "member", LONG_AGO, None), (OSLO, "sympathiser", BEFORE, LATER)],
    "one ended on that very day": [(BODO, "sympathiser", LONG_AGO, DAY), (OSLO, "member", BEFORE, None)],
    "back again": [(BODO, "member", LONG_AGO, BEFORE), (BODO, "member", dt.date(2021, 1, 1), None)],
    "none that lasts": [(BODO, "member", LONG_AGO, BEFORE)],
}


@pytest.fixture(autouse=True)
def _day(set_today):
    set_today(DAY)


@pytest.fixture
def tree():
    return make_tree()


def with_history(tree, rows) -> Member:
    kari = make_member()
    for unit, status, start, until in rows:
        Membership.objects.create(member=kari, unit=tree[unit], status=status, valid_from=start, valid_until=until)
    return kari


def standing(kari: Member) -> list[tuple]:
    rows = Membership.objects.filter(member=kari).order_by("valid_from", "pk")
    return list(rows.values_list("unit", "status", "valid_from", "valid_until"))


@pytest.mark.parametrize("days_ago", [0, 1, 400])
@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_leaving_and_coming_back_leaves_every_membership_as_it_was(tree, history, days_ago):
    kari = with_history(tree, history)
    before = standing(kari)
    record_leaving(member_ids=[kari.pk], on=DAY - dt.timedelta(days=days_ago), by=None)
    assert not Membership.objects.filter(member=kari).exclude(valid_until__lte=DAY).exists()
    assert come_back(member=kari, by=None)
    assert standing(kari) == before


def test_what_is_remembered_of_memberships_are_ids_and_dates(tree):
    kari = with_history(tree, HISTORIES["moved today"])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    (kept,) = Leaving.objects.get().memberships
    assert (kept["unit"], kept["status"], kept["from"], kept["until"]) == (tree[OSLO].pk, "member", str(DAY), None)


def test_who_got_a_new_membership_meanwhile_keeps_only_that(tree):
    kari = with_history(tree, HISTORIES["one without an end"])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    Membership.objects.create(member=kari, unit=tree[OSLO], valid_from=DAY)
    come_back(member=kari, by=None)
    assert [row[3] for row in standing(kari)] == [DAY, None]


def test_a_leaving_recorded_before_memberships_were_remembered_opens_the_one_it_ended(tree):
    kari = with_history(tree, HISTORIES["one without an end"])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    Leaving.objects.update(memberships=None)
    come_back(member=kari, by=None)
    assert [row[3] for row in standing(kari)] == [None]


def test_a_thousand_come_back_in_as_many_statements_as_ten(tree, heard, django_assert_max_num_queries):
    joined = heard(member_joined)
    people = Member.objects.bulk_create([Member(name=f"Nr. {n}") for n in range(1_000)])
    Membership.objects.bulk_create([Membership(member=p, unit=tree[BODO], valid_from=LONG_AGO) for p in people])
    ids = [person.pk for person in people]
    record_leaving(member_ids=ids, on=DAY, by=None)
    with django_assert_max_num_queries(40):  # a dozen, and one more for each some hundreds that SQLite writes at once
        assert come_back_all(member_ids=ids, by=None) == 1_000
    assert Membership.objects.filter(valid_until=None).count() == 1_000
    assert [len(call["ids"]) for call in joined] == [1_000]
    assert come_back_all(member_ids=ids, by=None) == 0


def test_whose_own_act_a_leaving_was_is_found_for_many_at_once(tree, django_assert_max_num_queries):
    own, other, here = make_member("Own", of=tree[BODO]), make_member("Other", of=tree[BODO]), make_member("Here")
    leave_by_oneself(member=own, keeps_history=False, by=own)
    record_leaving(member_ids=[other.pk], on=DAY, by=None)
    with django_assert_max_num_queries(2):
        assert left_by_own_act_among([own.pk, other.pk, here.pk]) == {own.pk}


def test_who_left_by_their_own_act_and_came_back_and_is_then_left_out_did_not_leave_by_it(tree):
    kari = make_member(of=tree[BODO])
    leave_by_oneself(member=kari, keeps_history=False, by=kari)
    come_back(member=kari, by=kari)
    assert left_by_own_act_among([kari.pk]) == set()
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    assert left_by_own_act_among([kari.pk]) == set()


def test_a_leaving_is_ones_to_take_back_only_with_the_register_of_every_unit_it_ended(tree):
    ada, kari = make_member("Ada"), with_history(tree, HISTORIES["moved today"])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    with pytest.raises(PermissionDenied):
        undo_leaving(member=kari, by=ada)


def test_a_leaving_of_somebody_who_belonged_nowhere_is_not_everybodys_to_take_back(tree):
    kari = make_member()
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    with pytest.raises(PermissionDenied):
        undo_leaving(member=kari, by=make_member("Ola", of=tree[BODO]))


def test_nobody_leaves_on_a_day_before_all_of_their_memberships_began(tree):
    ada = make_member("Ada")
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[0])
    kari = with_history(tree, HISTORIES["two at once"])
    with pytest.raises(ValidationError):
        end_membership(member=kari, on=dt.date(2019, 1, 1), by=ada)


def test_who_is_to_move_later_may_leave_before(tree):
    ada, kari = make_member("Ada"), with_history(tree, HISTORIES["moves later"])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[0])
    assert end_membership(member=kari, on=DAY, by=ada) == 1


def test_who_was_moved_yesterday_leaves_and_is_brought_back_by_hand(tree):
    ada, kari = make_member("Ada"), make_member(of=tree[BODO], since=Period(LONG_AGO, LATER))
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[0])
    move_member(member=kari, unit=tree[OSLO], on=DAY - dt.timedelta(days=1), by=ada)
    before = standing(kari)
    end_membership(member=kari, on=DAY, by=ada)
    undo_leaving(member=kari, by=ada)
    assert standing(kari) == before


def test_to_keep_the_history_too_late_is_said(tree):
    kari = make_member(of=tree[BODO])
    record_leaving(member_ids=[kari.pk], on=DAY, by=None)
    Leaving.objects.all().delete()
    with pytest.raises(LookupError):
        keep_history(member=kari, by=kari)
