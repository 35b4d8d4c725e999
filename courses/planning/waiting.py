"""Reorganisations that were applied for a day to come: on that day the plans follow, and the ledger says how."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction

from courses.planning.following import LATER, apply, read_passage
from lms.reorganisation.applying import FOLLOWING
from lms.reorganisation.models import LedgerLine, Reorganisation

PLANS = f"{FOLLOWING}plans:"


@transaction.atomic
def follow_waiting(*, on: dt.date) -> int:
    """Do what was put off until a day, by then. Returns how many reorganisations. Safe at any time."""
    lines = LedgerLine.objects.filter(
        table=f"{PLANS}{LATER}", reorganisation__state=Reorganisation.State.APPLIED, reorganisation__on__lte=on
    )
    waiting = list(lines.select_related("reorganisation").select_for_update(of=("self",)))
    for line in waiting:
        apply(read_passage(line.reorganisation.on, line.after), partial(_remember, line.reorganisation))
        line.delete()
    return len(waiting)


def _remember(reorganisation: Reorganisation, table: str, row: int, before: Any, after: Any) -> None:
    LedgerLine.objects.create(
        reorganisation=reorganisation, table=f"{PLANS}{table}", row=row, before=before, after=after
    )
