"""Mapping oneself on a phone, leaving it half-way, taking it up again; then asking somebody to vouch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.competences.models import Evidence
from lms.competences.queries import profiles_of
from lms.members.models import Member
from tests.factories.competences import make_need
from tests.factories.organisation import make_member, make_term, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "et-langt-passord"
KEYS = [f"money.{letter}" for letter in "abc"]


@pytest.fixture
def kari() -> Member:
    _nation, nordland, _oslo, bodo = make_tree()
    kari = make_member(of=bodo, email="kari@example.org", password=PASSWORD, language="en")
    make_term(kari, office="treasurer", unit=bodo)
    chair = make_member("Berit Leder", of=nordland, email="berit@example.org", password=PASSWORD, language="en")
    make_term(chair, unit=nordland)
    for key in KEYS:
        make_need(key, office="treasurer", level=3)
    return kari


def sign_in(tab: Page, email: str, place: str) -> None:
    tab.goto(f"/accounts/login/?next={place}")
    tab.fill("[name=login]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url(f"**{place}")


def test_a_mapping_is_left_and_taken_up_again_on_a_phone(kari: Member, open_page: Callable[..., Page]) -> None:
    tab = open_page(width=390)
    sign_in(tab, "kari@example.org", "/competences/")
    tab.click("main .t-next a")
    tab.click("main form button[data-big]")
    tab.check("[name=level][value='2']")
    tab.click("button[value=leave]")
    expect(tab.locator("main")).to_contain_text("1 of 3 answered")
    tab.goto("/competences/")
    tab.click("main .t-next a")
    expect(tab.locator("h1")).to_have_text(KEYS[1])
    for level in ("3", "1"):
        tab.check(f"[name=level][value='{level}']")
        tab.click("button[value=next]")
    tab.fill("[name=also_can]", "Bookkeeping at work")
    tab.click("main form button[data-big]")
    expect(tab.locator("[role=status]").first).to_be_visible()
    standing = profiles_of([kari.pk])[kari.pk]
    assert [standing.own_of(key) for key in KEYS] == [2, 3, 1]
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_somebody_is_asked_to_vouch_and_does(kari: Member, open_page: Callable[..., Page]) -> None:
    tab = open_page(width=390)
    sign_in(tab, "kari@example.org", f"/competences/one/{KEYS[0]}/")
    tab.click("main aside a.ds-button >> nth=0")
    tab.check("[name=level][value='2']")
    tab.check("[name=asked]")
    tab.fill("[name=words]", "I made the budget last year")
    tab.click("main form button[data-big]")
    other = open_page(width=390)
    sign_in(other, "berit@example.org", "/competences/vouching/")
    other.click("main .t-tryrow a.ds-button")
    expect(other.locator("main")).to_contain_text("I made the budget last year")
    other.click("button[value=yes]")
    expect(other.locator("main")).to_contain_text("Thank you")
    given = Evidence.objects.get(kind="attestation")
    assert (given.level, given.given_as) == (2, ["chair_parent_unit"])
