"""The data map: one declaration per field that is about a person.

Each app declares its own models in a file ``privacy.py``. A test walks the schema and
fails on a field of ours that is neither declared as personal nor listed as plain, and on
any key to a member, ours or a library's, that nobody has declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Kind(StrEnum):
    """What sort of personal data a field holds."""

    IDENTITY = "identity"
    CONTACT = "contact"
    POLITICAL = "political"  # reveals membership, GDPR article 9
    LEARNING = "learning"
    OFFICE = "office"
    TECHNICAL = "technical"


class OnErase(StrEnum):
    """What erasing the person does to the field."""

    DELETE_ROW = "delete row"
    BLANK = "blank"
    UNLINK = "unlink"  # the row stays, the key to the person goes
    KEEP = "keep"  # an opaque id that leads nowhere once the person's row is gone


@dataclass(frozen=True, slots=True)
class Personal:
    """One field that is about a person.

    ``purpose`` and ``keep`` are sentences for the record of processing (GDPR article 30);
    ``export`` says whether the field is part of a person's own copy (article 15 and 20).
    """

    kind: Kind
    purpose: str
    keep: str
    on_erase: OnErase
    export: bool = True


@dataclass(frozen=True, slots=True)
class Declaration:
    """All fields of one model: the personal ones with their rules, the others by name."""

    model: type[models.Model]
    personal: dict[str, Personal]
    plain: frozenset[str]


_declarations: dict[type[models.Model], Declaration] = {}


def declare(model: type[models.Model], *, plain: str = "", **personal: Personal) -> None:
    """Declare a model. ``plain`` names, space separated, the fields that say nothing of a person.

    Raises ValueError on a field the model does not have, or one named twice.
    """
    names = frozenset(plain.split())
    known = {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}
    unknown = (names | set(personal)) - known
    if unknown:
        raise ValueError(f"{model.__name__} has no field {', '.join(sorted(unknown))}")
    if names & set(personal):
        raise ValueError(f"{model.__name__}: declared twice: {', '.join(sorted(names & set(personal)))}")
    _declarations[model] = Declaration(model, personal, names)


def declared() -> dict[type[models.Model], Declaration]:
    """Every declaration, by model."""
    return dict(_declarations)
