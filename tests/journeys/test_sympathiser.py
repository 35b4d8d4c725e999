"""Somebody is invited, takes part without being a member, joins later, and keeps everything. On a phone."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from courses.enrolment.models import Completion, Enrolment
from lms.jobs.sweeper import run_waiting
from lms.joining.becoming import join_as_member
from lms.joining.links import make_link
from lms.joining.models import Arrival
from lms.members.consents import has_consent
from lms.members.models import Member
from lms.organisation.queries import Standing, home_unit_of, standing_of
from lms.pages.models import OrganisationSettings
from tests.factories import organisation
from tests.factories.courses import course_of, make_course_pages, quiz_block, text_block

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
NEW, PASSWORD = "ny@example.org", "et-langt-passord"


@pytest.fixture
def page(transactional_db):
    found = make_course_pages([[text_block("Tekst 1."), quiz_block()]] * 2, slug="apent", access="everyone")
    settings = OrganisationSettings.load()
    settings.register_url = "http://localhost:1/bli-medlem"
    settings.save()
    return found


@pytest.fixture
def nora(page):
    _nation, nordland, _oslo, _bodo = organisation.make_tree()
    nora = organisation.make_member("Nora", of=nordland)
    organisation.make_appointment(nora, "administrator", unit=nordland)
    return nora


@pytest.fixture
def link(nora, page):
    bodo = home_of("Bodø")
    return make_link(unit=bodo, by=nora, course_key=f"course:{course_of(page).key}")


def home_of(name):
    from lms.organisation.models import Unit

    return Unit.objects.get(name=name)


def follow_the_letter(tab, mailoutbox):
    run_waiting()
    tab.goto(re.search(r"/join/confirm/[\w-]+/", mailoutbox[-1].body)[0])


def fits(tab):
    """Nothing sticks out sideways."""
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_an_invitation_to_membership_with_nothing_lost(link, nora, open_page, mailoutbox):
    tab = open_page(**PHONE)
    tab.goto(f"/join/with/{link.token}/")
    assert "Bodø" in tab.inner_text("main")
    assert fits(tab)
    tab.fill("[name=email]", NEW)
    tab.click("main form button")
    assert tab.locator("[name=agrees]:invalid").count() == 1  # the browser asks for the consent
    tab.check("[name=agrees]")
    tab.click("main form button")
    tab.wait_for_url("**/join/sent/")

    follow_the_letter(tab, mailoutbox)
    assert fits(tab)
    tab.fill("[name=name]", "Åse Lyngmo")
    tab.fill("[name=password]", PASSWORD)
    tab.click("main form button")
    tab.wait_for_url("**/leksjon-1/")
    with tab.expect_navigation():
        tab.locator("form[action*='/finish/'] button").click()

    member = Member.objects.get(email=NEW)
    assert standing_of(member) == Standing.SYMPATHISER
    assert home_unit_of(member) == link.unit
    assert has_consent(member, "sympathiser")
    done = set(Completion.objects.filter(member=member).values_list("activity", flat=True))
    assert done

    tab.goto("/desk/")
    tab.locator(".t-nav a[href='/join/']").click()
    assert tab.locator("main a[href='http://localhost:1/bli-medlem']").is_visible()

    join_as_member(member=member, unit=link.unit, on=timezone.localdate(), by=nora)
    assert standing_of(member) == Standing.MEMBER
    tab.goto("/desk/")
    assert tab.locator(".t-nav a[href='/join/']").count() == 0
    assert set(Completion.objects.filter(member=member).values_list("activity", flat=True)) == done
    assert Enrolment.objects.filter(member=member).count() == 1
    assert Arrival.objects.get(member=member).link == link


def test_whoever_chose_no_password_comes_back_by_the_link_for_a_new_one(link, open_page, mailoutbox):
    tab = open_page(**PHONE)
    tab.goto(f"/join/with/{link.token}/")
    tab.fill("[name=email]", NEW)
    tab.check("[name=agrees]")
    tab.click("main form button")
    tab.wait_for_url("**/join/sent/")
    follow_the_letter(tab, mailoutbox)
    tab.click("main form button")
    tab.wait_for_url("**/leksjon-1/")

    later = open_page(**PHONE)
    later.goto("/accounts/password/reset/")
    later.fill("[name=email]", NEW)
    with later.expect_navigation():
        later.click("main form button")
    run_waiting()
    later.goto(re.search(r"/accounts/password/reset/key/\S+", mailoutbox[-1].body)[0])
    later.wait_for_load_state()
    for name in ("password1", "password2"):
        if later.locator(f"[name={name}]").count():
            later.fill(f"[name={name}]", PASSWORD)
    with later.expect_navigation():
        later.click("main form button")
    later.goto("/desk/")
    assert later.url.endswith("/desk/")
