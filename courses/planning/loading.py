"""The plan templates that Tillit brings: from ``defaults/`` to rows. Safe to do twice; edits are left alone."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.curriculum.models import Course
from courses.planning.models import PlanTemplate, TemplateGoal, TemplateStage
from courses.progression.models import Level
from lms.audit.services import record_act
from lms.competences.models import Competence
from lms.members.models import Member
from lms.periods import today

DEFAULTS = Path(__file__).parent / "defaults"
Told = Mapping[str, Any]


@transaction.atomic
def load_templates(*, by: Member | None, since: dt.date | None = None) -> int:
    """Bring in the templates for offices, for a board and for a unit, from ``since`` (today) on.

    One whose key is there stays as it is. Framework and ladder must be there. Returns how many
    templates are new. Whoever calls checks the right.
    """
    day = since or today()
    told = tomllib.loads((DEFAULTS / "templates.toml").read_text(encoding="utf-8"))["templates"]
    there = set(PlanTemplate.objects.values_list("key", flat=True))
    named = _Named()
    made = 0
    for one in told:
        offices = one.get("offices", [""])
        for office in offices:
            key = one["key"] if len(offices) == 1 else f"{one['key']}-{office.replace('_', '-')}"
            if key not in there:
                _load(one, key, office, day, named)
                made += 1
    if made:
        record_act("load_plan_templates", by=by, subject="plan templates", templates=made)
    return made


class _Named:
    """What goals may name, at hand."""

    def __init__(self) -> None:
        self.courses = {row.key: row for row in Course.objects.all()}
        self.levels = {row.key: row for row in Level.objects.all()}
        self.competences = {row.key: row for row in Competence.objects.all()}


def _load(told: Told, key: str, office: str, day: dt.date, named: _Named) -> None:
    template = PlanTemplate.objects.create(
        key=key,
        title=told["title"],
        made_for=told["for"],
        office_key=office,
        unit_kinds=told.get("unit_kinds", []),
        decision="Forslag til standard",
        valid_from=day,
    )
    for order, stage in enumerate(told["stages"], start=1):
        row = TemplateStage.objects.create(
            template=template, order=order, months=stage["months"], action=stage["action"], review=stage["review"]
        )
        TemplateGoal.objects.bulk_create(
            TemplateGoal(stage=row, order=place, **_goal(goal, named)) for place, goal in enumerate(stage["goals"])
        )


def _goal(told: Told, named: _Named) -> dict[str, Any]:
    kind = next(kind for kind in TemplateGoal.Kind if kind in told)
    found: dict[str, Any] = {
        "kind": kind,
        "is_coverage": told.get("coverage", False),
        "least_share": told.get("share"),
        "least_count": told.get("count"),
        "offices": told.get("of", []),
        "within_days": told.get("within_days"),
        "is_begun": told.get("begun", False),
    }
    match kind:
        case TemplateGoal.Kind.LEVEL:
            found["level"] = named.levels[told["level"]]
        case TemplateGoal.Kind.COURSE:
            found["course"] = named.courses[told["course"]]
        case TemplateGoal.Kind.COMPETENCE:
            found |= {"competence": named.competences[told["competence"]], "least_level": told["min"]}
        case TemplateGoal.Kind.TASK:
            found["task"] = told["task"]
    return found
