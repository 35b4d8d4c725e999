"""Reorganisations drawn up the way a secretary does, and the organisation as plain values to compare."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from lms.organisation.models import (
    Appointment,
    Body,
    BodySeat,
    Delegation,
    Membership,
    Term,
    TermAnnouncement,
    Unit,
    UnitAncestry,
    UnitLabel,
    UnitParent,
    UnitSuccession,
)
from lms.reorganisation.applying import carry_out
from lms.reorganisation.models import Change, NewUnit, Reorganisation
from lms.reorganisation.services import add_change, describe_unit, draft_reorganisation
from tests.factories import organisation

ON = dt.date(2026, 1, 1)
KIND = Change.Kind


def draft(on: dt.date = ON, name: str = "Sammenslåing") -> Reorganisation:
    """An empty draft of the installation itself."""
    return draft_reorganisation(name=name, on=on, by=None)


def new_unit(reorganisation: Reorganisation, code: str, *, under: Unit, kind: str = Unit.Kind.MUNICIPAL) -> NewUnit:
    """A unit to be made, named by its code."""
    return describe_unit(
        reorganisation=reorganisation, code=code, name=f"Ny {code}", kind=kind, parent=under, by=None
    )  # fmt: skip


def row(reorganisation: Reorganisation, kind: str, *units: Unit, **decided: Any) -> list[Change]:
    """Rows of the mapping, one for each unit."""
    return add_change(reorganisation=reorganisation, kind=kind, units=units, by=None, **decided)


def merged(*units: Unit, into: Unit, on: dt.date = ON) -> Reorganisation:
    """An applied merger into a unit that goes on."""
    reorganisation = draft(on)
    row(reorganisation, KIND.MERGE, *units, target=into)
    carry_out(reorganisation=reorganisation, by=None)
    reorganisation.refresh_from_db()
    return reorganisation


def people_in(unit: Unit, on: dt.date) -> set[int]:
    """Who belongs to a unit on a day."""
    return set(Membership.objects.on(on).filter(unit=unit).values_list("member", flat=True))


def counted(on: dt.date) -> Counter[tuple[int, int]]:
    """(member, unit) → how many rows say so on a day."""
    return Counter(Membership.objects.on(on).values_list("member", "unit"))


def whole_organisation() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of where people stand, keys and all; ancestry without keys, for it is redrawn."""
    models = (
        Unit, UnitLabel, UnitSuccession, UnitParent, Membership, Body, BodySeat, Term, TermAnnouncement, Appointment,
        Delegation,
    )  # fmt: skip
    kept = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}
    lines = UnitAncestry.objects.values_list("unit", "ancestor", "depth", "valid_from", "valid_until")
    return kept | {"UnitAncestry": sorted(lines, key=repr)}


make_unit, make_member = organisation.make_unit, organisation.make_member
