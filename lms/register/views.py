"""The pages of an import: bring a file, name its columns, look over, apply, follow, confirm, drop."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.jobs.models import Job
from lms.jobs.queries import job_progress
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.register import services
from lms.register.columns import UnclearColumns, header_key
from lms.register.forms import ColumnsForm, FileForm
from lms.register.models import RegisterImport
from lms.register.queries import import_seen_by, imports_seen_by, job_of
from lms.register.shown import shown_of
from lms.register.wording import unclear_text
from lms.sheets import SheetError

SECONDS = 2
State = RegisterImport.State


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imports(request: SignedInRequest) -> HttpResponse:
    """The files brought so far; POST brings one, and leads to what it says."""
    reach, rows = imports_seen_by(request.user)
    if reach.is_empty:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answer = _bring(request, form)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    return render(request, "register/imports.html", {"form": form, "imports": rows}, status=status)


def _bring(request: SignedInRequest, form: FileForm) -> HttpResponse | None:
    """Take the file of a form in: the answer, or None when the form says what is wrong."""
    file, is_whole = form.cleaned_data["file"], form.cleaned_data["is_whole"]
    try:
        row = services.receive_file(file=file, name=file.name, is_whole=is_whole, by=request.user)
    except SheetError as error:
        form.add_error("file", str(error))
        return None
    except UnclearColumns as unclear:
        chosen = {
            place: field.value for field, place in unclear.columns.at.items() if field not in unclear.columns.twice
        }
        asked = ColumnsForm(list(unclear.headers), chosen, initial={"is_whole": is_whole}, needs_file=True)
        return _ask_columns(request, asked, unclear_text(unclear))
    return redirect("register_import", row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def columns(request: SignedInRequest) -> HttpResponse:
    """What the headers of one's files mean. With a file, it is brought in as soon as they are named."""
    reach, _rows = imports_seen_by(request.user)
    if reach.is_empty:
        raise Http404
    known = services.columns_said_by(request.user)
    headers = list(dict.fromkeys((request.POST if request.method == "POST" else request.GET).getlist("header")))
    headers = [header[:120] for header in headers if header.strip()] or list(known)
    chosen = {place: known.get(header_key(header), "") for place, header in enumerate(headers)}
    if request.method != "POST":
        return _ask_columns(request, ColumnsForm(headers, chosen, needs_file=False))
    form = ColumnsForm(headers, chosen, request.POST, request.FILES, needs_file=False)
    if not form.is_valid():
        return _ask_columns(request, form, status=422)
    services.remember_columns(said=form.said(), by=request.user)
    if form.cleaned_data["file"]:
        answer = _bring(request, form)
        return answer if answer is not None else _ask_columns(request, form, status=422)
    messages.success(request, _("Remembered. Now choose the file."))
    return redirect("register_imports")


def _ask_columns(request: SignedInRequest, form: ColumnsForm, problems: tuple[str, ...] = (), status: int = 200) -> HttpResponse:  # fmt: skip  # noqa: E501
    return render(request, "register/columns.html", {"form": form, "problems": problems}, status=status)


@require_safe
@login_required
def one_import(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One import as it stands: being read, with errors, to be looked over, being applied, or what came of it."""
    row = _seen(request, public_id)
    job = job_of(row)
    is_still = request.GET.get("still") == "1"
    shown = {"row": row, "is_still": is_still, "progress": job_progress(job) if job else None}
    if row.state in (State.READING, State.APPLYING):
        shown["retry_url"] = _retry(request, job)
        response = render(request, "register/working.html", shown)
        if job and not job.is_over and not is_still:
            response.headers["Refresh"] = str(SECONDS)
        return response
    shown |= shown_of(row, to=request.user, show=request.GET.get("show", ""), page=request.GET.get("page"))
    return render(request, "register/import.html", shown)


def _retry(request: SignedInRequest, job: Job | None) -> str:
    """Where whoever started a job that stopped lets it go on."""
    stopped = job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED)
    is_own = job is not None and job.created_by_id == request.user.pk
    return reverse("retry_job", args=[job.public_id]) if job and stopped and is_own else ""


@require_POST
@login_required
@step_up
def apply(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Apply what was looked over."""
    row = _seen(request, public_id)
    return _do(request, row, lambda: services.request_apply(register_import=row, by=request.user))


@require_POST
@login_required
@step_up
def confirm(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Confirm, as the second administrator, that so many leave."""
    row = _seen(request, public_id)
    return _do(request, row, lambda: services.confirm_leaving(register_import=row, by=request.user))


@require_POST
@login_required
def drop(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Let a file go that is not applied."""
    row = _seen(request, public_id)
    return _do(request, row, lambda: services.drop_import(register_import=row, by=request.user))


def _do(request: SignedInRequest, row: RegisterImport, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except PermissionDenied as denied:
        raise Http404 from denied
    except ValueError:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("register_import", row.public_id)


def _seen(request: SignedInRequest, public_id: uuid.UUID) -> RegisterImport:
    row = import_seen_by(request.user, public_id)
    if row is None:
        raise Http404
    return row
