"""The pages of a draft: begun, changed requirement by requirement, thrown away; and a rule that was adopted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.progression.models import Level, LevelRule, Requirement
from courses.tracks import drafting, palette
from courses.tracks.forms import TermsForm
from courses.tracks.previewing import matching_preview
from courses.tracks.problems import problems_of
from courses.tracks.queries import in_one_sentence, versions_of
from courses.tracks.reach import adopter_or_404, keeper_or_404
from courses.tracks.standing import places_for
from courses.tracks.tree import rows_of, tree_in_words
from lms.members.requests import SignedInRequest

Part = Requirement.Part


def draft_or_404(request: SignedInRequest, pk: int) -> LevelRule:
    """A draft, for whoever may draw up rules; what was adopted is no draft any more."""
    adopter_or_404(request.user)
    return get_object_or_404(LevelRule.objects.select_related("level__track"), pk=pk, adopted_at=None)


@require_POST
@login_required
def begin(request: SignedInRequest, key: str) -> HttpResponse:
    """Begin a draft from the rule in force, or go to the one that waits."""
    adopter_or_404(request.user)
    draft = drafting.draft_rule(level=get_object_or_404(Level, key=key), by=request.user)
    return redirect("rule", draft.pk)


@require_GET
@login_required
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft as one works on it; of a rule that was adopted, how it was."""
    keeper_or_404(request.user)
    rule = get_object_or_404(LevelRule.objects.select_related("level__track", "certificate_course"), pk=pk)
    shown: dict[str, Any] = {"rule": rule, "level": rule.level, "tree": tree_in_words(rule)}
    shown["sentence"] = in_one_sentence(rule)
    if rule.adopted_at is not None:
        awards = next(version.awards for version in versions_of(rule.level) if version.rule.pk == rule.pk)
        return render(request, "courses/tracks/adopted.html", shown | {"awards": awards})
    adopter_or_404(request.user)
    shown |= {"problems": problems_of(rows_of(rule)), "preview": matching_preview(rule)}
    return render(request, "courses/tracks/draft.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def terms(request: SignedInRequest, pk: int) -> HttpResponse:
    """How long the level holds, and the certificate."""
    rule = draft_or_404(request, pk)
    form = TermsForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        drafting.change_draft(rule=rule, **form.cleaned_data, by=request.user)
        return redirect("rule", rule.pk)
    return render(request, "courses/tracks/terms.html", {"form": form, "rule": rule, "level": rule.level})


@require_GET
@login_required
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what kind of requirement to add, and see what each asks."""
    rule = draft_or_404(request, pk)
    under = _under(request, rule)
    shown = {
        "rule": rule,
        "level": rule.level,
        "requirements": palette.REQUIREMENTS,
        "groups": palette.GROUPS,
        "query": _query(request, under),
        "is_renewal": _part(request, under) == Part.RENEWAL,
    }
    return render(request, "courses/tracks/choose.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Add a requirement of one kind."""
    rule = draft_or_404(request, pk)
    sort, under = palette.SORTS.get(kind), _under(request, rule)
    if sort is None or (sort is palette.REPLACEMENT and under is None):
        raise Http404
    form = sort.form(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            row = drafting.add_requirement(
                rule=rule,
                kind=sort.model,
                told=form.told(),
                part=_part(request, under),
                under=under,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{reverse('rule', args=[rule.pk])}#krav-{row.pk}")
    shown = {"form": form, "rule": rule, "level": rule.level, "sort": sort, "is_new": True}
    return render(request, "courses/tracks/requirement.html", shown)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Change what a requirement says, or which group it stands in."""
    rule = draft_or_404(request, pk)
    row = get_object_or_404(Requirement, rule=rule, pk=number)
    sort = palette.SORTS[row.kind]
    groups = places_for(row, tree_in_words(rule))
    form = sort.form(request.POST if request.method == "POST" else None, rule=rule, row=row, places=groups)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data.get("under", str(row.parent_id or ""))
        under = get_object_or_404(Requirement, rule=rule, pk=int(asked)) if asked else None
        try:
            drafting.change_requirement(requirement=row, told=form.told(), under=under, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{reverse('rule', args=[rule.pk])}#krav-{row.pk}")
    shown = {"form": form, "rule": rule, "level": rule.level, "sort": sort}
    return render(request, "courses/tracks/requirement.html", shown)


@require_POST
@login_required
def move(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Move a requirement one step up or down."""
    rule = draft_or_404(request, pk)
    row = get_object_or_404(Requirement, rule=rule, pk=number)
    drafting.move_requirement(requirement=row, steps=-1 if request.POST.get("way") == "up" else 1, by=request.user)
    return redirect(f"{reverse('rule', args=[rule.pk])}#krav-{row.pk}")


@require_POST
@login_required
def remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take a requirement away with what stands beneath it."""
    rule = draft_or_404(request, pk)
    row = get_object_or_404(Requirement, rule=rule, pk=number)
    gone = drafting.remove_requirement(requirement=row, by=request.user)
    said = _("It is gone from the draft, with what stood beneath it.") if gone > 1 else _("It is gone from the draft.")
    messages.info(request, said)
    return redirect("rule", rule.pk)


@require_POST
@login_required
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    rule = draft_or_404(request, pk)
    key = rule.level.key
    drafting.discard_draft(rule=rule, by=request.user)
    messages.info(request, _("The draft is gone. What is in force was not changed."))
    return redirect("track_level", key)


def _under(request: SignedInRequest, rule: LevelRule) -> Requirement | None:
    """The group the address names; None is the top."""
    asked = request.GET.get("under", "")
    return get_object_or_404(Requirement, rule=rule, pk=int(asked)) if asked.isdecimal() else None


def _part(request: SignedInRequest, under: Requirement | None) -> str:
    if under is not None:
        return under.part
    return Part.RENEWAL if request.GET.get("part") == Part.RENEWAL else Part.REQUIRED


def _query(request: SignedInRequest, under: Requirement | None) -> str:
    """What keeps the place in a link."""
    if under is not None:
        return f"?under={under.pk}"
    return f"?part={Part.RENEWAL}" if _part(request, None) == Part.RENEWAL else ""
