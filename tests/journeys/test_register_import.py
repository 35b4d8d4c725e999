"""The register's journey: a file with an error, put right, looked over, applied, its report fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.queries import home_unit_of
from tests.factories.organisation import make_appointment, make_member, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
HEADER = "Medlemsnummer;Fornavn;Etternavn;E-post;Enhet;Fødselsnummer"
Opener = Callable[..., "Page"]


@pytest.fixture
def kari(transactional_db: None) -> Member:
    """Somebody of Bodø; Inga keeps the register of the county."""
    _nation, nordland, _oslo, bodo = make_tree()
    chief = make_member("Inga Sørvær", of=nordland, email="inga@example.org", password=PASSWORD)
    make_appointment(chief, "administrator", unit=nordland)
    return make_member("Kari Nord", of=bodo, member_number="9", email="gammel@example.org")


def sign_in(tab: Page) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "inga@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def bring(tab: Page, folder: Path, *rows: str) -> None:
    """Choose a file, send it, let it be read, and see what it says."""
    file = folder / "medlemmer.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="cp1252")
    tab.goto("/organisation/register/")
    tab.set_input_files("[name=file]", file)
    tab.locator("main form button").click()
    tab.wait_for_url("**/register/*-*/")
    run_waiting()
    tab.locator(".t-sums").wait_for()  # the page comes again by itself


def test_a_file_with_an_error_is_put_right_looked_over_applied_and_reported(
    open_page: Opener, kari: Member, tmp_path: Path
) -> None:
    tab = open_page()
    sign_in(tab)
    ase, changed = "1;Åse;Østby;ase@example.org;Bodø;12038512345", "9;Kari;Nord;ny@example.org;Nordland fylkeslag;"
    bring(tab, tmp_path, ase.replace("Bodø", "Bodo"), changed)
    assert tab.locator(".t-sums b").first.inner_text() == "1"
    wrong = tab.locator("tbody tr").inner_text()
    assert "Bodo" in wrong and "Bodø (" in wrong and "2" in wrong
    assert tab.locator(".t-dock").count() == 0
    assert "12038512345" not in tab.content()

    bring(tab, tmp_path, ase, changed)
    assert tab.locator(".t-sums b").all_inner_texts() == ["1", "1", "0"]
    tab.locator(".t-sums a").nth(1).click()
    tab.locator("tbody del").first.wait_for()  # the page of the changed, not the one that was left
    before, after = tab.locator("tbody del").all_inner_texts(), tab.locator("tbody ins").all_inner_texts()
    assert (before, after) == (["gammel@example.org", "Bodø"], ["ny@example.org", "Nordland fylkeslag"])
    assert not Member.objects.filter(member_number="1").exists()

    tab.locator(".t-dock button").click()
    tab.wait_for_url("**/register/*-*/")
    run_waiting()
    tab.locator("a[href$='report.csv']").wait_for()
    kari.refresh_from_db()
    assert (kari.email, home_unit_of(kari).name) == ("ny@example.org", "Nordland fylkeslag")
    assert Member.objects.get(member_number="1").name == "Åse Østby"
    with tab.expect_download() as coming:
        tab.locator("a[href$='report.csv']").click()
    report = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert "Åse Østby" in report and "gammel@example.org" in report and "12038512345" not in report
