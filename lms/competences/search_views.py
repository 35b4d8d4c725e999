"""Looking for somebody who can do a thing."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.audit.services import record_sighting
from lms.competences.models import Competence
from lms.competences.queries import framework_on
from lms.competences.search_form import SearchForm
from lms.competences.searching import ROWS, Asked, people_who_can, shown, units_searched
from lms.competences.words import KIND_WORDS
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.models import Unit
from lms.periods import today


@require_GET
@login_required
def search_people(request: SignedInRequest) -> HttpResponse:
    """Who can do a thing within the reader's reach. Everybody shown is written down as seen."""
    day = today()
    units = list(units_searched(request.user, on=day))
    if not units:
        raise Http404
    framework = framework_on(day)
    asks = "competence" in request.GET
    form = SearchForm(request.GET if asks else None, framework=framework, units=units)
    given = {"form": form, "asks": asks, "has_framework": bool(framework.areas)}
    if asks and form.is_valid():
        given |= _results(request, _asked(form, units))
    return render(request, "competences/search.html", given)


def _asked(form: SearchForm, units: list[Unit]) -> Asked:
    said = form.cleaned_data
    within = [unit.pk for unit in units]
    if said["unit"]:
        top = next(unit for unit in units if str(unit.public_id) == said["unit"])
        below = set(access.below([top.pk], on=today()).values_list("unit", flat=True))
        within = [pk for pk in within if pk in below]
    return Asked(Competence.objects.get(key=said["competence"]), said["level"], within, said["kind"])


def _results(request: SignedInRequest, asked: Asked) -> dict[str, object]:
    day, framework = today(), framework_on()
    found = people_who_can(asked, on=day)
    paginator = Paginator(found, ROWS)
    page = paginator.get_page(request.GET.get("page"))
    rows = shown(page.object_list, asked, on=day)
    record_sighting(by=request.user, page="competence_search", of=[row.member.public_id for row in rows])
    query = {key: value for key, value in request.GET.items() if key != "page" and value}
    return {
        "rows": [
            {
                "found": row,
                "level": f"{row.level}: {framework.level_name(row.level)}",
                "kinds": [KIND_WORDS[kind] for kind in row.kinds],
            }
            for row in rows
        ],
        "page": page,
        "total": len(found),
        "what": str(framework.entry(asked.competence.key)),
        "query": f"{urlencode(query)}&",
    }
