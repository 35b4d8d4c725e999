"""Who in a unit cannot sign in yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lms.joining.invitations import is_for_its_address
from lms.joining.models import Invitation, JoinCode
from lms.joining.people import shared_addresses, without_account
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Unit
from lms.periods import today


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many in a unit and below: by mail, by code, neither (no member number); and what has been sent."""

    everybody: int
    by_mail: int
    invited: int
    by_code: int
    coded: int
    neither: int


def _people(unit: Unit) -> QuerySet[Member]:
    day = today()
    return without_account(access.people_under(access.below([unit.pk], on=day), on=day))


def _parted(unit: Unit) -> tuple[list[int], list[int], int]:
    """Ids of those with an e-mail of their own, of those without, and how many can have neither link nor code."""
    people = list(_people(unit).values_list("pk", "email", "member_number"))
    shared = shared_addresses([email for _, email, _ in people])
    own = [pk for pk, email, _ in people if email and email.lower() not in shared]
    mailed = set(own)
    coded = [pk for pk, _, number in people if pk not in mailed and number]
    return own, coded, len(people) - len(own) - len(coded)


def waiting_in(unit: Unit) -> Waiting:
    """The sums. Five queries."""
    own, coded, neither = _parted(unit)
    below = _people(unit).values("pk")
    invited = Invitation.objects.usable().filter(member__in=below).select_related("member")
    return Waiting(
        everybody=len(own) + len(coded) + neither,
        by_mail=len(own),
        invited=sum(map(is_for_its_address, invited)),
        by_code=len(coded),
        coded=JoinCode.objects.usable().filter(member__in=below).count(),
        neither=neither,
    )


def ids_in(unit: Unit, *, without_own_address: bool = False) -> list[int]:
    """The ids of those in a unit and below who can be mailed a link; or who need a code."""
    own, coded, _ = _parted(unit)
    return coded if without_own_address else own
