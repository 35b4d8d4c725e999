"""An account is opened once, by one way in; every other way in to it shuts."""

from __future__ import annotations

from django.db.models.functions import Now

from lms.joining.models import Invitation, JoinCode
from lms.joining.people import without_account
from lms.members.models import Member


def held_without_account(member: Member) -> bool:
    """Whether a person still has no account. Their row is held: two ways in wait for each other."""
    list(Member.objects.select_for_update().filter(pk=member.pk).values_list("pk"))
    return without_account(Member.objects.filter(pk=member.pk)).exists()


def shut_ways_in(member: Member) -> None:
    """Take back every link and code of a person that is still open."""
    for model in (Invitation, JoinCode):
        model.objects.unclosed().filter(member=member).update(withdrawn_at=Now())
