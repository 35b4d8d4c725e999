"""Two factors for everybody with rights over others: with one only, nothing answers beyond setting up the second."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import Resolver404, resolve

from lms.members.models import Member
from lms.organisation.access import Right, Role
from lms.organisation.assurance import must_have_factor
from lms.organisation.middleware import SETTING_UP
from lms.periods import Period, today
from tests.addresses import addresses, make_world, pages
from tests.factories.organisation import make_appointment, make_loan, make_member, make_term, make_tree
from tests.factories.signing import DESK, PASSWORD, code_of, make_app, recovery_codes, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "inga@example.org"
SET_UP = "/accounts/second-factor/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.TILLIT_REQUIRE_SECOND_FACTOR = True
    settings.TILLIT_DEMO = False


@pytest.fixture
def chief() -> Member:
    nation, *_ = make_tree()
    member = make_member("Inga Sørvær", of=nation, email=ADDRESS, password=PASSWORD)
    make_appointment(member, Role.ADMINISTRATOR, unit=nation)
    return member


def everywhere(world) -> list[str]:
    """Every address of the house, the editor's among them."""
    return [
        *addresses(world).values(),
        *pages(world),
        "/admin/",
        "/admin/pages/",
        "/documents/1/x.pdf",
        "/admin/finnes/",
    ]


def is_open_without(url: str) -> bool:
    try:
        return resolve(url.split("?", maxsplit=1)[0]).view_name in SETTING_UP
    except Resolver404:
        return False


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_nothing_answers_to_the_first_factor_only(method):
    world = make_world()
    client = Client(raise_request_exception=False)
    client.force_login(world.ada)
    answers = {url: getattr(client, method)(url) for url in everywhere(world) if not is_open_without(url)}
    strayed = {url: a.status_code for url, a in answers.items() if a.headers.get("Location") != SET_UP}
    assert strayed == {}


def test_what_is_open_with_the_first_factor_shows_nobody_else():
    world = make_world()
    client = Client(raise_request_exception=False)
    client.force_login(world.ada)
    shown = [client.get(url).content.decode() for url in addresses(world).values() if is_open_without(url)]
    assert len(shown) >= 6
    assert not any("Kari" in text or "Ola" in text for text in shown)


def test_a_member_without_rights_is_not_asked(client, chief):
    kari = make_member(email="kari@example.org", password=PASSWORD)
    assert sign_in(client, "kari@example.org") == 200
    assert not must_have_factor(kari)


@pytest.mark.parametrize(("role", "is_asked"), [("administrator", True), ("editor", True), ("instructor", False)])
def test_rights_that_reach_others_ask_for_a_second_factor(role, is_asked):
    nation, *_ = make_tree()
    member = make_member(of=nation)
    make_appointment(member, role, unit=nation)
    assert must_have_factor(member) is is_asked


def test_a_right_asks_from_the_day_it_begins_to_the_day_it_ends(set_today):
    nation, *_ = make_tree()
    member = make_member(of=nation)
    begins, ends = today() + dt.timedelta(3), today() + dt.timedelta(9)
    make_term(member, office="training", unit=nation, period=Period(begins, ends))
    found = []
    for day in (today(), begins, ends - dt.timedelta(1), ends):
        set_today(day)
        found.append(must_have_factor(member))
    assert found == [False, True, True, False]


@pytest.mark.django_db(transaction=True)
def test_the_way_leads_to_setting_one_up_and_then_to_the_desk(client, chief):
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get(DESK)["Location"] == SET_UP
    assert b"/accounts/2fa/totp/activate/" in client.get(SET_UP).content
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    assert recovery_codes(chief)[0] in client.get(answer["Location"]).content.decode()
    assert client.get(DESK).status_code == 200


def test_signing_in_asks_for_the_factor_before_anything_else(client, chief):
    secret = make_app(chief)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert client.get(DESK)["Location"].startswith("/accounts/login/")
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get(DESK).status_code == 200


def test_a_session_from_before_the_factor_must_use_it_and_comes_back_to_where_it_was(client, chief):
    client.force_login(chief)
    secret = make_app(chief)
    asked = client.get("/reports/certificates/?unit=x")
    assert asked["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/?next=%2Freports")
    by_code = client.get(asked["Location"])["Location"]
    assert by_code.startswith("/accounts/2fa/reauthenticate/?next=")
    back = client.post(by_code, {"code": code_of(secret), "next": "/reports/certificates/?unit=x"})
    assert back["Location"] == "/reports/certificates/?unit=x"
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("page", ["webauthn/add/", "recovery-codes/", "totp/deactivate/", ""])
def test_somebody_with_a_factor_changes_none_without_using_one(client, chief, page):
    client.force_login(chief)
    make_app(chief)
    assert client.get(f"/accounts/2fa/{page}")["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_a_factor_that_was_taken_away_no_longer_speaks_for_its_sessions(client, chief):
    secret = make_app(chief)
    assert sign_in(client, ADDRESS, secret=secret) == 200
    Authenticator.objects.filter(user=chief).delete()
    assert client.get(DESK)["Location"] == SET_UP


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_lets_in_and_new_codes_do_not_throw_out(client, chief):
    make_app(chief)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": recovery_codes(chief)[0]})
    assert client.get(DESK).status_code == 200
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert client.get(DESK).status_code == 200


def test_the_demo_lets_its_four_sign_ins_off_and_nobody_else(client, settings):
    settings.TILLIT_DEMO = True
    nation, *_ = make_tree()
    for address in ("administrator@example.org", ADDRESS):
        member = make_member(of=nation, email=address, password=PASSWORD)
        make_appointment(member, Role.ADMINISTRATOR, unit=nation)
    assert sign_in(Client(), "administrator@example.org") == 200
    assert sign_in(Client(), ADDRESS) == 302


def test_the_demo_says_so_on_every_page(client, settings):
    settings.TILLIT_DEMO = True
    client.force_login(make_member())
    client.cookies["tillit_language"] = "en"
    assert "The four sign-ins are let in without a second factor." in client.get(DESK).content.decode()


def test_without_the_demo_its_addresses_are_like_any_other(client, chief):
    nation = chief.appointments.get().unit
    member = make_member(of=nation, email="administrator@example.org", password=PASSWORD)
    make_appointment(member, Role.ADMINISTRATOR, unit=nation)
    assert sign_in(client, "administrator@example.org") == 302


def test_asking_costs_three_queries_at_most(client, chief, django_assert_max_num_queries):
    secret = make_app(chief)
    sign_in(client, ADDRESS, secret=secret)
    with django_assert_max_num_queries(5):  # session, person, rights, factors, and what the page itself asks
        assert client.get("/accounts/logout/").status_code == 200


def test_what_is_kept_of_one_without_rights_is_forgotten_with_the_row_that_gives_one(
    client, django_capture_on_commit_callbacks, django_assert_num_queries
):
    nation, *_ = make_tree()
    member = make_member(of=nation)
    assert not must_have_factor(member)
    with django_assert_num_queries(0):
        assert not must_have_factor(member)
    with django_capture_on_commit_callbacks(execute=True):
        make_appointment(member, Role.ADMINISTRATOR, unit=nation)
    assert must_have_factor(member)


def test_a_right_lent_long_ago_counts_the_moment_its_lender_holds_it_again(django_capture_on_commit_callbacks):
    nation, *_ = make_tree()
    lender, borrower = make_member(of=nation), make_member(of=nation)
    with django_capture_on_commit_callbacks(execute=True):
        make_loan(borrower, Right.SEE_PEOPLE, giver=lender, unit=nation)
    assert not must_have_factor(borrower)
    with django_capture_on_commit_callbacks(execute=True):
        make_appointment(lender, Role.ADMINISTRATOR, unit=nation)
    assert must_have_factor(borrower)
