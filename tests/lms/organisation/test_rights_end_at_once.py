"""A session that is open when a right ends feels it at its next request."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lms.members.models import Member
from lms.organisation.access import Right, Role
from lms.organisation.delegation import delegate, end_delegation
from lms.organisation.services import appoint, end_appointment, end_term
from lms.periods import Period, today
from tests.factories.organisation import LONG_AGO, make_member, make_term, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Period:
    return Period(today(), today().replace(year=today().year + 1))


@pytest.fixture
def bo() -> Member:
    return make_member("Bo", of=make_tree()[3])


def session_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def issues(client: Client) -> bool:
    """Whether the page of issuing exists for this session."""
    return client.get(reverse("choose_batch")).status_code == 200


def test_the_end_of_a_term_ends_its_rights_in_an_open_session(bo) -> None:
    term = make_term(bo, office="training", unit=bo.memberships.get().unit)
    first, second = session_of(bo), session_of(bo)
    assert issues(first) and issues(second)
    end_term(term=term, on=today(), by=None)
    assert not issues(first) and not issues(second)


def test_the_end_of_an_appointment_ends_its_rights_in_an_open_session(bo, year) -> None:
    row = appoint(member=bo, role=Role.ADMINISTRATOR, unit=bo.memberships.get().unit, period=year, by=None)
    session = session_of(bo)
    assert issues(session)
    end_appointment(appointment=row, on=today(), by=None)
    # Begun today: it never was.
    assert not issues(session)


def test_the_end_of_a_loan_ends_it_in_an_open_session(bo, year) -> None:
    unit, ada = bo.memberships.get().unit, make_member("Ada")
    make_term(ada, office="training", unit=unit)
    row = delegate(member=bo, right=Right.ISSUE_CERTIFICATES, unit=unit, period=year, by=ada)
    session = session_of(bo)
    assert issues(session)
    end_delegation(delegation=row, on=today(), by=ada)
    assert not issues(session)


def test_the_end_of_the_lenders_term_ends_the_loan_in_an_open_session(bo, year) -> None:
    unit, ada = bo.memberships.get().unit, make_member("Ada")
    term = make_term(ada, office="training", unit=unit, period=Period(LONG_AGO))
    delegate(member=bo, right=Right.ISSUE_CERTIFICATES, unit=unit, period=year, by=ada)
    session = session_of(bo)
    assert issues(session)
    end_term(term=term, on=today(), by=None)
    assert not issues(session)
