"""Writing in the ledger of evidence: rows are appended, and corrected by new rows, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act, record_acts
from lms.competences.models import Evidence
from lms.competences.profiles import redraw_profiles
from lms.competences.rows import current
from lms.competences.signals import evidence_recorded
from lms.members.models import Member
from lms.organisation import access
from lms.periods import today

AT_A_TIME = 500
GIVEN = frozenset({Evidence.Kind.ATTESTATION, Evidence.Kind.PRACTICE})
"""What a person may record because they themselves vouch for it; who was asked is the caller's to know."""


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """One row of evidence, not yet written. The fields are those of ``Evidence``."""

    member_id: int
    kind: str
    key: str
    on: dt.date
    competence_id: int | None = None
    level: int | None = None
    subject: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    until: dt.date | None = None
    share: int | None = None
    score: int | None = None
    hours: float | Decimal | None = None
    given_by_id: int | None = None
    given_as: Sequence[str] = ()


@transaction.atomic
def record_evidence(*, rows: Sequence[NewEvidence], by: Member | None) -> list[Evidence]:
    """Append rows to the ledger, and draw the profiles of those they are about anew. Returns the new ones.

    What has a key that is there already is left as it is. ``by`` None is the program itself. A
    person records what they say of themselves; what they vouch for or have seen of another; and
    anything of the people of units they have ``KEEP_LEVELS`` for: else PermissionDenied.
    Announces ``evidence_recorded``.
    """
    _demand(rows, by)
    wanted = {row.key: row for row in rows}
    there = set()
    keys = list(wanted)
    for start in range(0, len(keys), AT_A_TIME):
        portion = keys[start : start + AT_A_TIME]
        there |= set(Evidence.objects.filter(key__in=portion).values_list("key", flat=True))
    made = [_row(row) for key, row in wanted.items() if key not in there]
    return _append(made, by)


@transaction.atomic
def correct_evidence(*, evidence: Evidence, by: Member | None, replacement: NewEvidence | None) -> Evidence:
    """Put another row in the place of one that is wrong, or nothing (``replacement`` None): it is void.

    ``by`` keeps the levels of the person's unit, or gave the evidence, or it is what they said
    of themselves: else PermissionDenied. Raises ValidationError when the row has been corrected
    already, or the replacement is about somebody else. Announces ``evidence_recorded``.
    """
    _demand_correcting(evidence, by)
    if replacement is not None and replacement.member_id != evidence.member_id:
        raise ValidationError(_("A correction is about the same person."))
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if not current(Evidence.objects.filter(pk=held.pk)).exists():
        raise ValidationError(_("This has been corrected already."))
    row = _row(replacement) if replacement is not None else _void(held)
    row.corrects = held
    row.save(force_insert=True)
    if by is not None and by.pk != held.member_id:
        subject = subject_key("member", held.member.public_id)
        record_act("correct_evidence", by=by, subject=subject, evidence=held.key, void=row.is_void)
    redraw_profiles(member_ids=[held.member_id])
    evidence_recorded.send(Evidence, ids=[row.pk], member_ids=[held.member_id])
    return row


def _append(made: list[Evidence], by: Member | None) -> list[Evidence]:
    """Write rows; one that somebody else wrote meanwhile is left as it is."""
    if not made:
        return []
    Evidence.objects.bulk_create(made, ignore_conflicts=True, batch_size=AT_A_TIME)
    ids = [row.public_id for row in made]
    written: list[Evidence] = []
    for start in range(0, len(ids), AT_A_TIME):
        written += Evidence.objects.filter(public_id__in=ids[start : start + AT_A_TIME]).order_by("pk")
    member_ids = sorted({row.member_id for row in written})
    _put_on_trail(written, by)
    redraw_profiles(member_ids=member_ids)
    evidence_recorded.send(Evidence, ids=[row.pk for row in written], member_ids=member_ids)
    return written


def _put_on_trail(written: list[Evidence], by: Member | None) -> None:
    """An act upon others is on the trail; what the program writes down, and one's own word, is not."""
    others = {row.member_id for row in written if by is not None and row.member_id != by.pk}
    if others:
        people = Member.objects.filter(pk__in=others).values_list("public_id", flat=True)
        kinds = sorted({row.kind for row in written})
        record_acts("record_evidence", by=by, subjects=[subject_key("member", one) for one in people], kinds=kinds)


def _row(new: NewEvidence) -> Evidence:
    values: dict[str, Any] = {name: getattr(new, name) for name in NewEvidence.__dataclass_fields__}
    return Evidence(**values | {"label": dict(new.label), "given_as": list(new.given_as)})


def _void(held: Evidence) -> Evidence:
    return Evidence(
        member_id=held.member_id,
        kind=held.kind,
        key=f"void:{held.public_id}",
        on=held.on,
        competence_id=held.competence_id,
        is_void=True,
    )


def _demand(rows: Sequence[NewEvidence], by: Member | None) -> None:
    if by is None:
        return
    others = set()
    for row in rows:
        if row.member_id == by.pk:
            if row.kind != Evidence.Kind.SELF:
                raise PermissionDenied("nobody proves anything for themselves")
        elif row.kind not in GIVEN or row.given_by_id != by.pk:
            others.add(row.member_id)
    if others and _within_reach(by).filter(pk__in=others).count() != len(others):
        raise PermissionDenied("not everybody is in a unit you keep the levels of")


def _demand_correcting(evidence: Evidence, by: Member | None) -> None:
    if by is None or (evidence.kind in GIVEN and evidence.given_by_id == by.pk and evidence.member_id != by.pk):
        return
    if evidence.member_id == by.pk:
        allowed = evidence.kind == Evidence.Kind.SELF
    else:
        allowed = _within_reach(by).filter(pk=evidence.member_id).exists()
    if not allowed:
        raise PermissionDenied("you do not keep the levels of this person's unit")


def _within_reach(by: Member) -> Any:
    """People of the units ``by`` keeps the levels of."""
    units = access.units_with(by, access.Right.KEEP_LEVELS).values("pk")
    return access.people_under(units, on=today())
