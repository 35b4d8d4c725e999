"""What this room hears: a sympathiser who withdraws the consent has left."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from lms.joining.consent import SYMPATHISER
from lms.members.consents import consent_withdrawn
from lms.members.models import Member
from lms.organisation.leaving import record_leaving
from lms.organisation.queries import Standing, standing_of
from lms.periods import today


@receiver(consent_withdrawn, dispatch_uid="joining_leaves_with_consent")
def leave_with_consent(sender: Any, member_id: int, purpose: str, **kwargs: Any) -> None:
    """Lock at once and erase within the week, by the same rule as everybody who leaves. A member stays a member."""
    if purpose != SYMPATHISER.key:
        return
    member = Member.objects.get(pk=member_id)
    if standing_of(member) == Standing.SYMPATHISER:
        record_leaving(member_ids=[member.pk], on=today(), by=None)
