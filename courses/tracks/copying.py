"""The tree of one rule written under another: a draft begins as what is in force."""

from __future__ import annotations

from typing import Any

from courses.progression.models import LevelRule, Requirement

PLACE = {"id", "requirement_ptr", "polymorphic_ctype", "rule", "parent"}
"""Columns that say where a row is, not what it says."""


def copy_tree(source: LevelRule, target: LevelRule) -> int:
    """Write every requirement of ``source`` under ``target``, with order, keys and nesting. Returns how many."""
    rows = list(Requirement.objects.filter(rule=source))
    copies: dict[int, Requirement] = {}
    waiting = rows
    while waiting:
        ready = [row for row in waiting if row.parent_id is None or row.parent_id in copies]
        for row in ready:
            parent = copies[row.parent_id] if row.parent_id is not None else None
            copies[row.pk] = type(row).objects.create(rule=target, parent=parent, **what_it_says(row))
        waiting = [row for row in waiting if row.pk not in copies]
    return len(copies)


def what_it_says(row: Requirement) -> dict[str, Any]:
    """The columns of a requirement apart from its place, by attribute name (a key to another row as its id)."""
    columns = [column for column in row._meta.concrete_fields if column.name not in PLACE]
    return {column.attname: getattr(row, column.attname) for column in columns}
