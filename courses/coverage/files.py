"""The overview's files. Each is sent for, not opened: whoever takes it out confirms it, and it is written down."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from courses.coverage.asking import asked_of
from courses.curriculum.models import Course
from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.periods import today

R = TypeVar("R", HttpResponse, StreamingHttpResponse)
CSV = "text/csv; charset=utf-8"


@require_POST
@login_required
@step_up
def table(request: SignedInRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """The tables of a unit's page as they are shown."""
    from courses.coverage.exporting import KINDS, table_file
    from courses.coverage.ground import Order
    from courses.coverage.queries import overview

    asked = asked_of(request.user, public_id, request.GET)
    found = overview(asked.unit, month=asked.month, group=asked.group_at, least=asked.least, order=Order(asked.order))
    if kind not in KINDS or found is None:
        raise Http404
    response = HttpResponse(table_file(found, asked, kind=kind, by=request.user), content_type=KINDS[kind])
    return _named(response, f"coverage-{found.month:%Y-%m}.{kind}")


@require_POST
@login_required
@step_up
def matrix(request: SignedInRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """Everybody in the unit and below, with every level, as it streams."""
    from courses.coverage.exporting import matrix_lines

    unit = asked_of(request.user, public_id, request.GET).unit
    record_act("export_matrix", by=request.user, subject=subject_key("unit", unit.public_id))
    lines = StreamingHttpResponse(matrix_lines(unit, by=request.user), content_type=CSV)
    return _named(lines, f"competences-{today().isoformat()}.csv")


@require_GET
@login_required
def courses(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The courses that people here take, and how many are done."""
    from courses.coverage.completion import courses_taken

    asked = asked_of(request.user, public_id, request.GET)
    given = {"asked": asked, "rows": courses_taken(asked.unit, on=today())}
    return render(request, "courses/coverage/courses.html", given)


@require_POST
@login_required
@step_up
def completion(request: SignedInRequest, public_id: uuid.UUID, key: str) -> StreamingHttpResponse:
    """Who has done what in a course, as it streams."""
    from courses.coverage.completion import completion_lines

    unit = asked_of(request.user, public_id, request.GET).unit
    course = get_object_or_404(Course, key=key)
    record_act("export_completion", by=request.user, subject=subject_key("course", course.key))
    lines = StreamingHttpResponse(completion_lines(course, unit, by=request.user), content_type=CSV)
    return _named(lines, f"{course.key}-{today().isoformat()}.csv")


def _named(response: R, name: str) -> R:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
