"""Finding two records by hand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation.models import Membership
from lms.periods import today

MOST_HITS = 20


def found_by(asked: str, people: QuerySet[Member]) -> list[Member]:
    """Those of these people whose name has every word asked for, or whose number or e-mail it is. One query."""
    words = Q()
    for word in name_key(asked).split():
        words &= Q(name_key__contains=word)
    return list(
        people.filter(words | Q(member_number=asked) | Q(email__iexact=asked)).order_by("name_key", "pk")[:MOST_HITS]
    )


def chosen(texts: Sequence[str], people: QuerySet[Member]) -> list[Member]:
    """Those of these people whose public ids were ticked, in the order they were."""
    ids = list(dict.fromkeys(found for text in texts[:MOST_HITS] if (found := _id(text)) is not None))
    rows = people.in_bulk(ids, field_name="public_id") if ids else {}
    return [rows[public_id] for public_id in ids if public_id in rows]


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def told_apart(people: Iterable[Member]) -> list[tuple[Member, str]]:
    """Each person with what tells namesakes apart: unit, number, year of birth. One query."""
    members = list(people)
    rows = Membership.objects.on(today()).filter(member__in=members).order_by("valid_from")
    units = dict(rows.values_list("member", "unit__name"))
    told = ((m, (units.get(m.pk, ""), m.member_number or "", str(m.birth_year or ""), m.email)) for m in members)
    return [(member, " · ".join(filter(None, signs))) for member, signs in told]
