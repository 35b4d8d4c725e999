"""The first thing in a plan that makes itself: the course the beginner level asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import F

from courses.curriculum.models import Course
from courses.planning.models import CompetencePlan, Goal, Milestone
from courses.progression import rules
from courses.progression.models import Level
from courses.progression.queries import rule_on, tree_of

TRACK = "leadership"
WITHIN = 100
"""Days: so long has whoever was elected for the first course, where the template does not say otherwise."""


def put_onboarding_first(plans: Sequence[CompetencePlan], *, on: dt.date) -> None:
    """Let the first stage of each plan begin with the beginner's course; add it where the template has none."""
    courses = onboarding_courses(on)
    firsts = {stage.pk: stage for stage in Milestone.objects.filter(plan__in=plans, order=1)}
    if not courses or not firsts:
        return
    goals = Goal.objects.filter(milestone__in=firsts, is_coverage=False)
    goals.exclude(course__in=courses).update(order=F("order") + len(courses))
    for place, course in enumerate(courses):
        goals.filter(course=course).update(order=place)
    has = set(goals.filter(course__in=courses).values_list("milestone", flat=True))
    Goal.objects.bulk_create(
        Goal(milestone=stage, kind=Goal.Kind.COURSE, course=courses[0], order=0, within_days=WITHIN)
        for pk, stage in firsts.items()
        if pk not in has
    )


def onboarding_courses(on: dt.date) -> list[Course]:
    """The courses that the first level of the ladder asks everybody for, in its order."""
    level = Level.objects.filter(track__key=TRACK).order_by("order").first()
    rule = rule_on(level, on) if level is not None else None
    if rule is None:
        return []
    keys = list(_asked_of_all(tree_of(rule)))
    found = {course.key: course for course in Course.objects.filter(key__in=keys, archived_at=None)}
    return [found[key] for key in keys if key in found]


def _asked_of_all(rule: rules.Rule) -> list[str]:
    """The keys of courses no way leads around: not those of which one may choose."""
    if isinstance(rule, rules.CourseCompleted):
        return [rule.course]
    if isinstance(rule, rules.AllOf):
        return [key for part in rule.parts for key in _asked_of_all(part)]
    return _asked_of_all(rule.rule) if isinstance(rule, rules.Substitutable) else []
