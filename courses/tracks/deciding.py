"""From the draft to the rule in force: looked over, fetched as a list, adopted; and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.progression.models import LevelRule
from courses.tracks.adopting import adopt_rule, check_terms, evaluation_key
from courses.tracks.editing import draft_or_404
from courses.tracks.forms import AdoptForm
from courses.tracks.models import PreviewLine, RulePreview
from courses.tracks.previewing import ask_preview, matching_preview, print_of
from courses.tracks.queries import holders_by_older_rules, in_one_sentence, units_of, versions_of
from courses.tracks.reach import adopter_or_404, keeper_or_404
from lms.audit.models import Sighting
from lms.audit.services import record_sighting
from lms.jobs.models import Job
from lms.jobs.queries import job_progress
from lms.members.assurance import step_up, step_up_to_change
from lms.members.names import name_key
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.periods import today
from lms.reorganisation.acting import WRITERS, sheet
from lms.wording import in_language

Outcome = PreviewLine.Outcome
ROWS = 50
SECONDS = "2"


@require_POST
@login_required
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the draft's effect reckoned, and go to where one can follow it."""
    rule = draft_or_404(request, pk)
    try:
        preview = ask_preview(rule=rule, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rule", rule.pk)
    return redirect("rule_preview", preview.public_id)


@require_GET
@login_required
def preview(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the reckoning has come; then who would gain and who would lose, and why."""
    found = _preview_or_404(request, public_id)
    shown: dict[str, Any] = {"preview": found, "rule": found.rule, "level": found.rule.level}
    if found.finished_at is None:
        return _under_way(request, found, shown)
    show, asked = request.GET.get("show", ""), request.GET.get("name", "").strip()
    lines = _lines(request, found, show, asked)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    record_sighting(by=request.user, page="rule_preview", of=[line.member.public_id for line in page])
    shown |= {
        "sums": _sums(found, show),
        "page": page,
        "rows": _rows(page),
        "show": show,
        "asked": asked,
        "query": f"{urlencode({'show': show, 'name': asked})}&",
        "is_same": found.rule.adopted_at is None and found.fingerprint == print_of(found.rule),
        "holders": holders_by_older_rules(found.rule),
    }
    return render(request, "courses/tracks/preview.html", shown)


def _under_way(request: SignedInRequest, found: RulePreview, shown: dict[str, Any]) -> HttpResponse:
    """The job's progress, which comes again by itself; a job that stopped says so."""
    progress = job_progress(found.job) if found.job is not None else None
    is_still, is_own = request.GET.get("still") == "1", found.by_id == request.user.pk
    is_changed = found.job is not None and bool(found.job.result.get("changed"))
    shown |= {"progress": progress, "is_still": is_still, "is_changed": is_changed}
    if progress is not None and found.job is not None and is_own:
        shown["stop_url"] = reverse("stop_job", args=[found.job.public_id]) if progress.is_running else ""
        shown["retry_url"] = reverse("retry_job", args=[found.job.public_id]) if progress.can_retry else ""
    response = render(request, "courses/tracks/reckoning.html", shown)
    if progress is not None and progress.is_running and not is_still:
        response.headers["Refresh"] = SECONDS
    return response


def _preview_or_404(request: SignedInRequest, public_id: uuid.UUID) -> RulePreview:
    adopter_or_404(request.user)
    rows = RulePreview.objects.select_related("rule__level__track", "job")
    return get_object_or_404(rows, public_id=public_id)


def _lines(request: SignedInRequest, found: RulePreview, show: str, asked: str) -> QuerySet[PreviewLine]:
    """The lines the reader may see, by name, narrowed to what was asked for."""
    rows = access.visible(found.lines.all(), to=request.user).select_related("member")
    if show in Outcome.values:
        rows = rows.filter(outcome=show)
    if asked:
        rows = rows.filter(member__name_key__contains=name_key(asked))
    return rows.order_by("member__name_key", "pk")


def _rows(page: Page) -> list[dict[str, Any]]:
    """One row per person: who, where, what, why."""
    units = units_of(line.member for line in page)
    words = {Outcome.GAIN: (_("would gain it"), "done"), Outcome.LOSE: (_("does not meet it"), "due")}
    return [
        {
            "member": line.member,
            "unit": units.get(line.member_id, ""),
            "outcome": words[Outcome(line.outcome)],
            "because": in_language(line.because),
        }
        for line in page
    ]


def _sums(found: RulePreview, show: str) -> list[dict[str, Any]]:
    """The numbers, which are also the filters."""
    told = (
        ("", found.gains + found.losses, _("people for whom something changes")),
        (Outcome.GAIN, found.gains, _("would gain the level")),
        (Outcome.LOSE, found.losses, _("hold it and do not meet the new rule")),
    )
    return [
        {"number": number, "label": label, "url": f"?{urlencode({'show': key})}", "is_current": show == key}
        for key, number, label in told
    ]


@require_GET
@login_required
@step_up
def preview_file(request: SignedInRequest, public_id: uuid.UUID, form: str) -> HttpResponse:
    """The whole list, to take along."""
    found = _preview_or_404(request, public_id)
    if form not in WRITERS or found.finished_at is None:
        raise Http404
    lines = list(_lines(request, found, "", ""))
    record_sighting(
        by=request.user,
        page="rule_preview",
        of=[line.member.public_id for line in lines],
        act=Sighting.Act.EXPORTED,
    )
    units = units_of(line.member for line in lines)
    words = {Outcome.GAIN: _("would gain it"), Outcome.LOSE: _("does not meet it")}
    rows: list[list[object]] = [[_("Member number"), _("Name"), _("Unit"), _("Effect"), _("Why")]]
    rows += [
        [
            line.member.member_number or "",
            line.member.name,
            units.get(line.member_id, ""),
            words[Outcome(line.outcome)],
            in_language(line.because),
        ]
        for line in lines
    ]
    return sheet(rows, form, "rule-preview")


@require_http_methods(["GET", "POST"])
@login_required
@step_up_to_change
def adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision, then a last look at its numbers, then it is adopted."""
    rule = draft_or_404(request, pk)
    found = matching_preview(rule)
    shown: dict[str, Any] = {"rule": rule, "level": rule.level, "preview": found}
    if found is None:
        messages.info(request, _("Look the draft over before it is adopted."))
        return redirect("rule", rule.pk)
    form = AdoptForm(request.POST or None, initial={"valid_from": today()})
    shown |= {"form": form, "sentence": in_one_sentence(rule)}
    if request.method == "POST" and form.is_valid() and _holds_together(rule, form):
        if request.POST.get("sure") == "yes":
            return _adopt(request, rule, found, form)
        if request.POST.get("sure") != "back":
            return render(request, "courses/tracks/confirm.html", shown | {"terms": form.cleaned_data})
    return render(request, "courses/tracks/adopt.html", shown)


def _holds_together(rule: LevelRule, form: AdoptForm) -> bool:
    """Whether the terms can be adopted; what is wrong is said at the field."""
    before = LevelRule.objects.adopted().filter(level=rule.level).order_by("-valid_from").first()
    given = {name: form.cleaned_data[name] for name in ("decision", "valid_from", "ends_older_on")}
    try:
        check_terms(before=before, **given)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _adopt(request: SignedInRequest, rule: LevelRule, found: RulePreview, form: AdoptForm) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("decision", "valid_from", "ends_older_on")}
    try:
        adopt_rule(rule=rule, preview=found, **given, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rule", rule.pk)
    return redirect("rule_adopted", rule.pk)


@require_GET
@login_required
def adopted(request: SignedInRequest, pk: int) -> HttpResponse:
    """What adopting came to: from when it counts, how far the evaluation has come, who holds the level by it."""
    keeper_or_404(request.user)
    rows = LevelRule.objects.adopted().select_related("level__track", "adopted_by")
    rule = get_object_or_404(rows, pk=pk)
    job = Job.objects.filter(key=evaluation_key(rule, "begins")).first()
    progress = job_progress(job) if job is not None else None
    is_still = request.GET.get("still") == "1"
    shown = {
        "rule": rule,
        "level": rule.level,
        "progress": progress,
        "is_still": is_still,
        "awards": next(version.awards for version in versions_of(rule.level) if version.rule.pk == rule.pk),
        "older": holders_by_older_rules(rule),
        "has_begun": rule.valid_from <= today(),
    }
    response = render(request, "courses/tracks/result.html", shown)
    if progress is not None and progress.is_running and not is_still:
        response.headers["Refresh"] = SECONDS
    return response
