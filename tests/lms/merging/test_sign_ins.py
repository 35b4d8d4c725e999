"""A merge hands nobody another's account: who need not hold the rights, which sign-in remains, who is told."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied

from lms.jobs.sweeper import run_waiting
from lms.members.models import Member
from lms.merging.erasing import forget_lines
from lms.merging.services import undo_merge
from lms.merging.showing import belonging, remains_of
from lms.notifications.models import Notice
from lms.organisation.rights import LENDABLE, Right
from lms.periods import Period
from tests.factories import organisation, signing
from tests.lms.merging.dump import differences, dump

pytestmark = pytest.mark.postgres
LONG = "en ganske lang setning"


@pytest.fixture
def puppet(scene) -> Member:
    """A sympathiser with an account, and a kept record that can sign in too."""
    from lms.members.services import open_account

    open_account(member=scene.kept, email="kari.egen@example.org", password=LONG)
    return scene.absorbed


@pytest.mark.parametrize("lent", [{Right.KEEP_REGISTER}, LENDABLE])
def test_rights_that_are_lent_do_not_let_one_merge_an_administrator(scene, lent):
    borrower = organisation.make_member("Lånt", of=scene.other_county)
    for right in lent:
        organisation.make_loan(borrower, right, giver=scene.ada, unit=scene.nation)
    boss = organisation.make_member("Sjefen", of=scene.nation, email="sjef@example.org", password=LONG)
    organisation.make_appointment(boss, "administrator", unit=scene.nation)
    with pytest.raises(PermissionDenied):
        scene.merge(kept=boss, by=borrower)


def test_who_borrows_the_register_merges_people_without_rights(scene):
    borrower = organisation.make_member("Lånt", of=scene.other_county)
    organisation.make_loan(borrower, Right.KEEP_REGISTER, giver=scene.ada, unit=scene.nation)
    assert scene.merge(by=borrower).kept == scene.kept


def test_where_both_can_sign_in_the_absorbed_ones_address_and_keys_stay_behind(scene, puppet):
    signing.make_passkey(puppet)
    before = dump()
    merge = scene.merge()
    assert authenticate(None, email="kari@example.org", password="et-langt-passord") is None
    assert authenticate(None, email="kari@example.org", password=LONG) is None
    assert authenticate(None, email="kari.egen@example.org", password=LONG) == scene.kept
    assert not Authenticator.objects.filter(user=scene.kept).exists()
    undo_merge(merge=merge, by=scene.ada)
    assert differences(before, dump()) == {}


def test_a_kept_record_without_a_password_does_not_take_the_absorbed_ones(scene):
    EmailAddress.objects.create(user=scene.kept, email="kari.egen@example.org", verified=True, primary=True)
    scene.merge()
    assert authenticate(None, email="kari.egen@example.org", password="et-langt-passord") is None


def test_an_address_of_both_is_not_proven_by_the_absorbed_one(scene, puppet):
    EmailAddress.objects.create(user=scene.kept, email="kari@example.org", verified=False)
    scene.merge()
    assert not EmailAddress.objects.get(user=scene.kept, email="kari@example.org").verified


def test_letters_do_not_begin_to_go_to_the_absorbed_ones_mailbox(scene, puppet):
    Member.objects.filter(pk=scene.kept.pk).update(email="")
    scene.merge()
    scene.kept.refresh_from_db()
    assert scene.kept.email == ""


def test_the_address_left_behind_is_free_and_goes_with_the_lines(scene, puppet):
    from django.utils import timezone

    signing.make_passkey(puppet)
    scene.merge()
    assert not EmailAddress.objects.filter(email="kari@example.org", verified=True).exists()
    forget_lines(timezone.now())
    assert not EmailAddress.objects.filter(user=puppet).exists()
    assert not Authenticator.objects.filter(user=puppet).exists()


def test_the_person_is_told_and_how_to_object(scene, mailoutbox):
    Member.objects.filter(pk=scene.kept.pk).update(language="en")
    scene.merge()
    assert Notice.objects.get(kind="records_merged").member == scene.kept
    run_waiting()
    (mail,) = [mail for mail in mailoutbox if mail.to == ["kari@example.org"]]
    assert "branch" in mail.body and "Kari" not in mail.subject and "member" not in mail.subject.lower()


def test_the_page_says_which_sign_in_remains(scene, puppet):
    from lms.merging.services import preview_merge

    preview = preview_merge(kept=scene.kept, absorbed=puppet, by=scene.ada)
    shown = {str(label): value for label, value, _ in remains_of(preview)}
    assert shown["Signs in with"] == "kari.egen@example.org"
    assert shown["No longer signs in with"] == "kari@example.org"


def test_the_page_says_that_the_others_sign_in_is_taken_over_where_there_is_one_only(scene):
    from lms.merging.services import preview_merge

    preview = preview_merge(kept=scene.kept, absorbed=scene.absorbed, by=scene.ada)
    assert ("Signs in with", "kari@example.org", False) in [(str(a), b, c) for a, b, c in remains_of(preview)]


def test_a_period_is_shown_with_its_last_day():
    import datetime as dt

    told = belonging("member", "Bodø", Period(dt.date(2024, 3, 1), dt.date(2025, 6, 1)))
    assert "31 May 2025" in told
