"""Recognition of prior learning: a person applies, somebody who keeps the levels of their unit answers.

draft → sent → accepted or declined; or returned, when more is needed, and then sent again. What is
granted becomes evidence of kind ``prior``, by level 3 at the most: to lead and to teach must be
seen. An application about a requirement becomes a waiver of it. Nobody answers their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.competences import documents, notices
from lms.competences.abouts import About
from lms.competences.models import Competence, Evidence, PriorClaim, PriorDocument, PriorLearning
from lms.competences.services import NewEvidence, record_evidence
from lms.competences.standpoints import places_of
from lms.members.models import Member
from lms.notifications.services import notify
from lms.organisation import access
from lms.periods import today

State = PriorLearning.State
OPEN = (State.DRAFT, State.RETURNED)
HIGHEST = 3
MOST_CLAIMS = 12


@transaction.atomic
def begin(*, member: Member, about: About | None = None, by: Member | None) -> PriorLearning:
    """Begin an application; one about the same that is not sent yet goes on."""
    _demand_own(member, by)
    key = about.key if about else ""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # pressed twice at once, it begins once
    found = PriorLearning.objects.filter(member=member, state__in=OPEN, about=key).first()
    if found is not None:
        return found
    return PriorLearning.objects.create(member=member, about=key, label=dict(about.label) if about else {})


@transaction.atomic
def write(*, application: PriorLearning, words: str, claims: Mapping[str, int], by: Member | None) -> None:
    """Keep what has been written so far: the words, and the level claimed by competence key (0 claims nothing)."""
    _demand_own(application.member, by)
    _hold(application, OPEN)
    wanted = {key: level for key, level in claims.items() if level}
    if len(wanted) > MOST_CLAIMS:
        raise ValidationError({"competence": _("Choose twelve at the most. You can apply again for others.")})
    if any(level not in range(1, HIGHEST + 1) for level in wanted.values()):
        raise ValidationError({"level": _("Choose a level from 1 to 3. Level 4 must be seen by somebody.")})
    application.words = words.strip()[:4000]
    application.save(update_fields=["words"])
    known = {one.key: one for one in Competence.objects.filter(key__in=wanted, archived_at=None)}
    application.claims.exclude(competence__key__in=known).delete()
    for key, competence in known.items():
        PriorClaim.objects.update_or_create(
            application=application, competence=competence, defaults={"claimed": wanted[key], "granted": None}
        )


@transaction.atomic
def add_document(*, application: PriorLearning, name: str, content: bytes, by: Member | None) -> PriorDocument:
    """Add a paper to an application that is not sent. Raises ValidationError for what is not taken."""
    _demand_own(application.member, by)
    _hold(application, OPEN)
    return documents.keep_document(application=application, name=name, content=content)


@transaction.atomic
def remove_document(*, document: PriorDocument, by: Member | None) -> None:
    """Take a paper away from an application that is not sent."""
    _demand_own(document.application.member, by)
    _hold(document.application, OPEN)
    document.delete()


@transaction.atomic
def send(*, application: PriorLearning, by: Member | None) -> None:
    """Send it. Raises ValidationError, at the part that is missing, for one that says nothing."""
    _demand_own(application.member, by)
    _hold(application, OPEN)
    if len(application.words.strip()) < 20:
        raise ValidationError({"words": _("Write in a few sentences what you have done, where and when.")})
    if not application.about and not application.claims.exists():
        raise ValidationError({"competence": _("Choose at least one thing you can.")})
    application.state = State.SENT
    application.sent_at = Now()
    application.save(update_fields=["state", "sent_at"])


@transaction.atomic
def take_back(*, application: PriorLearning, by: Member | None) -> bool:
    """Take one that is sent back to change it; throw away one that was never sent. True when it is gone."""
    _demand_own(application.member, by)
    _hold(application, (State.DRAFT, State.SENT))
    if application.state == State.DRAFT and application.sent_at is None:
        application.delete()
        return True
    application.state = State.DRAFT
    application.save(update_fields=["state"])
    return False


@transaction.atomic
def accept(
    *,
    application: PriorLearning,
    grants: Mapping[int, int],
    waives: bool = False,
    until: dt.date | None = None,
    reason: str = "",
    by: Member | None,
) -> list[Evidence]:
    """Recognise what is granted: a level by claim id (0 grants nothing), and the requirement when ``waives``.

    PermissionDenied for one who does not keep the levels of the person's unit, and for the
    applicant. Raises ValidationError when nothing is granted, or more than was claimed.
    """
    reviewer = _reviewer(application, by)
    _hold(application, (State.SENT,))
    claims = list(application.claims.select_related("competence"))
    if any(grants.get(claim.pk, 0) not in range(min(claim.claimed, HIGHEST) + 1) for claim in claims):
        raise ValidationError(_("Grant what was claimed or less."))
    waives = waives and bool(application.about)
    if not waives and not any(grants.get(claim.pk, 0) for claim in claims):
        raise ValidationError(_("Grant at least one thing, or say no with a reason."))
    if until is not None and until <= today():
        raise ValidationError({"until": _("Choose a later day, or leave it empty.")})
    for claim in claims:
        claim.granted = grants.get(claim.pk, 0)
    PriorClaim.objects.bulk_update(claims, ["granted"])
    rows = [_proof(application, claim, reviewer) for claim in claims if claim.granted]
    if waives:
        rows.append(_waiver(application, until, reviewer))
    _answer(application, State.ACCEPTED, reason, reviewer)
    return record_evidence(rows=rows, by=reviewer)


@transaction.atomic
def answer_no(*, application: PriorLearning, reason: str, by: Member | None, for_more: bool = False) -> None:
    """Decline, or with ``for_more`` send it back for more, with a reason either way. Rights as for ``accept``."""
    reviewer = _reviewer(application, by)
    _hold(application, (State.SENT,))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why, so that the person knows what to do next.")})
    _answer(application, State.RETURNED if for_more else State.DECLINED, reason, reviewer)


def queue_of(reviewer: Member, *, on: dt.date | None = None) -> QuerySet[PriorLearning]:
    """What waits for somebody who keeps levels, the oldest first; never one's own."""
    rows = within_reach(reviewer, on=on).filter(state=State.SENT)
    return rows.select_related("member").order_by("sent_at")


def within_reach(reviewer: Member, *, on: dt.date | None = None) -> QuerySet[PriorLearning]:
    """Applications of the people of units somebody keeps the levels of, sent at some time; never one's own."""
    units = access.units_with(reviewer, access.Right.KEEP_LEVELS, on=on).values("pk")
    people = access.people_under(units, on=on or today()).exclude(pk=reviewer.pk)
    return PriorLearning.objects.filter(member__in=people.values("pk")).exclude(state=State.DRAFT)


def _proof(application: PriorLearning, claim: PriorClaim, reviewer: Member) -> NewEvidence:
    return NewEvidence(
        member_id=application.member_id,
        kind=Evidence.Kind.PRIOR,
        key=f"prior:{application.public_id}:{claim.competence.key}",
        on=today(),
        competence_id=claim.competence_id,
        level=claim.granted,
        subject=f"prior:{application.public_id}",
        given_by_id=reviewer.pk,
        given_as=places_of(reviewer, application.member),
    )


def _waiver(application: PriorLearning, until: dt.date | None, reviewer: Member) -> NewEvidence:
    return NewEvidence(
        member_id=application.member_id,
        kind=Evidence.Kind.WAIVER,
        key=f"waiver:{application.public_id}",
        on=today(),
        until=until,
        about=application.about,
        label=application.label,
        subject=f"prior:{application.public_id}",
        given_by_id=reviewer.pk,
        given_as=places_of(reviewer, application.member),
    )


def _answer(application: PriorLearning, state: str, reason: str, reviewer: Member) -> None:
    application.state, application.reason, application.reviewer = state, reason.strip()[:1000], reviewer
    application.reviewed_at = Now()
    application.save(update_fields=["state", "reason", "reviewer", "reviewed_at"])
    person = application.member
    record_act(
        "answer_prior_learning",
        by=reviewer,
        subject=subject_key("member", person.public_id),
        application=str(application.public_id),
        state=str(state),
    )
    times = person.notices.filter(kind=notices.REVIEWED).count()
    notify(
        members=[person],
        kind=notices.REVIEWED,
        key=f"prior:{application.public_id}:{times}",
        context={"application": str(application.public_id)},
    )


def _hold(application: PriorLearning, states: tuple[State, ...]) -> None:
    """Hold the row; somebody else may have moved it since it was read."""
    now = PriorLearning.objects.select_for_update().get(pk=application.pk)
    if now.state not in states:
        raise ValidationError(_("This has been sent, or answered, meanwhile. Open it once more."))
    application.state, application.sent_at = now.state, now.sent_at


def _demand_own(member: Member, by: Member | None) -> None:
    if by is None or by.pk != member.pk:
        raise PermissionDenied("nobody applies for another")


def _reviewer(application: PriorLearning, by: Member | None) -> Member:
    if by is None or not within_reach(by).filter(pk=application.pk).exists():
        raise PermissionDenied("does not keep the levels of this person's unit")
    return by
