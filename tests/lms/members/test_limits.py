"""Guessing at an account: bounded through every door, in steps that grow, and never at the owner's cost."""

import re
import time
from itertools import pairwise

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.jobs.sweeper import run_waiting
from lms.members import devices
from lms.members.models import Member
from tests.factories.organisation import make_member
from tests.factories.signing import DESK, LOGIN, PASSWORD, make_app

pytestmark = pytest.mark.django_db
ADDRESS = "kari@example.org"
RESET, CHANGE, CONFIRM = "/accounts/password/reset/", "/accounts/password/change/", "/accounts/reauthenticate/"
MAILED = "/accounts/reauthenticate/mail/"


@pytest.fixture(autouse=True)
def kari(db) -> Member:
    return make_member(email=ADDRESS, password=PASSWORD)


@pytest.fixture
def at(monkeypatch):
    """``at(seconds)``: let it be so long after the start."""
    start = time.time()
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: start + seconds)


def is_refused(answer) -> bool:
    """Whether the guess was not looked at."""
    if answer.status_code == 429:
        return True
    form = answer.context["form"] if answer.context and "form" in answer.context else None
    return form is not None and "too_many" in form.errors.as_json()


def guess(client, number, address=ADDRESS):
    return client.post(LOGIN, {"login": address, "password": f"feil-{number}"})


@pytest.mark.parametrize("guesses", [200, pytest.param(1000, marks=pytest.mark.slow)])
def test_of_a_thousand_guesses_in_an_hour_twenty_are_looked_at(at, guesses):
    looked_at = 0
    for number in range(guesses):
        at(number * 3590 / guesses)
        network = Client(REMOTE_ADDR=f"10.0.0.{number % 50}")
        looked_at += not is_refused(guess(network, number))
    assert 10 <= looked_at <= 20


def test_the_wait_grows(at):
    moments = []
    for second in range(0, 3600, 20):
        at(second)
        if not is_refused(guess(Client(), second)):
            moments.append(second)
    assert moments[4] - moments[0] < 100
    assert moments[5] - moments[4] <= 60 + 20
    assert max(b - a for a, b in pairwise(moments)) >= 400


def test_the_owner_is_let_in_while_strangers_guess(client):
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/logout/")
    for number in range(30):
        guess(Client(REMOTE_ADDR=f"10.1.1.{number}"), number)
    assert is_refused(guess(Client(), 31))
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    assert client.get(DESK).status_code == 200


def test_the_owner_on_a_new_device_is_let_in_by_the_link_in_the_mail():
    for number in range(30):
        guess(Client(REMOTE_ADDR=f"10.1.1.{number}"), number)
    client = Client()
    client.post(RESET, {"email": ADDRESS})
    run_waiting()
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "et-helt-nytt-passord", "password2": "et-helt-nytt-passord"})
    assert client.get(DESK).status_code == 200


def test_a_stolen_device_has_tries_of_its_own_and_no_more(client):
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert sum(not is_refused(guess(client, number)) for number in range(30)) == 5


def test_a_device_of_one_account_is_a_stranger_to_another(client):
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    request = client.get(LOGIN).wsgi_request
    assert devices.known(request, ADDRESS) and devices.known(request, ADDRESS.upper())
    assert not devices.known(request, "ola@example.org")


def test_a_device_made_up_by_hand_is_a_stranger(client):
    client.cookies[devices.COOKIE] = "x.y"
    assert not devices.known(client.get(LOGIN).wsgi_request, ADDRESS)


def test_the_devices_number_says_nothing_of_whose_it_is(client, kari):
    answer = client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    cookie = answer.cookies[devices.COOKIE]
    assert cookie["httponly"] and cookie["path"] == "/accounts/"
    assert ADDRESS not in cookie.value and str(kari.public_id) not in cookie.value


def test_one_network_may_sign_in_a_whole_course_at_once():
    people = [make_member(email=f"n{number}@example.org", password=PASSWORD) for number in range(100)]
    answers = [Client().post(LOGIN, {"login": p.emailaddress_set.get().email, "password": PASSWORD}) for p in people]
    assert {a.status_code for a in answers} == {302}


def test_one_network_guesses_at_many_accounts_no_faster():
    refused = [is_refused(guess(Client(), n, address=f"n{n}@example.org")) for n in range(80)]
    assert refused.count(False) == 60


@pytest.mark.parametrize(
    ("door", "fields"),
    [
        (CONFIRM, {"password": "feil"}),
        (CHANGE, {"oldpassword": "feil", "password1": "x" * 12, "password2": "x" * 12}),
        (MAILED, {"code": "AAAA-AAAA"}),
    ],
)
def test_a_session_left_open_is_no_way_to_guess(at, kari, door, fields):
    client, looked_at = Client(), 0
    client.force_login(kari)
    for number in range(100):
        at(number * 35)
        looked_at += not is_refused(client.post(door, fields))
    assert looked_at <= 20


def test_letters_to_one_address_are_few(at, kari):
    for number in range(30):
        at(number * 100)
        Client(REMOTE_ADDR=f"10.1.2.{number}").post(RESET, {"email": ADDRESS})
    run_waiting()
    assert len(mail.outbox) <= 10


def test_the_networks_address_is_not_what_the_limits_keep(client):
    guess(Client(REMOTE_ADDR="203.0.113.77"), 1)
    assert "203.0.113.77" not in str(list(cache._cache))


def test_the_answer_to_too_many_codes_is_kind_and_says_when_to_come_back(kari):
    make_app(kari)
    client = Client()
    client.post(LOGIN, {"login": ADDRESS, "password": PASSWORD})
    for _ in range(8):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert is_refused(answer)


@pytest.mark.parametrize(
    ("door", "known", "unknown"),
    [(LOGIN, ADDRESS, "x@example.org"), (LOGIN, "4711", "9999"), (RESET, ADDRESS, "x@example.org")],
)
def test_known_and_unknown_cost_the_same_questions_to_the_database(kari, door, known, unknown):
    Member.objects.filter(pk=kari.pk).update(member_number="4711")
    questions = []
    for name in (known, unknown):
        Client().get(LOGIN)  # what every page keeps
        with CaptureQueriesContext(connection) as asked:
            Client().post(door, {"login": name, "email": name, "password": "feil"})
        questions.append([sql["sql"][:40] for sql in asked if "SAVEPOINT" not in sql["sql"]])
    assert questions[0] == questions[1]
    assert len(questions[0]) > 0


def test_where_letters_go_opens_nothing(client):
    ola = make_member("Ola", email="felles@example.org")
    ola.set_password(PASSWORD)
    ola.save()
    client.post(LOGIN, {"login": "felles@example.org", "password": PASSWORD})
    client.post(RESET, {"email": "felles@example.org"})
    run_waiting()
    assert client.get(DESK).status_code == 302
    assert mail.outbox == []


def test_guesses_by_address_and_by_member_number_are_counted_together(kari):
    Member.objects.filter(pk=kari.pk).update(member_number="4711")
    looked_at = [not is_refused(guess(Client(), n, address=("4711", ADDRESS)[n % 2])) for n in range(12)]
    assert looked_at.count(True) == 5
