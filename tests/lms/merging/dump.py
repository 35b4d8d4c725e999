"""All tables as they stand, for the claim that undo is identity."""

from __future__ import annotations

from collections import Counter

from django.db import connection

TRAIL = {
    "audit_entry", "jobs_job", "merging_merge", "merging_mergeline", "django_session", "django_content_type",
    "auth_permission", "django_migrations", "sqlite_sequence",
}  # fmt: skip
"""What is only ever appended, is about the merges themselves, or never changes."""
TOLD = "'records_merged'"
"""The notice that says a merge was done: said is said, also when it is undone."""

Dump = dict[str, Counter]


def dump() -> Dump:
    """Every row of every table as the database has it, but for the trail."""
    with connection.cursor() as cursor:
        found: Dump = {}
        for table in set(connection.introspection.table_names(cursor)) - TRAIL:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = Counter(row for row in map(repr, cursor.fetchall()) if TOLD not in row)
    return found


def differences(one: Dump, other: Dump) -> dict[str, tuple[list[str], list[str]]]:
    """What differs between two dumps: table → rows only before, rows only after."""
    return {
        table: (list((one[table] - other[table]).elements()), list((other[table] - one[table]).elements()))
        for table in one
        if one[table] != other[table]
    }
