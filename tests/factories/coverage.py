"""Months that were counted: people at some levels, and a trend behind them."""

from __future__ import annotations

from lms.competences.models import Profile
from lms.members.models import Member
from lms.organisation.models import Membership, Unit
from lms.periods import today
from tests.factories.competences import make_competence
from tests.factories.organisation import LONG_AGO


def make_people(unit: Unit, *levels: int) -> list[Member]:
    """Members of a unit, each at a level in the first competence."""
    make_competence("money.budget")
    found = Member.objects.bulk_create(Member(name="Kari") for _ in levels)
    Membership.objects.bulk_create(Membership(member=one, unit=unit, valid_from=LONG_AGO) for one in found)
    Profile.objects.bulk_create(
        Profile(member=one, levels=bytes([level]), computed_on=today())
        for one, level in zip(found, levels, strict=True)
    )
    return found


def count_months(number: int = 3) -> None:
    """Write the last months, the running one among them."""
    from courses.coverage.snapshots import last_months, rebuild_history

    rebuild_history(months=last_months(number))
