"""How far a reader's sight goes: whose people may be listed, and whose may be counted on an earlier day.

Rights are always those held today: asking how things stood on an earlier day never brings back
a right that has ended. What lay below one's units then, and what they took over whole, counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from lms.keeping import kept
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Office, Unit, UnitAncestry, UnitSuccession
from lms.periods import today
from lms.wording import in_language

KEEPING = frozenset({Right.SEE_PEOPLE, Right.KEEP_REGISTER, Right.KEEP_BODIES, Right.REORGANISE, Right.INVITE})
"""Whoever holds one of these somewhere is an administrator here."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an administrator may do somewhere, and the ids of the units whose people they see."""

    rights: frozenset[Right]
    seen: frozenset[int]


def reach_or_404(reader: Member) -> Reach:
    """A reader's reach today; the pages do not exist for those who keep nothing. Two queries."""
    held = access.grants(reader)
    rights = access.rights_of(held)
    if not KEEPING & rights:
        raise Http404
    tops = {grant.unit_id for grant in held if Right.SEE_PEOPLE in grant.rights}
    return Reach(
        rights, frozenset(access.below(tops, on=today()).values_list("unit", flat=True)) if tops else frozenset()
    )


def units_seen(reader: Member, right: Right = Right.SEE_PEOPLE) -> list[Unit]:
    """The units whose people a reader sees today, by name. Two queries."""
    return list(access.units_with(reader, right))


def counted_on(units: Iterable[int], day: dt.date) -> set[int]:
    """The units whose people may be counted on a day, for one who sees ``units`` today.

    Those that stood at or below them then, and those they took over whole, with what stood
    below these. Asked of today it is the units themselves.
    """
    seen = set(units)
    if day == today() or not seen:
        return seen
    tops = with_origins(seen)
    return set(UnitAncestry.objects.on(day).filter(ancestor__in=tops).values_list("unit", flat=True))


def with_origins(units: set[int]) -> set[int]:
    """The units and, through every step, those they followed whole."""
    origins: dict[int, list[int]] = {}
    for before, after in UnitSuccession.objects.filter(in_part=False).values_list("predecessor", "successor"):
        origins.setdefault(after, []).append(before)
    found, front = set(units), list(units)
    while front:
        for before in origins.get(front.pop(), ()):
            if before not in found:
                found.add(before)
                front.append(before)
    return found


def offices_known() -> dict[str, str]:
    """The national offices by key, as titles in the reader's language. Kept for the day: they seldom change."""
    titles = kept("offices", "national-offices", _national_offices)
    return {key: in_language(title) for key, title in titles.items()}


def _national_offices() -> dict[str, dict[str, str]]:
    return dict(Office.objects.filter(unit=None).values_list("key", "title"))
