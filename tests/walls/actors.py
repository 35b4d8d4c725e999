"""Eleven people around one: who asks at every address. What they ask for is Kari's, in Nordland."""

from __future__ import annotations

import datetime as dt

from lms.members.models import Member
from lms.organisation.access import Role
from lms.organisation.models import Unit
from lms.periods import Period
from tests.addresses import World
from tests.factories import organisation

STRANGER = "a stranger"
KARI = "Kari, whose it is"
COLLEAGUE = "a learner of the same unit"
ELSEWHERE = "a learner of another unit"
INSTRUCTOR = "an instructor of the same unit"
INSTRUCTOR_ELSEWHERE = "an instructor of another unit"
ADMIN = "the administrator of the unit"
ADMIN_ABOVE = "the administrator of the unit above"
ADMIN_BELOW = "the administrator of a unit below"
ADMIN_BESIDE = "the administrator of the unit beside"
FORMER = "a former member"

EVERYBODY = frozenset(
    {
        STRANGER, KARI, COLLEAGUE, ELSEWHERE, INSTRUCTOR, INSTRUCTOR_ELSEWHERE,
        ADMIN, ADMIN_ABOVE, ADMIN_BELOW, ADMIN_BESIDE, FORMER,
    }
)  # fmt: skip
SIGNED_IN = EVERYBODY - {STRANGER}
KEEPERS = frozenset({ADMIN, ADMIN_ABOVE})
"""Whose rights reach Kari's unit."""
OFFICE = KEEPERS | {ADMIN_BELOW, ADMIN_BESIDE}
"""Everybody who administers something."""


def make_actors(world: World) -> dict[str, Member | None]:
    """Everybody, by what they are to Kari. The stranger is nobody."""
    units = {unit.name: unit for unit in Unit.objects.all()}
    nation, nordland = units["Landet"], units["Nordland fylkeslag"]
    oslo, bodo = units["Oslo fylkeslag"], units["Bodø"]

    def person(name: str, unit: Unit, role: str = "") -> Member:
        member = organisation.make_member(name, of=unit)
        if role:
            organisation.make_appointment(member, role, unit=unit)
        return member

    ended = Period(organisation.LONG_AGO, dt.date(2026, 1, 1))
    return {
        STRANGER: None,
        KARI: world.kari,
        COLLEAGUE: person("Kollega", nordland),
        ELSEWHERE: person("Nabo", oslo),
        INSTRUCTOR: person("Lærer", nordland, Role.INSTRUCTOR),
        INSTRUCTOR_ELSEWHERE: person("Nabolærer", oslo, Role.INSTRUCTOR),
        ADMIN: person("Fylket", nordland, Role.ADMINISTRATOR),
        ADMIN_ABOVE: person("Landet", nation, Role.ADMINISTRATOR),
        ADMIN_BELOW: person("Kommunen", bodo, Role.ADMINISTRATOR),
        ADMIN_BESIDE: person("Nabofylket", oslo, Role.ADMINISTRATOR),
        FORMER: organisation.make_member("Tidligere", of=nordland, since=ended),
    }
