"""Which bodies exist for a reader: those where they see people or keep bodies, and those they sit in themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Grant, Right
from lms.organisation.models import Body, Term, UnitAncestry
from lms.periods import today

OPENING = frozenset({Right.SEE_PEOPLE, Right.KEEP_BODIES})


@dataclass(frozen=True, slots=True)
class Sight:
    """The ids of the units whose bodies a reader sees, and of those whose bodies they keep; by rights held today."""

    seen: frozenset[int]
    kept: frozenset[int]


def sight_of(reader: Member, held: Collection[Grant] | None = None) -> Sight:
    """How far a reader sees, by what they hold. Two queries, three for those to whom something is lent."""
    held = access.grants(reader) if held is None else held
    seeing = {grant.unit_id for grant in held if grant.rights & OPENING}
    keeping = {grant.unit_id for grant in held if Right.KEEP_BODIES in grant.rights}
    lines = UnitAncestry.objects.on(today()).filter(ancestor__in=seeing).values_list("ancestor", "unit")
    below = list(lines) if seeing else []
    return Sight(
        frozenset(unit for top, unit in below if top in seeing),
        frozenset(unit for top, unit in below if top in keeping),
    )


def bodies_of(reader: Member, sight: Sight) -> QuerySet[Body]:
    """The bodies that exist for a reader, closed ones too."""
    own = Term.objects.on(today()).filter(member=reader).values("body")
    return Body.objects.filter(Q(unit__in=sight.seen) | Q(pk__in=own))


@dataclass(frozen=True, slots=True)
class Place:
    """One body, and what a reader is to it."""

    body: Body
    is_member: bool
    is_seen: bool
    is_kept: bool

    @property
    def shows_composition(self) -> bool:
        """Only to the body's own members and to those who keep it."""
        return self.is_member or self.is_kept


def place_or_404(reader: Member, public_id: uuid.UUID) -> Place:
    """A body that exists for the reader; others are not found."""
    sight = sight_of(reader)
    seated = Exists(Term.objects.on(today()).filter(member=reader, body=OuterRef("pk")))
    rows = bodies_of(reader, sight).select_related("unit").annotate(has_reader=seated)
    body = get_object_or_404(rows, public_id=public_id)
    return Place(body, body.has_reader, body.unit_id in sight.seen, body.unit_id in sight.kept)  # type: ignore[attr-defined]


def kept_or_404(reader: Member, public_id: uuid.UUID) -> Body:
    """A body the reader keeps; others are not found."""
    place = place_or_404(reader, public_id)
    if not place.is_kept:
        raise Http404
    return place.body


def soon(day: dt.date) -> dt.date:
    """What ends by then ends soon: ninety days."""
    return day + dt.timedelta(days=90)
