"""Mapping oneself, one question a screen; and choosing who may see one's own view."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.audit.services import record_sighting
from lms.competences.forms import EndForm
from lms.competences.mapping import (
    SEARCH,
    Asked,
    answer,
    asked_of,
    begin_mapping,
    end_mapping,
    hide_mapping_from,
    show_mapping_to,
    shown_to,
)
from lms.competences.models import MappingViewer
from lms.competences.queries import framework_on, profiles_of
from lms.directory.bodies.choosing import choosable, looked_for
from lms.members.consents import has_consent, purpose_named
from lms.members.requests import SignedInRequest
from lms.wording import in_language

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def front(request: SignedInRequest) -> HttpResponse:
    """What a mapping is, how long it takes, and where one is in it; POST begins, or goes on."""
    asked = asked_of(request.user)
    if request.method == "POST" and asked.keys:
        begin_mapping(member=request.user, by=request.user)
        asked = asked_of(request.user)
        return redirect("map_question", (asked.left or asked.keys)[0])
    framework = framework_on()
    rows = [
        (key, str(framework.entry(key)), framework.level_name(asked.answers[key]) if key in asked.answers else "")
        for key in asked.keys
    ]
    return render(request, "competences/mapping/front.html", {"asked": asked, "rows": rows})


@require_http_methods(FORM)
@login_required
def question(request: SignedInRequest, key: str) -> HttpResponse:
    """One question: how sure are you of this today? The answer is kept as one goes on."""
    asked = _under_way(request)
    if key not in asked.keys:
        raise Http404
    if request.method == "POST":
        given = request.POST.get("level", "")
        if given in {"0", "1", "2", "3", "4"}:
            answer(member=request.user, key=key, level=int(given), by=request.user)
        return _onwards(asked, key, request.POST.get("go", ""))
    entry = framework_on().entry(key)
    shown = {
        "asked": asked,
        "number": asked.keys.index(key) + 1,
        "total": len(asked.keys),
        "title": str(entry),
        "choices": [(at, in_language(text), asked.answers.get(key) == at) for at, text in enumerate(entry.descriptors)],
        "is_answered": key in asked.answers,
        "is_last": not asked.after(key),
    }
    return render(request, "competences/mapping/question.html", shown)


def _onwards(asked: Asked, key: str, go: str) -> HttpResponse:
    """Where a press leads: back, out, or on to the next and at last to the end."""
    if go == "leave":
        return redirect("map_competence")
    if go == "before" and asked.before(key):
        return redirect("map_question", asked.before(key))
    following = asked.after(key)
    return redirect("map_question", following) if following else redirect("end_mapping")


@require_http_methods(FORM)
@login_required
def end(request: SignedInRequest) -> HttpResponse:
    """The two free questions; then one's own map."""
    asked, member = _under_way(request), request.user
    mapping = asked.mapping
    if mapping is None:
        raise Http404
    first = {"also_can": mapping.also_can, "shares": has_consent(member, SEARCH)}
    form = EndForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        end_mapping(mapping=mapping, **form.cleaned_data, by=member)
        messages.success(request, _("Kept. Thank you: this is your own view, and it stands apart from what is proven."))
        return redirect("own_competences")
    titles = [(key, str(framework_on().entry(key))) for key in asked.left]
    given = {"form": form, "asked": asked, "left": titles, "purpose": purpose_named(SEARCH)}
    return render(request, "competences/mapping/end.html", given, status=422 if form.is_bound else 200)


def _under_way(request: SignedInRequest) -> Asked:
    """Where the reader is in a mapping they have begun; without one there are no questions."""
    asked = asked_of(request.user)
    if asked.mapping is None:
        raise Http404
    return asked


@require_http_methods(FORM)
@login_required
def viewers(request: SignedInRequest) -> HttpResponse:
    """Who may see one's own view: choose among those one knows, and take it back."""
    member = request.user
    if request.method == "POST":
        return _change_viewers(request)
    rows = list(MappingViewer.objects.filter(member=member).select_related("viewer").order_by("viewer__name_key"))
    given = {"rows": rows, **looked_for(request)}
    return render(request, "competences/mapping/viewers.html", given)


def _change_viewers(request: SignedInRequest) -> HttpResponse:
    member = request.user
    try:
        named = uuid.UUID(request.POST.get("person", ""))
    except ValueError:
        raise Http404 from None
    if request.POST.get("go") == "hide":
        row = get_object_or_404(MappingViewer, member=member, viewer__public_id=named)
        hide_mapping_from(row=row, by=member)
        messages.success(request, _("Taken back. They no longer see it."))
        return redirect("mapping_viewers")
    viewer = get_object_or_404(choosable(member), public_id=named)
    try:
        show_mapping_to(member=member, viewer=viewer, by=member)
        messages.success(request, _("%(name)s may see your own view from now on.") % {"name": viewer})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("mapping_viewers")


@require_GET
@login_required
def shown(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The own view of somebody who lets the reader see it."""
    person = get_object_or_404(shown_to(request.user), public_id=public_id)
    record_sighting(by=request.user, page="shown_mapping", of=[person.public_id])
    framework, standings = framework_on(), profiles_of([person.pk])[person.pk]
    areas = []
    for area in framework.areas:
        said = [(entry, standings.own_of(entry.key)) for entry in area.entries]
        rows = [
            (str(entry), framework.level_name(level), in_language(entry.descriptors[level]))
            for entry, level in said
            if level is not None
        ]
        areas += [(str(area), rows)] if rows else []
    newest = person.mappings.first()
    return render(request, "competences/mapping/shown.html", {"person": person, "areas": areas, "mapping": newest})
