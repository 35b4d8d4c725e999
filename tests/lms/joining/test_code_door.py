"""Member number and code: two people who share an address each open an account that works."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.jobs.sweeper import run_waiting
from lms.joining.codes import issue_codes, show_codes
from lms.joining.limits import CODE_TRIES, NETWORK_TRIES
from lms.joining.models import AddressCheck, JoinCode
from lms.members.models import Member
from tests.factories import organisation

pytestmark = pytest.mark.django_db
DOOR = "/join/code/"
SHARED = "hjemme@example.org"


@pytest.fixture
def couple(db):
    """Kari and Ola with one address, the administrator's codes in hand: {number: code}."""
    nation, *_rest, bodo = organisation.make_tree()
    ada = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(ada, "administrator", unit=nation)
    for number, name in (("1001", "Kari"), ("1002", "Ola")):
        organisation.make_member(name, of=bodo, member_number=number, email=SHARED)
    ids = list(Member.objects.exclude(member_number=None).values_list("pk", flat=True))
    issue_codes(member_ids=ids, by=ada)
    return {slip.member.member_number: slip.code for slip in show_codes(member_ids=ids, by=ada)}


def come(number: str, code: str, *, email: str = "", password: str = "", client: Client | None = None):
    said = {"number": number, "code": code, "password": password or f"et-langt-passord-{number}", "email": email}
    return (client or Client()).post(DOOR, said)


def sign_in(login: str, password: str):
    client = Client()
    client.post("/accounts/login/", {"login": login, "password": password})
    return client.session.get("_auth_user_id")


def confirm(mailoutbox) -> None:
    """Follow the newest letter and say yes."""
    run_waiting()
    path = re.search(r"/join/address/[\w-]+/", mailoutbox[-1].body)[0]
    assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 302


def test_both_open_an_account_and_sign_in_with_their_own_number(couple):
    for number, code in couple.items():
        assert come(number, code).headers["Location"] == "/desk/"
    for number in couple:
        member = Member.objects.get(member_number=number)
        assert sign_in(number, f"et-langt-passord-{number}") == str(member.pk)
    assert sign_in("1001", "et-langt-passord-1002") is None


def test_the_first_who_confirms_the_shared_address_may_sign_in_with_it_and_the_second_keeps_the_number(
    couple, mailoutbox
):
    for number, code in couple.items():
        come(number, code, email=SHARED)
        confirm(mailoutbox)
    kari, ola = (Member.objects.get(member_number=number) for number in couple)
    assert [address.user for address in EmailAddress.objects.filter(verified=True)] == [kari]
    assert sign_in(SHARED, "et-langt-passord-1001") == str(kari.pk)
    assert sign_in(SHARED, "et-langt-passord-1002") is None
    assert sign_in("1002", "et-langt-passord-1002") == str(ola.pk)


def test_nothing_is_done_with_an_address_before_it_is_confirmed(couple, mailoutbox):
    come("1001", couple["1001"], email="en-annens@example.org")
    run_waiting()
    assert Member.objects.get(member_number="1001").email == SHARED
    assert not EmailAddress.objects.exists()
    assert [mail.to for mail in mailoutbox] == [["en-annens@example.org"]]
    assert AddressCheck.objects.count() == 1


def test_a_code_works_once_and_for_its_own_number_only(couple):
    assert come("1001", couple["1002"]).status_code == 422
    assert come("1001", couple["1001"]).status_code == 302
    assert come("1001", couple["1001"]).status_code == 422
    assert JoinCode.objects.usable().count() == 1


def test_a_slip_of_the_pen_is_said_at_the_field_and_is_no_try(couple):
    code = couple["1001"]
    wrong = code[:-1] + ("A" if code[-1] != "A" else "C")
    for _ in range(CODE_TRIES + 2):
        assert 'id="id_code-error"' in come("1001", wrong).content.decode()
    assert come("1001", code).status_code == 302


def test_known_and_unknown_numbers_get_the_same_answer(couple):
    come("1002", couple["1001"])  # what is kept between requests is read
    shown, asked = [], []
    for number in ("1001", "9999"):
        with CaptureQueriesContext(connection) as queries:
            answer = come(number, couple["1002"])
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\d+"', "", answer.content.decode())
        shown.append((answer.status_code, text))
        asked.append(len(queries))
    assert shown[0] == shown[1]
    assert asked[0] == asked[1]


def test_one_number_is_tried_ten_times_an_hour_whoever_tries(couple):
    client = Client()
    for place in range(CODE_TRIES):
        come("1001", couple["1002"], client=Client(REMOTE_ADDR=f"10.0.0.{place}"))
    assert come("1001", couple["1001"], client=client).status_code == 422
    assert come("1002", couple["1002"]).status_code == 302


def test_one_network_is_stopped_after_sixty_tries(couple):
    answers = [come(str(n), couple["1001"]).status_code for n in range(NETWORK_TRIES + 1)]
    assert set(answers[:-1]) == {422}
    assert answers[-1] == 429
