"""How competences are measured on a date: what the rule of ``levels`` needs to know beside the ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lms.competences.levels import Measure, Weights
from lms.competences.models import Competence, FrameworkVersion, OfficeNeed


@dataclass(frozen=True, slots=True)
class Measured:
    """A competence and how it is measured."""

    pk: int
    key: str
    number: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Measures:
    """How every competence is measured on a date, in order of number; ``changes_on``: the first day that changes."""

    rows: tuple[Measured, ...]
    changes_on: dt.date | None

    @property
    def size(self) -> int:
        """How many bytes a profile has: one more than the highest number."""
        return self.rows[-1].number + 1 if self.rows else 0


def measures_on(day: dt.date) -> Measures:
    """How competences are measured on a date. Three queries.

    A competence that no version in force speaks of is measured by the default weights: what a
    person can does not vanish because the framework no longer asks for it.
    """
    competences = list(Competence.objects.order_by("number"))
    if not competences:
        return Measures((), None)
    weights: dict[int, Weights] = {}
    needs: dict[int, dict[tuple[str, str], int]] = {}
    turns: list[dt.date | None] = []
    for version in FrameworkVersion.objects.order_by("number"):
        turns += [version.valid_from, version.valid_until]
        if day in version.period:
            weights[version.framework_id] = version.weights
    for need in OfficeNeed.objects.all():
        turns += [need.valid_from, need.valid_until]
        if day in need.period:
            needs.setdefault(need.competence_id, {})[need.office_key, need.unit_kind] = need.level
    rows = [
        Measured(
            row.pk,
            row.key,
            row.number,
            Measure(
                weights=weights.get(row.framework_id, {}),
                fades_after=row.fades_after_months,
                only_practice_refreshes=row.fades_by == Competence.FadesBy.PRACTICE,
                needs=needs.get(row.pk, {}),
            ),
        )
        for row in competences
    ]
    return Measures(tuple(rows), min((turn for turn in turns if turn is not None and turn > day), default=None))
