"""Where somebody stands to a person on a day: who may vouch for whom, and as what.

``places_of`` answers for one giver; ``vouchers_of`` finds everybody who stands somewhere. What a
giver is called on a sheet of evidence is where they stood that very day, so it is computed when
they answer and stored with the evidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from lms.members.models import Member
from lms.organisation.models import Appointment, Membership, Term, Unit, UnitAncestry
from lms.organisation.rights import BODIES_WITH_RIGHTS
from lms.periods import today


class Place(StrEnum):
    """A place from which one may vouch, as requirements name it."""

    CHAIR = "chair"
    TRAINING = "training"
    CHAIR_PARENT_UNIT = "chair_parent_unit"
    TRAINING_PARENT_UNIT = "training_parent_unit"
    NATIONAL_TRAINING = "national_training"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


OFFICES = ("chair", "training")
ROLES = (Appointment.Role.INSTRUCTOR, Appointment.Role.ADMINISTRATOR)
MOST_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Post:
    """One thing somebody holds: an office or a role, in which unit, how far above the person (0: the same unit)."""

    member_id: int
    what: str
    unit: str
    is_national: bool
    depths: frozenset[int]


@dataclass(frozen=True, slots=True)
class Voucher:
    """Somebody who may vouch, the places they stand in, and the unit of the nearest."""

    member: Member
    places: tuple[str, ...]
    unit: str


def places(posts: Iterable[Post]) -> tuple[str, ...]:
    """The places that posts amount to, in the order of ``Place``. Pure."""
    found: set[Place] = set()
    for post in posts:
        if post.what in ROLES:
            found.add(Place(str(post.what)))
            continue
        if 0 in post.depths:
            found.add(Place(post.what))
        if any(post.depths - {0}):
            found.add(Place(f"{post.what}_parent_unit"))
        if post.what == "training" and post.is_national:
            found.add(Place.NATIONAL_TRAINING)
    return tuple(place.value for place in Place if place in found)


def places_of(giver: Member, person: Member, on: dt.date | None = None) -> tuple[str, ...]:
    """Where the giver stands to the person on a day; nowhere to themselves, nor to somebody outside. Five queries."""
    if giver.pk == person.pk or not giver.is_active:
        return ()
    return places(_posts(person, on or today(), Q(member=giver)))


def vouchers_of(person: Member, *, on: dt.date | None = None, within: Iterable[str] = ()) -> list[Voucher]:
    """Those who may vouch for a person, the nearest first; ``within`` keeps those who stand in one of these places."""
    posts: dict[int, list[Post]] = {}
    for post in _posts(person, on or today(), ~Q(member=person) & Q(member__is_active=True)):
        posts.setdefault(post.member_id, []).append(post)
    wanted, people = set(within), Member.objects.in_bulk(posts)
    found = []
    for pk, held in posts.items():
        standing = places(held)
        if not wanted or wanted & set(standing):
            nearest = min(held, key=lambda post: min(post.depths))
            found.append((min(nearest.depths), Voucher(people[pk], standing, nearest.unit)))
    found.sort(key=lambda pair: (pair[0], pair[1].member.name_key, pair[1].member.pk))
    return [voucher for _, voucher in found[:MOST_OFFERED]]


def _posts(person: Member, day: dt.date, of: Q) -> list[Post]:
    """What those of ``of`` hold in the person's units and above them on the day."""
    units = set(Membership.objects.on(day).filter(member=person).values_list("unit", flat=True))
    units |= set(Term.objects.on(day).filter(member=person).values_list("body__unit", flat=True))
    depths: dict[int, set[int]] = {}
    for unit, depth in UnitAncestry.objects.on(day).filter(unit__in=units).values_list("ancestor", "depth"):
        depths.setdefault(unit, set()).add(depth)
    terms = Term.objects.on(day).filter(
        of, body__unit__in=depths, office__unit=None, office__key__in=OFFICES, body__kind__in=BODIES_WITH_RIGHTS
    )
    roles = Appointment.objects.on(day).filter(of, unit__in=depths, role__in=ROLES)
    rows = [
        *terms.values_list("member", "office__key", "body__unit", "body__unit__name", "body__unit__kind"),
        *roles.values_list("member", "role", "unit", "unit__name", "unit__kind"),
    ]
    return [
        Post(member, what, name, kind == Unit.Kind.NATIONAL, frozenset(depths[unit]))
        for member, what, unit, name, kind in rows
    ]
