"""What goes with time, and with a person, beside the declared fields."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model, Q
from django.utils import timezone

from lms.joining.models import Invitation, InviteLink, JoinCode, SignUp
from lms.members.models import Member
from lms.members.queries import sign_in_addresses
from lms.privacy.registry import register_eraser
from lms.privacy.retention import Rule, register_retention

YEAR = 365


def forget_ways_in(before: dt.datetime) -> int:
    """Delete links and codes closed or run out before then; a link to pass on forgets who made it."""
    over = Q(used_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    count = sum(model.objects.filter(over).delete()[0] for model in (Invitation, JoinCode))
    old = InviteLink.objects.filter(valid_until__lt=timezone.localdate(before)).exclude(inviter=None)
    return int(count + old.update(inviter=None))


def forget_sign_ups(person: Model) -> int:
    """Delete what waits to be confirmed under any of a person's addresses."""
    if not isinstance(person, Member):
        return 0
    own = Q()
    for address in {person.email, *sign_in_addresses(person)} - {""}:
        own |= Q(email__iexact=address)
    return SignUp.objects.filter(own).delete()[0] if own else 0


def register() -> None:
    """Say so, once, at start."""
    about = "personal links, codes on paper, who made an invitation link"
    register_retention(Rule("ways_in", about, days=YEAR, floor=90, ceiling=2 * YEAR, purge=forget_ways_in))
    register_eraser("sign_ups", forget_sign_ups)
