"""A board member on a phone finds what the board can together; when another learns it, nobody carries it alone."""

from __future__ import annotations

import pytest

from lms.pages.models import OrganisationSettings
from tests.factories.competences import make_body_need, make_evidence
from tests.factories.courses import make_site
from tests.factories.organisation import LONG_AGO, make_body, make_member, make_office, make_unit

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "et-langt-passord"


@pytest.fixture
def board(transactional_db):
    make_site()
    OrganisationSettings.load()
    unit = make_unit("Lyngvær lag")
    body = make_body(unit)
    for name, office in (("Åse Lyngmo", "chair"), ("Ida Bergset", "treasurer"), ("Per Strand", "board_member")):
        mail = f"{name[:3].lower().replace('å', 'aa').strip()}@example.org"
        member = make_member(name, of=unit, email=mail, password=PASSWORD)
        body.terms.create(member=member, office=make_office(office), valid_from=LONG_AGO)
    make_body_need("money.budget", level=2, least=2)
    make_evidence(body.terms.get(office__key="chair").member, kind="prior", level=3)
    return body


def sign_in(tab, address):
    tab.goto("/accounts/login/")
    tab.fill("input[name=login]", address)
    tab.fill("input[name=password]", PASSWORD)
    tab.press("input[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def test_the_board_sees_what_it_can_together(board, open_page):
    tab = open_page(width=390)
    ida = board.terms.get(office__key="treasurer").member
    sign_in(tab, ida.email)
    tab.goto(f"/organisation/bodies/{board.public_id}/")
    tab.click(f"main a[href='/competences/body/{board.public_id}/']")
    figures = [cell.strip()[-1] for cell in tab.locator(".t-heat .t-cell").all_inner_texts()]
    assert figures == ["3", "0", "0"]
    assert tab.locator(".t-heat .sum").inner_text().startswith("Åse")
    assert tab.locator("main .t-three li").count() == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390

    make_evidence(ida, level=2)
    tab.reload()
    assert "Åse" not in tab.locator(".t-heat .sum").inner_text()
    assert tab.locator("main .t-three").count() == 0
