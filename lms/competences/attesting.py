"""Vouching: a person asks, another answers; or somebody vouches unasked.

Only somebody who stands in a place to the person may vouch, on the day they do: ``standpoints``
says which. Nobody vouches for themselves. What was given can be put right by the giver; the first
row stays in the ledger beneath the correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.competences import notices
from lms.competences.abouts import About, vouched_about
from lms.competences.models import AttestationRequest, Competence, Evidence
from lms.competences.rows import current, free_key
from lms.competences.services import NewEvidence, correct_evidence, record_evidence
from lms.competences.standpoints import places_of
from lms.members.models import Member
from lms.notifications.services import notify
from lms.periods import today

State = AttestationRequest.State
MOST_OPEN = 10


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody is to vouch for: a level of a competence, or a thing a requirement names."""

    competence: Competence | None = None
    level: int | None = None
    about: About | None = None

    def columns(self) -> dict[str, Any]:
        """The same as columns of a request."""
        if self.about is not None:
            return {"competence": None, "level": None, "about": self.about.key, "label": dict(self.about.label)}
        return {"competence": self.competence, "level": self.level, "about": "", "label": {}}

    def demand_whole(self) -> None:
        """Raise ValidationError when it says nothing one can vouch for."""
        if self.about is None and (self.competence is None or self.level not in range(1, 5)):
            raise ValidationError({"level": _("Choose a level from 1 to 4.")})


@transaction.atomic
def ask(*, member: Member, asked: Member, thing: Thing, words: str = "", by: Member | None) -> AttestationRequest:
    """Ask somebody to vouch for oneself; they are told. PermissionDenied for another's request.

    Raises ValidationError when the one asked does not stand where one can vouch from, when they
    have been asked already, or when ten requests wait.
    """
    if by is None or by.pk != member.pk:
        raise PermissionDenied("nobody asks for another")
    thing.demand_whole()
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # pressed twice at once, it is asked once
    standing = places_of(asked, member)
    if not _may(standing, thing.about):
        raise ValidationError({"asked": _("Choose one of those who may vouch for this.")})
    waiting = AttestationRequest.objects.filter(member=member, state=State.ASKED)
    if waiting.count() >= MOST_OPEN:
        raise ValidationError(_("Ten requests wait for an answer already. Take one back first."))
    about = thing.about.key if thing.about else ""
    if waiting.filter(asked=asked, competence=thing.competence, about=about).exists():
        raise ValidationError({"asked": _("You have asked this person about this already. They have been told.")})
    row = AttestationRequest.objects.create(member=member, asked=asked, words=words.strip()[:1000], **thing.columns())
    notify(
        members=[asked],
        kind=notices.ASKED,
        key=f"attestation:{row.public_id}",
        context={"request": str(row.public_id)},
    )
    return row


@transaction.atomic
def give(*, request: AttestationRequest, level: int | None = None, reason: str = "", by: Member | None) -> Evidence:
    """Say yes: the level asked for, or a lower one. Where the giver stands today is written down with it.

    PermissionDenied for anybody but the one asked; ValidationError when they no longer stand in a
    place, for a level above what was asked for, and for what has been answered.
    """
    giver = _asked(request, by)
    standing = _standing(giver, request.member, request.about)
    if request.competence_id is not None and level not in range(1, (request.level or 0) + 1):
        raise ValidationError({"level": _("Choose the level asked for, or a lower one.")})
    _close(request, State.GIVEN, reason)
    evidence = _record(
        giver,
        standing,
        member=request.member,
        key=f"attestation:{request.public_id}",
        competence_id=request.competence_id,
        level=level if request.competence_id else None,
        about=request.about,
        label=request.label,
    )
    request.evidence = evidence
    request.save(update_fields=["evidence"])
    _tell(request, notices.GIVEN)
    return evidence


@transaction.atomic
def decline(*, request: AttestationRequest, reason: str, by: Member | None) -> None:
    """Say no, with a reason that is for the person alone. PermissionDenied for anybody but the one asked."""
    _asked(request, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why not, in a sentence. Only the person reads it.")})
    _close(request, State.DECLINED, reason)
    record_act("decline_attestation", by=by, subject=subject_key("member", request.member.public_id))
    _tell(request, notices.DECLINED)


@transaction.atomic
def withdraw(*, request: AttestationRequest, by: Member | None) -> None:
    """Take a request back before it is answered. PermissionDenied for anybody but the one who asked."""
    if by is None or by.pk != request.member_id:
        raise PermissionDenied("nobody takes back another's request")
    _close(request, State.WITHDRAWN, "")


@transaction.atomic
def vouch(*, member: Member, thing: Thing, by: Member | None) -> Evidence:
    """Vouch for somebody unasked; they are told. The same thing twice on one day is once.

    PermissionDenied for one who stands nowhere to the person, and for oneself.
    """
    thing.demand_whole()
    if by is None:
        raise PermissionDenied("somebody vouches")
    standing = places_of(by, member)
    if not standing:
        raise PermissionDenied("stands nowhere to this person")
    if not _may(standing, thing.about):
        raise ValidationError(_("This is to be vouched for by somebody who stands elsewhere."))
    about, day = thing.about.key if thing.about else "", today()
    mine = Evidence.objects.filter(member=member, given_by=by, kind=Evidence.Kind.ATTESTATION, on=day)
    same = current(mine).filter(competence=thing.competence, level=thing.level, about=about).first()
    if same is not None:
        return same
    what = about or (thing.competence.key if thing.competence else "")
    evidence = _record(
        by,
        standing,
        member=member,
        key=free_key(f"attestation:{by.public_id}:{member.public_id}:{what}"[:180] + f":{day.isoformat()}"),
        competence_id=thing.competence.pk if thing.competence else None,
        level=thing.level if thing.competence else None,
        about=about,
        label=dict(thing.about.label) if thing.about else {},
    )
    notify(
        members=[member],
        kind=notices.VOUCHED,
        key=f"attestation:{evidence.public_id}",
        context={"competence": evidence.competence.key if evidence.competence else ""},
    )
    return evidence


@transaction.atomic
def correct_attestation(*, evidence: Evidence, level: int | None, by: Member | None) -> Evidence:
    """Put right what one vouched for: a lower level, or None to take it back. The person is told.

    PermissionDenied for anybody but the giver. To vouch for more is to vouch anew.
    """
    if by is None or evidence.given_by_id != by.pk or evidence.kind != Evidence.Kind.ATTESTATION:
        raise PermissionDenied("only the giver puts it right")
    if not current(Evidence.objects.filter(pk=evidence.pk)).exists():
        raise ValidationError(_("This has been put right already."))
    replacement = None
    if level is not None:
        if evidence.competence_id is None or level not in range(1, evidence.level or 0):
            raise ValidationError({"level": _("Choose a lower level than before. To vouch for more, vouch anew.")})
        replacement = NewEvidence(
            member_id=evidence.member_id,
            kind=Evidence.Kind.ATTESTATION,
            key=free_key(f"{evidence.key}:corrected"),
            on=evidence.on,
            competence_id=evidence.competence_id,
            level=level,
            subject=evidence.subject,
            given_by_id=by.pk,
            given_as=tuple(evidence.given_as),
        )
    row = correct_evidence(evidence=evidence, by=by, replacement=replacement)
    notify(
        members=[evidence.member],
        kind=notices.CORRECTED,
        key=f"attestation:{row.public_id}",
        context={"competence": evidence.competence.key if evidence.competence else ""},
    )
    return row


def requests_of(member: Member) -> QuerySet[AttestationRequest]:
    """Whom a person has asked, the newest first."""
    return AttestationRequest.objects.filter(member=member).select_related("asked", "competence", "evidence")


def requests_to(member: Member) -> QuerySet[AttestationRequest]:
    """What waits for a person to answer, the oldest first."""
    rows = AttestationRequest.objects.filter(asked=member, state=State.ASKED)
    return rows.select_related("member", "competence").order_by("asked_at")


def given_by(member: Member) -> QuerySet[Evidence]:
    """What a person has vouched for and stands by, the newest first."""
    rows = current(Evidence.objects.filter(given_by=member, kind=Evidence.Kind.ATTESTATION))
    return rows.select_related("member", "competence").order_by("-on", "-pk")


def concerning(request_id: Any, reader: Member) -> AttestationRequest | None:
    """One request, for the two it concerns."""
    rows = AttestationRequest.objects.filter(Q(member=reader) | Q(asked=reader), public_id=request_id)
    return rows.select_related("member", "asked", "competence", "evidence").first()


def _may(standing: tuple[str, ...], about: About | None) -> bool:
    return bool(set(standing) & set(about.by) if about is not None and about.by else standing)


def _asked(request: AttestationRequest, by: Member | None) -> Member:
    if by is None or by.pk != request.asked_id:
        raise PermissionDenied("only the one asked answers")
    return by


def _standing(giver: Member, person: Member, about: str) -> tuple[str, ...]:
    standing = places_of(giver, person)
    if not _may(standing, vouched_about(about)):
        raise ValidationError(
            _("You no longer stand where you can vouch for this person. Say no, and they can ask another.")
        )
    return standing


def _close(request: AttestationRequest, state: str, reason: str) -> None:
    """Answer it once, whoever else answers at the same moment."""
    open_ones = AttestationRequest.objects.filter(pk=request.pk, state=State.ASKED)
    if not open_ones.update(state=state, reason=reason.strip()[:500], answered_at=Now()):
        raise ValidationError(_("This has been answered, or taken back."))
    request.state, request.reason = state, reason.strip()[:500]


def _record(giver: Member, standing: tuple[str, ...], *, member: Member, **columns: Any) -> Evidence:
    new = NewEvidence(
        member_id=member.pk,
        kind=Evidence.Kind.ATTESTATION,
        on=today(),
        given_by_id=giver.pk,
        given_as=standing,
        **columns,
    )
    made = record_evidence(rows=[new], by=giver)
    if not made:
        raise ValidationError(_("This has been answered, or taken back."))
    return made[0]


def _tell(request: AttestationRequest, kind: str) -> None:
    notify(
        members=[request.member],
        kind=kind,
        key=f"attestation:{request.public_id}",
        context={"request": str(request.public_id)},
    )
