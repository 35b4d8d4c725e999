"""Issuing to a whole group: the job, and the notice to those who got one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Credential
from certificates.services import Draft, Outcome, demand_issuing, issue_certificate
from courses.curriculum.models import Course
from courses.progression.models import Level
from courses.reports.drafts import Subject, drafts_for
from courses.reports.preview import preview_batch
from lms.audit.models import subject_key
from lms.audit.services import record_act, record_sighting
from lms.jobs.lease import Claimed
from lms.jobs.models import Job, JobItem
from lms.jobs.registry import Line, Onward, job_kind
from lms.jobs.services import request_job
from lms.members.models import Member
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation import access
from lms.organisation.models import Unit

KIND = "issue_certificates"
AT_A_TIME = 100


def subject_named(key: str) -> Subject | None:
    """The level or course a batch is for, by its key ``level:…`` or ``course:…``."""
    sort, _sep, name = key.partition(":")
    if sort == "level":
        return Level.objects.filter(key=name).first()
    return Course.objects.filter(key=name, archived_at=None).first() if sort == "course" else None


def key_of(subject: Subject) -> str:
    """The key of a level or course."""
    return f"{'level' if isinstance(subject, Level) else 'course'}:{subject.key}"


def issue_to_group(*, subject: Subject, unit: Unit, by: Member) -> Job | None:
    """Issue what the preview shows now, as a job; None when it shows nobody.

    The same group asked for twice, by one administrator or two, is one job. Raises
    PermissionDenied unless ``by`` may issue in the unit.
    """
    ids = preview_batch(subject, unit, to=by).basis_ids
    if not ids:
        return None
    digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()[:16]
    job = request_job(
        kind=KIND,
        key=f"{KIND}:{key_of(subject)}:{unit.code}:{digest}",
        payload={"subject": key_of(subject), "unit": unit.code, "basis": ids},
        by=by,
    )
    record_act("issue_to_group", by=by, subject=subject_key("unit", unit.code), job=str(job.public_id), people=len(ids))
    return job


def describe(items: Sequence[JobItem], reader: Member) -> Sequence[Line]:
    """One line per person. Names only of those the reader may issue for today; whose, is written down as seen."""
    words = {
        Outcome.ISSUED: (_("issued"), "done"),
        Outcome.ALREADY: (_("had it already"), ""),
        Outcome.NO_NAME: (_("the name is missing"), "late"),
    }
    ids = [item.subject.removeprefix("credential:") for item in items if item.subject]
    seen = access.visible(Credential.objects.filter(public_id__in=ids), to=reader)
    rows = list(seen.values_list("public_id", "payload", "holder__public_id"))
    names = {str(pk): payload["name"] for pk, payload, _holder in rows}
    record_sighting(by=reader, page="certificate_batch", of=[holder for _pk, _payload, holder in rows])
    lines = []
    for item in items:
        public_id = item.subject.removeprefix("credential:")
        text, mark = words.get(item.outcome, (_("could not be issued"), "late"))  # type: ignore[call-overload]
        url = reverse("issued_certificate", args=[public_id]) if public_id in names else ""
        lines.append(Line(names.get(public_id, _("(not shown)")), text, url, mark))
    return lines


@job_kind(
    KIND,
    title=gettext_lazy("Issuing certificates"),
    describe=describe,
    onward=lambda job: Onward(_("Download all as one ZIP"), reverse("batch_zip", args=[job.public_id])),
)
def run(claim: Claimed) -> Mapping[str, Any]:
    """Issue one by one, each in a transaction of its own; the right is asked for again, a hundred at a time."""
    subject = subject_named(claim.payload["subject"])
    by = Member.objects.filter(pk=claim.created_by_id).first() if claim.created_by_id else None
    if subject is None or by is None:
        raise PermissionDenied("what or who asked for this is gone")
    order = [str(pk) for pk in claim.payload["basis"]]
    for draft_id, draft in _drafts(subject, list(claim.remaining(order)), by):
        with claim.item(draft_id) as outcome:
            issue = issue_certificate(draft=draft, by=by)
            outcome.outcome = issue.outcome
            if issue.credential is not None:
                outcome.subject = subject_key("credential", issue.credential.public_id)
    return _tell(claim)


def _drafts(subject: Subject, ids: list[str], by: Member) -> Iterator[tuple[str, Draft]]:
    """The drafts still to be issued, gathered a hundred at a time."""
    for start in range(0, len(ids), AT_A_TIME):
        part = ids[start : start + AT_A_TIME]
        drafts = drafts_for(subject, [int(pk) for pk in part], signed_by=by)
        demand_issuing(by=by, holder_ids=[draft.holder.pk for draft in drafts])
        yield from zip(sorted(part, key=int), drafts, strict=True)


def _tell(claim: Claimed) -> Mapping[str, Any]:
    """Tell the holders, once, and count."""
    outcomes = list(JobItem.objects.filter(job=claim.id).values_list("outcome", "subject"))
    new = [subject.removeprefix("credential:") for outcome, subject in outcomes if outcome == Outcome.ISSUED]
    holders = Member.objects.filter(credentials__public_id__in=new)
    notify(members=holders, kind="certificate_ready", key=f"certificates:{claim.id}")
    return {"issued": len(new), "others": len(outcomes) - len(new)}


def register_notices() -> None:
    """What is said to a holder. The subject names nothing."""
    register_notice(
        NoticeKind(
            key="certificate_ready",
            subject=gettext_lazy("Something new is on your shelf"),
            line=gettext_lazy("A new certificate is on your shelf."),
            button=gettext_lazy("Open the shelf"),
            reason=gettext_lazy("You get this because you have completed a course."),
            paragraphs=(gettext_lazy("You can download it, and choose who sees your name."),),
            address=lambda notice: reverse("shelf"),
        )
    )
