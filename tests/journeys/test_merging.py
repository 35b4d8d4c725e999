"""A sympathiser turns out to be in the register: looked over, made one, the learning is there, and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from lms.members.models import Member
from lms.merging.models import Merge
from lms.organisation.models import Membership
from tests.factories import courses
from tests.factories.organisation import make_appointment, make_member, make_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "et-langt-passord"
NAME = "Kari Nordmann"
Opener = Callable[..., "Page"]


@pytest.fixture
def world(transactional_db: None) -> tuple[Member, Member]:
    """The register's Kari, and the Kari who signed up by herself and took a course."""
    nation, _nordland, _oslo, bodo = make_tree()
    chief = make_member("Inga Sørvær", of=nation, email="inga@example.org", password=PASSWORD)
    make_appointment(chief, "administrator", unit=nation)
    register = make_member(NAME, of=bodo, member_number="1001", birth_year=1980)
    came = make_member(NAME, of=bodo, status=Membership.Status.SYMPATHISER, email="kari@example.org", password=PASSWORD)
    page = courses.make_course_pages(1)
    courses.finish(courses.course_of(page), came)
    return register, came


def sign_in(tab: Page, email: str) -> None:
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", email)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/desk/")


def make_one(tab: Page, register: Member, came: Member) -> None:
    """From the administrator's start page to the pair, over the preview, to the merge."""
    tab.goto("/organisation/")
    tab.locator("main a[href='/organisation/merging/']").first.click()
    tab.locator(f"a[href='/organisation/merging/{register.public_id}/{came.public_id}/']").click()
    said = tab.inner_text("main")
    assert "1001" in said and "kari@example.org" in said
    tab.fill("[name=reason]", "Samme navn, adresse og fødselsår")
    tab.press("[name=reason]", "Enter")
    tab.wait_for_url("**/merging/done/**")
    assert NAME in tab.inner_text("h1")


def test_a_sympathiser_in_the_register_becomes_one_with_her_learning_and_two_again(
    world: tuple[Member, Member], open_page: Opener
) -> None:
    register, came = world
    tab = open_page()
    sign_in(tab, "inga@example.org")
    make_one(tab, register, came)
    own = open_page(width=390)
    sign_in(own, "kari@example.org")  # her old way in opens the one record
    assert "Ny i styret" in own.inner_text("main")
    own.goto("/desk/data/seen/")
    assert "Inga Sørvær" in own.inner_text("main")
    with tab.expect_navigation():
        tab.locator("form[action$='/undo/'] button").click()
    assert Merge.objects.get().undone_at is not None
    assert list(Member.objects.filter(name=NAME).order_by("pk").values_list("member_number", "is_active")) == [
        ("1001", True),
        (None, True),
    ]
    own.goto("/desk/")
    assert "/accounts/login/" in own.url or "Ny i styret" not in own.inner_text("main")
