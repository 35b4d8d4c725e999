"""My data: what we hold and why, a copy of it, leaving."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.desk.my_data_jobs import HOURS, ask_for_copy, closes_at, current_copy, fetch_copy, is_open
from courses.desk.my_data_links import leaving_named
from courses.desk.my_data_words import held_of, what_goes, what_stays
from lms.jobs.models import Job
from lms.members.assurance import step_up, step_up_to_change
from lms.members.requests import SignedInRequest
from lms.organisation.leaving import (
    ERASED_AFTER_DAYS,
    come_back,
    keep_history,
    leave_self,
    left_by_own_act,
    open_leaving_of,
)


@require_GET
@login_required
def my_data(request: SignedInRequest) -> HttpResponse:
    """What we hold of the reader and why, in plain words; the ways to a copy, to consents, out of here."""
    shown = {
        "held": held_of(request.user),
        "copy": current_copy(request.user),
        "leaving": open_leaving_of(request.user),
    }
    return render(request, "courses/desk/my_data/my_data.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def my_copy(request: SignedInRequest) -> HttpResponse:
    """Ask for a copy; fetch the one that is made."""
    if request.method == "POST":
        job = ask_for_copy(member=request.user, by=request.user)
        return redirect("job", public_id=job.public_id)
    job_now = current_copy(request.user)
    shown = {
        "job": job_now,
        "is_open": job_now is not None and is_open(job_now),
        "closes_at": closes_at(job_now) if job_now else None,
        "hours": HOURS,
    }
    return render(request, "courses/desk/my_data/copy.html", shown)


@never_cache
@require_POST
@login_required
@step_up
def my_copy_file(request: SignedInRequest, public_id: uuid.UUID) -> FileResponse:
    """The ZIP, for the one it was made for, on its day; else not found. Sent for by a form, because it is logged."""
    job = get_object_or_404(Job.objects.of(request.user), public_id=public_id)
    try:
        file = fetch_copy(job=job, by=request.user)
    except LookupError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename="my-data.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def leave(request: SignedInRequest) -> HttpResponse:
    """What leaving does, what goes and what stays; POST does it."""
    standing = open_leaving_of(request.user)
    chosen = request.POST.get("choice", "")
    if request.method == "POST" and chosen in ("erase", "keep") and not (standing and chosen == "keep"):
        leave_self(member=request.user, keeps_history=chosen == "keep", by=request.user)
        logout(request)
        return redirect(f"{reverse('left')}?kept=1" if chosen == "keep" else reverse("left"))
    shown = {
        "has_kept": standing is not None,
        "goes": what_goes(),
        "stays": what_stays(),
        "days": ERASED_AFTER_DAYS,
        "error": _("Choose what is to become of your course history.") if request.method == "POST" else "",
    }
    return render(request, "courses/desk/my_data/leave.html", shown, status=422 if shown["error"] else 200)


@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Said to somebody who has just left. It names nobody and may be opened by anyone."""
    shown = {"kept": request.GET.get("kept") == "1", "days": ERASED_AFTER_DAYS}
    return render(request, "courses/desk/my_data/left.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def leaving_choice(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: keep the course history, or come back. A link that is over is not found."""
    leaving = leaving_named(token)
    if leaving is None:
        raise Http404
    may_return = left_by_own_act(leaving.member)
    if request.method == "POST":
        if request.POST.get("choice") == "keep":
            keep_history(member=leaving.member, by=leaving.member)
            messages.success(request, _("Your course history is kept. You can sign in to see it."))
            return redirect("account_login")
        if request.POST.get("choice") == "return" and may_return:
            come_back(member=leaving.member, by=leaving.member)
            messages.success(request, _("Welcome back. Nothing has been erased. Sign in as before."))
            return redirect("account_login")
    shown = {"leaving": leaving, "may_return": may_return}
    return render(request, "courses/desk/my_data/choice.html", shown)
