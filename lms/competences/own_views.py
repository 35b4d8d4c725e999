"""My competences: the map, and a page for each competence."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.competences.attesting import requests_of, requests_to
from lms.competences.mapping import asked_of, shown_to
from lms.competences.models import AttestationRequest, PriorLearning
from lms.competences.own import map_of, page_of
from lms.members.requests import SignedInRequest


@require_GET
@login_required
def own(request: SignedInRequest) -> HttpResponse:
    """One's own map: what is proven, one's own view apart, what the office needs, what comes next."""
    member = request.user
    given = {
        "map": map_of(member),
        "asked": asked_of(member),
        "to_answer": requests_to(member).count(),
        "waiting": requests_of(member).filter(state=AttestationRequest.State.ASKED).count(),
        "applications": PriorLearning.objects.filter(member=member).count(),
        "shown_to_me": list(shown_to(member)),
    }
    return render(request, "competences/own.html", given)


@require_GET
@login_required
def one(request: SignedInRequest, key: str) -> HttpResponse:
    """One competence of one's own: its ladder, where one stands, what proves it."""
    try:
        page = page_of(request.user, key)
    except LookupError as unknown:
        raise Http404 from unknown
    return render(request, "competences/one.html", {"page": page})
