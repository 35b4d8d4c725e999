"""Reads about records that may be one person, and about those that were merged."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from lms.members.models import Member
from lms.merging.likeness import is_like
from lms.merging.models import Merge, NotSamePerson
from lms.organisation.models import Membership, Unit
from lms.periods import today

PAIRS = "merging-pairs"
"""What is kept about likely pairs is kept under this; whoever looks at one forgets it."""
MOST_PAIRS = 500
"""Pairs looked for at once: more than anybody goes through in a sitting."""


class Sign(StrEnum):
    """Why two records may be one person."""

    SAME_EMAIL = "same e-mail"
    JOINED = "joined"
    SAME_BIRTH_YEAR = "same birth year"


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two records that may be one person: the one that would be kept first, and why."""

    kept: Member
    other: Member
    sign: Sign
    units: tuple[str, str]


def likely_pairs(
    units: QuerySet[Unit] | Iterable[int], *, among: Collection[int] | None = None, on: dt.date | None = None
) -> list[LikelyPair]:
    """Records of people in these units that may be one person, the surest first. Six queries, however many people.

    Signs: the same e-mail and a name that is like; a sympathiser and somebody in the register
    of the same name; the same name, birth year and unit. Two birth years that differ are two
    people, and so are pairs that somebody has looked at and kept apart. ``among``: only pairs
    with one of these people, for those an import has just brought.
    """
    day = on or today()
    people = _people_in(units, day)
    groups = [
        (Sign.SAME_EMAIL, _same_email(people)),
        (Sign.JOINED, _sympathisers_in_the_register(people, units, day)),
        (Sign.SAME_BIRTH_YEAR, _same_birth_year(people, units, day)),
    ]
    standing = _standing({pk for _, found in groups for group in found for pk in group}, day)
    apart = set(NotSamePerson.objects.values_list("first", "second")) if standing else set()
    pairs: dict[tuple[int, int], LikelyPair] = {}
    for sign, found in groups:
        for group in found:
            for one, other in combinations(sorted(group), 2):
                is_asked = among is None or one in among or other in among
                if is_asked and (one, other) not in apart and (one, other) not in pairs and len(pairs) < MOST_PAIRS:
                    pair = _pair(standing[one], standing[other], sign)
                    if pair is not None:
                        pairs[one, other] = pair
    return list(pairs.values())


@dataclass(frozen=True, slots=True)
class _Stands:
    """A person with where they belong."""

    member: Member
    unit: str
    statuses: frozenset[str]

    @property
    def weight(self) -> tuple[bool, bool, bool, int]:
        """Which of two records is kept: the one in the register, then the one with an account, then the older."""
        is_member = Membership.Status.MEMBER in self.statuses
        return (self.member.member_number is None, not is_member, self.member.last_login is None, self.member.pk)


def _pair(one: _Stands, other: _Stands, sign: Sign) -> LikelyPair | None:
    years = {one.member.birth_year, other.member.birth_year} - {None}
    both_numbered = one.member.member_number and other.member.member_number
    if len(years) > 1 or not is_like(one.member.name_key, other.member.name_key):
        return None
    if sign == Sign.JOINED and (both_numbered or one.statuses == other.statuses):
        return None
    kept, goes = sorted((one, other), key=lambda stands: stands.weight)
    return LikelyPair(kept.member, goes.member, sign, (kept.unit, goes.unit))


def _people_in(units: QuerySet[Unit] | Iterable[int], day: dt.date) -> QuerySet[Member]:
    belong = Membership.objects.on(day).filter(unit__in=units).values("member")
    return Member.objects.filter(pk__in=belong, name_key__gt="").order_by()


def _same_email(people: QuerySet[Member]) -> list[list[int]]:
    """Groups of people with one address."""
    named = people.exclude(email="").annotate(address=Lower("email"))
    shared = named.values("address").annotate(n=Count("pk")).filter(n__gt=1).values("address")
    return _grouped(named.filter(address__in=shared).values_list("pk", "address"))


def _sympathisers_in_the_register(
    people: QuerySet[Member], units: QuerySet[Unit] | Iterable[int], day: dt.date
) -> list[list[int]]:
    """Groups of one name in which somebody is a sympathiser without a number, and somebody has a number."""
    status = Membership.Status.SYMPATHISER
    came = Membership.objects.on(day).filter(unit__in=units, status=status, member__member_number=None)
    names = came.values("member__name_key")
    numbered = Q(member_number__isnull=False) | Q(pk__in=came.values("member"))
    groups = _grouped(people.filter(numbered, name_key__in=names).values_list("pk", "name_key"))
    return [group for group in groups if len(group) > 1]


def _same_birth_year(people: QuerySet[Member], units: QuerySet[Unit] | Iterable[int], day: dt.date) -> list[list[int]]:
    """Groups of one name, one birth year and one unit."""
    rows = Membership.objects.on(day).filter(unit__in=units, member__birth_year__isnull=False, member__name_key__gt="")
    keys = ("member__name_key", "member__birth_year", "unit")
    alike = rows.order_by().values(*keys).annotate(n=Count("member", distinct=True)).filter(n__gt=1)
    wanted = Q()
    for name, year, unit in alike.values_list(*keys)[:MOST_PAIRS]:
        wanted |= Q(member__name_key=name, member__birth_year=year, unit=unit)
    if not wanted:
        return []
    found = rows.order_by().filter(wanted).values_list("member", *keys)
    return _grouped((pk, key) for pk, *key in found)


def _grouped(rows: Iterable[tuple]) -> list[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for pk, key in rows:
        groups[tuple(key) if isinstance(key, list) else key].append(pk)
    return [sorted(set(group)) for group in groups.values()]


def _standing(ids: set[int], day: dt.date) -> dict[int, _Stands]:
    people = Member.objects.in_bulk(list(ids))
    units: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Membership.objects.on(day).filter(member__in=ids).order_by("valid_from")
    for pk, unit, status in rows.values_list("member", "unit__name", "status"):
        units[pk].append((unit, status))
    return {
        pk: _Stands(member, ", ".join(dict(units[pk])), frozenset(status for _, status in units[pk]))
        for pk, member in people.items()
    }


def ids_of(member: Member) -> set[uuid.UUID]:
    """The person's public id and those of every record that went into theirs, through every step. Mostly one query."""
    found, front = {member.public_id}, {member.pk}
    while front:
        rows = Merge.objects.filter(kept__in=front, undone_at=None).values_list("absorbed", "absorbed__public_id")
        steps = dict(rows)
        found |= set(steps.values())
        front = set(steps)
    return found


def known_now_as(public_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Absorbed record → the record it went into, for those of these ids that were absorbed. Mostly one query."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    front = set(public_ids)
    while front:
        rows = Merge.objects.filter(absorbed__public_id__in=front, undone_at=None)
        steps = dict(rows.values_list("absorbed__public_id", "kept__public_id"))
        for start, end in list(found.items()):
            found[start] = steps.get(end, end)
        found |= {start: end for start, end in steps.items() if start not in found and start in set(public_ids)}
        front = set(steps.values())
    return found


def owner_of_number(number: str) -> Member | None:
    """Whose a member number is, also when it was the number of a record that has been absorbed since. Two queries."""
    own = Member.objects.filter(member_number=number).first()
    if own is not None:
        return own
    merge = Merge.objects.filter(former_number=number, undone_at=None).select_related("kept").first()
    return merge.kept if merge else None


def merges_seen_by(people: QuerySet[Member]) -> QuerySet[Merge]:
    """The merges into records of these people, newest first, with both records at hand."""
    return Merge.objects.filter(kept__in=people.values("pk")).select_related("kept", "absorbed", "by")
