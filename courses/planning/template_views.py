"""The templates plans begin as: to look at for those who keep plans, to write for those who keep all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from courses.planning.models import CompetencePlan, PlanTemplate, TemplateStage
from courses.planning.previewing import stages_of_template
from courses.planning.template_drafts import draft_template, is_draft, keeps_templates
from lms.members.requests import SignedInRequest
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Office
from lms.pages.templatetags.tillit import long_date
from lms.periods import today
from lms.wording import in_language


@dataclass(frozen=True, slots=True)
class Line:
    """One template, or one version of it, in a list."""

    key: str
    number: int
    title: str
    facts: str
    tag: str = ""
    kind: str = ""
    is_current: bool = False


def keeper_or_404(request: SignedInRequest) -> None:
    """Templates are shown to those who keep plans somewhere."""
    if not access.holds(request.user, Right.KEEP_PLANS):
        raise Http404


def writer_or_404(request: SignedInRequest) -> None:
    """They are written by those who keep the plans of the whole organisation."""
    if not keeps_templates(request.user):
        raise Http404


@require_GET
@login_required
def templates(request: SignedInRequest) -> HttpResponse:
    """Every template by what it is for: the version in use, and one that is being written."""
    keeper_or_404(request)
    writes = keeps_templates(request.user)
    rows = _with_months(PlanTemplate.objects.order_by("key", "-number"))
    newest: dict[str, PlanTemplate] = {}
    for row in rows:
        if writes or not is_draft(row):
            newest.setdefault(row.key, row)
    offices = dict(Office.objects.filter(unit=None).values_list("key", "title"))
    words = {
        PlanTemplate.For.OFFICE: _("For an office"),
        PlanTemplate.For.BODY: _("For a board"),
        PlanTemplate.For.UNIT: _("For a unit and all below"),
    }
    groups = [
        {
            "key": key,
            "title": title,
            "rows": [_line(row, offices) for row in newest.values() if row.made_for == key],
        }
        for key, title in words.items()
    ]
    return render(request, "courses/planning/templates.html", {"groups": [one for one in groups if one["rows"]]})


def _with_months(rows: Any) -> list[PlanTemplate]:
    found = list(rows)
    months: dict[int, int] = {}
    for template, length in TemplateStage.objects.filter(template__in=found).values_list("template", "months"):
        months[template] = months.get(template, 0) + length
    for row in found:
        row.length = months.get(row.pk, 0)
    return found


def _line(row: PlanTemplate, offices: dict[str, Any]) -> Line:
    years = round(getattr(row, "length", 0) / 12)
    parts = [
        in_language(offices.get(row.office_key, {})),
        ngettext("%(n)d year", "%(n)d years", years) % {"n": years} if years else "",
        _("version %(n)d") % {"n": row.number},
    ]
    tag = _("being written") if is_draft(row) else ""
    return Line(row.key, row.number, str(row), " · ".join(filter(None, parts)), tag, "due" if tag else "")


@require_GET
@login_required
def template(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """One version of a template: its stages and goals, and who made plans from older ones."""
    keeper_or_404(request)
    writes = keeps_templates(request.user)
    row = template_or_404(key, number)
    if is_draft(row) and not writes:
        raise Http404
    versions = [one for one in PlanTemplate.objects.filter(key=key).order_by("-number") if writes or not is_draft(one)]
    offices = dict(Office.objects.filter(unit=None, key=row.office_key).values_list("key", "title"))
    given = {
        "template": row,
        "facts": _facts(row, offices),
        "stages": stages_of_template(row),
        "may_change": writes and is_draft(row),
        "may_copy": writes and not any(is_draft(one) for one in versions),
        "notice": _("Nobody uses this version yet. Change it as you like, and take it into use when it is decided.")
        if is_draft(row)
        else "",
        "versions": [_version(one, row) for one in versions] if len(versions) > 1 else [],
        "older": _older(row) if writes else "",
    }
    return render(request, "courses/planning/template.html", given)


def template_or_404(key: str, number: int) -> PlanTemplate:
    """One version."""
    return get_object_or_404(PlanTemplate, key=key, number=number)


def _facts(row: PlanTemplate, offices: dict[str, Any]) -> list[str]:
    found = [in_language(offices.get(row.office_key, {})), _("version %(n)d") % {"n": row.number}]
    if not is_draft(row):
        found.append(_("in use from %(day)s") % {"day": long_date(row.valid_from)})
        if row.valid_until and row.valid_until <= today():
            found.append(_("until %(day)s") % {"day": long_date(row.valid_until)})
    return list(filter(None, [*found, row.decision]))


def _version(one: PlanTemplate, current: PlanTemplate) -> Line:
    facts = _("being written") if is_draft(one) else _("from %(day)s") % {"day": long_date(one.valid_from)}
    return Line(
        one.key, one.number, _("Version %(n)d") % {"n": one.number}, facts, is_current=one.number == current.number
    )


def _older(row: PlanTemplate) -> str:
    """How many open plans were made from an older version. One query."""
    plans = CompetencePlan.objects.filter(template__key=row.key, template__number__lt=row.number)
    number = plans.exclude(state=CompetencePlan.State.CLOSED).count()
    words = ngettext(
        "%(n)d open plan was made from an older version. Whoever keeps it can take in what is new from its page.",
        "%(n)d open plans were made from an older version. Whoever keeps them can take in what is new from their page.",
        number,
    )
    return words % {"n": number} if number and not is_draft(row) else ""


@require_POST
@login_required
def copy(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Begin a new version as a copy."""
    writer_or_404(request)
    made = draft_template(template=template_or_404(key, number), by=request.user)
    messages.success(request, _("The new version is a copy. Change it, then take it into use."))
    return redirect("plan_template", made.key, made.number)
