"""The report over time: members and offices per county, as it was on a day and as it is."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.directory.days import Day, day_asked
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import UnitSuccession
from lms.organisation.rollup import figures
from lms.periods import today
from lms.reorganisation.acting import WRITERS, sheet
from lms.reorganisation.drawing import at_both_widths
from lms.reorganisation.report import as_rows, over_time


@require_GET
@login_required
def report(request: SignedInRequest) -> HttpResponse:
    """The figures of a day in the counties of then and of now, with who became whom."""
    when = _day(request)
    found = over_time(to=request.user, on=when.day)
    columns = [_("County"), *_columns()]
    shown = {
        "when": when,
        "report": found,
        "drawings": at_both_widths(found.ways),
        "columns": columns,
        "days": sorted(set(UnitSuccession.objects.values_list("on", flat=True)), reverse=True)[:6],
        "query": f"?on={when.day.isoformat()}",
    }
    return render(request, "reorganisation/report.html", shown)


@require_GET
@login_required
@step_up
def report_file(request: SignedInRequest, form: str) -> HttpResponse:
    """The same figures as a sheet."""
    if form not in WRITERS:
        raise Http404
    when = _day(request)
    found = over_time(to=request.user, on=when.day)
    head = [_("Order"), _("Number"), _("County"), *_columns()]
    orders = (_("as it was on %(day)s") % {"day": when.day.isoformat()}, _("as it is now"))
    return sheet(as_rows(found, headers=head, orders=orders), form, "over-time")


def _columns() -> list[str]:
    """What is counted, in words."""
    own = [_("Members"), _("Sympathisers"), _("With an office")]
    return own + [str(figure.title) for figure in figures()]


def _day(request: SignedInRequest) -> Day:
    """The day asked for; else the day before the latest reorganisation, which is what one wants to see."""
    if not access.holds(request.user, access.Right.SEE_PEOPLE):
        raise Http404
    if request.GET.get("on"):
        return day_asked(request)
    latest = UnitSuccession.objects.filter(on__lte=today()).order_by("-on").values_list("on", flat=True).first()
    return Day(latest - dt.timedelta(days=1) if latest else today())
