"""Pages of vouching: whom one asks, what one is asked, what one has given."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.audit.services import record_sighting
from lms.competences import attesting
from lms.competences.attesting import State, concerning, given_by, requests_of, requests_to
from lms.competences.forms import AnswerForm, AskForm, VouchForm, level_choices, put_errors, status_of
from lms.competences.models import AttestationRequest
from lms.competences.own import line_of
from lms.competences.queries import framework_on
from lms.competences.standpoints import places_of, vouchers_of
from lms.competences.things import thing_asked, what_of
from lms.competences.words import place_words
from lms.members.models import Member
from lms.members.requests import SignedInRequest

FORM = ["GET", "HEAD", "POST"]


@require_GET
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """What waits for one's answer, whom one has asked, and what one has vouched for."""
    to_me, mine = list(requests_to(request.user)), list(requests_of(request.user)[:50])
    given = list(given_by(request.user)[:50])
    seen = [row.member.public_id for row in to_me] + [row.member.public_id for row in given]
    record_sighting(by=request.user, page="attestations", of=seen)
    shown = {
        "to_me": [(row, what_of(row)) for row in to_me],
        "mine": [(row, what_of(row)) for row in mine],
        "given": [(row, what_of(row)) for row in given],
    }
    return render(request, "competences/vouching/overview.html", shown)


@require_http_methods(FORM)
@login_required
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask somebody to vouch for oneself, for a level of a competence or for what a requirement names."""
    member, what = request.user, thing_asked(request)
    within = what.about.by if what.about else ()
    vouchers = vouchers_of(member, within=within)
    framework = framework_on()
    levels = level_choices(framework, what.entry, range(1, 5)) if what.entry else []
    posted = request.POST if request.method == "POST" else None
    first = {"level": request.GET.get("level", "")}
    form = AskForm(posted, levels=levels, vouchers=vouchers, initial=first)
    if form.is_valid():
        thing = what.thing(form.chosen_level())
        try:
            row = attesting.ask(
                member=member, asked=form.person(), thing=thing, words=form.cleaned_data["words"], by=member
            )
            messages.success(request, _("%(name)s is asked, and told.") % {"name": row.asked})
            return redirect("attestation", row.public_id)
        except ValidationError as refused:
            put_errors(form, refused)
    record_sighting(by=member, page="vouchers", of=[one.member.public_id for one in vouchers])
    given = {"form": form, "what": what, "vouchers": vouchers}
    return render(request, "competences/vouching/ask.html", given, status=status_of(form))


@require_http_methods(FORM)
@login_required
def one(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One request: the one asked answers it; the one who asked sees how it stands."""
    row = concerning(public_id, request.user)
    if row is None:
        raise Http404
    is_asked = row.asked_id == request.user.pk
    if request.method == "POST" and not is_asked:
        raise Http404
    may_answer = is_asked and row.state == State.ASKED
    what = what_of(row)
    levels = level_choices(framework_on(), what.entry, range(row.level or 0, 0, -1)) if what.entry else []
    posted = request.POST if request.method == "POST" and may_answer else None
    form = AnswerForm(posted, levels=levels, initial={"level": row.level})
    if posted is not None and _answered(request, row, form):
        return redirect("attestations")
    record_sighting(by=request.user, page="attestation", of=[(row.member if is_asked else row.asked).public_id])
    given = {
        "row": row,
        "what": what,
        "form": form,
        "is_asked": is_asked,
        "may_answer": may_answer,
        "places": place_words(places_of(row.asked, row.member)[:1]) if is_asked else "",
    }
    if row.evidence is not None:
        given["line"] = line_of(row.evidence, framework_on())
    return render(request, "competences/vouching/one.html", given, status=status_of(form))


def _answered(request: SignedInRequest, row: AttestationRequest, form: AnswerForm) -> bool:
    """Do what the button says; False with the reasons in the form when it cannot be."""
    says_no = request.POST.get("go") == "no"
    if says_no and "level" in form.fields:
        form.fields["level"].required = False
    if not form.is_valid():
        return False
    try:
        if says_no:
            attesting.decline(request=row, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("You said no. Only %(name)s reads why.") % {"name": row.member})
        else:
            reason = form.cleaned_data["reason"]
            attesting.give(request=row, level=form.chosen_level(), reason=reason, by=request.user)
            messages.success(request, _("Thank you. %(name)s is told.") % {"name": row.member})
    except ValidationError as refused:
        put_errors(form, refused)
        return False
    return True


@require_POST
@login_required
def withdraw(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take one's own request back."""
    row = get_object_or_404(AttestationRequest, member=request.user, public_id=public_id)
    try:
        attesting.withdraw(request=row, by=request.user)
        messages.success(request, _("The request is taken back."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("attestations")


@require_http_methods(FORM)
@login_required
def vouch(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Vouch for somebody unasked: first for what, then for which level."""
    person = get_object_or_404(Member, public_id=public_id, is_active=True)
    standing = places_of(request.user, person)
    if not standing:
        raise Http404
    record_sighting(by=request.user, page="vouch", of=[person.public_id])
    given = {"person": person, "places": place_words(standing[:1])}
    if "competence" not in request.GET and "about" not in request.GET:
        return render(request, "competences/vouching/for_what.html", given | {"areas": framework_on().areas})
    what = thing_asked(request)
    levels = level_choices(framework_on(), what.entry, range(1, 5)) if what.entry else []
    form = VouchForm(request.POST if request.method == "POST" else None, levels=levels)
    if form.is_valid():
        try:
            attesting.vouch(member=person, thing=what.thing(form.chosen_level()), by=request.user)
            messages.success(request, _("Thank you. %(name)s is told.") % {"name": person})
            return redirect("attestations")
        except ValidationError as refused:
            put_errors(form, refused)
    return render(
        request, "competences/vouching/vouch.html", given | {"form": form, "what": what}, status=status_of(form)
    )


@require_http_methods(FORM)
@login_required
def correct(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put right what one vouched for: a lower level, or nothing."""
    row = get_object_or_404(given_by(request.user), public_id=public_id)
    what = what_of(row)
    levels = level_choices(framework_on(), what.entry, range((row.level or 1) - 1, 0, -1)) if what.entry else []
    form = VouchForm(
        request.POST if request.method == "POST" else None, levels=[(0, _("Nothing: take it back")), *levels]
    )
    if form.is_valid():
        try:
            attesting.correct_attestation(evidence=row, level=form.chosen_level() or None, by=request.user)
            messages.success(request, _("It is put right, and %(name)s is told.") % {"name": row.member})
            return redirect("attestations")
        except (ValidationError, PermissionDenied) as refused:
            put_errors(form, refused if isinstance(refused, ValidationError) else ValidationError(str(refused)))
    record_sighting(by=request.user, page="attestation", of=[row.member.public_id])
    given = {"row": row, "what": what, "form": form}
    return render(request, "competences/vouching/correct.html", given, status=status_of(form))
