"""What the room adds to erasure and retention: the absorbed record goes with the kept one; lines go after a while."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model

from lms.audit.exporting import acts_of, sightings_of
from lms.members.models import Member
from lms.members.records import Authenticator, EmailAddress
from lms.merging.models import Merge, MergeLine
from lms.organisation.erasing import erase_member
from lms.privacy.registry import Portion, register_eraser, register_exporter
from lms.privacy.retention import Rule, register_retention


def erase_absorbed(person: Model) -> int:
    """Eraser: the records that went into the person's own are the same person, and are erased as they are."""
    merges = Merge.objects.filter(kept=person.pk, undone_at=None).select_related("absorbed").order_by("pk")
    absorbed = [merge.absorbed for merge in merges]
    for record in absorbed:
        erase_member(member=record, by=None)
    return len(absorbed)


def forget_lines(before: dt.datetime) -> int:
    """Purge: what old merges changed, what the absorbed record was called and how one signed in to it.

    They can no longer be undone.
    """
    old = Merge.objects.filter(at__lt=before, lines__isnull=False)
    ids = set(old.values_list("pk", flat=True))
    named = Merge.objects.filter(pk__in=ids, undone_at=None).values("absorbed")
    Member.objects.filter(pk__in=named).update(name="", name_key="", birth_year=None, gender="", postal_code="")
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user__in=named).delete()
    return MergeLine.objects.filter(merge__in=ids).delete()[0]


def trail_before(person: Model) -> Portion:
    """Exporter: who saw the records that went into the person's own, and what was done to them."""
    merges = Merge.objects.filter(kept=person.pk, undone_at=None).select_related("absorbed")
    parts = [part for merge in merges for part in (acts_of(merge.absorbed), sightings_of(merge.absorbed))]
    rows = [row for part in parts for row in part.rows]
    return Portion("answer who saw or changed a record that was merged into yours", rows)


def register() -> None:
    """Say so, once, at start."""
    register_eraser("merging.absorbed", erase_absorbed)
    register_exporter("merging.trail", trail_before)
    register_retention(
        Rule(
            name="merge_lines",
            about="what a merge of two records changed, so that it can be undone",
            days=90,
            floor=7,
            ceiling=365,
            purge=forget_lines,
        )
    )
