"""Writing the trail."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import QuerySet

from lms.audit.models import Entry, Sighting, SightingOf


class Actor(Protocol):
    """Whoever acts: all the trail keeps of them is the opaque id."""

    public_id: uuid.UUID


def record_act(act: str, *, by: Actor | None, subject: str, **details: Any) -> Entry:
    """Append one act to the trail, in the transaction of the act itself."""
    return Entry.objects.create(act=act, actor=by.public_id if by else None, subject=subject, details=details)


def record_acts(act: str, *, by: Actor | None, subjects: Iterable[str], **details: Any) -> int:
    """Append the same act upon many subjects in one statement; returns how many."""
    actor = by.public_id if by else None
    return len(Entry.objects.bulk_create(Entry(act=act, actor=actor, subject=s, details=details) for s in subjects))


@transaction.atomic
def record_sighting(*, by: Actor, page: str, of: Iterable[uuid.UUID], act: str = Sighting.Act.SAW) -> int:
    """Append that ``by`` was shown (or exported) personal data of others. Returns of how many.

    ``page`` is the stable name of a page or report; ``of`` are public ids, one's own is left
    out. Two statements however many people (more above 5,000). Nobody else: nothing is written.
    """
    others = [public_id for public_id in dict.fromkeys(of) if public_id != by.public_id]
    if not others:
        return 0
    sighting = Sighting.objects.create(actor=by.public_id, act=act, page=page)
    rows = [SightingOf(sighting=sighting, subject=public_id) for public_id in others]
    return len(SightingOf.objects.bulk_create(rows, batch_size=5_000))


@transaction.atomic
def record_sighting_of_all(*, by: Actor, page: str, of: QuerySet, act: str = Sighting.Act.SAW) -> int:
    """The same for many, without bringing them here: ``of`` are rows that have a ``public_id``. Two statements."""
    others = of.exclude(public_id=by.public_id).order_by().values("public_id")
    sighting = Sighting.objects.create(actor=by.public_id, act=act, page=page)
    asked, values = others.query.sql_with_params()
    table, named = SightingOf._meta.db_table, SightingOf._meta.get_field("sighting").column
    said = f'INSERT INTO "{table}" ("{named}", "subject") SELECT %s, told.public_id FROM ({asked}) AS told'  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(said, [sighting.pk, *values])
        count = cursor.rowcount
    if not count:
        sighting.delete()
    return count
