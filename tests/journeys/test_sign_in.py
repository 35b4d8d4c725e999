"""The first administrator's way in: a link, a password, a passkey, recovery codes; and again by the passkey alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.organisation.first import appoint_first
from lms.organisation.models import Unit
from lms.periods import today
from tests.factories.courses import make_site
from tests.factories.organisation import make_member, make_tree
from tests.factories.signing import code_of, make_app, recovery_codes

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADDRESS, PASSWORD = "leder@example.org", "et-langt-passord"
Opener = Callable[..., "Page"]


@pytest.fixture
def nation(transactional_db: None, settings: Any) -> Unit:
    """An installation that is no demo."""
    settings.TILLIT_REQUIRE_SECOND_FACTOR, settings.TILLIT_DEMO = True, False
    make_site()
    return make_tree()[0]


def give_a_device(tab: Page, *, answers: bool = True) -> Any:
    """A device in the browser that knows passkeys, and says yes by itself. Returns how to speak to it."""
    line = tab.context.new_cdp_session(tab)
    line.send("WebAuthn.enable", {"enableUI": False})
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    made = line.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": answers, "automaticPresenceSimulation": answers}},
    )
    return line, made["authenticatorId"]


def come_by_the_link(tab: Page, nation: Unit) -> None:
    """Open the link of the command line and choose a password."""
    link = appoint_first(email=ADDRESS, unit=nation, until=today() + dt.timedelta(300), name="Inga Leder")
    tab.goto(urlsplit(link).path)
    for field in ("password1", "password2"):
        tab.fill(f"[name={field}]", PASSWORD)
    tab.get_by_role("button", name="Lagre passordet").click()
    tab.wait_for_url("**/accounts/second-factor/")


def sign_out(tab: Page) -> None:
    tab.goto("/accounts/logout/")
    with tab.expect_navigation():
        tab.locator("main form button").first.click()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_administrator_sets_up_a_passkey_and_signs_in_with_it(
    open_page: Opener, nation: Unit, width: int
) -> None:
    tab = open_page(width=width)
    give_a_device(tab)
    come_by_the_link(tab, nation)
    tab.goto("/reports/certificates/")
    assert tab.url.endswith("/accounts/second-factor/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width

    tab.locator("a[href='/accounts/2fa/webauthn/add/']").click()
    tab.fill("[name=name]", "Telefonen min")
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/accounts/2fa/recovery-codes/")
    member = Member.objects.get()
    assert recovery_codes(member)[0] in tab.inner_text("main")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Telefonen min"
    tab.locator("main a.ds-button[data-big]").click()
    tab.wait_for_url("**/desk/")
    tab.goto("/reports/certificates/")
    assert tab.url.endswith("/reports/certificates/")

    sign_out(tab)
    tab.goto("/accounts/login/?next=/reports/certificates/")
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/reports/certificates/")
    assert run_waiting() >= 1


def test_a_device_that_says_no_is_answered_kindly_and_one_can_try_again(open_page: Opener, nation: Unit) -> None:
    tab = open_page()
    line, device = give_a_device(tab, answers=False)
    come_by_the_link(tab, nation)
    tab.goto("/accounts/2fa/webauthn/add/")
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    line.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": device, "enabled": True})
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_selector("[data-passkey-refused]:not([hidden])")
    assert not Authenticator.objects.exists()
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/accounts/2fa/recovery-codes/")


def test_a_passkey_is_the_second_lock_behind_a_password_and_confirms_later(open_page: Opener, nation: Unit) -> None:
    tab = open_page()
    give_a_device(tab)
    come_by_the_link(tab, nation)
    tab.goto("/accounts/2fa/webauthn/add/")
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/accounts/2fa/recovery-codes/")
    sign_out(tab)
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", ADDRESS)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/accounts/2fa/authenticate/")
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/desk/")
    tab.goto("/accounts/2fa/webauthn/reauthenticate/?next=/accounts/2fa/webauthn/")
    tab.locator("form[data-passkey] button").click()
    tab.wait_for_url("**/accounts/2fa/webauthn/")
    assert tab.locator("main section").count() == 1


def test_a_browser_without_passkeys_offers_the_app_instead(open_page: Opener, nation: Unit) -> None:
    tab = open_page()
    tab.add_init_script("delete window.PublicKeyCredential")
    come_by_the_link(tab, nation)
    tab.goto("/accounts/2fa/webauthn/add/")
    assert tab.locator("[data-passkey-missing]").is_visible()
    tab.locator("a[href='/accounts/2fa/totp/activate/']").click()
    assert tab.locator("main img").evaluate("image => image.naturalWidth") > 100
    tab.locator("summary").click()
    tab.fill("[name=code]", code_of(tab.inner_text("main .t-code").strip()))
    tab.press("[name=code]", "Enter")
    tab.wait_for_url("**/accounts/2fa/recovery-codes/")


def test_the_pages_work_without_javascript(open_page: Opener, nation: Unit) -> None:
    member = make_member(email="ola@example.org", password=PASSWORD)
    secret = make_app(member)
    tab = open_page(java_script_enabled=False)
    tab.goto("/accounts/login/")
    assert not tab.locator("form[data-passkey]").is_visible()
    tab.fill("[name=login]", "ola@example.org")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/accounts/2fa/authenticate/")
    tab.fill("[name=code]", code_of(secret))
    tab.press("[name=code]", "Enter")
    tab.wait_for_url("**/desk/")
