"""The demo's bodies: what they decide, how many seats they have, and that the past is no news."""

import pytest
from django.db.models import Count

from courses.demo.bodies import describe_people, fill_bodies
from courses.demo.people import load_people
from courses.demo.population import build
from lms.members.models import Member
from lms.organisation.models import Body, BodySeat, Term, TermAnnouncement
from lms.periods import today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    load_people(build(members=300))
    describe_people()
    fill_bodies()


def test_no_body_has_more_people_than_seats():
    held = Term.objects.on(today()).values("body", "office").annotate(n=Count("pk"))
    seats = {(seat.body_id, seat.office_id): seat.number for seat in BodySeat.objects.all()}
    assert [row for row in held if row["n"] > seats[row["body"], row["office"]]] == []


def test_every_body_says_what_it_decides():
    assert not Body.objects.filter(authority="").exists()


def test_what_has_begun_or_ended_is_announced_already():
    begun = Term.objects.filter(valid_from__lte=today()).count()
    assert TermAnnouncement.objects.filter(kind="started").count() == begun


def test_everybody_in_the_register_has_an_age():
    years = Member.objects.exclude(member_number=None).values_list("birth_year", flat=True)
    assert all(1942 <= year <= 2009 for year in years)
