"""What is left of a certificate when its holder is erased: nothing, or, if they wanted it, a proof without a name."""

from __future__ import annotations

import datetime as dt

import pytest

from certificates.erasing import PROOF
from certificates.models import Credential, Proof
from certificates.numbers import new_number
from certificates.queries import Verdict, check_number
from certificates.services import disclose_name, revoke_certificate
from lms.members.consents import give_consent, withdraw_consent
from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.erasing import erase_member
from tests.factories.courses import make_credential
from tests.factories.organisation import make_appointment, make_member, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def credential() -> Credential:
    nation, nordland, *_ = make_tree()
    make_appointment(make_member("Ada", of=nation), Role.ADMINISTRATOR, unit=nation)
    return make_credential(make_member(of=nordland), valid_until=dt.date(2040, 1, 1))


def erase(credential: Credential, *, agreed: bool) -> None:
    if agreed:
        give_consent(member=credential.holder, purpose=PROOF)
    erase_member(member=credential.holder, by=None)


def test_without_consent_the_number_answers_as_an_unknown_one(credential, client) -> None:
    erase(credential, agreed=False)
    assert check_number(credential.number) is None and not Proof.objects.exists()
    known, unknown = (client.get(f"/c/{number}/") for number in (credential.number, new_number()))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_with_consent_the_paper_can_still_be_checked_without_a_name(credential, client) -> None:
    disclose_name(credential=credential, disclosure="named", by=credential.holder)
    erase(credential, agreed=True)
    check = check_number(credential.number)
    assert (check.verdict, check.title, check.name) == (Verdict.GENUINE, "Ny i styret", "")
    page = client.get(f"/c/{credential.number}/")
    assert page.status_code == 200 and "Nordmann" not in page.content.decode()


def test_what_is_left_holds_neither_number_nor_person(credential) -> None:
    erase(credential, agreed=True)
    left = Proof.objects.values().get()
    assert credential.number not in str(left) and credential.payload_hash not in str(left)
    assert set(left) == {"id", "digest", "title", "stones", "issued_on", "valid_until", "revoked_on"}


def test_a_revoked_one_stays_revoked_and_a_lapsed_one_lapses(credential, set_today) -> None:
    revoke_certificate(credential=credential, reason="Feil person", by=Member.objects.get(name="Ada"))
    lapsing = make_credential(credential.holder, valid_until=dt.date(2030, 1, 1))
    erase(credential, agreed=True)
    assert check_number(credential.number).verdict == Verdict.REVOKED
    assert check_number(lapsing.number).verdict == Verdict.GENUINE
    set_today(dt.date(2030, 1, 1))
    assert check_number(lapsing.number).verdict == Verdict.EXPIRED


def test_a_hidden_one_leaves_nothing(credential) -> None:
    disclose_name(credential=credential, disclosure="hidden", by=credential.holder)
    erase(credential, agreed=True)
    assert check_number(credential.number) is None


def test_a_consent_that_was_withdrawn_counts_for_nothing(credential) -> None:
    give_consent(member=credential.holder, purpose=PROOF)
    withdraw_consent(member=credential.holder, purpose=PROOF)
    erase_member(member=credential.holder, by=None)
    assert not Proof.objects.exists()
