"""Pages of those who answer applications about prior learning."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.audit.services import record_sighting
from lms.competences import prior
from lms.competences.forms import ReviewForm, put_errors, status_of
from lms.competences.models import PriorLearning
from lms.competences.queries import evidence_of, framework_on, profiles_of
from lms.competences.words import STATE_WORDS
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.queries import home_unit_of
from lms.wording import in_language

FORM = ["GET", "HEAD", "POST"]
ROWS, LATEST = 50, 20


@require_GET
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer, the oldest first, and what was answered lately."""
    _keeps_or_404(request)
    page = Paginator(prior.queue_of(request.user), ROWS).get_page(request.GET.get("page"))
    answered = (PriorLearning.State.ACCEPTED, PriorLearning.State.DECLINED, PriorLearning.State.RETURNED)
    rows = prior.within_reach(request.user).filter(state__in=answered).select_related("member", "reviewer")
    latest = list(rows.order_by("-reviewed_at")[:LATEST])
    seen = [row.member.public_id for row in (*page.object_list, *latest)]
    record_sighting(by=request.user, page="prior_queue", of=seen)
    given = {
        "page": page,
        "rows": [(row, in_language(row.label)) for row in page.object_list],
        "latest": [(row, *STATE_WORDS[row.state]) for row in latest],
    }
    return render(request, "competences/prior/queue.html", given)


@require_http_methods(FORM)
@login_required
def review(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One application with its papers beside what is proven already: grant, ask for more, or say no."""
    _keeps_or_404(request)
    rows = prior.within_reach(request.user).select_related("member", "reviewer")
    row = get_object_or_404(rows, public_id=public_id)
    framework, claims = framework_on(), list(row.claims.select_related("competence"))
    posted = request.POST if request.method == "POST" else None
    form = ReviewForm(posted, claims=claims, framework=framework, about=row.about, initial={"waives": bool(row.about)})
    if request.POST.get("go") in ("no", "more"):
        form.say_no()
    if form.is_valid() and _answered(request, row, form):
        return redirect("prior_queue")
    record_sighting(by=request.user, page="review_prior", of=[row.member.public_id])
    standings = profiles_of([row.member_id])[row.member_id]
    given = {
        "row": row,
        "form": form,
        "home": home_unit_of(row.member),
        "about_title": in_language(row.label),
        "claims": [
            (
                str(framework.entry(one.competence.key)),
                framework.level_name(one.claimed),
                framework.level_name(standings.level_of(one.competence.key)),
                framework.level_name(one.granted) if one.granted else "",
            )
            for one in claims
        ],
        "documents": list(row.documents.defer("content")),
        "state": STATE_WORDS[row.state],
        "may_answer": row.state == PriorLearning.State.SENT,
        "earlier": sum(1 for found in evidence_of(row.member) if found.kind in ("prior", "waiver")),
    }
    return render(request, "competences/prior/review.html", given, status=status_of(form))


def _answered(request: SignedInRequest, row: PriorLearning, form: ReviewForm) -> bool:
    """What the button says; False with the reasons in the form when a service refused."""
    go, words = request.POST.get("go", ""), form.cleaned_data
    try:
        if go in ("no", "more"):
            prior.answer_no(application=row, reason=words["reason"], by=request.user, for_more=go == "more")
        else:
            prior.accept(
                application=row,
                grants=form.grants(),
                waives=words.get("waives", False),
                until=words.get("until"),
                reason=words["reason"],
                by=request.user,
            )
        messages.success(request, _("Answered. %(name)s is told.") % {"name": row.member})
    except ValidationError as refused:
        put_errors(form, refused)
    return not form.errors


def _keeps_or_404(request: SignedInRequest) -> None:
    """The pages do not exist for those who keep no levels."""
    if not access.holds(request.user, access.Right.KEEP_LEVELS):
        raise Http404
