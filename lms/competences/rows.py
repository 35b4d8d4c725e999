"""Reading rows of the ledger as they stand: those that no correction has replaced."""

from __future__ import annotations

from django.db.models import QuerySet

from lms.competences.models import Evidence


def current(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Those of the rows that still say something: not corrected, and not the note that nothing took their place."""
    return rows.filter(corrected_by=None, is_void=False)


def free_key(base: str) -> str:
    """A key nobody has used: the base, or with a number after it. What is recorded twice must be meant twice."""
    taken = set(Evidence.objects.filter(key__startswith=base).values_list("key", flat=True))
    if base not in taken:
        return base
    return next(key for number in range(2, len(taken) + 3) if (key := f"{base}:{number}") not in taken)
