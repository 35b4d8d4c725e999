"""Two counties become one: written, looked over, applied, seen as it was and as it is, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from lms.jobs.sweeper import run_waiting
from lms.organisation.models import Unit
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree, make_unit
from tests.lms.reorganisation.drafting import people_in, whole_organisation

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
ON = dt.date(2026, 1, 1)
Opener = Callable[..., "Page"]


@pytest.fixture
def country(transactional_db: None) -> dict[str, Unit]:
    """Nordland with five people and a board, Oslo with three; Inga administers the whole country."""
    nation, nordland, oslo, bodo = make_tree()
    narvik = make_unit("Narvik", under=nordland)
    chief = make_member("Inga Sørvær", of=nation, email="inga@example.org", password=PASSWORD)
    make_appointment(chief, "administrator", unit=nation)
    for number in range(5):
        make_member(f"Nord {number}", of=nordland if number < 3 else narvik)
    for number in range(3):
        make_member(f"Oslo {number}", of=oslo)
    make_term(make_member("Leder Nord", of=bodo), unit=nordland)
    return {"nation": nation, "nordland": nordland, "oslo": oslo}


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "inga@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def write_it(tab: Page, country: dict[str, Unit]) -> str:
    """Name, day and decision; then one row: both counties become a new one. The address of the draft."""
    tab.goto("/organisation/changes/")
    tab.locator("a[href$='/changes/new/']").first.click()
    tab.fill("[name=name]", "Nord og Oslo blir ett")
    tab.fill("[name=on]", ON.isoformat())
    tab.fill("[name=decision]", "Landsmøtet 2025, sak 7")
    tab.locator("main form button").click()
    tab.wait_for_url("**/changes/*-*/")
    draft = tab.url
    tab.locator("a[href$='/add/merge/']").click()
    for unit in ("nordland", "oslo"):
        tab.check(f"[name=units][value='{country[unit].public_id}']")
    tab.select_option("[name=target]", "new")
    tab.fill("[name=new_code]", "99")
    tab.fill("[name=new_name]", "Nordoslo fylkeslag")
    tab.select_option("[name=new_parent]", str(country["nation"].public_id))
    tab.locator("form.t-rowform button").click()
    tab.wait_for_url(draft)
    return draft


def look_over(tab: Page) -> list[str]:
    """The preview's three numbers; the drawing names both counties and the new one."""
    tab.locator("a[href$='/preview/']").click()
    tab.wait_for_url("**/preview/")
    drawn = tab.locator(".t-flows__wide").inner_html()
    assert "Nordland fylkeslag · 3" in drawn
    assert "Nordoslo fylkeslag · 6" in drawn
    assert "Leder Nord" in tab.locator("main").inner_html()
    return tab.locator(".t-figures dd").all_inner_texts()


def press(tab: Page) -> None:
    """Press the page's one large button, and let the work be done."""
    tab.locator("main form button[data-big]").click()
    tab.wait_for_url("**/jobs/**")
    run_waiting()


def test_two_counties_are_merged_seen_as_it_was_and_is_and_parted_again(
    open_page: Opener, country: dict[str, Unit]
) -> None:
    tab, before = open_page(), whole_organisation()
    sign_in(tab)
    draft = write_it(tab, country)
    assert look_over(tab) == ["6", "2", "1"]
    assert whole_organisation() == before
    press(tab)

    whole = Unit.objects.get(code="99")
    assert len(people_in(whole, ON)) == 6
    assert not people_in(country["nordland"], ON)
    tab.goto("/organisation/changes/report/?on=2025-12-31")
    was, now = (tab.locator("section table.t-sums3 tbody").nth(place).inner_text() for place in (0, 1))
    assert "Nordland fylkeslag" in was and "Oslo fylkeslag" in was and "Nordoslo" not in was
    assert "Nordoslo fylkeslag" in now and "Nordland fylkeslag" not in now

    tab.goto(draft)
    tab.locator("a[href$='/undo/']").click()
    press(tab)
    assert whole_organisation() == before
    tab.goto(draft)
    assert tab.locator("a[href$='/preview/']").count() == 1  # a draft again, to be put right
