"""A row of any declared model, filled with a mark: so that a room nobody thought of is in the proof of erasure too."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils import timezone

from lms.members.models import Member


def fill(model: type[models.Model], person: Member, mark: str, *, depth: int = 0) -> models.Model | None:
    """The first row of a model, or a new one that points at the person; None when its rules are too fine for this."""
    values = {}
    for field in model._meta.concrete_fields:
        if (field.primary_key and not field.is_relation) or (field.has_default() and not field.is_relation):
            continue
        value = _value(field, person, mark, depth)
        if value is person and person in values.values():  # a second key is to somebody else
            value = Member.objects.create(name="En annen")
        if value is None and not field.null:
            return None
        values[field.name] = value
    try:
        with transaction.atomic():
            return model._base_manager.create(**values)
    except (DatabaseError, ValueError):
        return None


def _value(field: models.Field, person: Member, mark: str, depth: int) -> Any:
    if field.is_relation:
        if field.related_model is Member:
            return person
        if field.null or depth > 3:
            return None
        return field.related_model._base_manager.first() or fill(field.related_model, person, "x", depth=depth + 1)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, (models.CharField, models.TextField)):
        return mark[: field.max_length] if field.max_length else mark
    made = {
        models.UUIDField: uuid.uuid4,
        models.DateTimeField: timezone.now,
        models.DateField: lambda: None if field.null else dt.date(2026, 1, 1),
        models.JSONField: lambda: {"mark": mark},
        models.BooleanField: lambda: True,
        models.IntegerField: lambda: 1,
        models.FloatField: lambda: 1.0,
        models.DecimalField: lambda: 1,
        models.BinaryField: lambda: mark.encode()[: field.max_length or 500],
        models.FileField: lambda: "none/none.csv",
    }
    return next((make() for kind, make in made.items() if isinstance(field, kind)), None)
