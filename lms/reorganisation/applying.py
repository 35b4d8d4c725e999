"""A plan carried out, and taken back: one transaction each, with everything that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from lms.audit.models import subject_key
from lms.audit.services import record_act, record_acts
from lms.members.models import Member
from lms.organisation import editing
from lms.organisation.following import Passage, followers
from lms.organisation.lineage import rebuild_ancestry, restate_names, with_all_below
from lms.organisation.models import Body, Unit
from lms.organisation.services import project_groups
from lms.organisation.signals import unit_reorganised
from lms.reorganisation.announcing import announce_ended, announce_taken_back, keep_quiet_of_carried
from lms.reorganisation.dependants import what_depends_on
from lms.reorganisation.facts import Edit
from lms.reorganisation.gathering import decision_of, facts_for
from lms.reorganisation.holding import demand_units
from lms.reorganisation.models import LedgerLine, NewUnit, Reorganisation
from lms.reorganisation.plan import Plan, draw_plan
from lms.reorganisation.writing import TABLES, read_back, write, write_lines

FOLLOWING = "follow:"
ORDER = list(TABLES)


class CannotApply(ValidationError):
    """The plan has problems; nothing was changed."""


@transaction.atomic
def carry_out(*, reorganisation: Reorganisation, by: Member | None) -> Mapping[str, int]:
    """Apply a draft. Applied already: nothing more happens. All or nothing.

    Raises PermissionDenied unless ``by`` may reorganise every unit it touches, CannotApply when
    the plan has problems. ``by`` None is the program itself.
    """
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if row.state == Reorganisation.State.APPLIED:
        return {"edits": 0}
    _hold_units(row)
    demand_units(reorganisation=row, by=by)
    decision = decision_of(row)
    plan = draw_plan(decision, facts_for(decision))
    if plan.problems:
        raise CannotApply("the plan has problems")
    made = _make_units(row, plan)
    write(row, sorted(plan.edits, key=lambda edit: ORDER.index(edit.table)), made)
    touched = _redraw(_units_of(row))
    _follow(row, plan, made)
    _restate_rights(_people_with_rights(row))
    keep_quiet_of_carried(row, plan.terms_carried)
    announce_ended(row, plan.terms_ended)
    _write_down(row, plan, by)
    row.state, row.applied_by, row.applied_at, row.undone_at = Reorganisation.State.APPLIED, by, timezone.now(), None
    row.rounds += 1
    row.save(update_fields=["state", "applied_by", "applied_at", "undone_at", "rounds"])
    unit_reorganised.send(Reorganisation, ids=sorted(touched), on=row.on)
    return {"edits": len(plan.edits), "moved": sum(len(who) for who in plan.moves.values())}


@transaction.atomic
def take_back(*, reorganisation: Reorganisation, by: Member | None) -> Mapping[str, int]:
    """Undo an applied reorganisation: every row becomes what it was. All or nothing.

    Raises PermissionDenied like ``carry_out``, CannotApply when something depends on it.
    """
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if row.state != Reorganisation.State.APPLIED:
        return {"edits": 0}
    demand_units(reorganisation=row, by=by)
    depends = what_depends_on(row)
    if depends:
        raise CannotApply("; ".join(f"{one.rule} {one.table} {one.number or one.later}" for one in depends))
    lines = list(row.ledger.all())
    people, touched = _people_with_rights(row), _units_of(row)
    below = with_all_below(touched)
    for follower in followers():
        own = [line for line in reversed(lines) if line.table.startswith(f"{FOLLOWING}{follower.name}:")]
        if follower.undo and own:
            follower.undo([(line.table.split(":", 2)[2], line.row, line.before, line.after) for line in own])
    read_back([line for line in lines if not line.table.startswith(FOLLOWING)])
    row.ledger.all().delete()
    announce_taken_back({line.row for line in lines if line.table == "term" and line.before}, on=row.on)
    left = set(Unit.objects.filter(pk__in=below | touched).values_list("pk", flat=True))
    _redraw(left)
    _restate_rights(people)
    record_act("undo_reorganisation", by=by, subject=subject_key("reorganisation", row.public_id), rows=len(lines))
    row.state, row.undone_at = Reorganisation.State.UNDONE, timezone.now()
    row.rounds += 1
    row.save(update_fields=["state", "undone_at", "rounds"])
    unit_reorganised.send(Reorganisation, ids=sorted(left), on=row.on)
    return {"edits": len(lines)}


def _hold_units(reorganisation: Reorganisation) -> None:
    """Hold every unit named, in one order: nobody joins or leaves them until this is done."""
    changes = reorganisation.changes.values_list("unit", "target")
    keys = {key for pair in changes for key in pair if key}
    list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _make_units(reorganisation: Reorganisation, plan: Plan) -> dict[int, int]:
    """The new units; key below zero → unit."""
    news = plan.newcomers
    units = Unit.objects.bulk_create(
        Unit(code=new.code, name=new.name, kind=new.kind, valid_from=reorganisation.on) for new in news
    )
    write_lines(
        reorganisation,
        [
            (Edit("unit", None, {}, {"code": unit.code, "name": unit.name, "valid_from": unit.valid_from}), unit.pk)
            for unit in units
        ],
    )
    rows = list(NewUnit.objects.filter(pk__in=[-new.key for new in news]))
    made = {new.key: unit.pk for new, unit in zip(news, units, strict=True)}
    for row in rows:
        row.unit_id = made[-row.pk]
    NewUnit.objects.bulk_update(rows, ["unit"])
    return made


def _units_of(reorganisation: Reorganisation) -> set[int]:
    """Every unit that the ledger names."""
    lines = reorganisation.ledger.filter(table__in=["unit", "called", "link"]).values_list("table", "row", "after")
    found = {row for table, row, _ in lines if table != "link"}
    links = [row for table, row, _ in lines if table == "link"]
    named = {after[key] for table, _, after in lines if table == "link" for key in ("unit", "parent") if key in after}
    return found | named | set(TABLES["link"]._default_manager.filter(pk__in=links).values_list("unit", flat=True))


def _redraw(units: Iterable[int]) -> set[int]:
    """Ancestry of the units and all below them, and the shelves of the CMS."""
    touched = with_all_below(units)
    rebuild_ancestry(Unit.objects.filter(pk__in=touched))
    editing.lay_shelves()
    return touched


def _follow(reorganisation: Reorganisation, plan: Plan, made: Mapping[int, int]) -> None:
    passage = passage_of(plan, made, _new_bodies(reorganisation, plan))
    for follower in followers():
        if follower.apply is not None:
            follower.apply(passage, partial(_remember, reorganisation, follower.name))


def _remember(
    reorganisation: Reorganisation, name: str, table: str, row: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    LedgerLine.objects.create(
        reorganisation=reorganisation, table=f"{FOLLOWING}{name}:{table}", row=row, before=before, after=after
    )


def passage_of(plan: Plan, made: Mapping[int, int], bodies: Mapping[int, int]) -> Passage:
    """What followers are told; ``made`` and ``bodies`` are empty while it is only shown."""

    def real(key: int) -> int:
        return made.get(key, key)

    return Passage(
        on=plan.decision.on,
        heirs={unit: [real(heir) for heir in fate.heirs] for unit, fate in plan.fates.items()},
        people={(real(a), real(b)): who for (a, b), who in plan.moves.items()},
        bodies={body: bodies.get(body, -body) for body in plan.bodies_carried},
    )


def _new_bodies(reorganisation: Reorganisation, plan: Plan) -> dict[int, int]:
    """Carried body → the body that goes on: the same one where it begins only then."""
    lines = reorganisation.ledger.filter(table="body", before={}).order_by("id").values_list("row", flat=True)
    cut = [body for body in plan.bodies_carried if body in _begun(plan)]
    return dict(zip(cut, lines, strict=True)) | {b: b for b in plan.bodies_carried if b not in cut}


def _begun(plan: Plan) -> set[int]:
    rows = Body.objects.filter(pk__in=plan.bodies_carried, valid_from__lt=plan.decision.on)
    return set(rows.values_list("pk", flat=True))


def _people_with_rights(reorganisation: Reorganisation) -> list[int]:
    """People whose office, appointment or delegation the ledger changed."""
    lines = reorganisation.ledger.filter(table__in=["term", "appointment", "delegation"], member__isnull=False)
    return sorted(set(lines.values_list("member", flat=True)))


def _restate_rights(people: Iterable[int]) -> None:
    for member in Member.objects.filter(pk__in=list(people)).order_by("pk"):
        project_groups(member=member)


def _write_down(reorganisation: Reorganisation, plan: Plan, by: Member | None) -> None:
    """The trail: the act itself, and that these people were moved."""
    key = subject_key("reorganisation", reorganisation.public_id)
    record_act("apply_reorganisation", by=by, subject=key, on=reorganisation.on.isoformat(), edits=len(plan.edits))
    lines = reorganisation.ledger.filter(table="membership", member__isnull=False)
    moved = Member.objects.filter(pk__in=lines.values("member")).order_by("pk")
    subjects = [subject_key("member", public_id) for public_id in moved.values_list("public_id", flat=True)]
    record_acts("move_by_reorganisation", by=by, subjects=subjects, reorganisation=str(reorganisation.public_id))


@transaction.atomic
def restate_the_day(*, on: dt.date) -> Mapping[str, int]:
    """What a day brings by itself: units are called by their label of the day, and what was planned for it counts.

    Rights need nothing, they are read by date; the CMS restates them. A week back is caught up.
    """
    names = restate_names(on=on)
    week = Reorganisation.objects.filter(
        state=Reorganisation.State.APPLIED, on__gt=on - dt.timedelta(days=7), on__lte=on
    )
    begun = list(week)
    if begun:
        editing.lay_shelves()
        _restate_rights({member for row in begun for member in _people_with_rights(row)})
    return {"names": names, "begun": len(begun)}
