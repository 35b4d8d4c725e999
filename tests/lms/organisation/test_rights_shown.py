"""What the menu shows follows what is held: kept for the day, forgotten when a service changes it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.organisation.access import Right, rights_shown
from lms.organisation.services import appoint, begin_term, end_term
from lms.periods import Period, today
from tests.factories.organisation import LATER, LONG_AGO, make_body, make_member, make_office, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_look_asks_the_database_nothing():
    member = make_member()
    rights_shown(member)
    with CaptureQueriesContext(connection) as asked:
        assert rights_shown(member) == frozenset()
    assert len(asked) == 0


def test_an_appointment_shows_at_once():
    member = make_member()
    rights_shown(member)
    appoint(member=member, role="instructor", unit=make_unit(), period=Period(LONG_AGO, LATER), by=None)
    assert Right.WRITE_COURSES in rights_shown(member)


def test_the_end_of_a_term_shows_at_once():
    member, unit = make_member(), make_unit()
    period = Period(LONG_AGO, LATER)
    term = begin_term(member=member, office=make_office("training"), body=make_body(unit), period=period, by=None)
    assert Right.ISSUE_CERTIFICATES in rights_shown(member)
    end_term(term=term, on=today(), by=None)
    assert rights_shown(member) == frozenset()
