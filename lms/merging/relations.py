"""Every key to a person that the schema knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models

from lms.members.models import Member


@cache
def keyed_models() -> dict[type[models.Model], tuple[str, ...]]:
    """Model → its columns that are keys to a member; tables between two many-to-many ends among them."""
    found: dict[type[models.Model], tuple[str, ...]] = {}
    for model in apps.get_models(include_auto_created=True):
        keys = tuple(f.attname for f in model._meta.local_concrete_fields if f.related_model is Member)
        if keys and model._meta.managed and not model._meta.proxy:
            found[model] = keys
    return found


def rows_of(model: type[models.Model], member: Member) -> models.QuerySet:
    """The rows of a model that hang on a person by any of its keys."""
    wanted = models.Q()
    for key in keyed_models()[model]:
        wanted |= models.Q(**{key: member.pk})
    return model._base_manager.filter(wanted).order_by("pk")


def uniquely_keyed(model: type[models.Model]) -> Iterator[str]:
    """What forbids two rows for one person in a model, each said in words; nothing for most."""
    names = {f.name for f in model._meta.local_concrete_fields if f.related_model is Member}
    yield from (f"{f.name} is unique" for f in model._meta.local_concrete_fields if f.name in names and f.unique)
    yield from (f"{' and '.join(fields)} together" for fields in model._meta.unique_together if names & set(fields))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and (
            constraint.expressions or names & set(constraint.fields)
        ):
            yield constraint.name
