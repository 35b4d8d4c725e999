"""Edits → rows and ledger, set by set; and the ledger read backwards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import models

from lms.organisation.lineage import call_units
from lms.organisation.models import (
    Appointment,
    Body,
    BodySeat,
    Delegation,
    Membership,
    Term,
    TermAnnouncement,
    Unit,
    UnitLabel,
    UnitParent,
    UnitSuccession,
)
from lms.reorganisation.facts import Edit
from lms.reorganisation.models import LedgerLine, Reorganisation

TABLES: dict[str, type[models.Model]] = {
    "unit": Unit,
    "called": Unit,
    "label": UnitLabel,
    "link": UnitParent,
    "body": Body,
    "seat": BodySeat,
    "membership": Membership,
    "term": Term,
    "announcement": TermAnnouncement,
    "appointment": Appointment,
    "delegation": Delegation,
    "succession": UnitSuccession,
}
"""What the ledger calls a table. ``called`` is what a unit is called today, which its labels restate."""
UNIT_KEYS = ("unit", "parent", "predecessor", "successor")
MANY = 2_000


def write(reorganisation: Reorganisation, edits: Iterable[Edit], made: Mapping[int, int]) -> None:
    """Do the edits, in their order of tables, and write the ledger. ``made``: key below zero → unit made."""
    bodies: dict[int, int] = {}
    for table, batch in groupby(edits, key=attrgetter("table")):
        rows = [_resolved(edit, made, bodies) for edit in batch]
        created = [edit for edit in rows if edit.row is None]
        keys = _create(table, created)
        if table == "body":
            bodies |= {edit.after["key"]: key for edit, key in zip(created, keys, strict=True)}
        _change(table, ((edit.row, edit.after) for edit in rows if edit.row is not None and edit.after))
        _remove(table, [edit.row for edit in rows if edit.row is not None and not edit.after])
        keyed = iter(keys)
        write_lines(
            reorganisation,
            [(edit, next(keyed) if edit.row is None else edit.row) for edit in rows],
        )


def write_lines(reorganisation: Reorganisation, rows: Iterable[tuple[Edit, int]]) -> None:
    """Append lines to the ledger: (edit, key of its row)."""
    lines = (
        LedgerLine(
            reorganisation=reorganisation, table=edit.table, row=row, member_id=edit.member,
            before=_plain(edit.before), after=_plain(edit.after),
        )
        for edit, row in rows
    )  # fmt: skip
    LedgerLine.objects.bulk_create(lines, batch_size=MANY)


def _resolved(edit: Edit, made: Mapping[int, int], bodies: Mapping[int, int]) -> Edit:
    """The edit with the keys that units and bodies got when they were made."""
    after = dict(edit.after)
    for name in UNIT_KEYS:
        if isinstance(after.get(name), int) and after[name] < 0:
            after[name] = made[after[name]]
    if isinstance(after.get("body"), int) and after["body"] < 0:
        after["body"] = bodies.get(after["body"], -after["body"])
    return Edit(edit.table, edit.row, edit.before, after, edit.member)


def _create(table: str, edits: list[Edit]) -> list[int]:
    model = TABLES[table]
    rows = [model(**_columns(model, edit.after)) for edit in edits]
    return [row.pk for row in model._default_manager.bulk_create(rows, batch_size=MANY)]


def _change(table: str, changes: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Change rows, one statement for all that change in the same way."""
    if table == "called":
        call_units({row: (values["code"], values["name"]) for row, values in changes})
        return
    model = TABLES[table]
    alike: dict[tuple, list[int]] = defaultdict(list)
    for row, values in changes:
        alike[tuple(sorted(_columns(model, values).items()))].append(row)
    for columns, keys in alike.items():
        for some in _some(keys):
            model._default_manager.filter(pk__in=some).update(**dict(columns))


def _remove(table: str, keys: list[int]) -> None:
    for some in _some(keys):
        TABLES[table]._default_manager.filter(pk__in=some).delete()


def _columns(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Field names as the plan has them → the model's columns; what is no field of it is left out."""
    fields = {name: field.attname for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return {fields[name]: value for name, value in values.items() if name in fields}


def _some(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items() if k != "key"}


def _whole(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The ledger's values as columns again."""
    days = {field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)}
    back = {k: dt.date.fromisoformat(v) if k in days and v else v for k, v in values.items()}
    return _columns(model, back)


def read_back(lines: list[LedgerLine]) -> None:
    """Undo what the lines say, last first: identity."""
    for table, batch in groupby(reversed(lines), key=attrgetter("table")):
        model, rows = TABLES[table], list(batch)
        _remove(table, [line.row for line in rows if not line.before])
        _change(table, ((line.row, _whole(model, line.before)) for line in rows if line.before and line.after))
        gone = [model(pk=line.row, **_whole(model, line.before)) for line in rows if not line.after]
        model._default_manager.bulk_create(gone, batch_size=MANY)


def changed_since(lines: list[LedgerLine]) -> dict[str, list[int]]:
    """Rows that are no longer what the ledger left: table → keys. Rows whose person was erased have no line."""
    found: dict[str, list[int]] = defaultdict(list)
    dated = sorted((line for line in lines if line.table != "called"), key=attrgetter("table"))
    for table, batch in groupby(dated, key=attrgetter("table")):
        wanted = {line.row: _whole(TABLES[table], line.after) for line in batch}
        names = {name for values in wanted.values() for name in values}
        rows: dict[int, dict[str, Any]] = {}
        for some in _some(list(wanted)):
            now = TABLES[table]._default_manager.filter(pk__in=some).values("pk", *names)
            rows |= {row["pk"]: row for row in now}
        for key, values in wanted.items():
            row = rows.get(key)
            is_as_left = row is None if not values else row is not None and all(row[k] == v for k, v in values.items())
            if not is_as_left:
                found[table].append(key)
    return dict(found)
