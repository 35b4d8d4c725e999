"""Certificates to a group: choose, look over, issue, follow, fetch, revoke."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.models import Credential, StatusChange
from certificates.services import revoke_certificate
from certificates.sheets import certificate_pdf, sample_pdf
from courses.curriculum.models import Course
from courses.progression.models import Level
from courses.reports.archive import one_zip
from courses.reports.drafts import drafts_for
from courses.reports.issuing import KIND, describe, issue_to_group, key_of, subject_named
from courses.reports.preview import Decision, preview_batch
from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.jobs.models import Job
from lms.jobs.queries import job_progress
from lms.members.assurance import step_up, step_up_to_change
from lms.members.names import name_key
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import Unit

ISSUE = access.Right.ISSUE_CERTIFICATES
ROWS = 50


@require_GET
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose a level or a course, and a unit. With both chosen: who gets one, who not and why."""
    units = access.units_with(request.user, ISSUE)
    if not units.exists():
        raise Http404
    subject, unit = subject_named(request.GET.get("what", "")), units.filter(code=request.GET.get("unit", "")).first()
    shown: dict[str, object] = {
        "units": units.order_by("kind", "name_key"),
        "levels": Level.objects.filter(rules__isnull=False).distinct().select_related("track"),
        "courses": Course.objects.filter(archived_at=None, outlines__isnull=False).distinct(),
        "subject": subject,
        "subject_key": key_of(subject) if subject else "",
        "unit": unit,
    }
    if subject is None or unit is None:
        return render(request, "courses/reports/choose.html", shown)
    return render(request, "courses/reports/preview.html", shown | _preview(request, subject, unit))


def _preview(request: SignedInRequest, subject: Level | Course, unit: Unit) -> dict[str, object]:
    """The preview, narrowed to what the reader asked to see."""
    preview = preview_batch(subject, unit, to=request.user)
    decision, asked = request.GET.get("show", ""), request.GET.get("name", "").strip()
    rows = [row for row in preview.rows if not decision or row.decision == decision]
    if asked:
        wanted = name_key(asked)
        rows = [row for row in rows if wanted in row.member.name_key or wanted in name_key(row.unit)]
    chosen = {"what": key_of(subject), "unit": unit.code}
    words = {
        Decision.GETS: _("get one now"),
        Decision.HAS: _("have one already"),
        Decision.MISSING: _("lack something"),
    }
    sums = [
        {
            "number": preview.count(kind),
            "label": label,
            "url": f"?{urlencode({**chosen, 'show': kind})}",
            "is_current": decision == kind,
        }
        for kind, label in words.items()
    ]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    record_sighting(by=request.user, page="certificate_preview", of=[row.member.public_id for row in page])
    return {
        "sums": sums,
        "page": page,
        "total": len(rows),
        "count": preview.count(Decision.GETS),
        "show": decision,
        "asked": asked,
        "query": f"{urlencode({**chosen, 'show': decision, 'name': asked})}&",
    }


@require_GET
@login_required
def sample(request: SignedInRequest) -> HttpResponse:
    """How the sheet will look for the first who gets one. Nothing is issued; the number is all noughts."""
    subject = subject_named(request.GET.get("what", ""))
    unit = access.units_with(request.user, ISSUE).filter(code=request.GET.get("unit", "")).first()
    ids = preview_batch(subject, unit, to=request.user).basis_ids[:1] if subject and unit else []
    if not subject or not ids:
        raise Http404
    draft = drafts_for(subject, ids, signed_by=request.user)[0]
    record_sighting(by=request.user, page="certificate_preview", of=[draft.holder.public_id])
    response = HttpResponse(sample_pdf(draft), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="kursbevis-prove.pdf"'
    return response


@require_http_methods(["POST"])
@login_required
@step_up
def issue(request: SignedInRequest) -> HttpResponse:
    """Issue what the preview showed, and go to where one can follow it."""
    subject = subject_named(request.POST.get("what", ""))
    unit = access.units_with(request.user, ISSUE).filter(code=request.POST.get("unit", "")).first()
    if subject is None or unit is None:
        raise Http404
    job = issue_to_group(subject=subject, unit=unit, by=request.user)
    if job is None:
        messages.info(request, _("Nobody was waiting for a certificate here. Nothing was issued."))
        return redirect(f"{reverse('choose_batch')}?{urlencode({'what': key_of(subject), 'unit': unit.code})}")
    return redirect("batch", job.public_id)


@require_GET
@login_required
def batch(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far a batch has come and one line per person, for everyone who may issue in the unit."""
    job, unit = _batch_of(request, public_id)
    progress = job_progress(job)
    page = Paginator(job.items.all(), ROWS).get_page(request.GET.get("page"))
    subject = subject_named(job.payload["subject"])
    is_still, is_own = request.GET.get("still") == "1", job.created_by_id == request.user.pk
    shown = {
        "progress": progress,
        "page": page,
        "lines": describe(list(page), request.user),
        "unit": unit,
        "subject": subject,
        "is_still": is_still,
        "query": "still=1&" if is_still else "",
        "stop_url": reverse("stop_job", args=[job.public_id]) if is_own and progress.is_running else "",
        "retry_url": reverse("retry_job", args=[job.public_id]) if is_own and progress.can_retry else "",
    }
    response = render(request, "courses/reports/batch.html", shown)
    if progress.is_running and not is_still:
        response.headers["Refresh"] = "2"
    return response


@require_GET
@login_required
@step_up
def batch_zip(request: SignedInRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """Every certificate of a batch in one ZIP, drawn while it is sent."""
    job, unit = _batch_of(request, public_id)
    ids = [s.removeprefix("credential:") for s in job.items.exclude(subject="").values_list("subject", flat=True)]
    credentials = access.visible(Credential.objects.filter(public_id__in=ids), to=request.user)
    ordered = credentials.select_related("holder").order_by("holder__name_key", "pk")
    holders = ordered.values_list("holder__public_id", flat=True)
    record_sighting(by=request.user, page="certificate_batch_file", of=holders, act=Sighting.Act.EXPORTED)
    response = StreamingHttpResponse(one_zip(ordered.iterator(chunk_size=100)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="kursbevis-{unit.code}.zip"'
    return response


def _batch_of(request: SignedInRequest, public_id: uuid.UUID) -> tuple[Job, Unit]:
    """A batch in a unit the reader may issue for; others are not found."""
    job = get_object_or_404(Job, public_id=public_id, kind=KIND)
    return job, get_object_or_404(access.units_with(request.user, ISSUE), code=job.payload["unit"])


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def issued_certificate(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One certificate as the administrator sees it; POST revokes it, with a reason."""
    visible = access.visible(Credential.objects.all(), to=request.user).exclude(holder=request.user)
    credential = get_object_or_404(visible, public_id=public_id)
    reason = request.POST.get("reason", "")
    error = ""
    if request.method == "POST":
        try:
            revoke_certificate(credential=credential, reason=reason, by=request.user)
            messages.success(request, _("Revoked. The check page says so from now on."))
            return redirect("issued_certificate", public_id)
        except ValueError:
            error = _("Write why it is revoked, in a sentence of at most 200 letters.")
        except PermissionDenied as denied:
            raise Http404 from denied
    log = list(credential.log.all())
    record_sighting(by=request.user, page="issued_certificate", of=[credential.holder.public_id])
    shown = {
        "credential": credential,
        "payload": credential.payload,
        "log": log,
        "is_revoked": any(line.status == StatusChange.Status.REVOKED for line in log),
        "error": error,
        "reason": reason,
    }
    return render(request, "courses/reports/issued.html", shown, status=422 if error else 200)


@require_GET
@login_required
def issued_file(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The sheet of one certificate, for the administrator."""
    credential = get_object_or_404(access.visible(Credential.objects.all(), to=request.user), public_id=public_id)
    holder = credential.holder.public_id
    record_sighting(by=request.user, page="certificate_file", of=[holder], act=Sighting.Act.EXPORTED)
    response = HttpResponse(certificate_pdf(credential), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="kursbevis-{credential.number[:8].lower()}.pdf"'
    return response
