"""A plan as a page shows it: years, stages and goals in words, and the marks of the drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.planning.drawing import Mark, year_label, years_after
from courses.planning.models import Goal, GoalFields
from courses.planning.places import course_address, place
from courses.planning.progress import GoalState
from courses.planning.shown import GoalShown, PlanShown, StageShown
from courses.planning.words import COMING, GOAL_STATES, Look, month, months
from lms.pages.templatetags.tillit import long_date
from lms.wording import in_language

Kind = GoalFields.Kind
OPEN = (GoalState.DUE, GoalState.LATE)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal in words. ``share`` percent have done it, ``asked_share`` are asked for; ``names``: who is left."""

    pk: int
    what: str
    state: str
    look: Look
    detail: str
    url: str = ""
    tick_url: str = ""
    is_done: bool = False
    share: int | None = None
    asked_share: int | None = None
    names: tuple[str, ...] = ()
    outlook: str = ""


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage in words."""

    order: int
    months: str
    is_here: bool
    action: str
    review: str
    goals: list[GoalLine]


@dataclass(slots=True)
class YearLine:
    """One year of the plan."""

    label: str
    is_here: bool = False
    stages: list[StageLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Telling:
    """How goals are told to one reader: their language, whether they may tick, who is left, and what is expected."""

    language: str
    may_tick: bool = False
    names: Mapping[int, Sequence[str]] = field(default_factory=dict)
    outlooks: Mapping[int, str] = field(default_factory=dict)


def year_lines(shown: PlanShown, telling: Telling) -> list[YearLine]:
    """The stages by the year of the plan they begin in."""
    found: list[YearLine] = []
    start, number = shown.plan.valid_from, 0
    for stage in shown.milestones:
        while not found or stage.milestone.valid_from >= years_after(start, number):
            found.append(YearLine(year_label(years_after(start, number))))
            number += 1
        line = stage_line(stage, shown, telling)
        found[-1].stages.append(line)
        found[-1].is_here |= line.is_here
    return found


def stage_line(stage: StageShown, shown: PlanShown, telling: Telling) -> StageLine:
    """One stage in the reader's language."""
    row = stage.milestone
    return StageLine(
        order=row.order,
        months=months(row.valid_from, row.valid_until),
        is_here=stage.is_now,
        action=in_language(row.action, telling.language),
        review=in_language(row.review, telling.language),
        goals=[goal_line(goal, shown, telling) for goal in stage.goals],
    )


def goal_line(one: GoalShown, shown: PlanShown, telling: Telling) -> GoalLine:
    """One goal in the reader's language."""
    goal, plan = one.goal, shown.plan
    is_group = plan.member_id is None and goal.kind != Kind.TASK
    ticks = goal.kind == Kind.TASK and telling.may_tick and plan.state != plan.State.CLOSED
    counted = is_group and one.total > 0
    return GoalLine(
        pk=goal.pk,
        what=one.what,
        state="ahead" if one.is_coming else str(one.state),
        look=COMING if one.is_coming else GOAL_STATES[str(one.state)],
        detail=_detail(one),
        url=goal_address(goal, telling.language),
        tick_url=reverse("tick_goal", args=[plan.public_id, goal.pk]) if ticks else "",
        is_done=one.is_done,
        share=round(100 * one.done / one.total) if counted else None,
        asked_share=min(100, round(100 * one.needed / one.total)) if counted and one.needed < one.total else None,
        names=() if one.is_done else tuple(telling.names.get(goal.pk, ())),
        outlook=telling.outlooks.get(goal.pk, ""),
    )


def _detail(one: GoalShown) -> str:
    """What there is to say, and by when where that is not simply the end of the stage."""
    if one.is_coming:
        return " · ".join(filter(None, [_("The course is not made yet"), one.detail]))
    by_when = ""
    if one.state in OPEN or (one.goal.within_days and not one.is_done):
        by_when = _("by %(date)s") % {"date": long_date(one.due)}
    return " · ".join(filter(None, [one.detail, by_when]))


def goal_address(goal: Goal, language: str) -> str:
    """Where what a goal asks for is read or done."""
    match goal.kind:
        case Kind.COURSE:
            return course_address(goal.course_id or 0, language)
        case Kind.LEVEL:
            return place("level_on_ladder", goal.level.key) if goal.level is not None else ""
        case Kind.COMPETENCE if goal.competence is not None:
            return place("competence", goal.competence.key)
    return ""


def marks_of(shown: PlanShown) -> list[Mark]:
    """What lies on the way: the end of each stage, and each level with its stones."""
    found = [
        Mark(stage.milestone.valid_until or shown.on, bool(stage.goals) and stage.done == stage.total)
        for stage in shown.milestones
    ]
    for one in shown.goals:
        level = one.goal.level
        if level is not None and not one.goal.is_begun and one.state != GoalState.MISSED:
            name = in_language(level.title)
            found.append(Mark(one.due, one.is_done, level.order, name[:1].upper() + name[1:]))
    return found


def sentence_of(shown: PlanShown) -> str:
    """What the drawing shows, in a few sentences: for those who hear it."""
    plan = shown.plan
    last = (plan.valid_until or shown.on) - dt.timedelta(days=1)
    told = [
        _("The plan as a mountainside from %(start)s to %(end)s.")
        % {"start": month(plan.valid_from), "end": month(last)},
        _("%(done)d of %(total)d goals are reached.") % {"done": shown.done, "total": shown.total},
    ]
    for mark in marks_of(shown):
        if mark.stones:
            words = _("%(level)s is reached.") if mark.is_done else _("%(level)s is planned for %(when)s.")
            told.append(words % {"level": mark.label, "when": month(mark.on)})
    return " ".join([*told, _("The list below says the same.")])


def can_be_done(one: GoalShown, language: str) -> bool:
    """Whether a goal can be acted on now: a task, or something that is made and has its page."""
    return not one.is_coming and (one.goal.kind == Kind.TASK or bool(goal_address(one.goal, language)))


def next_of(shown: PlanShown, language: str) -> GoalShown | None:
    """What is next: of the goals not reached the one due first that can be acted on, else the one due first."""
    able = (one for one in shown.open_goals if can_be_done(one, language))
    return next(able, shown.next_goal)
