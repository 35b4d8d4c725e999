"""The files of an import: its errors, and its report. Each download is confirmed and written into the trail."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.members.assurance import step_up
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.register.diff import Decision
from lms.register.models import RegisterImport
from lms.register.queries import import_seen_by
from lms.register.reports import MOST_IN_XLSX, TOLD, error_rows, report_rows
from lms.sheets import write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
@step_up
def errors(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything that is wrong with a file, as CSV."""
    row = _emptied_not(request, public_id)
    name = _("errors")
    return _file(write_csv(error_rows(row)), "text/csv; charset=utf-8", f"{name}-{row.created_at:%Y-%m-%d}.csv")


@require_safe
@login_required
@step_up
def report_csv(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What an import did, as CSV."""
    row = _reported(request, public_id)
    return _file(write_csv(report_rows(row)), "text/csv; charset=utf-8", f"{_name(row)}.csv")


@require_safe
@login_required
@step_up
def report_xlsx(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What an import did, as XLSX; not for the largest ones."""
    row = _reported(request, public_id)
    if sum(row.counts.get(kind, 0) for kind in TOLD) > MOST_IN_XLSX:
        raise Http404
    return _file(write_xlsx(report_rows(row), title=_("The member register")), XLSX, f"{_name(row)}.xlsx")


def _reported(request: SignedInRequest, public_id: uuid.UUID) -> RegisterImport:
    """An import that is applied; whom the file is about is written down."""
    row = _emptied_not(request, public_id)
    if row.state != RegisterImport.State.APPLIED:
        raise Http404
    told = row.staged.filter(decision__in=TOLD)
    people = Member.objects.filter(pk__in=told.exclude(decision=Decision.NEW).values("member"))
    new = told.filter(decision=Decision.NEW).values_list("public_id", flat=True)
    of = [*people.values_list("public_id", flat=True), *new]
    record_sighting(by=request.user, page="register_report", of=of, act=Sighting.Act.EXPORTED)
    return row


def _emptied_not(request: SignedInRequest, public_id: uuid.UUID) -> RegisterImport:
    row = import_seen_by(request.user, public_id)
    if row is None or row.emptied_at is not None:
        raise Http404
    return row


def _name(row: RegisterImport) -> str:
    name = _("register")
    return f"{name}-{row.applied_on:%Y-%m-%d}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
