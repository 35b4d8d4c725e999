"""People the register knows are invited by mail when the address is theirs alone, else by a code on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from lms.audit.models import Entry
from lms.jobs.sweeper import run_waiting
from lms.joining.codes import account_by_code, issue_codes, show_codes
from lms.joining.invitations import accept_invitation, invite_members
from lms.joining.models import Invitation, JoinCode
from lms.members.models import Member
from lms.notifications.models import Notice
from tests.factories import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PASSWORD = "et-langt-passord"


@pytest.fixture
def tree():
    return organisation.make_tree()


@pytest.fixture
def ada(tree):
    ada = organisation.make_member("Ada", of=tree[0])
    organisation.make_appointment(ada, "administrator", unit=tree[1])
    return ada


def letters(mailoutbox) -> list[tuple[str, str]]:
    """(to, token) of every letter sent."""
    run_waiting()
    return [(mail.to[0], re.search(r"/join/([\w-]{32})/", mail.body)[1]) for mail in mailoutbox]


def everybody() -> list[int]:
    return list(Member.objects.values_list("pk", flat=True))


def test_whoever_has_an_address_of_their_own_gets_one_letter(tree, mailoutbox):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    assert invite_members(member_ids=[kari.pk], by=None) == 1
    assert invite_members(member_ids=[kari.pk], by=None) == 0
    ((to, _token),) = letters(mailoutbox)
    assert to == "kari@example.org"
    assert not re.search("medlem|parti|Bodø|Kari", mailoutbox[0].subject)


def test_a_shared_address_a_missing_one_and_an_open_account_get_none(tree, mailoutbox):
    organisation.make_member("Kari", of=tree[3], email="hjemme@example.org")
    organisation.make_member("Ola", of=tree[3], email="Hjemme@Example.org")
    organisation.make_member("Åse", of=tree[3])
    organisation.make_member("Per", of=tree[3], email="per@example.org", password=PASSWORD)
    assert invite_members(member_ids=everybody(), by=None) == 0
    assert letters(mailoutbox) == []


def test_an_address_another_signs_in_with_counts_as_shared(tree):
    per = organisation.make_member("Per", of=tree[3], password=PASSWORD, email="per@example.org")
    Member.objects.filter(pk=per.pk).update(email="")
    ola = organisation.make_member("Ola", of=tree[3], email="per@example.org")
    assert invite_members(member_ids=[ola.pk], by=None) == 0


def test_the_link_opens_the_account_once(tree, mailoutbox):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    invite_members(member_ids=[kari.pk], by=None)
    ((_, token),) = letters(mailoutbox)
    assert Client().get(f"/join/{token}/").status_code == 200
    client = Client()
    assert client.post(f"/join/{token}/", {"password": PASSWORD}).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert EmailAddress.objects.get(user=kari).verified
    assert Client().get(f"/join/{token}/").status_code == 404
    assert accept_invitation(token=token, password="noe-helt-annet") is None


def test_the_table_holds_no_link(tree, mailoutbox):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    invite_members(member_ids=[kari.pk], by=None)
    ((_, token),) = letters(mailoutbox)
    kept = [str(value) for row in (Invitation, Notice) for values in row.objects.values_list() for value in values]
    assert len(token) == 32
    assert not any(token in value for value in kept)


def test_an_old_link_is_shut_and_the_person_can_be_invited_again(tree, mailoutbox):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    invite_members(member_ids=[kari.pk], by=None)
    ((_, token),) = letters(mailoutbox)
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert Client().get(f"/join/{token}/").status_code == 404
    assert invite_members(member_ids=[kari.pk], by=None) == 1


def test_a_short_password_is_said_at_the_field_and_the_link_still_works(tree, mailoutbox):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    invite_members(member_ids=[kari.pk], by=None)
    ((_, token),) = letters(mailoutbox)
    assert Client().post(f"/join/{token}/", {"password": "kort"}).status_code == 422
    assert Client().post(f"/join/{token}/", {"password": PASSWORD}).status_code == 302


def test_an_administrator_reaches_the_own_people_only(tree, ada, mailoutbox):
    _, _, oslo, bodo = tree
    organisation.make_member("Kari", of=bodo, email="kari@example.org")
    organisation.make_member("Ola", of=oslo, email="ola@example.org")
    assert invite_members(member_ids=everybody(), by=ada) == 1
    assert [to for to, _ in letters(mailoutbox)] == ["kari@example.org"]
    assert Entry.objects.get(act="invite_member").actor == ada.public_id


def test_whoever_may_not_invite_is_refused(tree):
    kari = organisation.make_member("Kari", of=tree[3])
    for call in (invite_members, issue_codes):
        with pytest.raises(PermissionDenied):
            call(member_ids=[kari.pk], by=kari)


def test_a_thousand_people_take_as_many_statements_as_ten(tree, django_assert_max_num_queries):
    Member.objects.bulk_create(
        Member(name=f"M {n}", email=f"m{n}@example.org", member_number=str(n)) for n in range(1000)
    )
    with django_assert_max_num_queries(60):
        assert invite_members(member_ids=everybody(), by=None) == 1000
    with django_assert_max_num_queries(25):
        assert issue_codes(member_ids=everybody(), by=None) == 1000


def test_a_code_is_shown_once_and_a_new_list_makes_the_old_one_worthless(tree, ada):
    ola = organisation.make_member("Ola", of=tree[3], member_number="1002")
    assert issue_codes(member_ids=[ola.pk], by=ada) == 1
    (first,) = show_codes(member_ids=[ola.pk], by=ada)
    assert JoinCode.objects.get().seed == ""
    (second,) = show_codes(member_ids=[ola.pk], by=ada)
    assert first.code != second.code
    assert account_by_code(number="1002", code=first.code, password=PASSWORD) is None
    assert account_by_code(number="1002", code=second.code, password=PASSWORD) == ola


def test_codes_are_issued_to_the_own_people_only(tree, ada):
    ola = organisation.make_member("Ola", of=tree[2], member_number="1002")
    assert issue_codes(member_ids=[ola.pk], by=ada) == 0
    issue_codes(member_ids=[ola.pk], by=None)
    assert show_codes(member_ids=[ola.pk], by=ada) == []


def test_a_chair_invites_by_mail_but_sees_no_codes(tree, mailoutbox):
    *_, bodo = tree
    chair = organisation.make_member("Liv", of=bodo)
    organisation.make_term(chair, office="chair", unit=bodo)
    organisation.make_member("Kari", of=bodo, email="kari@example.org")
    ola = organisation.make_member("Ola", of=bodo, member_number="1002")
    assert invite_members(member_ids=everybody(), by=chair) == 1
    with pytest.raises(PermissionDenied):
        issue_codes(member_ids=[ola.pk], by=chair)
    with pytest.raises(PermissionDenied):
        show_codes(member_ids=[ola.pk], by=chair)
    client = Client()
    client.force_login(chair)
    assert client.get("/join/waiting/").status_code == 200
    assert client.post("/join/waiting/codes/", {"unit": bodo.code}).status_code in (302, 404)
    assert not JoinCode.objects.exists()


def test_the_list_to_print_is_made_after_a_fresh_confirmation_and_leaves_a_trail(tree, ada):
    from lms.audit.models import Sighting

    ola = organisation.make_member("Ola", of=tree[3], member_number="1002")
    Member.objects.filter(pk=ada.pk).update(email="ada@example.org")
    from lms.members.services import open_account

    open_account(member=ada, email="ada@example.org", password=PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    page = client.post("/join/waiting/codes/", {"unit": tree[1].code}).content.decode()
    number, code = re.search(r"<dd>(\d+)</dd>.*?([A-Z\d]{4}-[A-Z\d]{4}-[A-Z\d]{4})", page, re.S).groups()
    assert account_by_code(number=number, code=code, password=PASSWORD) == ola
    assert Sighting.objects.get(page="join_codes").actor == ada.public_id
