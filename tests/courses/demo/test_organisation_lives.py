"""The demo as a visitor finds it: an open course, a recruiting day, pairs to merge, a merger that is planned."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from courses.catalogue.models import CoursePage
from courses.demo.load import demo_member, load_demo
from courses.demo.population import SIGN_INS
from courses.demo.reading import read_toml
from lms.joining.campaigns import board_of, campaigns_of
from lms.joining.links import link_is_open
from lms.joining.models import Arrival, Campaign, InviteLink, SignUp
from lms.joining.openings import open_courses
from lms.joining.people import without_account
from lms.joining.signing_up import token_of
from lms.members.consents import has_consent
from lms.members.models import Member
from lms.merging.queries import Sign, likely_pairs
from lms.organisation import access
from lms.organisation.lineage import called_on
from lms.organisation.models import Appointment, Membership, Unit, UnitAncestry
from lms.periods import today
from lms.reorganisation.models import Reorganisation
from lms.reorganisation.preview import preview_reorganisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for this file and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(members=600)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def chief() -> Member:
    """The administrator of the demo's Nordland."""
    return demo_member("administrator@example.org")


def campaign(name: str = "Vervedagen") -> Campaign:
    return Campaign.objects.get(name=name)


def test_loading_it_again_changes_nothing():
    counts = Member.objects.count(), Arrival.objects.count(), Reorganisation.objects.count()
    assert load_demo() is False
    assert counts == (Member.objects.count(), Arrival.objects.count(), Reorganisation.objects.count())


def test_the_open_course_is_in_the_list_and_on_the_page_for_strangers(client):
    page = CoursePage.objects.get(slug="bli-med")
    assert [course.key for course in open_courses("nb")] == ["course:bli-med"]
    assert page.title in client.get("/kurs/").text
    assert 'href="/kurs/bli-med/"' in client.get("/join/").text


def test_a_stranger_reads_signs_up_by_the_course_and_is_let_in_to_its_first_lesson(client):
    lesson = "/kurs/bli-med/modul-1/hva-er-en-forening/"
    assert client.get(lesson).status_code == 200
    client.post("/join/course/bli-med/", {"email": "ny@example.net", "agrees": "on", "unit": "kommune-1804"})
    token = token_of(SignUp.objects.get(email="ny@example.net").public_id)
    let_in = client.post(f"/join/confirm/{token}/", {"name": "Ny", "password": "et-langt-passord-her"})
    assert let_in.headers["Location"] == lesson
    assert Member.objects.get(email="ny@example.net").enrolments.get().course.key == "bli-med"


def test_each_lesson_of_the_open_course_asks_something_and_gives_the_reason():
    for key in ("1-1", "1-2", "1-3"):
        blocks = read_toml("bli-med", f"bm-{key}.toml")["blocks"]
        asked = [question for block in blocks if block["type"] == "quiz" for question in block["questions"]]
        assert asked and all(question["feedback"] for question in asked)


def test_the_board_shows_who_came_and_nobody_comes_in_the_time_ahead():
    board = board_of(campaign(), is_wall=False)
    assert 40 <= board.total == sum(bar.number for bar in board.units) <= 60
    assert board.total == sum(bar.number for bar in board.hours)
    assert not Arrival.objects.filter(at__gt=timezone.now()).exists()


def test_the_wall_names_no_branch_with_fewer_than_five():
    wall = board_of(campaign(), is_wall=True)
    assert {bar.label for bar in wall.units} >= {"Bodø", "Rana"}
    assert all(bar.number >= 5 for bar in wall.units)


def test_nobody_is_counted_twice():
    assert not Arrival.objects.filter(member=None).exists()
    twice = Membership.objects.on(today()).values("member").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()
    assert Arrival.objects.exclude(member__memberships__status="sympathiser").count() == 0


def test_who_came_has_agreed_and_can_sign_in():
    came = Member.objects.filter(pk__in=Arrival.objects.values("member"))
    assert all(has_consent(member, "sympathiser") for member in came)
    assert not without_account(came).exists()


def test_the_links_of_today_are_open_and_those_of_the_day_before_are_not():
    assert all(link_is_open(link) for link in InviteLink.objects.filter(campaign=campaign()))
    former = InviteLink.objects.filter(campaign=campaign("Åpen dag"))
    assert former and not any(link_is_open(link) for link in former)


def test_the_administrator_sees_both_campaigns(chief):
    assert set(campaigns_of(chief)) == {campaign(), campaign("Åpen dag")}


def test_two_who_came_are_in_the_register_already(chief):
    pairs = likely_pairs(access.units_with(chief, access.Right.KEEP_REGISTER))
    assert {pair.sign for pair in pairs} == {Sign.SAME_EMAIL, Sign.JOINED}
    assert len(pairs) == 2
    assert all(pair.kept.name and pair.kept.member_number and not pair.other.member_number for pair in pairs)


def test_a_merger_is_planned_and_can_be_applied_but_is_not(chief):
    draft = Reorganisation.objects.get()
    assert draft.state == Reorganisation.State.DRAFT
    assert draft.on == dt.date(today().year + 1, 1, 1)
    assert not preview_reorganisation(draft, to=chief).plan.problems
    assert Unit.objects.filter(code="alstahaug-leirfjord").count() == 0


def test_one_right_is_lent_and_one_role_is_about_to_end(chief):
    lent = chief.delegations_given.get()
    assert access.may(lent.member, access.Right.ISSUE_CERTIFICATES, unit=lent.unit)
    soon = Appointment.objects.filter(valid_until__lte=today() + 14 * DAY, valid_until__gt=today())
    assert [row.unit.code for row in soon] == ["kommune-1833"]


def test_the_tree_of_2022_has_the_counties_of_then():
    day = dt.date(2022, 6, 1)
    halden = Unit.objects.get(code="kommune-3101")
    assert called_on(day, [halden])[halden.pk] == ("kommune-3001", "Halden")
    above = UnitAncestry.objects.on(day).filter(unit=halden, depth=1).get()
    assert above.ancestor.name == "Viken fylkeslag"
    assert Membership.objects.on(day).filter(unit=halden).exists()


def test_the_tree_of_today_has_fifteen_counties():
    assert Unit.objects.on(today()).filter(kind="county").count() == 15


def test_addresses_are_at_example_domains_only():
    hosts = {email.partition("@")[2] for email in Member.objects.exclude(email="").values_list("email", flat=True)}
    assert hosts <= {"example.org", "example.net", "example.com", "gjest.example.org"}
    assert len(SIGN_INS) == Member.objects.exclude(password__startswith="!").count()
