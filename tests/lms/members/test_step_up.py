"""Before what cannot be taken back one confirms that it is oneself, and then goes straight on."""

import re
import time

import pytest
from django.contrib.auth.decorators import login_required
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from lms.members.assurance import step_up, step_up_to_change
from lms.members.models import Member
from lms.urls import urlpatterns as house
from tests.factories.organisation import make_member
from tests.factories.signing import LOGIN, PASSWORD, code_of, make_app

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADDRESS = "kari@example.org"


@login_required
@step_up
def act(request):
    return HttpResponse(f"{request.method} {request.POST.get('reason', '')}")


@step_up_to_change
def look_or_act(request):
    return HttpResponse(f"{request.method} {request.POST.get('reason', '')}")


urlpatterns = [path("act/", act), path("both/", look_or_act), *house]


@pytest.fixture
def kari() -> Member:
    return make_member(email=ADDRESS, password=PASSWORD)


@pytest.fixture
def later(monkeypatch):
    """``later(minutes)``: let so much time pass."""
    start = time.time()
    return lambda minutes: monkeypatch.setattr(time, "time", lambda: start + minutes * 60)


def test_somebody_who_has_just_signed_in_is_not_asked(client, kari):
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert client.post("/act/", {"reason": "x"}).content == b"POST x"


def test_after_a_quarter_of_an_hour_one_is_asked(client, kari, later):
    client.force_login(kari)
    later(14)
    assert client.get("/act/").status_code == 200
    later(16)
    assert client.get("/act/")["Location"] == "/accounts/reauthenticate/?next=%2Fact%2F"


def test_the_time_is_a_setting(client, kari, later, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 60
    client.force_login(kari)
    later(2)
    assert client.get("/act/").status_code == 302


def test_a_form_that_was_sent_goes_through_once_it_is_confirmed(client, kari, later):
    client.force_login(kari)
    later(16)
    asked = client.post("/act/", {"reason": "Feil person"})
    answer = client.post(asked["Location"], {"password": PASSWORD, "next": "/act/"})
    assert answer.content == b"POST Feil person"
    assert client.post("/act/", {"reason": "y"}).content == b"POST y"


def test_a_wrong_password_lets_nothing_through(client, kari, later):
    client.force_login(kari)
    later(16)
    asked = client.post("/act/", {"reason": "x"})
    assert client.post(asked["Location"], {"password": "feil", "next": "/act/"}).status_code == 200
    assert client.get("/act/").status_code == 302


def test_looking_is_free_where_only_the_change_asks(client, kari, later):
    client.force_login(kari)
    later(16)
    assert client.get("/both/").content == b"GET "
    assert client.post("/both/").status_code == 302


@pytest.mark.parametrize("place", ["/act/", "/both/"])
def test_a_stranger_is_sent_to_sign_in_and_given_no_session(client, place):
    answer = client.post(place, {"reason": "x"})
    assert answer["Location"].startswith(LOGIN)
    assert "sessionid" not in answer.cookies


def test_who_has_a_second_factor_confirms_with_it_and_not_with_the_password(client, kari, later):
    secret = make_app(kari)
    client.force_login(kari)
    later(16)
    asked = client.get("/act/")["Location"]
    assert asked == "/accounts/2fa/reauthenticate/?next=%2Fact%2F"
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/act/"})
    assert client.get("/act/").status_code == 302
    assert client.post(asked, {"code": code_of(secret), "next": "/act/"})["Location"] == "/act/"
    assert client.get("/act/").status_code == 200


@pytest.fixture
def without_password(kari) -> Member:
    kari.set_unusable_password()
    kari.save(update_fields=["password"])
    return kari


def mailed_code() -> str:
    return re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", mail.outbox[-1].body)[0]


def test_who_has_no_password_is_sent_a_code(client, without_password, later):
    client.force_login(without_password)
    later(16)
    asked = client.post("/act/", {"reason": "x"})["Location"]
    assert asked.startswith("/accounts/reauthenticate/mail/")
    assert client.get(asked).status_code == 200
    assert mail.outbox == []
    assert client.post(asked, {"send": "1"})["Location"] == asked
    assert mail.outbox[0].to == [ADDRESS]
    answer = client.post(asked, {"code": mailed_code().lower().replace("-", " "), "next": "/act/"})
    assert answer.content == b"POST x"


def test_a_mailed_code_is_good_once_for_ten_minutes_and_for_three_tries(client, without_password, later):
    client.force_login(without_password)
    place = "/accounts/reauthenticate/mail/"
    client.post(place, {"send": "1"})
    later(11)
    assert client.post(place, {"code": mailed_code()}).status_code == 200
    client.post(place, {"send": "1"})
    for _ in range(3):
        client.post(place, {"code": "AAAA-AAAA"})
    later(13)
    assert client.post(place, {"code": mailed_code()}).status_code == 200


def test_a_code_sent_to_one_session_is_worth_nothing_in_another(without_password):
    one, other = Client(), Client()
    for client in (one, other):
        client.force_login(without_password)
    one.post("/accounts/reauthenticate/mail/", {"send": "1"})
    assert other.post("/accounts/reauthenticate/mail/", {"code": mailed_code()}).status_code == 200


def test_who_has_neither_password_nor_address_signs_in_again(client, later):
    ola = make_member("Ola")
    client.force_login(ola)
    later(16)
    asked = client.get("/act/")["Location"]
    assert asked == "/accounts/reauthenticate/again/?next=%2Fact%2F"
    assert b"/accounts/login/?next=/act/" in client.get(asked).content


def test_the_page_that_asks_shows_the_other_ways(client, kari):
    client.force_login(kari)
    text = client.get("/accounts/reauthenticate/?next=/act/").content.decode()
    assert "/accounts/reauthenticate/mail/?next=%2Fact%2F" in text


def test_a_locked_person_is_out_of_every_session_at_once(kari):
    sessions = [Client(), Client()]
    for session in sessions:
        session.force_login(kari)
    Member.objects.filter(pk=kari.pk).update(is_active=False)
    assert {session.get("/desk/").status_code for session in sessions} == {302}
    assert {session.get("/act/").status_code for session in sessions} == {302}


def test_somebody_locked_between_the_two_factors_does_not_get_in(client, kari):
    secret = make_app(kari)
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    Member.objects.filter(pk=kari.pk).update(is_active=False)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/desk/").status_code == 302
