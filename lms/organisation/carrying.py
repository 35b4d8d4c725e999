"""Which rights people's records carry or will carry, and who carries more than somebody holds of their own.

Whoever opens or joins records for others asks here, so that it is no way to a right one does not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Appointment, Delegation, Term, Unit
from lms.periods import today

Carried = set[tuple[int, access.Right]]


def rights_carried(people: Collection[int]) -> dict[int, Carried]:
    """By person, every (unit, right) carried now or later, locked or not: by terms, appointments, loans.

    Three queries.
    """
    of = (Q(valid_until=None) | Q(valid_until__gt=today())) & Q(member__in=list(people))
    found: dict[int, Carried] = defaultdict(set)
    for term in Term.objects.filter(of).select_related("office", "body"):
        found[term.member_id] |= {(term.body.unit_id, right) for right in access.rights_of_term(term)}
    for row in Appointment.objects.filter(of):
        found[row.member_id] |= {(row.unit_id, right) for right in access.RIGHTS[row.role]}
    for lent in Delegation.objects.filter(of):
        found[lent.member_id].add((lent.unit_id, access.Right(lent.right)))
    return {pk: carried for pk, carried in found.items() if carried}


def holds_everything(person: Member) -> bool:
    """Whether somebody holds, of their own, every right that can be lent, for the whole organisation. Two queries."""
    tops = Unit.objects.on(today()).filter(kind=Unit.Kind.NATIONAL).values_list("pk", flat=True)
    own = access.grants(person, lent=False)
    held = {top: access.rights_of(grant for grant in own if grant.unit_id == top) for top in tops}
    return bool(held) and all(rights >= access.LENDABLE for rights in held.values())


def above(people: Collection[int], *, than: Member) -> set[int]:
    """Those of the people who carry a right that ``than`` does not hold there of their own. What is lent counts not.

    Nobody is above whoever holds everything.
    """
    carried = rights_carried(people)
    if not carried or holds_everything(than):
        return set()
    wanted = {right for rights in carried.values() for _unit, right in rights}
    own = {right: set(access.units_with(than, right, lent=False).values_list("pk", flat=True)) for right in wanted}
    return {pk for pk, rights in carried.items() if any(unit not in own[right] for unit, right in rights)}
