"""Signing in: one door, no hint of who is known, and patience."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from tests.factories.courses import make_site
from tests.factories.organisation import make_member

pytestmark = pytest.mark.django_db

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
KNOWN, UNKNOWN, PASSWORD = "kari@example.org", "ukjent@example.org", "et-langt-passord"


@pytest.fixture(autouse=True)
def kari(db):
    make_site()
    return make_member(email=KNOWN, password=PASSWORD)


def said(answer, typed):
    """An answer without what differs by itself: the token, the address that was typed."""
    text = answer.content.decode().replace(typed, "…")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)


def test_the_right_password_leads_to_ones_own_page_and_sets_a_session(client):
    answer = client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    (session,) = [cookie for name, cookie in answer.cookies.items() if name.endswith("sessionid")]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.get("/desk/").status_code == 200


def test_the_form_has_the_fields_that_others_rely_on(client):
    form = client.get(LOGIN).content.decode()
    assert all(f'name="{name}"' in form for name in ("login", "password", "csrfmiddlewaretoken"))


@pytest.mark.parametrize("typed", ["KARI@example.org", " kari@example.org "])
def test_an_address_is_known_however_it_is_written(client, typed):
    assert client.post(LOGIN, {"login": typed, "password": PASSWORD}).status_code == 302


def test_the_session_is_another_after_signing_in(client):
    client.cookies["sessionid"] = "valgt-av-en-annen"
    answer = client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    assert answer.cookies["sessionid"].value != "valgt-av-en-annen"


def test_signing_in_needs_the_houses_own_form():
    assert Client(enforce_csrf_checks=True).post(LOGIN, {"login": KNOWN, "password": PASSWORD}).status_code == 403


def test_a_wrong_password_is_answered_alike_for_known_and_unknown(client):
    known, unknown = (client.post(LOGIN, {"login": who, "password": "feil"}) for who in (KNOWN, UNKNOWN))
    assert known.status_code == unknown.status_code == 200
    assert said(known, KNOWN) == said(unknown, UNKNOWN)
    assert "sessionid" not in known.cookies


def test_an_account_that_is_closed_is_answered_like_an_unknown_one(client, kari):
    Member.objects.filter(pk=kari.pk).update(is_active=False)
    closed, unknown = (client.post(LOGIN, {"login": who, "password": "feil"}) for who in (KNOWN, UNKNOWN))
    assert said(closed, KNOWN) == said(unknown, UNKNOWN)
    assert closed.status_code == unknown.status_code
    client.post(LOGIN, {"login": KNOWN, "password": PASSWORD})
    assert client.get("/desk/").status_code == 302


def test_asking_for_a_new_password_is_answered_alike_and_writes_to_the_known_only(client):
    known, unknown = (client.post(RESET, {"email": who}) for who in (KNOWN, UNKNOWN))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert said(client.get(known["Location"]), KNOWN) == said(client.get(unknown["Location"]), UNKNOWN)
    assert run_waiting() == 2
    assert [message.to for message in mail.outbox] == [[KNOWN]]


def test_the_mail_about_a_new_password_is_neutral_in_its_subject(client):
    client.post(RESET, {"email": KNOWN})
    run_waiting()
    assert not re.search(r"parti|forening|Folke|medlem|Tillit", mail.outbox[0].subject, re.IGNORECASE)


def test_the_link_in_the_mail_sets_a_new_password_once(client):
    client.post(RESET, {"email": KNOWN})
    run_waiting()
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"password1": "et-helt-nytt-passord", "password2": "et-helt-nytt-passord"})
    assert answer.status_code == 302
    assert Client().post(LOGIN, {"login": KNOWN, "password": "et-helt-nytt-passord"}).status_code == 302
    assert b"password1" not in Client().get(link, follow=True).content


def test_after_too_many_tries_the_form_asks_for_patience_kindly(client):
    answers = [client.post(LOGIN, {"login": KNOWN, "password": f"feil-{n}"}) for n in range(12)]
    last = answers[-1].content.decode()
    assert answers[-1].status_code in (200, 429)
    assert 'name="password"' in last or "minutt" in last or "senere" in last
    assert last != answers[0].content.decode()
    assert client.post(LOGIN, {"login": KNOWN, "password": PASSWORD}).status_code != 302


def test_patience_asked_of_one_address_is_not_asked_of_another(client):
    make_member("Ola", email="ola@example.org", password=PASSWORD)
    for number in range(8):
        client.post(LOGIN, {"login": KNOWN, "password": f"feil-{number}"})
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert other.post(LOGIN, {"login": "ola@example.org", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("following", ["https://ond.example/", "//ond.example", "javascript:alert(1)"])
def test_signing_in_never_leads_out_of_the_house(client, following):
    answer = client.post(f"{LOGIN}?next={following}", {"login": KNOWN, "password": PASSWORD, "next": following})
    assert answer["Location"] == "/desk/"


def test_signing_in_leads_back_to_where_one_was(client):
    answer = client.post(LOGIN, {"login": KNOWN, "password": PASSWORD, "next": "/desk/certificates/"})
    assert answer["Location"] == "/desk/certificates/"


def test_signing_out_is_a_form_and_ends_the_session(client, kari):
    client.force_login(kari)
    client.get("/accounts/logout/")
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/desk/").status_code == 302


def test_nobody_signs_up_by_a_form(client):
    client.post("/accounts/signup/", {"email": "ny@example.org", "password1": PASSWORD})
    assert not EmailAddress.objects.filter(email="ny@example.org").exists()


SIDE_DOORS = ["/_util/login/", "/nn/_util/login/", "/en/_util/login/", "/admin/login/"]


@pytest.mark.parametrize("door", SIDE_DOORS)
def test_there_is_no_other_door_that_takes_a_password(client, door):
    for fields in ({"username": KNOWN, "password": PASSWORD}, {"login": KNOWN, "password": PASSWORD}):
        client.post(door, fields)
        assert client.get("/desk/").status_code == 302, door
