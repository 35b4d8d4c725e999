"""What a merge is made of: rows that change, rows that go because their twin stays, rows that are new. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from lms.members.models import Member


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one person: the one that stays and the one that goes into it.

    ``at`` is when; ``on`` the day of it where the organisation is; ``belongs`` says whether one
    of them belongs to a unit on that day. ``both_sign_in``: each is an account, so the person
    goes on signing in as the kept record does, and the absorbed one's ways in stay behind.
    """

    kept: Member
    absorbed: Member
    at: dt.datetime
    on: dt.date
    belongs: bool = False
    both_sign_in: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Fields of one row that change: column → value, before and after."""

    model: type[models.Model]
    pk: Any
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Removal:
    """A row that goes, because the person's other record has the same thing. What lies beneath it goes with it."""

    row: models.Model


@dataclass(frozen=True, slots=True)
class Making:
    """A row that is new: the rest of a period that was cut in two."""

    row: models.Model


Step = Change | Removal | Making


def change(row: models.Model, **after: Any) -> Iterator[Change]:
    """The change that brings these columns of a row to these values; nothing when they are there already."""
    before = {name: getattr(row, name) for name in after}
    differs = {name: value for name, value in after.items() if before[name] != value}
    if differs:
        yield Change(type(row), row.pk, {name: before[name] for name in differs}, differs)


def follow(row: models.Model, pair: Pair) -> Iterator[Change]:
    """The change that lets a row follow from the absorbed record to the kept one, by whichever key it hangs."""
    keys = [field.attname for field in row._meta.concrete_fields if field.related_model is Member]
    yield from change(row, **{key: pair.kept.pk for key in keys if getattr(row, key) == pair.absorbed.pk})
