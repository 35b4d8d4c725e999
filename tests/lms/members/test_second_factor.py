"""The second factor at the door: a code fits once, guessing is bounded, secrets do not lie open."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from lms.jobs.sweeper import run_waiting
from lms.members import vault
from lms.members.models import Member
from tests.factories.organisation import make_member
from tests.factories.signing import (
    DESK,
    LOGIN,
    PASSWORD,
    SECOND,
    code_of,
    make_app,
    make_passkey,
    recovery_codes,
    sign_in,
)

pytestmark = pytest.mark.django_db
ADDRESS = "kari@example.org"
ACTIVATE = "/accounts/2fa/totp/activate/"


@pytest.fixture
def kari() -> Member:
    return make_member(email=ADDRESS, password=PASSWORD)


def at_the_second_lock() -> Client:
    client = Client()
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    return client


def test_the_password_alone_signs_nobody_in_who_has_a_second_factor(kari):
    make_app(kari)
    client = at_the_second_lock()
    assert client.get(DESK).status_code == 302
    assert client.get(LOGIN).status_code in (200, 302)
    assert client.get(DESK).status_code == 302


def test_a_code_from_the_app_signs_in(client, kari):
    assert sign_in(client, ADDRESS, secret=make_app(kari)) == 200


@pytest.mark.parametrize("later", [-1, 1])
def test_a_clock_that_is_half_a_minute_off_is_borne_with(kari, later):
    secret = make_app(kari)
    client = at_the_second_lock()
    client.post(SECOND, {"code": code_of(secret, later=later)})
    assert client.get(DESK).status_code == 200


def test_a_code_is_taken_once_however_long_it_lives(kari, monkeypatch):
    code = code_of(make_app(kari), later=1)
    first, second = at_the_second_lock(), at_the_second_lock()
    first.post(SECOND, {"code": code})
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31)  # the code is still within its time
    answer = second.post(SECOND, {"code": code})
    assert (first.get(DESK).status_code, second.get(DESK).status_code) == (200, 302)
    assert answer.status_code == 200


def test_a_recovery_code_is_taken_once(kari):
    make_app(kari)
    code = recovery_codes(kari)[3]
    first, second = at_the_second_lock(), at_the_second_lock()
    first.post(SECOND, {"code": code})
    second.post(SECOND, {"code": code})
    assert (first.get(DESK).status_code, second.get(DESK).status_code) == (200, 302)
    assert len(recovery_codes(kari)) == 9


def test_twenty_wrong_codes_an_hour_are_looked_at_and_no_more(kari, monkeypatch):
    secret = make_app(kari)
    start, evaluated = time.time(), 0
    for number in range(120):
        moment = start + number * 29
        monkeypatch.setattr(time, "time", lambda now=moment: now)
        client = Client(REMOTE_ADDR=f"10.0.{number % 7}.{number}")
        client.force_login(kari)
        client.logout()
        client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
        if moment - start < 3600:
            answer = client.post(SECOND, {"code": "000000"})
            evaluated += "too_many" not in str(answer.context["form"].errors.as_json())
    assert evaluated <= 20
    assert secret


def test_the_seeds_of_app_and_codes_do_not_lie_open_in_the_database(kari):
    secret = make_app(kari)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert recovery_codes(kari)[0] not in kept


def test_what_was_kept_under_the_key_before_can_be_read(settings):
    kept = vault.encrypt("frø")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "en-annen-nøkkel-" + "y" * 40, [settings.SECRET_KEY]
    assert vault.decrypt(kept) == "frø"


@pytest.mark.django_db(transaction=True)
def test_setting_an_app_up_is_told_by_mail_and_asks_for_a_code_that_fits(client, kari):
    sign_in(client, ADDRESS)
    client.get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    secret = client.session["mfa.totp.secret"]
    client.post(ACTIVATE, {"code": code_of(secret)})
    run_waiting()
    assert {a.type for a in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert "Tillit" not in mail.outbox[0].subject


def test_the_code_that_set_the_app_up_does_not_sign_in_as_well(client, kari):
    sign_in(client, ADDRESS)
    client.get(ACTIVATE)
    code = code_of(client.session["mfa.totp.secret"])
    client.post(ACTIVATE, {"code": code})
    other = at_the_second_lock()
    other.post(SECOND, {"code": code})
    assert other.get(DESK).status_code == 302


PAGES = ["", "webauthn/", "webauthn/add/", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_second_factor_is_ours_and_in_norwegian(client, kari, page):
    secret = make_app(kari)
    sign_in(client, ADDRESS, secret=secret)
    text = client.get(f"/accounts/2fa/{page}").content.decode()
    assert 'lang="nb"' in text and "t-h1" in text
    assert "Authenticator" not in text and "Security" not in text


def test_recovery_codes_are_fetched_as_a_file_that_nobody_keeps(client, kari):
    sign_in(client, ADDRESS, secret=make_app(kari))
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    assert answer.content.decode().split() == recovery_codes(kari)
    assert "no-store" in answer["Cache-Control"]


def test_a_passkey_is_given_another_name_and_removed_which_is_told(client, kari):
    passkey = make_passkey(kari, "Telefonen")
    client.force_login(kari)
    place = f"/accounts/2fa/webauthn/keys/{passkey.pk}"
    client.post(f"{place}/edit/", {"name": "Nettbrettet"})
    assert "Nettbrettet" in client.get("/accounts/2fa/webauthn/").content.decode()
    client.post(f"{place}/remove/")
    run_waiting()
    assert not Authenticator.objects.exists()
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


def test_another_persons_passkey_is_not_there(client, kari):
    other = Authenticator.objects.create(user=make_member("Ola"), type="webauthn", data={"name": "x", "credential": {}})
    sign_in(client, ADDRESS)
    assert [client.get(f"/accounts/2fa/webauthn/keys/{other.pk}/{act}/").status_code for act in ("edit", "remove")] == [
        404,
        404,
    ]
