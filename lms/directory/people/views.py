"""The list of people, the list as a file, and the page of one person."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.audit.services import record_sighting
from lms.directory.days import day_asked
from lms.directory.people.export import KINDS, people_file
from lms.directory.people.filters import AGES, ORDERS, STATUSES, Filters, filters_from, query_of
from lms.directory.people.person import page_of
from lms.directory.people.queries import ROWS, people_within, rows_of
from lms.directory.people.reaching import keeps, keeps_last, person_or_404, units_or_404
from lms.directory.people.words import STANDINGS
from lms.directory.reach import offices_known
from lms.members.assurance import step_up
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit
from lms.periods import today


@require_GET
@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """The people within reach, narrowed and in order, fifty a page. Every row shown is written down as seen."""
    units = units_or_404(request.user)
    filters, offices = _asked(request, units), offices_known()
    found = people_within([unit.pk for unit in units], filters)
    paginator = Paginator(found, ROWS)
    try:
        page = paginator.page(max(1, _number(request.GET.get("page", ""))))
    except EmptyPage:
        page = paginator.page(paginator.num_pages)
    rows = rows_of(page.object_list, on=filters.on)  # type: ignore[arg-type]
    record_sighting(by=request.user, page="member_list", of=[row.member.public_id for row in rows])
    query = query_of(filters, is_today=filters.on == today())
    given = {
        "rows": [(row, STANDINGS[row.status]) for row in rows],
        "page": page,
        "total": paginator.count,
        "filters": filters,
        "units": units,
        "statuses": STATUSES,
        "offices": offices,
        "ages": AGES,
        "orders": [(key, words) for key, (words, _columns) in ORDERS.items()],
        "query": f"{query}&" if query else "",
        "file_query": f"?{query}" if query else "",
        "when": day_asked(request),
        "is_open": filters.is_chosen or filters.on != today(),
        "may_add": Right.KEEP_REGISTER in access.rights_shown(request.user),
    }
    return render(request, "directory/people/people.html", given)


def _asked(request: SignedInRequest, units: list[Unit]) -> Filters:
    return filters_from(request.GET, units=units, offices=offices_known(), on=day_asked(request).day)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_GET
@login_required
@step_up
def people_as_file(request: SignedInRequest, kind: str) -> HttpResponse:
    """The list as a file, with everybody in it; asked for again by whoever has not confirmed lately."""
    if kind not in KINDS:
        raise Http404
    units = units_or_404(request.user)
    filters = _asked(request, units)
    content = people_file(units=[unit.pk for unit in units], filters=filters, kind=kind, by=request.user)
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="personer-{filters.on.isoformat()}.{kind}"'
    return response


@require_GET
@login_required
def person(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One person within reach."""
    member = person_or_404(request.user, public_id)
    record_sighting(by=request.user, page="member_page", of=[member.public_id])
    page = page_of(member, reader=request.user)
    given = {
        "page": page,
        "standing": STANDINGS[page.standing],
        "keeps": keeps(request.user, member) and member != request.user,
        "may_return": page.account.leaving is not None and keeps_last(request.user, member),
    }
    return render(request, "directory/people/person.html", given)
