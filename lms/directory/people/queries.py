"""Reads for the list of people: who is within a reader's reach, narrowed, fifty at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lms.directory.people.filters import Age, Filters, Status
from lms.directory.reach import counted_on
from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation import access
from lms.organisation.models import Membership, Term
from lms.periods import today

ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One person in a list: where they belonged on the day, as what, and what they held."""

    member: Member
    unit: str
    status: str
    offices: list[str]


def people_within(units: Collection[int], filters: Filters) -> QuerySet[Member]:
    """The people of a list, in order. ``units`` is what the reader sees today.

    Whoever is listed is within reach today, also when it is asked how things stood on an
    earlier day; former members are those who last belonged to one of the units.
    """
    if filters.status == Status.FORMER:
        inside = access.below([filters.unit.pk], on=today()) if filters.unit else list(units)
        people = Member.objects.filter(pk__in=left_from(inside))
    else:
        people = _present(units, filters)
    people = _held(_of_age(_called(people, filters.name), filters.age, filters.on), filters.office, filters.on)
    return people.order_by(*filters.ordering)


def left_from(units: Collection[int] | QuerySet) -> QuerySet:
    """The ids of people who belong nowhere any more and last belonged to one of the units."""
    day = today()
    still = Membership.objects.exclude(valid_until__lte=day).values("member")
    later = Membership.objects.filter(member=OuterRef("member"), valid_until__gt=OuterRef("valid_until"))
    ended = Membership.objects.filter(unit__in=units, valid_until__lte=day).exclude(member__in=still)
    serving = Term.objects.exclude(valid_until__lte=day).values("member")
    return ended.exclude(member__in=serving).filter(~Exists(later)).values("member")


def _present(units: Collection[int], filters: Filters) -> QuerySet[Member]:
    day, unit = filters.on, filters.unit
    is_today = day == today()
    if unit and is_today:
        inside: Collection[int] | QuerySet = access.below([unit.pk], on=day)
    else:
        inside = list(units)
    people = access.people_under(inside, on=today())
    if not is_today:
        then = counted_on([unit.pk] if unit else units, day)
        people = people.filter(pk__in=access.people_under(then, on=day).values("pk"))
    if filters.status:
        standing = Membership.objects.on(day).filter(status=filters.status)
        people = people.filter(pk__in=standing.values("member"))
    return people


def _called(people: QuerySet[Member], asked: str) -> QuerySet[Member]:
    """Those whose name has, for each word asked for, a word that begins with it; or whose number begins so."""
    if asked.isdigit():
        return people.filter(member_number__startswith=asked)
    for word in name_key(asked).split():
        begins = Q(name_key__startswith=word) | Q(name_key__contains=f" {word}") | Q(name_key__contains=f"-{word}")
        people = people.filter(begins)
    return people


def _of_age(people: QuerySet[Member], age: str, day: dt.date) -> QuerySet[Member]:
    if age == Age.UNKNOWN:
        return people.filter(birth_year=None)
    if age == Age.UNDER_40:
        return people.filter(birth_year__gt=day.year - 40)
    return people.filter(birth_year__lte=day.year - 40) if age == Age.FROM_40 else people


def _held(people: QuerySet[Member], office: str, day: dt.date) -> QuerySet[Member]:
    if not office:
        return people
    return people.filter(pk__in=Term.objects.on(day).filter(office__key=office).values("member"))


def rows_of(people: QuerySet[Member], *, on: dt.date) -> list[Row]:
    """People with where they belonged on a day, as what, and the offices they held then. Two queries.

    Of several memberships the one that lasts longest, then the newest; of one who has left, the last.
    """
    begun = Membership.objects.filter(member=OuterRef("pk"), valid_from__lte=on)
    begun = begun.order_by(F("valid_until").desc(nulls_first=True), "-valid_from", "-pk")[:1]
    found = list(
        Member.objects.filter(pk__in=people.values("pk"))
        .annotate(home=Subquery(begun.values("unit__name")), standing=Subquery(begun.values("status")))
        .annotate(ended=Subquery(begun.values("valid_until")))
        .order_by(*people.query.order_by)
    )
    offices = _offices([member.pk for member in found], on)
    return [Row(m, m.home or "", _standing(m, on), offices.get(m.pk, [])) for m in found]


def _standing(member: Member, on: dt.date) -> str:
    ended: dt.date | None = member.ended  # type: ignore[attr-defined]
    return Status.FORMER if ended and ended <= on else member.standing or ""  # type: ignore[attr-defined]


def _offices(members: Iterable[int], on: dt.date) -> dict[int, list[str]]:
    held: dict[int, list[str]] = {}
    terms = Term.objects.on(on).filter(member__in=list(members)).select_related("office", "body__unit")
    for term in terms.order_by("office__order", "pk"):
        held.setdefault(term.member_id, []).append(f"{term.office}, {term.body.unit}")
    return held


def page_of(people: QuerySet[Member], number: int) -> QuerySet[Member]:
    """The people of one page, counted from 1."""
    return people[(number - 1) * ROWS : number * ROWS]
