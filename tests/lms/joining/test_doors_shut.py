"""A way in is for one person, one address and one time: it shuts when any of them is another."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.joining import openings
from lms.joining.codes import account_by_code, issue_codes, show_codes
from lms.joining.invitations import accept_invitation, invitation_with, invite_members, token_of
from lms.joining.links import make_link
from lms.joining.models import Invitation, JoinCode
from lms.joining.signing_up import begin_sign_up
from lms.joining.waiting import waiting_in
from lms.members.models import Member
from lms.members.services import open_account
from tests.factories import organisation as o
from tests.lms.joining.conftest import COURSE, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LONG, OTHER = "en ganske lang setning", "en annen ganske lang setning"


@pytest.fixture
def kari(place) -> Member:
    """In the register with an address and a number, invited."""
    kari = o.make_member("Kari", of=place.bodo, email="feil@example.org", member_number="1001")
    invite_members(member_ids=[kari.pk], by=None)
    return kari


def token() -> str:
    row = Invitation.objects.latest("pk")
    return token_of(row.member, row.key)


def test_a_link_that_went_to_a_wrong_address_opens_nothing_when_it_is_put_right(place, kari):
    wrong = token()
    Member.objects.filter(pk=kari.pk).update(email="kari@example.org")
    assert Client().get(f"/join/{wrong}/").status_code == 404
    assert accept_invitation(token=wrong, password=LONG) is None
    assert waiting_in(place.bodo).invited == 0
    assert invite_members(member_ids=[kari.pk], by=None) == 1
    assert accept_invitation(token=token(), password=LONG) == kari
    assert accept_invitation(token=wrong, password=LONG) is None


def test_a_changed_case_is_the_same_address(kari):
    Member.objects.filter(pk=kari.pk).update(email="Feil@Example.org")
    assert accept_invitation(token=token(), password=LONG) == kari


def test_who_asks_for_a_letter_after_the_address_is_put_right_gets_a_new_link(place, kari, newest_door):
    wrong = token()
    Member.objects.filter(pk=kari.pk).update(email="kari@example.org")
    begin_sign_up(email="kari@example.org", language="nb", unit=place.bodo)
    door = newest_door()
    assert wrong not in door and Client().get(door).status_code == 200


def test_the_table_does_not_hold_the_address(kari):
    row = Invitation.objects.values().get()
    assert row["address_hash"] and "feil@example.org" not in str(row)


def test_a_link_opens_nothing_when_the_account_is_open_already(kari):
    open_account(member=kari, email=kari.email, password=LONG)
    assert invitation_with(token()) is None
    assert accept_invitation(token=token(), password=OTHER) is None
    kari.refresh_from_db()
    assert kari.check_password(LONG)


def test_an_account_opened_by_either_shuts_the_other(place, kari):
    issue_codes(member_ids=[kari.pk], by=None)
    (slip,) = show_codes(member_ids=[kari.pk], by=place.nora)
    assert account_by_code(number="1001", code=slip.code, password=LONG) == kari
    assert accept_invitation(token=token(), password=OTHER) is None
    assert not Invitation.objects.unclosed().exists() and not JoinCode.objects.unclosed().exists()


def test_a_code_opens_nothing_when_the_link_was_used(place, kari):
    issue_codes(member_ids=[kari.pk], by=None)
    (slip,) = show_codes(member_ids=[kari.pk], by=place.nora)
    assert accept_invitation(token=token(), password=LONG) == kari
    assert account_by_code(number="1001", code=slip.code, password=OTHER) is None
    assert not JoinCode.objects.unclosed().exists()


def test_a_code_opens_nothing_when_the_account_was_opened_elsewhere(place, kari):
    issue_codes(member_ids=[kari.pk], by=None)
    (slip,) = show_codes(member_ids=[kari.pk], by=place.nora)
    open_account(member=kari, email=kari.email, password=LONG)
    assert account_by_code(number="1001", code=slip.code, password=OTHER) is None


def test_a_shared_address_gets_no_personal_link_from_the_public_page_either(place, newest_door):
    ola = o.make_member("Ola", of=place.bodo, email="felles@example.org", member_number="1")
    issue_codes(member_ids=[ola.pk], by=None)
    (slip,) = show_codes(member_ids=[ola.pk], by=place.nora)
    assert account_by_code(number="1", code=slip.code, password=LONG)
    o.make_member("Kari", of=place.bodo, email="Felles@example.org", member_number="2")
    begin_sign_up(email="felles@example.org", language="nb", unit=place.bodo)
    assert newest_door() == "/join/code/"
    assert not Invitation.objects.exists()


def asked_for(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/join/links/").status_code == 200
    return len(queries)


def test_the_list_of_links_asks_as_much_for_thirty_as_for_one(place, course):
    def find(key: str, language: str) -> openings.OpenCourse:
        Member.objects.exists()  # what a course costs to look up
        return COURSE

    (known,) = openings._openings
    openings.register_openings(openings.Openings(find=find, listed=known.listed, take=known.take))
    client = as_member(place.nora)
    make_link(unit=place.bodo, by=place.nora, course_key=course.key)
    client.get("/join/links/")
    one = asked_for(client)
    for _ in range(30):
        make_link(unit=place.bodo, by=place.nora, course_key=course.key)
    assert asked_for(client) <= one
