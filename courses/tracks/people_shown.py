"""People on a page about many: named for those who may see them, numbers for the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Membership
from lms.periods import today


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a reader may see them; ``member`` None: not theirs to see."""

    member: Member | None
    unit: str = ""


def people_shown(
    ids: Iterable[int], *, to: Member, page: str, act: str = Sighting.Act.SAW, on: dt.date | None = None
) -> dict[int, Person]:
    """Who they are and where they belong, as far as the reader may see; written down as seen. Constant queries."""
    wanted, day = list(ids), on or today()
    seen = access.visible(Member.objects.filter(pk__in=wanted), to=to, on=day) if wanted else Member.objects.none()
    members = {member.pk: member for member in seen}
    belong = Membership.objects.on(day).filter(member__in=members).order_by("pk")
    units = dict(belong.values_list("member", "unit__name"))
    record_sighting(by=to, page=page, of=[member.public_id for member in members.values()], act=act)
    return {
        pk: Person(members[pk], units.get(pk, "")) if pk in members else Person(None)
        for pk in wanted
    }  # fmt: skip
