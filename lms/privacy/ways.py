"""How rows hang on a person: the keys that lead there, straight or over other rows of theirs.

``EmailConfirmation → EmailAddress → person`` is one way; every way ends at the user model, so
this room knows no other room's models than those declared to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, Model, Q, QuerySet

from lms.privacy.declarations import OnErase, declared


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a row to a person: ``field`` is the row's own key, ``lookup`` the whole way."""

    field: str
    lookup: str
    on_erase: OnErase

    @property
    def steps(self) -> int:
        """How many keys are followed."""
        return self.lookup.count("__") + 1


@cache
def ways_from(model: type[Model]) -> tuple[Way, ...]:
    """Every declared way from a model's rows to a person. The person's own model has none."""
    said = declared().get(model)
    if said is None or model is get_user_model():
        return ()
    found: list[Way] = []
    for name, rule in said.personal.items():
        field = model._meta.get_field(name)
        if not isinstance(field, ForeignKey) or not isinstance(field.related_model, type):
            continue
        if field.related_model is get_user_model():
            found.append(Way(name, name, rule.on_erase))
        elif field.related_model is not model:
            found += [
                Way(name, f"{name}__{way.lookup}", rule.on_erase)
                for way in ways_from(field.related_model)
                if way.on_erase == OnErase.DELETE_ROW
            ]
    return tuple(found)


def rows_of(person: Model, model: type[Model], ways: tuple[Way, ...] | None = None) -> QuerySet:
    """The rows of a model that hang on a person by one of the ways; all ways when none are named."""
    chosen = ways_from(model) if ways is None else ways
    wanted = Q()
    for way in chosen:
        wanted |= Q(**{way.lookup: person.pk})
    rows = model._base_manager.order_by("pk")
    return rows.filter(wanted) if chosen else rows.none()


def is_own(model: type[Model]) -> bool:
    """Whether the rows are a person's own, gone when they go; else the house's, with a key to whoever did it."""
    return any(way.on_erase == OnErase.DELETE_ROW for way in ways_from(model))
