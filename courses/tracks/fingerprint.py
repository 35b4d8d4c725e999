"""What a draft says, as one short text: a preview speaks of the draft that has the same. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from courses.progression.models import LevelRule, Requirement
from courses.tracks.copying import what_it_says

ABOUT = ("valid_months", "lapses_unless_next_within")
"""What a rule says besides its requirements that decides who holds the level."""


def fingerprint(rule: LevelRule, rows: Iterable[Requirement]) -> str:
    """The same for two drafts that say the same, whatever their rows are numbered; else another."""
    beneath: dict[int | None, list[Requirement]] = {}
    for row in rows:
        beneath.setdefault(row.parent_id, []).append(row)

    def told(row: Requirement) -> list[Any]:
        says = {name: value for name, value in what_it_says(row).items() if name != "order"}
        parts = sorted(beneath.get(row.pk, ()), key=lambda part: (part.order, part.pk))
        return [row.kind, says, [told(part) for part in parts]]

    tops = sorted(beneath.get(None, ()), key=lambda row: (row.part, row.order, row.pk))
    whole = [{name: getattr(rule, name) for name in ABOUT}, [told(row) for row in tops]]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()
