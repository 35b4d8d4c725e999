"""Drafting a reorganisation: what was decided, row by row. Each checks that the units are the writer's to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.models import Body, Unit
from lms.reorganisation.gathering import postal_ranges
from lms.reorganisation.holding import REORGANISE, demand_held, demand_units
from lms.reorganisation.models import BodyChoice, Change, MemberChoice, NewUnit, Reorganisation


@dataclass(frozen=True, slots=True)
class Described:
    """A unit to be made by the row that leads to it."""

    code: str
    name: str
    kind: str
    parent: Unit | NewUnit | None


Target = Unit | NewUnit | None


@transaction.atomic
def draft_reorganisation(*, name: str, on: dt.date, by: Member | None, decision: str = "") -> Reorganisation:
    """Begin one. Raises PermissionDenied unless ``by`` may reorganise something."""
    if by is not None:
        access.demand(by, REORGANISE)
    if not name.strip():
        raise ValidationError({"name": _("Give it a name that people recognise.")})
    row = Reorganisation.objects.create(name=name.strip(), on=on, decision=decision.strip(), by=by)
    record_act("draft_reorganisation", by=by, subject=subject_key("reorganisation", row.public_id))
    return row


@transaction.atomic
def change_draft(*, reorganisation: Reorganisation, name: str, on: dt.date, decision: str, by: Member | None) -> None:
    """Change what the draft is called, its day or the decision behind it."""
    _demand_draft(reorganisation, by)
    if not name.strip():
        raise ValidationError({"name": _("Give it a name that people recognise.")})
    reorganisation.name, reorganisation.on, reorganisation.decision = name.strip(), on, decision.strip()
    reorganisation.save(update_fields=["name", "on", "decision"])


@transaction.atomic
def discard_draft(*, reorganisation: Reorganisation, by: Member | None) -> None:
    """Throw a draft away. Nothing was changed by it."""
    _demand_draft(reorganisation, by)
    record_act("discard_reorganisation", by=by, subject=subject_key("reorganisation", reorganisation.public_id))
    reorganisation.delete()


@transaction.atomic
def describe_unit(
    *, reorganisation: Reorganisation, code: str, name: str, kind: str, parent: Unit | NewUnit | None, by: Member | None
) -> NewUnit:
    """Say which unit is to be made, and under which one."""
    _demand_draft(reorganisation, by)
    if not (code.strip() and name.strip()):
        raise ValidationError({"new_name": _("A new unit needs a number and a name.")})
    if parent is None and kind != Unit.Kind.NATIONAL:
        raise ValidationError({"new_parent": _("Choose which unit the new one stands under.")})
    existing, new = _ends(parent)
    _demand(existing, reorganisation, by)
    return NewUnit.objects.create(
        reorganisation=reorganisation, code=code.strip(), name=name.strip(), kind=kind, parent=existing, parent_new=new
    )


@transaction.atomic
def add_change(
    *,
    reorganisation: Reorganisation,
    kind: str,
    units: Iterable[Unit],
    by: Member | None,
    target: Target | Described = None,
    code: str = "",
    name: str = "",
    postal_codes: str = "",
    municipalities: Iterable[Unit] = (),
    is_rest: bool = False,
) -> list[Change]:
    """Write one row of the mapping per unit. Both ends must be the writer's, else PermissionDenied."""
    _demand_draft(reorganisation, by)
    chosen, below = list(units), list(municipalities)
    if not chosen:
        raise ValidationError({"units": _("Choose at least one unit.")})
    if postal_codes.strip() and not postal_ranges(postal_codes):
        raise ValidationError({"postal_codes": _("Write postal codes like 3140-3148, 3160.")})
    if isinstance(target, Described):
        target = describe_unit(
            reorganisation=reorganisation, code=target.code, name=target.name, kind=target.kind,
            parent=target.parent, by=by,
        )  # fmt: skip
    existing, new = _ends(target)
    for unit in (*chosen, *below, existing):
        _demand(unit, reorganisation, by)
    rows = [
        Change.objects.create(
            reorganisation=reorganisation, kind=kind, unit=unit, target=existing, target_new=new,
            code=code.strip(), name=name.strip(), postal_codes=postal_codes.strip(), is_rest=is_rest,
        )
        for unit in chosen
    ]  # fmt: skip
    for row in rows if below else ():
        row.municipalities.set(below)
    return rows


@transaction.atomic
def remove_change(*, change: Change, by: Member | None) -> None:
    """Take a row away, and the new unit it led to when no other row leads there."""
    _demand_draft(change.reorganisation, by)
    new = change.target_new
    change.delete()
    if new is not None and not new.changes.exists():
        NewUnit.objects.filter(pk=new.pk).delete()


@transaction.atomic
def choose_for_body(
    *, reorganisation: Reorganisation, body: Body, goes_on: bool, by: Member | None, target: Target = None
) -> BodyChoice:
    """Say what becomes of a body whose unit closes: it ends, or goes on under ``target``."""
    _demand_draft(reorganisation, by)
    existing, new = _ends(target)
    _demand(body.unit, reorganisation, by)
    _demand(existing, reorganisation, by)
    if goes_on and target is None:
        raise ValidationError({"target": _("Choose the unit where the body goes on.")})
    row, _is_new = BodyChoice.objects.update_or_create(
        reorganisation=reorganisation, body=body, defaults={"goes_on": goes_on, "target": existing, "target_new": new}
    )
    return row


@transaction.atomic
def place_people(*, change: Change, members: Iterable[Member], by: Member | None) -> int:
    """Say by hand that people of a split unit go with one of its rows; an earlier word on them is taken back."""
    _demand_draft(change.reorganisation, by)
    chosen = list(members)
    if by is not None:
        seen = access.visible(Member.objects.filter(pk__in=[m.pk for m in chosen]), to=by).count()
        if seen != len({m.pk for m in chosen}):
            change.reorganisation.refresh_from_db()
            raise ValidationError({"members": _("Not all of these people are in your units.")})
    siblings = Change.objects.filter(reorganisation=change.reorganisation, unit=change.unit)
    MemberChoice.objects.filter(change__in=siblings, member__in=chosen).delete()
    return len(MemberChoice.objects.bulk_create(MemberChoice(change=change, member=member) for member in chosen))


def _demand_draft(reorganisation: Reorganisation, by: Member | None) -> None:
    """Only what has not been applied can be written on, by those who hold what it names already."""
    state = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk).state
    if state == Reorganisation.State.APPLIED:
        raise ValidationError(_("This has been applied. Undo it before you change it."))
    demand_units(reorganisation=reorganisation, by=by)


def _demand(unit: Unit | None, reorganisation: Reorganisation, by: Member | None) -> None:
    if unit is not None:
        demand_held([unit.pk], by=by, on=reorganisation.on)


def _ends(target: Target) -> tuple[Unit | None, NewUnit | None]:
    """(an existing unit, one to be made): one of them is None."""
    if isinstance(target, NewUnit):
        return None, target
    return target, None
