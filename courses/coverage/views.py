"""The overview: from the nation down to the body, who can what, in a month and over the years.

Figures are read from arrays; what reads them is imported when a page is asked for, so that a
web worker that never shows one does not carry it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.coverage.asking import GROUPS, LEVELS, Asked, asked_of, units_seen
from courses.coverage.tasks import count_again
from courses.coverage.words import column_title
from lms.competences.framework import framework_on
from lms.directory.units.words import KINDS
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Body, Unit, UnitAncestry
from lms.periods import today


@require_GET
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """The reader's own top unit; when there are several, the choice between them."""
    units = units_seen(request.user)
    ids = [unit.pk for unit in units]
    lines = UnitAncestry.objects.on(today()).filter(unit__in=ids, ancestor__in=ids, depth__gt=0)
    below = set(lines.values_list("unit", flat=True))
    tops = [unit for unit in units if unit.pk not in below]
    if len(tops) == 1:
        return redirect("coverage_unit", tops[0].public_id)
    return render(request, "courses/coverage/start.html", {"tops": [(unit, KINDS[unit.kind]) for unit in tops]})


@require_GET
@login_required
def unit(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One unit in a month: levels, competences, what lies below, and where its plans are heading."""
    from courses.coverage.goals import goals_ahead
    from courses.coverage.ground import Order
    from courses.coverage.queries import overview
    from courses.coverage.telling import unit_told

    asked = asked_of(request.user, public_id, request.GET)
    found = overview(asked.unit, month=asked.month, group=asked.group_at, least=asked.least, order=Order(asked.order))
    if found is None:
        return render(request, "courses/coverage/nothing.html", _around(request, asked))
    given = _around(request, asked) | unit_told(found, asked, goals_ahead(asked.unit, on=today()))
    given["bodies"] = Body.objects.on(today()).filter(unit=asked.unit).order_by("kind", "name")
    return render(request, "courses/coverage/unit.html", given)


@require_GET
@login_required
def column(request: SignedInRequest, public_id: uuid.UUID, key: str) -> HttpResponse:
    """One level or competence over the years, as a line and as a table."""
    from courses.coverage.ground import Order
    from courses.coverage.queries import trend
    from courses.coverage.telling import column_told

    asked = asked_of(request.user, public_id, request.GET)
    title = column_title(key)
    if title is None:
        raise Http404
    points = trend(asked.unit, key, group=asked.group_at, least=asked.least, order=Order(asked.order))
    given = _around(request, asked) | column_told(points, asked, title, key)
    return render(request, "courses/coverage/column.html", given)


@require_POST
@login_required
def again(request: SignedInRequest) -> HttpResponse:
    """Count the running month now. For those who keep levels somewhere."""
    if not access.holds(request.user, Right.KEEP_LEVELS):
        raise Http404
    return redirect("job", count_again(by=request.user).public_id)


def _around(request: SignedInRequest, asked: Asked) -> dict[str, Any]:
    """What every page of the overview needs."""
    framework = framework_on()
    return {
        "asked": asked,
        "query": asked.query(),
        "crumbs": _crumbs(request, asked),
        "kind": KINDS[asked.unit.kind],
        "groups": GROUPS,
        "scale": [(level, framework.level_name(level)) for level in LEVELS],
        "counts_again": Right.KEEP_LEVELS in access.rights_shown(request.user),
    }


def _crumbs(request: SignedInRequest, asked: Asked) -> list[dict[str, str]]:
    """The units above, as far as the reader sees them; then this one. Two queries."""
    seen = access.units_with(request.user, Right.SEE_PEOPLE)
    line = UnitAncestry.objects.on(today()).filter(unit=asked.unit, ancestor__in=seen.values("pk"))
    units = [row.ancestor for row in line.select_related("ancestor").order_by("-depth")]
    return [{"label": _("Overview"), "url": reverse("coverage")}, *(_crumb(one, asked) for one in units)]


def _crumb(one: Unit, asked: Asked) -> dict[str, str]:
    return {"label": one.name, "url": reverse("coverage_unit", args=[one.public_id]) + asked.query()}
