"""The first administrator of an installation, whom nobody can appoint from within."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from lms.members.letters import link_for
from lms.members.models import Member
from lms.members.queries import member_signing_in_with
from lms.members.services import let_sign_in
from lms.organisation.models import Appointment, Unit
from lms.organisation.services import appoint
from lms.periods import Period, today


@transaction.atomic
def appoint_first(*, email: str, unit: Unit, until: dt.date, name: str = "", by: Member | None = None) -> str:
    """Find or make the person, appoint them administrator of ``unit`` until a day, and return a link that lets them in.

    The link works once; it sets a password, and the second factor follows. Appointing the same
    person again only gives a new link. Raises ValidationError when the day has passed, and when
    several people share the address, so that it does not say who is meant.
    """
    if until <= today():
        raise ValidationError("the appointment must end on a day that is to come")
    member = member_signing_in_with(email) or _known_by(email) or Member.objects.create(name=name, email=email)
    let_sign_in(member=member, email=email)
    standing = Appointment.objects.on(today()).filter(member=member, unit=unit, role=Appointment.Role.ADMINISTRATOR)
    if not standing.filter(valid_until__gte=until).exists():
        appoint(member=member, role=Appointment.Role.ADMINISTRATOR, unit=unit, period=Period(today(), until), by=by)
    return link_for(member)


def _known_by(email: str) -> Member | None:
    """The one person whose letters go there, if there is exactly one."""
    found = list(Member.objects.filter(email__iexact=email, is_active=True)[:2])
    if len(found) > 1:
        raise ValidationError("several people share this address: use one that is the person's own")
    return found[0] if found else None
