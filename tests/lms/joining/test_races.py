"""The same door tried many times at once lets one in."""

from __future__ import annotations

from functools import partial

import pytest

from lms.joining.codes import account_by_code, issue_codes, show_codes
from lms.joining.invitations import accept_invitation, invite_members, token_of
from lms.joining.models import Arrival, Invitation, SignUp
from lms.joining.signing_up import begin_sign_up, confirm_sign_up
from lms.joining.signing_up import token_of as sign_up_token
from lms.members.models import Member
from tests.factories import organisation
from tests.racing import all_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PASSWORD = "et-langt-passord"


@pytest.fixture
def tree(transactional_db):
    return organisation.make_tree()


def test_a_person_invited_by_several_at_once_gets_one_link(tree):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    told = all_at_once(*[partial(invite_members, member_ids=[kari.pk], by=None)] * 4)
    assert sorted(told) == [0, 0, 0, 1]
    assert Invitation.objects.count() == 1


def test_a_link_used_by_several_at_once_opens_one_account(tree):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org")
    invite_members(member_ids=[kari.pk], by=None)
    token = token_of(kari, Invitation.objects.get().key)
    let_in = all_at_once(*[partial(accept_invitation, token=token, password=PASSWORD)] * 4)
    assert [member for member in let_in if member] == [kari]


def test_a_code_used_by_several_at_once_opens_one_account(tree):
    nation, *_, bodo = tree
    ada = organisation.make_member("Ada", of=nation)
    organisation.make_appointment(ada, "administrator", unit=nation)
    ola = organisation.make_member("Ola", of=bodo, member_number="1002")
    issue_codes(member_ids=[ola.pk], by=ada)
    (slip,) = show_codes(member_ids=[ola.pk], by=ada)
    let_in = all_at_once(*[partial(account_by_code, number="1002", code=slip.code, password=PASSWORD)] * 4)
    assert [member for member in let_in if member] == [ola]


def test_a_link_and_a_code_used_at_once_open_one_account(tree):
    kari = organisation.make_member("Kari", of=tree[3], email="kari@example.org", member_number="1001")
    keeper = organisation.make_member("Ada", of=tree[0])
    organisation.make_appointment(keeper, "administrator", unit=tree[0])
    invite_members(member_ids=[kari.pk], by=None)
    token = token_of(kari, Invitation.objects.get().key)
    issue_codes(member_ids=[kari.pk], by=keeper)
    (slip,) = show_codes(member_ids=[kari.pk], by=keeper)
    by_link = partial(accept_invitation, token=token, password=PASSWORD)
    by_code = partial(account_by_code, number="1001", code=slip.code, password=PASSWORD + "2")
    let_in = all_at_once(by_link, by_code, by_link, by_code)
    assert [member for member in let_in if member] == [kari]


def test_a_sign_up_confirmed_several_times_at_once_makes_one_person(tree):
    begin_sign_up(email="ny@example.org", language="nb", unit=tree[3])
    token = sign_up_token(SignUp.objects.get().public_id)
    let_in = all_at_once(*[partial(confirm_sign_up, token=token)] * 4)
    assert len([member for member in let_in if member]) == 1
    assert Member.objects.filter(email="ny@example.org").count() == 1
    assert Arrival.objects.count() == 1
