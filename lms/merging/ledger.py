"""Doing the steps of a merge and writing each down, so that undo can walk them backwards."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from lms.merging.models import Merge, MergeLine
from lms.merging.steps import Change, Removal, Step

Act = MergeLine.Act


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Column values as JSON knows them, to the last microsecond."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value) if isinstance(value, (uuid.UUID, Decimal)) else value


def read(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Column values as the model knows them."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}  # type: ignore[union-attr]


def row_as_written(row: models.Model) -> dict[str, Any]:
    """A whole row."""
    return written({field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})


def model_of(line: MergeLine) -> type[models.Model]:
    """The model a line is about. Raises LookupError when it is gone from the program."""
    return apps.get_model(line.model)


def do(steps: Iterable[Step], *, merge: Merge) -> int:
    """Do the steps in order and write them down. Returns how many rows it was."""
    lines: list[MergeLine] = []
    for _, group in groupby(_spread(steps), key=_alike):
        lines += _do(list(group), merge)
    MergeLine.objects.bulk_create(lines, batch_size=500)
    return len(lines)


def _spread(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, each removal after what lies beneath the row."""
    for step in steps:
        if isinstance(step, Removal):
            yield from _with_what_is_beneath(step.row)
        else:
            yield step


def _with_what_is_beneath(row: models.Model) -> Iterator[Step]:
    for relation in row._meta.related_objects:
        key = relation.field.attname
        for child in relation.related_model._base_manager.filter(**{key: row.pk}):
            if relation.on_delete is models.SET_NULL:
                yield Change(type(child), child.pk, {key: row.pk}, {key: None})
            elif relation.on_delete is models.CASCADE:
                yield from _with_what_is_beneath(child)
            else:
                raise ValueError(f"{type(row).__name__} cannot go: {type(child).__name__} rests on it")
    yield Removal(row)


def _alike(step: Step) -> object:
    """Changes that say the same go in one statement; everything else goes alone."""
    if isinstance(step, Change):
        return (step.model, sorted(written(step.before).items(), key=str), sorted(written(step.after).items(), key=str))
    return step


def _do(steps: list[Step], merge: Merge) -> list[MergeLine]:
    first = steps[0]
    if isinstance(first, Change):
        rows = first.model._base_manager.filter(pk__in=[step.pk for step in steps if isinstance(step, Change)])
        rows.update(**first.after)
        return [_line(merge, Act.CHANGED, s.model, s.pk, s.before, s.after) for s in steps if isinstance(s, Change)]
    row = first.row
    if isinstance(first, Removal):
        line = _line(merge, Act.REMOVED, type(row), row.pk, row_as_written(row), {})
        type(row)._base_manager.filter(pk=row.pk).delete()
        return [line]
    row.save(force_insert=True)
    return [made_line(merge, row, Act.MADE)]


def made_line(merge: Merge, row: models.Model, act: str) -> MergeLine:
    """The line of a row that is new."""
    return _line(merge, act, type(row), row.pk, {}, row_as_written(row))


def _line(
    merge: Merge, act: str, model: type[models.Model], pk: Any, before: Mapping[str, Any], after: Mapping[str, Any]
) -> MergeLine:
    label = model._meta.label
    return MergeLine(merge=merge, act=act, model=label, row=str(pk), before=written(before), after=written(after))
