"""Issuing, revoking, opening and hiding certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from certificates.models import Credential, StatusChange
from certificates.numbers import new_number
from certificates.seal import key_id, payload_hash, seal
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.organisation import access
from lms.periods import today

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What a certificate shall say. Texts are as printed, in ``language``.

    ``facts`` are (label, value) pairs, at most four; ``signatures`` (name, role) pairs, at
    most two. ``stones`` is how many stones of the cairn are laid: 0 for a course, 1–3 for a level.
    """

    award_key: str
    holder: Member
    title: str
    level_line: str
    organisation: str
    unit: str
    language: str
    awarded_on: dt.date
    valid_until: dt.date | None = None
    stones: int = 0
    rule: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    signatures: tuple[tuple[str, str], ...] = field(default=())


class Outcome(StrEnum):
    """What became of one draft."""

    ISSUED = "issued"
    ALREADY = "already issued"
    NO_NAME = "no name"


@dataclass(frozen=True, slots=True)
class Issue:
    """One line of the result: the draft, what became of it, and the certificate when there is one."""

    draft: Draft
    outcome: Outcome
    credential: Credential | None = None


def issue_certificates(*, drafts: Sequence[Draft], by: Member | None) -> list[Issue]:
    """Issue a certificate for every draft that has none; one result line per draft.

    Each is committed by itself, so a crash in the middle loses nothing that was issued and
    running again issues only the rest. ``by`` None is a rule that issues at the award; a
    person must hold the right to issue for every holder, else PermissionDenied and nothing is done.
    """
    if by is not None:
        demand_issuing(by=by, holder_ids=[draft.holder.pk for draft in drafts])
    return [issue_certificate(draft=draft, by=by) for draft in drafts]


def demand_issuing(*, by: Member, holder_ids: Collection[int]) -> None:
    """Raise PermissionDenied unless ``by`` may issue for everybody named, today. Nobody issues to themselves."""
    access.demand(by, access.Right.ISSUE_CERTIFICATES)
    wanted = set(holder_ids)
    if by.pk in wanted:
        raise PermissionDenied("nobody issues a certificate to themselves")
    if access.visible(Member.objects.all(), to=by).filter(pk__in=wanted).count() != len(wanted):
        raise PermissionDenied("not everybody in the batch is in a unit you issue for")


def issue_certificate(*, draft: Draft, by: Member | None) -> Issue:
    """Issue one certificate, once. The caller has asked ``demand_issuing``.

    A holder without a name gets none: there would be nothing to print.
    """
    if not draft.holder.name.strip():
        return Issue(draft, Outcome.NO_NAME)
    try:
        existing = _newest(draft.award_key)
        if existing is None:
            with transaction.atomic():
                return Issue(draft, Outcome.ISSUED, _write(draft, edition=1, by=by))
    except IntegrityError:
        existing = _newest(draft.award_key)
        if existing is None:
            raise
    return Issue(draft, Outcome.ALREADY, existing)


def _newest(award_key: str) -> Credential | None:
    return Credential.objects.filter(award_key=award_key).order_by("-edition").first()


def _write(draft: Draft, *, edition: int, by: Member | None) -> Credential:
    number, issued_on = new_number(), today()
    payload = payload_of(draft, number=number, issued_on=issued_on)
    credential = Credential.objects.create(
        award_key=draft.award_key,
        edition=edition,
        number=number,
        holder=draft.holder,
        payload=payload,
        payload_hash=payload_hash(payload),
        seal=seal(payload),
        seal_key=key_id(),
        issued_on=issued_on,
        valid_until=draft.valid_until,
    )
    StatusChange.objects.create(
        credential=credential, status=StatusChange.Status.ISSUED, by=by.public_id if by else None
    )
    record_act("issue_certificate", by=by, subject=subject_key("credential", credential.public_id))
    return credential


def payload_of(draft: Draft, *, number: str, issued_on: dt.date) -> dict[str, Any]:
    """The snapshot: everything the sheet prints, and what it rests on."""
    return {
        "number": number,
        "name": " ".join(draft.holder.name.split()),
        "title": draft.title,
        "level_line": draft.level_line,
        "organisation": draft.organisation,
        "unit": draft.unit,
        "language": draft.language,
        "awarded_on": draft.awarded_on.isoformat(),
        "issued_on": issued_on.isoformat(),
        "valid_until": draft.valid_until.isoformat() if draft.valid_until else None,
        "stones": draft.stones,
        "rule": draft.rule,
        "facts": [list(fact) for fact in draft.facts],
        "signatures": [list(signature) for signature in draft.signatures],
    }


@transaction.atomic
def revoke_certificate(*, credential: Credential, reason: str, by: Member) -> StatusChange:
    """Revoke a certificate; the check page says so from now on. Twice is once.

    Raises PermissionDenied unless ``by`` may issue for the holder, ValueError without a reason.
    """
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(f"say why the certificate is revoked, in at most {LONGEST_REASON} letters")
    access.demand(by, access.Right.ISSUE_CERTIFICATES)
    if by.pk == credential.holder_id or not access.visible(Credential.objects.all(), to=by).filter(pk=credential.pk):
        raise PermissionDenied("this certificate is not yours to revoke")
    Credential.objects.select_for_update().get(pk=credential.pk)  # two who revoke at once: the later sees the first
    change, is_new = StatusChange.objects.get_or_create(
        credential=credential,
        status=StatusChange.Status.REVOKED,
        defaults={"by": by.public_id, "reason": reason.strip()},
    )
    if is_new:
        record_act("revoke_certificate", by=by, subject=subject_key("credential", credential.public_id))
    return change


def disclose_name(*, credential: Credential, disclosure: str, by: Member) -> None:
    """Open, close or hide a certificate for those who check it. Only the holder decides."""
    if by.pk != credential.holder_id:
        raise PermissionDenied("only the holder opens or hides a certificate")
    credential.disclosure = Credential.Disclosure(disclosure)
    credential.save(update_fields=["disclosure"])
