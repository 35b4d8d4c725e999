"""A person's rights are read once while a page is shown, and anew for everything else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from lms.organisation import access
from lms.organisation.access import Right, Role
from lms.organisation.middleware import RightsReadOnce
from lms.organisation.models import Appointment
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    nation, *_ = make_tree()
    member = make_member("Ada", of=nation)
    make_appointment(member, Role.ADMINISTRATOR, unit=nation)
    return member


def asked_three_times(member, method):
    """The rights as three parts of a view that answers ``method`` find them, the appointment gone after the first."""
    found = []

    def view(request):
        for _ in range(3):
            found.append(access.holds(member, Right.SEE_PEOPLE))
            Appointment.objects.all().delete()
        return HttpResponse()

    RightsReadOnce(view)(RequestFactory().generic(method, "/"))
    return found


def test_a_page_reads_them_once(ada, django_assert_num_queries):
    with access.read_once(), django_assert_num_queries(1):
        assert access.holds(ada, Right.SEE_PEOPLE) and access.holds(ada, Right.SEE_PEOPLE)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_shown_is_of_one_moment(ada, method):
    assert asked_three_times(ada, method) == [True, True, True]
    assert not access.holds(ada, Right.SEE_PEOPLE)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_changes_something_asks_anew(ada, method):
    assert asked_three_times(ada, method) == [True, False, False]


def test_each_person_and_day_is_a_reading_of_its_own(ada):
    other = make_member("Ola")
    with access.read_once():
        assert access.holds(ada, Right.SEE_PEOPLE)
        assert not access.holds(other, Right.SEE_PEOPLE)
        assert not access.holds(ada, Right.SEE_PEOPLE, on=Appointment.objects.get().valid_until)


def test_a_page_that_breaks_leaves_nothing_behind(ada):
    def view(request):
        access.holds(ada, Right.SEE_PEOPLE)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        RightsReadOnce(view)(RequestFactory().get("/"))
    Appointment.objects.all().delete()
    assert not access.holds(ada, Right.SEE_PEOPLE)
