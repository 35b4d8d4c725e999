"""Who can do a thing: for administrators and nomination committees, of those who have agreed to be found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.competences.accounts import BOARDS, OFFICE, OFFICE_OF
from lms.competences.consent import PURPOSE
from lms.competences.models import Competence, Evidence, OfficeNeed, Profile
from lms.competences.rows import current
from lms.members.models import Consent, Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Body, Membership, Term, Unit

ROWS = 25
KINDS = (
    Evidence.Kind.COURSE,
    Evidence.Kind.OFFICE,
    Evidence.Kind.ATTESTATION,
    Evidence.Kind.PRACTICE,
    Evidence.Kind.PRIOR,
    Evidence.Kind.TAUGHT,
)
"""The kinds of proof one may ask for."""


def units_searched(reader: Member, *, on: dt.date) -> QuerySet[Unit]:
    """Where a reader may search: units whose levels they keep, and those of a nomination committee they sit in.

    Each with all below: whom people have agreed to be found by, and nobody else who sees people.
    Three queries at most, when it is read.
    """
    keeping = {grant.unit_id for grant in access.grants(reader, on=on) if Right.KEEP_LEVELS in grant.rights}
    committees = Term.objects.on(on).filter(member=reader, body__kind=Body.Kind.NOMINATING)
    tops = keeping | set(committees.values_list("body__unit", flat=True))
    return Unit.objects.on(on).filter(pk__in=access.below(tops, on=on))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: who can do ``competence`` at ``level`` or above, in ``units``, shown by ``kind`` ("": any)."""

    competence: Competence
    level: int
    units: Collection[int]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One person who fits: where they belong, the level proven, and since when."""

    member: Member
    level: int
    since: dt.date | None
    unit: str = ""
    kinds: tuple[str, ...] = ()


def people_who_can(asked: Asked, *, on: dt.date) -> list[tuple[int, int]]:
    """(person, level) of those who fit and have agreed to be found, highest level first, then by name. One query."""
    agreed = Consent.objects.filter(
        member=OuterRef("pk"), purpose=PURPOSE.key, version=PURPOSE.version, withdrawn_at=None
    )
    people = access.people_under(asked.units, on=on).filter(Exists(agreed), is_active=True)
    people = people.filter(profile__details__has_key=asked.competence.key)
    if asked.kind:
        people = people.filter(_shown_by(asked))
    rows = people.order_by("name_key", "pk").values_list("pk", "profile__levels")
    number = asked.competence.number
    levels = [(pk, levels[number]) for pk, levels in rows if len(levels) > number]
    return sorted((row for row in levels if row[1] >= asked.level), key=lambda row: -row[1])


def _shown_by(asked: Asked) -> Q | Exists:
    """That the ledger holds a row of the kind for the competence; of offices also that one was held."""
    rows = current(Evidence.objects.filter(member=OuterRef("pk"), kind=asked.kind))
    if asked.kind != Evidence.Kind.OFFICE:
        return Exists(rows.filter(competence=asked.competence, level__gte=1))
    needing = set(OfficeNeed.objects.filter(competence=asked.competence).values_list("office_key", flat=True))
    elsewhere = rows.filter(subject__in=[f"{OFFICE}{key}" for key in needing])
    seats = Q(office__unit=None, office__key__in=needing, body__kind__in=BOARDS)
    seats |= Q(body__kind__in=[kind for kind, key in OFFICE_OF.items() if key in needing])
    return Q(Exists(elsewhere)) | Q(Exists(Term.objects.filter(seats, member=OuterRef("pk"))))


def shown(found: Iterable[tuple[int, int]], asked: Asked, *, on: dt.date) -> list[Found]:
    """These people as they are shown: with unit, since when, and what kinds of proof there are. Four queries."""
    levels = dict(found)
    people = Member.objects.in_bulk(levels)
    homes: dict[int, str] = {}
    belong = Membership.objects.on(on).filter(member__in=levels).select_related("unit").order_by("-valid_from", "pk")
    for row in belong:
        homes.setdefault(row.member_id, row.unit.name)
    details = dict(Profile.objects.filter(pk__in=levels).values_list("pk", "details"))
    kinds: dict[int, list[str]] = {}
    rows = current(Evidence.objects.filter(member__in=levels, competence=asked.competence, level__gte=1))
    for member, kind in rows.exclude(kind=Evidence.Kind.SELF).order_by("-on", "pk").values_list("member", "kind"):
        kinds.setdefault(member, []).append(kind)
    return [
        Found(
            people[pk],
            level,
            _since(details.get(pk, {}), asked.competence.key, level),
            homes.get(pk, ""),
            tuple(dict.fromkeys(kinds.get(pk, ()))),
        )
        for pk, level in levels.items()
    ]


def _since(details: dict, key: str, level: int) -> dt.date | None:
    since = details.get(key, {}).get("since", ())
    told = since[level - 1] if 0 < level <= len(since) else None
    return dt.date.fromisoformat(told) if told else None
