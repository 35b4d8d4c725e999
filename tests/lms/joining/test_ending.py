"""What ends: a consent that is withdrawn, what is kept too long, two records that were one person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from lms.joining.codes import issue_codes
from lms.joining.erasing import forget_ways_in
from lms.joining.invitations import invite_members
from lms.joining.links import make_link
from lms.joining.models import Invitation, InviteLink, JoinCode
from lms.members.consents import give_consent, withdraw_consent
from lms.members.models import Leaving
from lms.organisation.queries import Standing, standing_of
from tests.factories import organisation

pytestmark = pytest.mark.django_db


def test_a_sympathiser_who_withdraws_the_consent_is_locked_at_once_and_erased_within_the_week(place):
    ny = organisation.make_member("Ny", of=place.bodo, status="sympathiser")
    give_consent(member=ny, purpose="sympathiser")
    withdraw_consent(member=ny, purpose="sympathiser")
    ny.refresh_from_db()
    assert not ny.is_active
    assert Leaving.objects.get(member=ny).erase_on <= timezone.localdate() + dt.timedelta(days=7)


def test_a_member_who_withdraws_the_consent_of_a_sympathiser_stays_a_member(place):
    kari = organisation.make_member("Kari", of=place.bodo)
    give_consent(member=kari, purpose="sympathiser")
    withdraw_consent(member=kari, purpose="sympathiser")
    assert standing_of(kari) == Standing.MEMBER
    assert not Leaving.objects.exists()


def test_ways_in_are_forgotten_a_year_after_they_ended(place):
    kari = organisation.make_member("Kari", of=place.bodo, email="kari@example.org", member_number="1")
    invite_members(member_ids=[kari.pk], by=None)
    issue_codes(member_ids=[kari.pk], by=None)
    link = make_link(unit=place.bodo, by=place.nora)
    assert forget_ways_in(timezone.now()) == 0
    later = timezone.now() + dt.timedelta(days=100)
    forget_ways_in(later)
    assert not Invitation.objects.exists()
    assert not JoinCode.objects.exists()
    assert InviteLink.objects.get(pk=link.pk).inviter is None


def test_merging_two_records_takes_back_what_was_open_and_keeps_the_arrival(place):
    from lms.joining.merging import closed
    from lms.merging.steps import Pair

    kept = organisation.make_member("Kari", of=place.bodo)
    absorbed = organisation.make_member("Kari", of=place.bodo, email="k@example.org", member_number="1")
    invite_members(member_ids=[absorbed.pk], by=None)
    pair = Pair(kept, absorbed, timezone.now(), timezone.localdate())
    (step,) = closed(pair, [], list(Invitation.objects.all()))
    assert step.after == {"member_id": kept.pk, "withdrawn_at": pair.at}
