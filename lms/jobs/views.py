"""The page of one job, for the member who started it. A foreign job is a 404."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lms.jobs.models import Job
from lms.jobs.queries import job_progress, result_lines
from lms.jobs.services import cancel_job, retry_job
from lms.members.models import Member

LINES = 50
SECONDS = 2


@login_required
@require_safe
def progress(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it has come. It comes again by itself every two seconds, unless the reader asks for rest."""
    job = _own(request, public_id)
    shown = job_progress(job)
    page = Paginator(job.items.all(), LINES).get_page(request.GET.get("page"))
    is_still = request.GET.get("still") == "1"
    response = render(
        request,
        "jobs/job.html",
        {
            "progress": shown,
            "page": page,
            "lines": result_lines(job, list(page), to=_who(request)),
            "stop_url": reverse("stop_job", args=[job.public_id]) if shown.is_running else "",
            "retry_url": reverse("retry_job", args=[job.public_id]) if shown.can_retry else "",
            "is_still": is_still,
            "query": "still=1&" if is_still else "",
        },
    )
    if shown.is_running and not is_still:
        response.headers["Refresh"] = str(SECONDS)
    return response


@login_required
@require_POST
def stop(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop it; what is done stays done."""
    job = _own(request, public_id)
    cancel_job(job=job, by=_who(request))
    return redirect("job", public_id=job.public_id)


@login_required
@require_POST
def again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let it go on from where it was left."""
    job = _own(request, public_id)
    retry_job(job=job, by=_who(request))
    return redirect("job", public_id=job.public_id)


def _own(request: HttpRequest, public_id: uuid.UUID) -> Job:
    return get_object_or_404(Job.objects.of(_who(request)), public_id=public_id)


def _who(request: HttpRequest) -> Member:
    """The one who is signed in: the views above let nobody else in."""
    return cast("Member", request.user)
