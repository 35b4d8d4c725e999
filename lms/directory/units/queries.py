"""Reads for the pages of units: the tree on a day, and one unit in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Q

from lms.directory.reach import counted_on
from lms.directory.units.tree import Branch, Counts, grow
from lms.members.names import name_key
from lms.organisation.models import Membership, Unit, UnitAncestry, UnitLabel, UnitParent

MEMBER = Membership.Status.MEMBER


def tree_on(day: dt.date, *, seen: Collection[int]) -> list[Branch]:
    """Every unit of a day in its place, counted where the reader sees people today. Six queries at most."""
    labels = list(UnitLabel.objects.order_by("valid_from", "pk"))
    called: dict[int, UnitLabel | Unit] = {label.unit_id: label for label in labels if day in label.period}
    known: dict[int, set[str]] = {}
    for label in labels:
        known.setdefault(label.unit_id, set()).update((label.name, label.code))
    counts = counts_on(day, units=counted_on(seen, day))
    branches = []
    for unit in Unit.objects.on(day):
        named = called.get(unit.pk, unit)
        name, code = named.name, named.code
        others = known.get(unit.pk, set()) | {unit.name, unit.code}
        branches.append(
            Branch(
                unit.pk, unit.public_id, code, name, unit.kind, frozenset(others - {name, code}), counts.get(unit.pk)
            )
        )
    parents = UnitParent.objects.on(day).order_by("-valid_from", "-pk").values_list("unit", "parent")
    return grow(branches, dict(parents))


def counts_on(day: dt.date, *, units: Collection[int]) -> dict[int, Counts]:
    """How many people belonged to each unit on a day, and to it with all below. Two grouped queries."""
    if not units:
        return {}
    own = Membership.objects.on(day).filter(unit__in=units, status=MEMBER).values_list("unit")
    directly = dict(own.annotate(people=Count("member", distinct=True)))
    there = Q(unit__memberships__valid_from__lte=day) & (
        Q(unit__memberships__valid_until=None) | Q(unit__memberships__valid_until__gt=day)
    )
    lines = UnitAncestry.objects.on(day).filter(there, ancestor__in=units)
    rows = lines.values_list("ancestor", "unit__memberships__status").annotate(
        people=Count("unit__memberships__member", distinct=True)
    )
    below = {(unit, status): people for unit, status, people in rows}
    return {
        unit: Counts(directly.get(unit, 0), below.get((unit, MEMBER), 0), below.get((unit, "sympathiser"), 0))
        for unit in units
    }


def closed_like(asked: str, *, on: dt.date) -> list[Unit]:
    """Units that are not there on a day and were called what is asked for, the newest first. One query."""
    gone = Unit.objects.filter(Q(valid_until__lte=on) | Q(valid_from__gt=on))
    return list(gone.filter(Q(name_key__contains=name_key(asked)) | Q(code__iexact=asked)).order_by("-valid_from")[:20])
