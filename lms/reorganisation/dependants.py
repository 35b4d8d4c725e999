"""What would be broken by undoing: rows changed since, rows that came to hang on what was made, later changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from lms.organisation.following import followers
from lms.organisation.models import Body, Term, TermAnnouncement, Unit, UnitAncestry
from lms.reorganisation.models import LedgerLine, NewUnit, Reorganisation
from lms.reorganisation.writing import TABLES, changed_since

PROJECTIONS = (UnitAncestry, NewUnit, TermAnnouncement)
"""Drawn anew, or said anew: they never stand in the way."""


@dataclass(frozen=True, slots=True)
class Dependant:
    """One reason why undoing is no longer possible: a later reorganisation, or how many rows of a table."""

    rule: str
    table: str = ""
    number: int = 0
    later: Reorganisation | None = None


def what_depends_on(reorganisation: Reorganisation) -> list[Dependant]:
    """Everything that depends on an applied reorganisation; empty when it can be undone."""
    lines = [line for line in reorganisation.ledger.exclude(table="announcement") if line.table in TABLES]
    later = _later(reorganisation, lines)
    if later:
        return [Dependant("later", later=row) for row in later]
    changed = [Dependant("changed", table, len(keys)) for table, keys in changed_since(lines).items()]
    return [*changed, *_hanging(lines, _followed(reorganisation))]


def _followed(reorganisation: Reorganisation) -> dict[type[models.Model], set[int]]:
    """Rows that followers remembered: they are brought back, and stand in no way."""
    found: dict[type[models.Model], set[int]] = defaultdict(set)
    for follower in followers():
        for table, label in follower.tables.items():
            lines = reorganisation.ledger.filter(table=f"follow:{follower.name}:{table}")
            found[apps.get_model(label)].update(lines.values_list("row", flat=True))
    return found


def _later(reorganisation: Reorganisation, lines: list[LedgerLine]) -> list[Reorganisation]:
    """Reorganisations applied since that changed one of the same rows, or hang on a unit or body of it."""
    rows = {(line.table, line.row) for line in lines}
    made = {line.row for line in lines if line.table == "unit" and not line.before}
    applied = Reorganisation.objects.filter(
        state=Reorganisation.State.APPLIED, applied_at__gt=reorganisation.applied_at
    ).order_by("applied_at")
    since = LedgerLine.objects.filter(reorganisation__in=applied, table__in=TABLES)
    found = set()
    for owner, table, row, after in since.values_list("reorganisation", "table", "row", "after").iterator():
        if (table, row) in rows or after.get("unit") in made or after.get("parent") in made:
            found.add(owner)
    return [row for row in applied if row.pk in found]


def _hanging(lines: list[LedgerLine], followed: dict[type[models.Model], set[int]]) -> list[Dependant]:
    """Rows of anybody's that hang on a unit, body or term that was made, and that the ledger does not know."""
    made: dict[type[models.Model], set[int]] = defaultdict(set)
    own: dict[type[models.Model], set[int]] = defaultdict(set, followed)
    for line in lines:
        own[TABLES[line.table]].add(line.row)
        if not line.before:
            made[TABLES[line.table]].add(line.row)
    found = []
    for model in (Unit, Body, Term):
        keys = made[model]
        for relation in model._meta.related_objects if keys else ():
            if relation.related_model in PROJECTIONS or (relation.hidden and _is_draft(relation)):
                continue
            number = _count(relation, keys, own)
            if number:
                found.append(Dependant("hanging", str(relation.related_model._meta.verbose_name_plural), number))
    return found


def _is_draft(relation: models.ForeignObjectRel) -> bool:
    """Whether the row only plans something: drafts of reorganisations do not stand in the way."""
    return relation.related_model._meta.app_label == "reorganisation" and relation.related_model is not LedgerLine


def _count(relation: models.ForeignObjectRel, keys: set[int], own: dict[type[models.Model], set[int]]) -> int:
    model, name = relation.related_model, relation.field.name
    rows = model._default_manager.filter(**{f"{name}__in": keys})
    return len(set(rows.values_list("pk", flat=True)) - own.get(model, set()))
