"""What a leaving ends of memberships: remembered when it is recorded, and given back exactly when it is undone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lms.members.models import Leaving
from lms.organisation.models import Membership, Unit
from lms.periods import today

AT_A_TIME = 500


def memberships_ending(member_ids: Collection[int], on: dt.date) -> dict[int, list[dict[str, Any]]]:
    """Person → the memberships that last beyond a day, as they are: ids and dates. One query."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Membership.objects.filter(member__in=member_ids).exclude(valid_until__lte=on).order_by("pk")
    for member, pk, unit, status, start, until in rows.values_list(
        "member", "pk", "unit", "status", "valid_from", "valid_until"
    ):
        days = {"from": start.isoformat(), "until": until.isoformat() if until else None}
        found[member].append({"id": pk, "unit": unit, "status": status, **days})
    return found


def units_left(leaving: Leaving) -> set[int]:
    """The units a leaving took somebody out of."""
    if leaving.memberships is not None:
        return {one["unit"] for one in leaving.memberships}
    rows = Membership.objects.filter(member=leaving.member_id, valid_until=leaving.left_on)
    return set(rows.values_list("unit", flat=True))


def restore_memberships(leavings: Iterable[Leaving]) -> None:
    """Let memberships stand as they stood before these leavings. Whoever belongs somewhere by now keeps only that."""
    people = {leaving.member_id: leaving for leaving in leavings}
    standing = Membership.objects.filter(member__in=list(people)).exclude(valid_until__lte=today())
    for pk in set(standing.values_list("member", flat=True)):
        del people[pk]
    rows = {row.pk: row for row in Membership.objects.filter(member__in=list(people)).order_by("pk")}
    units = set(Unit.objects.values_list("pk", flat=True)) if people else set()
    changed, made = [], []
    for member, leaving in people.items():
        for one in _remembered(leaving, rows):
            row = rows.get(one["id"])
            if row is not None and row.member_id == member:
                row.valid_until = _day(one["until"])
                changed.append(row)
            elif one["unit"] in units:
                made.append(_membership(member, one))
    Membership.objects.bulk_update(changed, ["valid_until"], batch_size=AT_A_TIME)
    Membership.objects.bulk_create(made, batch_size=AT_A_TIME)


def _remembered(leaving: Leaving, rows: Mapping[int, Membership]) -> list[dict[str, Any]]:
    """What the leaving ended; of one recorded before that was written down, what ended on its day."""
    if leaving.memberships is not None:
        return list(leaving.memberships)
    mine = (row for row in rows.values() if row.member_id == leaving.member_id)
    return [{"id": row.pk, "until": None} for row in mine if row.valid_until == leaving.left_on]


def _membership(member: int, one: Mapping[str, Any]) -> Membership:
    start = dt.date.fromisoformat(one["from"])
    until = _day(one["until"])
    return Membership(member_id=member, unit_id=one["unit"], status=one["status"], valid_from=start, valid_until=until)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
