"""A right that was given to and including a day is shown with that day, not with the one after it."""

import datetime as dt

import pytest

from lms.organisation.access import Role
from lms.pages.templatetags.tillit import last_day
from lms.periods import Period
from tests.factories.organisation import LONG_AGO, make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db
FIRST_DAY_WITHOUT = dt.date(2027, 7, 1)


def test_the_last_day_is_the_one_before_the_first_without():
    assert last_day(FIRST_DAY_WITHOUT) == dt.date(2027, 6, 30)
    assert last_day(None) is None


def test_the_page_of_a_unit_says_the_last_day_of_who_administers_it(client):
    nation, *_ = make_tree()
    ada = make_member("Ada", of=nation)
    make_appointment(ada, Role.ADMINISTRATOR, unit=nation, period=Period(LONG_AGO, FIRST_DAY_WITHOUT))
    client.force_login(ada)
    page = client.get(f"/organisation/units/{nation.public_id}/").content.decode()
    assert "30. juni 2027" in page
    assert "1. juli 2027" not in page
