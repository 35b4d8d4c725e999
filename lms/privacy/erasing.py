"""Erasing one person: every declared field by its rule, and what the registered erasers know of.

The order: erasers first (they still find the rows), then blanks and unlinked keys, then the
person's own rows from the far end inwards, then the person. One transaction, the caller's.
"""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import Model

from lms.privacy.declarations import Declaration, OnErase, declared
from lms.privacy.registry import erasers
from lms.privacy.ways import Way, rows_of, ways_from


@transaction.atomic
def erase_person(person: Model) -> dict[str, int]:
    """Erase everything that is declared or registered of a person, their row included.

    Returns how many rows were deleted or changed, by model, and what each eraser took.
    """
    counts: Counter[str] = Counter()
    for name, erase in erasers():
        counts[f"eraser:{name}"] += erase(person)
    for model, said in declared().items():
        counts[model._meta.label] += _blank(person, said) + _unlink(person, model)
    for model in sorted(declared(), key=_furthest, reverse=True):
        counts[model._meta.label] += _delete(person, model)
    person.delete()
    counts[person._meta.label] += 1
    return {name: count for name, count in sorted(counts.items()) if count}


def _furthest(model: type[Model]) -> int:
    return max((way.steps for way in ways_from(model)), default=0)


def _of(model: type[Model], rule: OnErase) -> tuple[Way, ...]:
    return tuple(way for way in ways_from(model) if way.on_erase == rule)


def _blank(person: Model, said: Declaration) -> int:
    """Empty the fields that are blanked, on rows that stay."""
    names = [name for name, rule in said.personal.items() if rule.on_erase == OnErase.BLANK]
    if not names:
        return 0
    empty = {name: _emptied(said.model, name) for name in names}
    return rows_of(person, said.model).update(**empty)


def _emptied(model: type[Model], name: str) -> object:
    field = model._meta.get_field(name)
    return None if field.null else field.get_default()  # type: ignore[union-attr]


def _unlink(person: Model, model: type[Model]) -> int:
    """Take the key to the person out of rows that stay."""
    return sum(
        model._base_manager.filter(**{way.field: person.pk}).update(**{way.field: None})
        for way in _of(model, OnErase.UNLINK)
        if way.steps == 1
    )


def _delete(person: Model, model: type[Model]) -> int:
    """Delete the person's own rows, and what lies beneath them."""
    ways = _of(model, OnErase.DELETE_ROW)
    if not ways:
        return 0
    _total, by_model = rows_of(person, model, ways).delete()
    return by_model.get(model._meta.label, 0)
