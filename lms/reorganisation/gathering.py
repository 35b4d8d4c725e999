"""The decision and the rows it meets, read from the database in a fixed number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from lms.members.models import Member
from lms.organisation.models import (
    Appointment,
    Body,
    BodySeat,
    Delegation,
    Membership,
    Term,
    Unit,
    UnitAncestry,
    UnitLabel,
    UnitParent,
    UnitSuccession,
)
from lms.periods import today
from lms.reorganisation.facts import Arrow, Decision, Facts, Key, Newcomer, Row, Share, UnitFact
from lms.reorganisation.mapping import fates
from lms.reorganisation.models import Change, NewUnit, Reorganisation

_CODES = re.compile(r"(\d{4})(?:\s*[-\u2013]\s*(\d{4}))?")


def postal_ranges(text: str) -> tuple[tuple[str, str], ...]:
    """ "3140-3148, 3160" → ranges, both ends included."""
    return tuple((first, last or first) for first, last in _CODES.findall(text))


def decision_of(reorganisation: Reorganisation) -> Decision:
    """What was decided, as the draft has it. Five queries."""
    made = list(reorganisation.new_units.all())
    changes = reorganisation.changes.prefetch_related("municipalities", "by_hand")
    choices = reorganisation.body_choices.all()
    return Decision(
        on=reorganisation.on,
        today=today(),
        arrows=tuple(_arrow(change) for change in changes),
        newcomers=tuple(_newcomer(new) for new in made),
        bodies={c.body_id: _key(c.target_id, c.target_new_id) if c.goes_on else None for c in choices},
    )


def _arrow(change: Change) -> Arrow:
    share = Share(
        units=frozenset(unit.pk for unit in change.municipalities.all()),
        postal=postal_ranges(change.postal_codes),
        by_hand=frozenset(row.member_id for row in change.by_hand.all()),
        is_rest=change.is_rest,
    )
    target = _key(change.target_id, change.target_new_id)
    return Arrow(change.kind, change.unit_id, target, change.code, change.name, share)


def _newcomer(new: NewUnit) -> Newcomer:
    return Newcomer(-new.pk, new.code, new.name, new.kind, _key(new.parent_id, new.parent_new_id))


def _key(existing: int | None, new: int | None) -> Key | None:
    """An existing unit by its key, one to be made by that of its row, below zero."""
    return existing if existing is not None else -new if new is not None else None


def facts_for(decision: Decision) -> Facts:
    """Everything ``draw_plan`` needs to know. A fixed number of queries, however many people."""
    found = fates(decision)
    closing = [unit for unit, fate in found.items() if fate.closes]
    split = [unit for unit, fate in found.items() if fate.arrows[0].kind == Change.Kind.SPLIT]
    receiving = {key for fate in found.values() for key in fate.heirs if key > 0}
    stays = _stays(found, receiving, decision)
    movers = {row.member or 0 for row in stays if row.at in split}
    bodies = _rows(Body.objects.filter(unit__in=closing), "unit_id", _BODY)
    seats: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for body, office, number in BodySeat.objects.filter(body__in=[b.id for b in bodies]).values_list(
        "body", "office", "number"
    ):
        seats[body].append((office, number))
    return Facts(
        units=_units(),
        labels=_labels({arrow.unit for arrow in decision.arrows if arrow.kind == Change.Kind.RENAME}),
        links=_rows(UnitParent.objects.all(), "parent_id", {"unit_id": "unit"}),
        stays=stays,
        places=_places(decision, movers) if split else {},
        postal=_postal(split) if split else {},
        bodies=bodies,
        seats=seats,
        terms=_rows(Term.objects.filter(body__in=[body.id for body in bodies]), "body_id", _TERM),
        rights=(
            *(("appointment", r) for r in _rows(Appointment.objects.filter(unit__in=closing), "unit_id", _ROLE)),
            *(("delegation", r) for r in _rows(Delegation.objects.filter(unit__in=closing), "unit_id", _LENT)),
        ),
        codes=_codes(decision),
        followed=frozenset(
            key for pair in UnitSuccession.objects.filter(on=decision.on).values_list(*_ENDS) for key in pair
        ),
    )


_ENDS = ("predecessor", "successor")
_BODY = {name: name for name in ("kind", "name", "authority", "least_of_each_gender", "least_under_40")}
_TERM = {"member_id": "member", "office_id": "office", "election": "election"}
_ROLE = {"member_id": "member", "role": "role"}
_LENT = {"member_id": "member", "giver_id": "giver", "right": "right", "reason": "reason"}
_STAY = {"member_id": "member", "status": "status"}


def _rows(rows: QuerySet, at: str, columns: dict[str, str]) -> tuple[Row, ...]:
    """Dated rows as plain values; ``columns``: column → the name the plan knows it by."""
    found = rows.order_by("pk").values_list("pk", at, "valid_from", "valid_until", *columns)
    names = list(columns.values())
    return tuple(
        _row(pk, place, since, until, dict(zip(names, rest, strict=True))) for pk, place, since, until, *rest in found
    )


def _row(pk: int, at: int, since: Any, until: Any, fields: dict[str, Any]) -> Row:
    member = fields.pop("member", None)
    return Row(pk, at, since, until, fields, member)


def _stays(found: Collection[Key], receiving: Iterable[Key], decision: Decision) -> tuple[Row, ...]:
    """Memberships in the units people leave, and those of the same people where they go."""
    leaving = Membership.objects.filter(unit__in=list(found)).exclude(valid_until__lte=decision.on)
    there = Membership.objects.filter(unit__in=set(receiving) - set(found), member__in=leaving.values("member"))
    return (*_rows(leaving, "unit_id", _STAY), *_rows(there.exclude(valid_until__lte=decision.on), "unit_id", _STAY))


def _units() -> dict[int, UnitFact]:
    rows = Unit.objects.values_list("pk", "code", "name", "valid_from", "valid_until")
    return {row[0]: UnitFact(*row) for row in rows}


def _labels(units: Iterable[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(UnitLabel.objects.filter(unit__in=list(units)), "unit_id", {"code": "code", "name": "name"}):
        found[row.at].append(row)
    return found


def _places(decision: Decision, movers: Collection[int]) -> dict[int, frozenset[int]]:
    """Of people in split units: the named units below that they stand in or under, on the day or just before it."""
    named = {unit for arrow in decision.arrows for unit in arrow.share.units}
    if not named:
        return {}
    reach: dict[int, set[int]] = defaultdict(set)
    for unit, ancestor in UnitAncestry.objects.filter(ancestor__in=named).values_list("unit", "ancestor"):
        reach[unit].add(ancestor)
    found: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(unit__in=list(reach)).exclude(valid_until__lte=decision.on)
    for member, unit in rows.order_by("-valid_from").values_list("member", "unit"):
        if member in movers:
            found[member] |= reach[unit]
    return {member: frozenset(units) for member, units in found.items()}


def _postal(split: list[int]) -> dict[int, str]:
    rows = Member.objects.filter(memberships__unit__in=split).exclude(postal_code="")
    return dict(rows.values_list("pk", "postal_code"))


def _codes(decision: Decision) -> dict[str, frozenset[int]]:
    """Every code that somebody has today, or will have on the day or later."""
    found: dict[str, set[int]] = defaultdict(set)
    later = UnitLabel.objects.exclude(valid_until__lte=max(decision.on, decision.today))
    for code, unit in (*Unit.objects.values_list("code", "pk"), *later.values_list("code", "unit")):
        found[code].add(unit)
    return {code: frozenset(units) for code, units in found.items()}
