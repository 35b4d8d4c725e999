"""Gathering what is held of one person, from the declarations and the registered exporters.

A row that is the person's own is given whole, but for fields declared as not exported; of a
row that is the house's (a page somebody wrote) only what it is and how it names the person.
A key to another person never leaves: it says "another person".
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Field, Model

from lms.privacy.declarations import Declaration, declared
from lms.privacy.registry import exporters
from lms.privacy.ways import is_own, rows_of, ways_from

YOU, ANOTHER = "you", "another person"
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """What is held of one person of one kind: why, for how long, the rows, and files that belong to them."""

    kind: str
    purposes: list[str]
    keep: list[str]
    rows: Sequence[Mapping[str, Any]]
    files: list[tuple[str, bytes]] = field(default_factory=list)


def gather(person: Model) -> Iterator[Kept]:
    """Everything held of a person, kind by kind; kinds without a row are left out."""
    for said in sorted(declared().values(), key=lambda said: said.model._meta.label_lower):
        names = exported_fields(said)
        rows = [_shown(row, names, person) for row in _rows(said.model, person)] if names else []
        if rows:
            told = [said.personal[name] for name in names if name in said.personal]
            purposes, keep = dict.fromkeys(rule.purpose for rule in told), dict.fromkeys(rule.keep for rule in told)
            yield Kept(kind_of(said.model), list(purposes), list(keep), rows)
    for name, collect in exporters():
        portion = collect(person)
        files = list(portion.files)
        if portion.rows or files:
            yield Kept(name, [portion.purpose], [], portion.rows, files)


def kind_of(model: type[Model]) -> str:
    """What rows of a model are called in the copy: ``organisation.membership``."""
    return model._meta.label_lower


def exported_fields(said: Declaration) -> list[str]:
    """The fields of a model that are in a person's copy, in the order of the model."""
    shown = {name for name, rule in said.personal.items() if rule.export}
    if said.model is get_user_model():
        shown |= {"public_id"}
    elif not shown or not ways_from(said.model):
        return []
    elif is_own(said.model):
        shown |= said.plain - {"id"}
    return [f.name for f in said.model._meta.concrete_fields if f.name in shown]


def _rows(model: type[Model], person: Model) -> Iterator[Model]:
    if model is get_user_model():
        return iter([person])
    return rows_of(person, model).iterator(chunk_size=AT_A_TIME)


def _shown(row: Model, names: list[str], person: Model) -> dict[str, Any]:
    shown = {name: _value(row, row._meta.get_field(name), person) for name in names}  # type: ignore[arg-type]
    return shown if is_own(type(row)) or row is person else {"what": _named(row), **shown}


def _value(row: Model, column: Field, person: Model) -> Any:
    value = getattr(row, column.attname)
    if value is None or not column.is_relation:
        return plain(value)
    if column.related_model is get_user_model():
        return YOU if value == person.pk else ANOTHER
    return _named(getattr(row, column.name))


def _named(row: Model) -> str:
    """What a row is called: its own words, else its public id, else its kind and number."""
    if type(row).__str__ is not Model.__str__:
        return str(row)
    name = getattr(row, "public_id", None) or getattr(row, "key", None) or row.pk
    return f"{row._meta.label_lower} {name}"


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
