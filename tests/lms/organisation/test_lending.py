"""A right is lent by who holds it, until a day, and counts only while the lender still holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from lms.audit.models import Entry
from lms.members.models import Member
from lms.notifications.models import Notice
from lms.notifications.registry import notice_kind, worded
from lms.organisation import access
from lms.organisation.access import Right, Role
from lms.organisation.delegation import delegate, end_delegation
from lms.organisation.models import Delegation, Unit, UnitAncestry
from lms.organisation.services import appoint, end_appointment, end_term
from lms.periods import Period
from tests.factories.organisation import DAY, LATER, LONG_AGO, make_appointment, make_member, make_term, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SUMMER = Period(DAY, dt.date(2026, 7, 1))
ISSUE = Right.ISSUE_CERTIFICATES


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> Iterator[None]:
    set_today(DAY)
    with override("en"):
        yield


@pytest.fixture
def tree() -> tuple[Unit, Unit, Unit, Unit]:
    return make_tree()


@pytest.fixture
def ada(tree) -> Member:
    ada = make_member("Ada", of=tree[1])
    make_appointment(ada, Role.ADMINISTRATOR, unit=tree[1])
    return ada


@pytest.fixture
def bo(tree) -> Member:
    return make_member("Bo", of=tree[3])


def test_a_right_lent_reaches_the_unit_and_below_until_the_day(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    assert [unit for unit in tree if access.may(bo, ISSUE, unit=unit)] == [tree[1], tree[3]]
    assert access.holds(bo, ISSUE, on=dt.date(2026, 6, 30))
    assert not access.holds(bo, ISSUE, on=dt.date(2026, 7, 1))


def test_only_the_right_that_was_lent_is_lent(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    assert access.rights_of(access.grants(bo)) == {ISSUE}


def test_what_was_lent_ends_when_the_lender_no_longer_holds_it(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    end_appointment(appointment=ada.appointments.get(), on=DAY, by=None)
    assert not access.holds(bo, ISSUE)


def test_what_was_lent_ends_with_the_lenders_term(tree, bo) -> None:
    tone = make_member("Tone", of=tree[1])
    term = make_term(tone, office="training", unit=tree[1])
    delegate(member=bo, right=ISSUE, unit=tree[3], period=SUMMER, by=tone)
    assert access.may(bo, ISSUE, unit=tree[3])
    end_term(term=term, on=DAY, by=None)
    assert not access.may(bo, ISSUE, unit=tree[3])


def test_what_was_lent_ends_when_the_unit_leaves_the_lenders_county(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[3], period=SUMMER, by=ada)
    UnitAncestry.objects.filter(unit=tree[3], ancestor=tree[1]).update(valid_until=DAY)
    assert not access.holds(bo, ISSUE)


def test_what_was_lent_ends_when_the_lenders_account_is_shut(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    assert not access.holds(bo, ISSUE)


def test_what_is_lent_cannot_be_lent_on(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    with pytest.raises(PermissionDenied):
        delegate(member=make_member("Eli", of=tree[3]), right=ISSUE, unit=tree[3], period=SUMMER, by=bo)


def test_what_was_lent_on_behind_our_back_counts_for_nothing(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    eli = make_member("Eli")
    Delegation.objects.create(member=eli, giver=bo, right=ISSUE, unit=tree[1], valid_from=LONG_AGO, valid_until=LATER)
    assert not access.holds(eli, ISSUE)


def test_nobody_lends_what_they_do_not_hold(tree, bo) -> None:
    with pytest.raises(PermissionDenied):
        delegate(member=make_member("Eli", of=tree[3]), right=ISSUE, unit=tree[3], period=SUMMER, by=bo)


@pytest.mark.parametrize("where", [0, 2], ids=["above", "beside"])
def test_nobody_lends_outside_the_own_unit(tree, ada, bo, where) -> None:
    with pytest.raises(PermissionDenied):
        delegate(member=bo, right=ISSUE, unit=tree[where], period=SUMMER, by=ada)


def test_nobody_lends_for_longer_than_they_hold(tree, bo) -> None:
    eve = make_member("Eve", of=tree[1])
    make_appointment(eve, Role.ADMINISTRATOR, unit=tree[1], period=Period(LONG_AGO, dt.date(2026, 6, 30)))
    with pytest.raises(PermissionDenied):
        delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=eve)


def test_a_gap_in_ones_own_right_cannot_be_lent_over(tree, bo) -> None:
    eve = make_member("Eve", of=tree[1])
    for period in (Period(LONG_AGO, dt.date(2026, 4, 1)), Period(dt.date(2026, 5, 1), LATER)):
        make_appointment(eve, Role.ADMINISTRATOR, unit=tree[1], period=period)
    with pytest.raises(PermissionDenied):
        delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=eve)
    with pytest.raises(PermissionDenied):
        appoint(member=bo, role=Role.ADMINISTRATOR, unit=tree[1], period=SUMMER, by=eve)


def test_two_terms_that_follow_each_other_are_as_good_as_one(tree, bo) -> None:
    eve = make_member("Eve", of=tree[1])
    for period in (Period(LONG_AGO, dt.date(2026, 4, 1)), Period(dt.date(2026, 4, 1), LATER)):
        make_appointment(eve, Role.ADMINISTRATOR, unit=tree[1], period=period)
    assert delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=eve).pk


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(DAY), "always has an end"),
        (Period(LONG_AGO, DAY), "a day to come"),
        (Period(DAY, dt.date(2027, 6, 30)), "a year at most"),
    ],
)
def test_what_is_lent_has_an_end_within_a_year(tree, ada, bo, period, words) -> None:
    with pytest.raises(ValidationError, match=words):
        delegate(member=bo, right=ISSUE, unit=tree[1], period=period, by=ada)


def test_writing_is_appointed_and_not_lent(tree, bo) -> None:
    ivar = make_member("Ivar", of=tree[1])
    make_appointment(ivar, Role.INSTRUCTOR, unit=tree[1])
    with pytest.raises(ValidationError, match="appointment"):
        delegate(member=bo, right=Right.WRITE_COURSES, unit=tree[1], period=SUMMER, by=ivar)


def test_one_lends_neither_to_oneself_nor_to_strangers_nor_to_those_who_have_left(tree, ada) -> None:
    gone = make_member("Borte", of=tree[3], since=Period(LONG_AGO, DAY))
    for who in (ada, make_member("Ukjent"), gone):
        with pytest.raises(ValidationError):
            delegate(member=who, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    with pytest.raises(PermissionDenied):
        delegate(member=make_member("Ola", of=tree[2]), right=ISSUE, unit=tree[1], period=SUMMER, by=ada)


def test_a_chair_lends_the_right_to_invite_within_the_board(tree) -> None:
    chair, deputy = make_member("Leder", of=tree[3]), make_member("Nest", of=tree[3])
    board = make_term(chair, unit=tree[3]).body
    make_term(deputy, office="deputy", unit=tree[3])
    deputy.terms.update(body=board)
    assert delegate(member=deputy, right=Right.INVITE, unit=tree[3], period=SUMMER, by=chair).pk
    assert access.may(deputy, Right.INVITE, unit=tree[3])


def test_the_same_is_not_lent_twice(tree, ada, bo) -> None:
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    with pytest.raises(ValidationError, match="same person"):
        delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)


def test_lender_borrower_and_whoever_holds_it_there_may_end_it_and_nobody_else(tree, ada, bo) -> None:
    eli, above = make_member("Eli", of=tree[3]), make_member("Over", of=tree[0])
    make_appointment(above, Role.ADMINISTRATOR, unit=tree[0])
    for who in (ada, bo, above):
        row = delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
        with pytest.raises(PermissionDenied):
            end_delegation(delegation=row, on=DAY, by=eli)
        end_delegation(delegation=row, on=DAY, by=who)
        assert not access.holds(bo, ISSUE)


def test_an_end_is_brought_forward_never_put_off(tree, ada, bo) -> None:
    row = delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    for day in (DAY - dt.timedelta(days=1), dt.date(2026, 7, 1), dt.date(2026, 8, 1)):
        with pytest.raises(ValidationError):
            end_delegation(delegation=row, on=day, by=ada)
    end_delegation(delegation=row, on=dt.date(2026, 5, 1), by=ada)
    assert Delegation.objects.get().valid_until == dt.date(2026, 5, 1)


def test_the_borrower_is_told_in_words_that_name_no_right_in_the_subject(tree, ada, bo) -> None:
    row = delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    end_delegation(delegation=row, on=dt.date(2026, 5, 1), by=ada)
    given, ended = Notice.objects.filter(member=bo).order_by("pk")
    assert (given.kind, ended.kind) == ("right_given", "right_ended")
    assert "Nordland" in worded(notice_kind(given.kind).line, given.context)
    assert "%(" not in str(notice_kind(given.kind).subject)


def test_lending_stands_on_the_trail_without_a_name(tree, ada, bo) -> None:
    row = delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, reason="vikar for Ada", by=ada)
    end_delegation(delegation=row, on=dt.date(2026, 5, 1), by=ada)
    entries = Entry.objects.filter(act__in=("delegate", "end_delegation"))
    assert [entry.subject for entry in entries] == [f"member:{bo.public_id}"] * 2
    assert "Ada" not in str([entry.details for entry in entries])


def test_one_query_without_loans_and_two_with(tree, ada, bo, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        access.grants(ada)
    delegate(member=bo, right=ISSUE, unit=tree[1], period=SUMMER, by=ada)
    with django_assert_num_queries(2):
        access.grants(bo)


def test_an_appointment_is_ended_by_who_could_give_it_or_holds_it(tree, ada, bo) -> None:
    for who in (ada, bo):
        row = appoint(member=bo, role=Role.ADMINISTRATOR, unit=tree[3], period=SUMMER, by=ada)
        with pytest.raises(PermissionDenied):
            end_appointment(appointment=row, on=DAY, by=make_member("Eli"))
        end_appointment(appointment=row, on=DAY, by=who)
        assert not access.holds(bo, Right.SEE_PEOPLE)


def test_somebody_with_a_loan_cannot_appoint_by_it(tree, ada, bo) -> None:
    for right in access.RIGHTS[Role.ADMINISTRATOR]:
        delegate(member=bo, right=right, unit=tree[1], period=SUMMER, by=ada)
    with pytest.raises(PermissionDenied):
        appoint(member=make_member("Eli"), role=Role.ADMINISTRATOR, unit=tree[1], period=SUMMER, by=bo)
