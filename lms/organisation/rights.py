"""Which office or appointment gives which right. The whole table; ``docs/algorithms/rights.md`` shows it.

A right reaches a unit and everything below it, from the day its source begins to the day it
ends. Where a right comes from, and who holds it on a date, ``access`` says.
"""

from __future__ import annotations

from enum import StrEnum

from lms.organisation.models import Appointment, Body

Role = Appointment.Role


class Right(StrEnum):
    """What somebody may do for a unit and everything below it."""

    SEE_PEOPLE = "see people"
    ISSUE_CERTIFICATES = "issue certificates"
    WRITE_COURSES = "write courses"
    PUBLISH_COURSES = "publish courses"
    KEEP_REGISTER = "keep register"
    KEEP_BODIES = "keep bodies"
    REORGANISE = "reorganise"
    INVITE = "invite"
    KEEP_LEVELS = "keep levels"
    KEEP_PLANS = "keep plans"


RIGHTS: dict[str, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Right.SEE_PEOPLE,
            Right.ISSUE_CERTIFICATES,
            Right.KEEP_REGISTER,
            Right.KEEP_BODIES,
            Right.REORGANISE,
            Right.INVITE,
            Right.KEEP_LEVELS,
            Right.KEEP_PLANS,
        }
    ),
    Role.INSTRUCTOR: frozenset({Right.WRITE_COURSES}),
    Role.EDITOR: frozenset({Right.WRITE_COURSES, Right.PUBLISH_COURSES}),
}
"""By appointment, which always has an end date."""

RIGHTS_OF_OFFICE: dict[str, frozenset[Right]] = {
    "training": frozenset({Right.SEE_PEOPLE, Right.ISSUE_CERTIFICATES, Right.INVITE, Right.KEEP_PLANS}),
    "chair": frozenset({Right.INVITE}),
    "secretary": frozenset({Right.INVITE}),
}
"""By election, while the term lasts. Only the national offices: a unit that adds an office adds no right."""

BODIES_WITH_RIGHTS = frozenset({Body.Kind.BOARD, Body.Kind.EXECUTIVE})
"""Where an office carries its rights: to chair a nomination committee is not to lead the branch."""

LENDABLE = frozenset(Right) - {Right.WRITE_COURSES, Right.PUBLISH_COURSES}
"""What may be lent for a while. Who is to write or publish is appointed: the CMS knows roles, not rights."""


def office_rights(office_key: str, *, is_national: bool, body_kind: str) -> frozenset[Right]:
    """What an office carries in a body of a kind; nothing, for most."""
    if not is_national or body_kind not in BODIES_WITH_RIGHTS:
        return frozenset()
    return RIGHTS_OF_OFFICE.get(office_key, frozenset())
