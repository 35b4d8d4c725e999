"""Rows in bulk: into staging by COPY (PostgreSQL) or one prepared statement (SQLite), and from staging to people.

The statements from staging take the columns of a table from its model, so that one added later
gets its default. Only names of tables and columns are put into them as text; values are parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from lms.members.models import Member
from lms.organisation.models import Membership
from lms.register.models import RegisterImport, StagedRow

Decision = StagedRow.Decision
_OPTIONAL = ("email", "language", "gender", "postal_code")
"""Texts that stay as they are when the file does not say them."""


def stage(rows: Iterable[StagedRow]) -> None:
    """Write rows into staging."""
    fields = _columns(StagedRow)
    values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
    into = f"{_table(StagedRow)} ({_listed(fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(values))  # noqa: S608 - names only


def write_new(register_import: RegisterImport) -> int:
    """Make the new people. Returns how many."""
    from_file = {name: f"s.{_quoted(name)}" for name in ("public_id", "name", "name_key")}
    from_file["member_number"] = f"s.{_quoted('number')}"
    from_file["birth_year"] = f"NULLIF(s.{_quoted('birth_year')}, 0)"
    said = {name: f"COALESCE(s.{_quoted(name)}, %s)" for name in _OPTIONAL}
    fixed = {"password": "!", "created_at": timezone.now()}
    return _insert(Member, from_file | said, fixed, "s.decision = %s", register_import, Decision.NEW)


def write_changed(register_import: RegisterImport) -> int:
    """Write what changed of people who were known. Returns how many."""
    table = _table(Member)
    kept = [f"{_quoted(name)} = COALESCE(s.{_quoted(name)}, {table}.{_quoted(name)})" for name in _OPTIONAL]
    year = _quoted("birth_year")
    changes = [
        "name = s.name",
        "name_key = s.name_key",
        *kept,
        f"{year} = NULLIF(COALESCE(s.{year}, {table}.{year}), 0)",
    ]
    return _run(
        f"UPDATE {table} SET {', '.join(changes)} FROM {_table(StagedRow)} s "  # noqa: S608 - names only
        f"WHERE s.member_id = {table}.id AND s.register_import_id = %s AND s.decision = %s",
        [register_import.pk, Decision.CHANGED],
    )


def write_memberships(register_import: RegisterImport, *, on: dt.date) -> int:
    """End the memberships that others follow on, on the day, and begin those. Returns how many begin.

    What had been written down for that day or later, for the same people, gives way to the register.
    """
    moving = StagedRow.objects.filter(register_import=register_import, decision=Decision.CHANGED, moves=True)
    old = Membership.objects.filter(member__in=moving.values("member"))
    old.filter(valid_from__gte=on).delete()
    old.exclude(valid_until__lte=on).update(valid_until=on)
    from_file = {"member": "m.id", "unit": "s.unit_id", "status": "s.becomes"}
    condition = "s.decision IN (%s, %s) AND s.moves"
    return _insert(
        Membership,
        from_file,
        {"valid_from": on},
        condition,
        register_import,
        Decision.NEW,
        Decision.CHANGED,
        joined=True,
    )


def _insert(
    model: type[models.Model],
    from_file: Mapping[str, str],
    fixed: Mapping[str, object],
    condition: str,
    register_import: RegisterImport,
    *values: object,
    joined: bool = False,
) -> int:
    """INSERT … SELECT of the rows of an import; what the file does not give is fixed, or the field's default."""
    fields = [field for field in _columns(model) if field.db_default is models.NOT_PROVIDED]
    chosen, given = [], []
    for field in fields:
        expression = from_file.get(field.name, "%s")
        chosen.append(expression)
        if "%s" in expression:
            value = fixed.get(field.name, field.get_default())
            given.append(field.get_db_prep_save(value, connection))
    people = f" JOIN {_table(Member)} m ON m.member_number = s.number" if joined else ""
    return _run(
        f"INSERT INTO {_table(model)} ({_listed(fields)}) SELECT {', '.join(chosen)} "  # noqa: S608 - names only
        f"FROM {_table(StagedRow)} s{people} WHERE s.register_import_id = %s AND {condition}",
        [*given, register_import.pk, *values],
    )


def _run(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _listed(fields: Iterable[models.Field]) -> str:
    return ", ".join(_quoted(str(field.column)) for field in fields)


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
