"""The administrator's journey: certificates to three hundred people, fetched, and one of them revoked."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from certificates.models import Credential
from courses.progression.models import Award, Level
from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation.models import Membership, Unit
from tests.factories.courses import GRUNN, make_course, make_paper, make_rule
from tests.factories.organisation import LONG_AGO, make_appointment, make_member, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

PEOPLE = 300
REACHED = dt.date(2026, 3, 14)
PASSWORD = "et-langt-passord"
Opener = Callable[..., "Page"]


@pytest.fixture
def county(transactional_db: None) -> Unit:
    """Nordland, in which three hundred people with a name and one without wait for a certificate."""
    _nation, nordland, _oslo, bodo = make_tree()
    rule = make_rule(make_course(), make_paper())
    chief = make_member("Inga Sørvær", of=nordland, email="inga@example.org", password=PASSWORD)
    make_appointment(chief, "administrator", unit=nordland)
    names = [*(f"Åse Nummer {number:03}" for number in range(PEOPLE)), ""]
    people = Member.objects.bulk_create([Member(name=name, name_key=name_key(name)) for name in names])
    Membership.objects.bulk_create(Membership(member=one, unit=bodo, valid_from=LONG_AGO) for one in people)
    recorded = {"level": Level.objects.get(key=GRUNN), "rule": rule, "awarded_on": REACHED}
    Award.objects.bulk_create(Award(member=one, origin=Award.Origin.RECORDED, **recorded) for one in people)
    return nordland


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "inga@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def look_over(tab: Page) -> list[str]:
    """Choose the level and the county; the three sums of the preview."""
    tab.get_by_role("navigation").get_by_role("link", name="Kursbevis").first.click()
    tab.get_by_label("Nivå eller kurs").select_option(f"level:{GRUNN}")
    tab.get_by_label("Enhet").select_option(label="Nordland fylkeslag")
    tab.get_by_role("button", name="Se over").click()
    tab.wait_for_url("**/?what=**")
    return tab.locator(".t-sums b").all_inner_texts()


def issue(tab: Page) -> None:
    """Press the button, let the work be done, and see the page of the batch say so."""
    tab.get_by_role("button", name=f"Utsted {PEOPLE} kursbevis").click()
    tab.wait_for_url("**/batch/**")
    run_waiting()
    tab.get_by_role("heading", name="Kursbevisene er utstedt").wait_for()  # the page comes again by itself
    assert f"{PEOPLE} av {PEOPLE}" in tab.inner_text("main")
    assert tab.locator("tbody tr", has_text="utstedt").count() == 50  # a line per person, fifty to a page


def fetch_all(tab: Page) -> list[str]:
    """Download the ZIP; the names of its files, after one of them was read."""
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="ZIP").click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        first = min(archive.namelist())
        with archive.open(first) as file:
            assert "Åse Nummer 000" in PdfReader(file).pages[0].extract_text()
        assert archive.testzip() is None
        return archive.namelist()


def revoke_first(tab: Page) -> Credential:
    """Revoke the first of the list, with a reason."""
    tab.locator("tbody a").first.click()
    tab.get_by_label("Hvorfor?").fill("Feil person")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Trekk tilbake").click()
    return Credential.objects.get(number=tab.locator("dd.t-code").inner_text())


def test_three_hundred_certificates_are_issued_once_fetched_and_one_revoked(open_page: Opener, county: Unit) -> None:
    tab = open_page()
    sign_in(tab)
    assert look_over(tab) == [str(PEOPLE), "0", "1"]
    assert not Credential.objects.exists()
    issue(tab)
    batch = tab.url
    assert len({name for name in fetch_all(tab) if name.endswith(".pdf")}) == PEOPLE

    assert look_over(tab) == ["0", str(PEOPLE), "1"]
    assert tab.get_by_role("button", name="Utsted").count() == 0
    assert "Ingen venter" in tab.inner_text("main")
    assert Credential.objects.count() == PEOPLE

    tab.goto(batch)
    revoked = revoke_first(tab)
    other = open_page()  # another browser, in which nobody is signed in
    other.goto(f"/c/{revoked.number}/")
    assert "Trukket tilbake" in other.inner_text("main")
    assert "Åse" not in other.content() and "Feil person" not in other.content()
