"""The report of all bodies: authority, size, vacancies, and how they are composed, as it was and as it is."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lms.directory.bodies.listing import ROWS, fillings
from lms.directory.bodies.report_composition import Lines, composition_report, lines_of
from lms.directory.bodies.report_file import KINDS, report_file
from lms.directory.bodies.sight import sight_of
from lms.directory.days import day_asked
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.organisation.models import Body
from lms.periods import today


@require_GET
@login_required
def report(request: SignedInRequest) -> HttpResponse:
    """All bodies within reach on a day. It names nobody: numbers only, and none that is too small."""
    lines, when = lines_of(_seen_or_404(request)), day_asked(request)
    page = Paginator(list(bodies_on(lines, when.day)), ROWS).get_page(request.GET.get("page"))
    filled = fillings(page.object_list, on=when.day)
    given = {
        "rows": [(body, filled[body.pk]) for body in page.object_list],
        "page": page,
        "total": page.paginator.count,
        "when": when,
        "composition": composition_report(lines, on=when.day, now=today()),
        "query": "" if when.is_today else f"on={when.day.isoformat()}&",
    }
    return render(request, "directory/bodies/report.html", given)


@require_POST
@login_required
@step_up
def report_as_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """The report as a spreadsheet: the bodies, or how they are composed. Sent, not opened: it is written down."""
    lines = lines_of(_seen_or_404(request))
    if kind not in KINDS:
        raise Http404
    day, what = day_asked(request).day, request.POST.get("what", "bodies")
    what = what if what in ("bodies", "composition") else "bodies"
    data = report_file(lines, bodies_on(lines, day), what=what, kind=kind, on=day, by=request.user)
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{what}-{day.isoformat()}.{kind}"'
    return response


def bodies_on(lines: Lines, day: dt.date) -> QuerySet[Body]:
    """The bodies within reach on a day, by unit."""
    rows = Body.objects.on(day).filter(unit__in=lines.units_on(day)).select_related("unit")
    return rows.order_by("unit__name_key", "unit_id", "kind", "name")


def _seen_or_404(request: SignedInRequest) -> frozenset[int]:
    seen = sight_of(request.user).seen
    if not seen:
        raise Http404
    return seen
