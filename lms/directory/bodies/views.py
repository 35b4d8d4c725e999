"""The list of bodies, and the page of one."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lms.audit.services import record_sighting
from lms.directory.bodies.board import board_page
from lms.directory.bodies.listing import (
    ROWS,
    Filters,
    counts_of,
    ending_soon,
    fillings,
    filters_from,
    narrowed,
    with_vacancies,
)
from lms.directory.bodies.sections import sections_of_body
from lms.directory.bodies.sight import bodies_of, place_or_404, sight_of, soon
from lms.directory.days import Day, day_asked
from lms.members.requests import SignedInRequest
from lms.organisation.models import Unit
from lms.organisation.words import KIND_WORDS
from lms.periods import today


@require_GET
@login_required
def bodies(request: SignedInRequest) -> HttpResponse:
    """The bodies within reach and those one sits in, fifty a page; what is vacant and what ends soon."""
    sight, day = sight_of(request.user), today()
    mine = bodies_of(request.user, sight)
    filters = filters_from(request.GET)
    found = narrowed(mine, filters, on=day)
    choices = {"": found, "vacant": with_vacancies(found, on=day), "soon": ending_soon(found, on=day)}
    counts = counts_of(found, on=day)
    if not sight.seen and not mine.exists():
        raise Http404
    rows = choices[filters.show].select_related("unit").order_by("unit__name_key", "unit_id", "kind", "name")
    paginator = Paginator(rows, ROWS)
    paginator.count = counts[filters.show or "all"]  # known already
    page = paginator.get_page(request.GET.get("page"))
    filled = fillings(page.object_list, on=day)
    given = {
        "rows": [(body, filled[body.pk]) for body in page.object_list],
        "page": page,
        "filters": filters,
        "kinds": KIND_WORDS,
        "units": list(Unit.objects.on(day).filter(pk__in=sight.seen)),
        "sums": _sums(filters, counts),
        "query": f"{_query(filters, filters.show)}&",
        "is_narrowed": filters != Filters(),
        "may_open": bool(sight.kept),
        "may_report": bool(sight.seen),
    }
    return render(request, "directory/bodies/bodies.html", given)


def _query(filters: Filters, show: str) -> str:
    asked = {"name": filters.name, "kind": filters.kind, "unit": filters.unit or "", "show": show}
    return urlencode({key: value for key, value in asked.items() if value})


def _sums(filters: Filters, counts: dict[str, int]) -> list[dict[str, object]]:
    words = {"": _("bodies"), "vacant": _("with a vacant seat"), "soon": _("where something ends within 90 days")}
    return [
        {
            "number": counts[show or "all"],
            "label": label,
            "url": f"?{_query(filters, show)}",
            "is_current": filters.show == show,
        }
        for show, label in words.items()
    ]


@require_GET
@login_required
def body(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One body. Its own members see it as it is today; who sees people there, or keeps it, also as it was."""
    place = place_or_404(request.user, public_id)
    when = day_asked(request) if place.is_seen else Day(today())
    page = board_page(place, on=when.day)
    shown = {term.member.public_id for term in (*page.people, *page.coming)}
    record_sighting(by=request.user, page="board", of=shown)
    given = {
        "place": place,
        "body": place.body,
        "kind": KIND_WORDS[place.body.kind],
        "page": page,
        "when": when,
        "soon": soon(when.day),
        "is_there": when.day in place.body.period,
        "sections": sections_of_body(place, reader=request.user, on=when.day) if when.is_today else [],
    }
    return render(request, "directory/bodies/body.html", given)
