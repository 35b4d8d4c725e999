"""Pages of prior learning for the one who applies, and the papers that go with an application."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.audit.services import record_sighting
from lms.competences import prior
from lms.competences.abouts import waived_about
from lms.competences.documents import MOST_BYTES, MOST_DOCUMENTS, handed_out
from lms.competences.forms import ApplicationForm, put_errors, status_of
from lms.competences.models import PriorDocument, PriorLearning
from lms.competences.queries import framework_on
from lms.competences.words import STATE_WORDS
from lms.members.requests import SignedInRequest
from lms.wording import in_language

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """One's applications, and how one begins; POST begins. ``?requirement=`` is what it would stand in for."""
    asked = request.POST if request.method == "POST" else request.GET
    named = asked.get("requirement", "")
    about = waived_about(named)
    if named and about is None:
        raise Http404
    if request.method == "POST":
        row = prior.begin(member=request.user, about=about, by=request.user)
        there, key = reverse("prior_application", args=[row.public_id]), request.POST.get("competence", "")
        return redirect(f"{there}?{urlencode({'competence': key})}" if key else there)
    rows = PriorLearning.objects.filter(member=request.user).annotate(number=Count("claims"))
    given = {
        "rows": [(row, *STATE_WORDS[row.state], in_language(row.label)) for row in rows],
        "about": about,
        "about_title": in_language(about.label) if about else "",
    }
    return render(request, "competences/prior/overview.html", given)


@require_http_methods(FORM)
@login_required
def application(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """One application of one's own: written until it is sent, then read."""
    row = get_object_or_404(PriorLearning, member=request.user, public_id=public_id)
    framework = framework_on()
    claims = list(row.claims.select_related("competence"))
    if row.state not in prior.OPEN:
        rows = [
            (str(framework.entry(one.competence.key)), framework.level_name(one.claimed), _granted(one.granted))
            for one in claims
        ]
        given = {"row": row, "rows": rows, "documents": _documents(row), "state": STATE_WORDS[row.state]}
        given["about_title"] = in_language(row.label)
        return render(request, "competences/prior/sent.html", given)
    posted = request.method == "POST"
    claimed = {one.competence.key: one.claimed for one in claims}
    wanted = request.GET.get("competence", "")
    if wanted and wanted not in claimed:
        claimed[wanted] = 1
    form = ApplicationForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        framework=framework,
        claims=claimed,
        initial={"words": row.words},
    )
    if posted and form.is_valid() and _done(request, row, form):
        if request.POST.get("go") == "send":
            return redirect("apply_prior")
        return redirect("prior_application", row.public_id)
    given = {"row": row, "form": form, "documents": _documents(row), "about_title": in_language(row.label)}
    given |= {"most": MOST_DOCUMENTS}
    return render(request, "competences/prior/application.html", given, status=status_of(form))


def _granted(level: int | None) -> str:
    if level is None:
        return ""
    return framework_on().level_name(level) if level else _("Not granted")


def _done(request: SignedInRequest, row: PriorLearning, form: ApplicationForm) -> bool:
    """Keep what is written, whichever button was pressed; then what the button says."""
    member, go = request.user, request.POST.get("go", "")
    try:
        prior.write(application=row, words=form.cleaned_data["words"], claims=form.claimed(), by=member)
        file = form.cleaned_data["document"]
        if file is not None:
            content = file.read(MOST_BYTES + 1)
            prior.add_document(application=row, name=file.name, content=content, by=member)
        if go.startswith("remove:"):
            document = row.documents.filter(public_id=_id(go.removeprefix("remove:"))).first()
            if document is not None:
                prior.remove_document(document=document, by=member)
        if go == "send":
            prior.send(application=row, by=member)
            messages.success(request, _("Sent. You are told when there is an answer."))
        else:
            messages.success(request, _("Kept."))
    except ValidationError as refused:
        put_errors(form, refused)
    return not form.errors


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def _documents(row: PriorLearning) -> list[PriorDocument]:
    """The papers of an application, without what is in them."""
    return list(row.documents.defer("content"))


@require_POST
@login_required
def take_back(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take back one that is sent, to change it; throw away one that was not."""
    row = get_object_or_404(PriorLearning, member=request.user, public_id=public_id)
    try:
        is_gone = prior.take_back(application=row, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("apply_prior")
    messages.success(request, _("Thrown away.") if is_gone else _("Taken back. Send it again when it is right."))
    return redirect("apply_prior") if is_gone else redirect("prior_application", public_id)


@require_GET
@login_required
def document(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """A paper, for the applicant and those who may review it; handed out as something to save."""
    reviewable = prior.within_reach(request.user).values("pk")
    rows = PriorDocument.objects.filter(Q(application__member=request.user) | Q(application__in=reviewable))
    row = get_object_or_404(rows.select_related("application__member"), public_id=public_id)
    record_sighting(by=request.user, page="prior_document", of=[row.application.member.public_id])
    return handed_out(row)
