"""Recording an election, putting a term right, ending it: for those who keep the body."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.audit.services import record_sighting
from lms.directory.bodies.choosing import chosen, looked_for
from lms.directory.bodies.forms import CorrectTermForm, EndTermForm, TermForm, done, status_of
from lms.directory.bodies.sight import kept_or_404
from lms.members.requests import SignedInRequest
from lms.organisation import access, services
from lms.organisation.bodies import offices_for
from lms.organisation.models import Body, Office, Term
from lms.organisation.words import right_word
from lms.periods import today

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def begin_term(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Find the person who was elected, then write down as what, from when, and by which meeting."""
    body = kept_or_404(request.user, public_id)
    member = chosen(request)
    if member is None:
        return render(
            request,
            "directory/bodies/elect_whom.html",
            {"body": body, "keep": _asked(request).get("office", ""), **looked_for(request)},
        )
    form = TermForm(request.POST or None, offices=_offices_with_seats(body), initial=_asked(request))

    def act() -> None:
        told = form.cleaned_data
        services.begin_term(
            member=member, office=told["office"], body=body, period=form.period(), election=told["election"],
            by=request.user,
        )  # fmt: skip

    if form.is_valid() and done(form, act):
        words = _("%(name)s is recorded as %(office)s.")
        messages.success(request, words % {"name": member, "office": form.cleaned_data["office"]})
        return redirect("body", public_id)
    given = {"form": form, "body": body, "member": member}
    return render(request, "directory/bodies/elect.html", given, status=status_of(form))


def _asked(request: SignedInRequest) -> dict[str, str]:
    """The office whose vacant seat was pressed."""
    return {"office": request.GET["office"]} if request.GET.get("office", "").isdecimal() else {}


def _offices_with_seats(body: Body) -> list[Office]:
    """The offices the body has seats of; all there are, when it has none."""
    return [seat.office for seat in body.seats.select_related("office")] or offices_for(body.unit)


@require_http_methods(FORM)
@login_required
def end_term(request: SignedInRequest, public_id: uuid.UUID, term_id: int) -> HttpResponse:
    """End a term before its time, put its days right, or take it away when it was recorded by mistake."""
    body = kept_or_404(request.user, public_id)
    term = _term_or_404(request, body, term_id)
    act = request.POST.get("act", "")
    ending = EndTermForm(request.POST if act == "end" else None)
    right = CorrectTermForm(request.POST if act == "correct" else None, term=term, prefix="right")
    if ending.is_valid() and done(ending, lambda: _end(request, term, ending)):
        messages.success(request, _("The term ends on the day you chose, and its rights with it."))
        return redirect("body", public_id)
    if right.is_valid() and done(right, lambda: _correct(request, term, right)):
        messages.success(request, _("Saved."))
        return redirect("body", public_id)
    if act == "withdraw" and _withdrawn(request, term):
        return redirect("body", public_id)
    given = {
        "body": body,
        "term": term,
        "ending": ending,
        "right": right,
        "has_begun": term.valid_from < today(),
        "rights": [right_word(one) for one in sorted(access.rights_of_term(term))],
    }
    status = max(status_of(ending), status_of(right))
    return render(request, "directory/bodies/end_term.html", given, status=status)


def _end(request: SignedInRequest, term: Term, form: EndTermForm) -> None:
    told = form.cleaned_data
    services.end_term(term=term, on=told["on"], reason=told["reason"], by=request.user)


def _correct(request: SignedInRequest, term: Term, form: CorrectTermForm) -> None:
    election = form.cleaned_data["election"]
    services.correct_term(term=term, period=form.period(), election=election, by=request.user)


def _withdrawn(request: SignedInRequest, term: Term) -> bool:
    try:
        services.withdraw_term(term=term, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return False
    messages.success(request, _("Taken away, as if it had never been recorded."))
    return True


def _term_or_404(request: SignedInRequest, body: Body, term_id: int) -> Term:
    """A term of the body that is not over."""
    open_terms = Term.objects.filter(body=body).exclude(valid_until__lte=today())
    term = get_object_or_404(open_terms.select_related("member", "office", "body__unit"), pk=term_id)
    record_sighting(by=request.user, page="board", of=[term.member.public_id])
    return term
