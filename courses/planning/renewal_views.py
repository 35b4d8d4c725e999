"""A plan made from an older version of its template: what is new, to take in or leave; and the plan on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.planning.comparing import Changes
from courses.planning.forms import refusal
from courses.planning.models import CompetencePlan
from courses.planning.pages import plan_page
from courses.planning.previewing import named_by
from courses.planning.printing import plan_pdf
from courses.planning.queries import plan_shown
from courses.planning.shown import what_of
from courses.planning.sight import changed_or_404, sight_or_404
from courses.planning.states import Act, allowed
from courses.planning.templates_in import bring_to_version, changes_for, newest_version
from courses.planning.views import language_of
from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.members.assurance import step_up
from lms.members.models import Member
from lms.members.requests import SignedInRequest
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def changes(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """What a newer version of the template would bring, each with a tick; POST takes in what is ticked."""
    sight = changed_or_404(request.user, public_id)
    plan = sight.plan
    if not allowed(Act.RENEW, plan.state) or plan.template is None:
        raise Http404
    newest = newest_version(plan)
    found = changes_for(plan, newest) if newest is not None else Changes()
    if request.method == "POST" and newest is not None:
        told = _ticked(request.POST.getlist("take"))
        refused = refusal(lambda: bring_to_version(plan=plan, template=newest, by=request.user, **told))
        if not refused:
            messages.success(request, _("The plan follows the new version, with what you ticked."))
            return redirect("plan", public_id)
        messages.error(request, refused)
    lede = ""
    if newest is not None:
        words = _("The plan was made from version %(old)d. This is what version %(new)d has that it has not.")
        lede = words % {"old": plan.template.number, "new": newest.number}
    given = {"plan": plan, "groups": _groups(plan, found), "lede": lede}
    return render(request, "courses/planning/changes.html", given)


def _ticked(words: list[str]) -> dict[str, list[int]]:
    """gains-12, losses-3 → ids by group. What is not understood is left out."""
    found: dict[str, list[int]] = {"gains": [], "losses": [], "moves": []}
    for word in words:
        group, _sep, number = word.partition("-")
        if group in found and number.isascii() and number.isdigit():
            found[group].append(int(number))
    return found


def _groups(plan: CompetencePlan, found: Changes) -> list[dict[str, Any]]:
    """The changes in words, by what they do."""
    if found.is_empty:
        return []
    facts = named_by(found.gains)
    shown = {one.goal.pk: one.what for one in plan_shown(plan).goals}
    stage = _("Stage %(n)d")
    gains = [(f"gains-{g.pk}", what_of(g, plan, facts), stage % {"n": g.stage.order}) for g in found.gains]  # type: ignore[arg-type]
    losses = [(f"losses-{g.pk}", shown.get(g.pk, ""), "") for g in found.losses]
    moves = [(f"moves-{g.pk}", shown.get(g.pk, ""), stage % {"n": place}) for g, place in found.moves]
    groups = ((_("Comes in"), gains), (_("Goes out"), losses), (_("Moves"), moves))
    return [
        {
            "title": title,
            "changes": [{"key": key, "text": f"{text} ({where})" if where else text} for key, text, where in rows],
        }
        for title, rows in groups
        if rows
    ]


@require_GET
@login_required
def plan_as_pdf(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """The plan on paper. One's own at once; somebody else's, or a board's, once one has confirmed who asks."""
    sight = sight_or_404(request.user, public_id)
    return _own_pdf(request, public_id) if sight.is_own else _others_pdf(request, public_id)


def _own_pdf(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    sight = sight_or_404(request.user, public_id)
    language, day = language_of(), today()
    page = plan_page(sight, on=day, language=language)
    one = sight.plan
    if not sight.is_own:
        whom = [one.member_id] if one.member_id else sorted(page.named)
        people = Member.objects.filter(pk__in=whom).exclude(pk=request.user.pk).values_list("public_id", flat=True)
        record_sighting(by=request.user, page="plan_file", of=list(people), act=Sighting.Act.EXPORTED)
    response = HttpResponse(plan_pdf(page, language=language, on=day), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plan-{day.isoformat()}.pdf"'
    return response


_others_pdf = step_up(_own_pdf)
