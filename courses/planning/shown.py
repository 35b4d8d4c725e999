"""A plan as it is shown: stages, goals, their states, and the words for them. Pure but for the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.planning.gathering import Facts, offices_of
from courses.planning.models import CompetencePlan, Goal, GoalFields, Milestone
from courses.planning.progress import GoalState, Reached, due_of, needed, reached_by, state_of
from lms.pages.templatetags.tillit import long_date
from lms.wording import in_language

Kind = GoalFields.Kind
OVER = (GoalState.DONE, GoalState.MISSED)


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One goal on a day. ``done`` of ``total`` people, ``needed`` of them; ``on`` the day it was reached, if known.

    ``is_veiled``: of how far so few have come nothing is told, and the goal is counted nowhere.
    ``is_coming``: it asks for a course that nobody has made yet.
    """

    goal: Goal
    what: str
    state: GoalState
    done: int
    total: int
    needed: int
    due: dt.date
    detail: str
    on: dt.date | None = None
    is_veiled: bool = False
    is_coming: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it is reached."""
        return self.state == GoalState.DONE

    @property
    def rank(self) -> tuple[bool, dt.date]:
        """The next one first: what can be acted on before what is coming, then what is due first."""
        return self.is_coming, self.due


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage and its goals. ``is_now``: the day lies in it."""

    milestone: Milestone
    goals: tuple[GoalShown, ...]
    is_now: bool
    is_past: bool

    @property
    def done(self) -> int:
        """How many of its goals are reached."""
        return sum(goal.is_done for goal in self.goals)

    @property
    def total(self) -> int:
        """How many goals it has."""
        return len(self.goals)


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan on a day. ``milestones`` are its stages in order."""

    plan: CompetencePlan
    on: dt.date
    milestones: tuple[StageShown, ...]

    @property
    def goals(self) -> tuple[GoalShown, ...]:
        """Every goal, in order."""
        return tuple(goal for stage in self.milestones for goal in stage.goals)

    @property
    def done(self) -> int:
        """How many goals are reached. One that was taken further is counted where it went."""
        return sum(goal.is_done for goal in self._counted())

    @property
    def total(self) -> int:
        """How many goals there are, each counted once."""
        return len(self._counted())

    @property
    def now(self) -> StageShown | None:
        """The stage the day lies in."""
        return next((stage for stage in self.milestones if stage.is_now), None)

    @property
    def open_goals(self) -> list[GoalShown]:
        """The goals not reached, the next one first; what nobody has made yet comes last."""
        return sorted((g for g in self.goals if g.state not in OVER), key=lambda goal: goal.rank)

    @property
    def next_goal(self) -> GoalShown | None:
        """What is next: of the goals not reached the one due first; one that is coming only when nothing else is."""
        return next(iter(self.open_goals), None)

    def _counted(self) -> list[GoalShown]:
        told = [goal for goal in self.goals if not goal.is_veiled]
        return [goal for goal in told if goal.is_done or not _is_carried(goal.goal)]


def show(plan: CompetencePlan, stages: Sequence[Milestone], goals: Iterable[Goal], facts: Facts) -> PlanShown:
    """The plan on the facts' day, in the active language. Asks the database nothing."""
    by_stage: dict[int, list[Goal]] = {}
    for goal in goals:
        by_stage.setdefault(goal.milestone_id, []).append(goal)
    return PlanShown(
        plan,
        facts.on,
        tuple(
            StageShown(
                stage,
                tuple(show_goal(goal, stage, plan, facts) for goal in by_stage.get(stage.pk, ())),
                is_now=facts.on in stage.period,
                is_past=stage.period.until is not None and stage.period.until <= facts.on,
            )
            for stage in stages
        ),
    )


def show_goal(goal: Goal, stage: Milestone, plan: CompetencePlan, facts: Facts) -> GoalShown:
    """One goal on the facts' day."""
    reached, needs = measure(goal, plan, facts)
    due = due_of(stage.period, goal.within_days)
    is_carried = _is_carried(goal)
    is_over = is_carried or plan.state == CompetencePlan.State.CLOSED
    state = state_of(reached, needs=needs, due=due, on=facts.on, is_over=is_over)
    detail = _("Taken further to a later stage") if state == GoalState.MISSED and is_carried else ""
    detail = detail or _detail(goal, plan, reached, needs, state, facts)
    what, coming = what_of(goal, plan, facts), state not in OVER and _is_coming(goal)
    return GoalShown(
        goal, what, state, reached.done, reached.total, needs, due, detail, reached.on, is_coming=coming
    )  # fmt: skip


def measure(goal: Goal, plan: CompetencePlan, facts: Facts) -> tuple[Reached, int]:
    """How far a goal has come, and how many are needed."""
    if goal.kind == Kind.TASK:
        is_ticked = goal.ticked_on is not None and goal.ticked_on <= facts.on
        return Reached(int(is_ticked), int(is_ticked), 1, goal.ticked_on if is_ticked else None), 1
    group = facts.group(goal, plan)
    needs = needed(len(group), share=goal.least_share, count=goal.least_count)
    return reached_by(group, facts.done(goal), facts.begun(goal), needs=needs, counts_begun=goal.is_begun), needs


def what_of(goal: Goal, plan: CompetencePlan, facts: Facts) -> str:
    """What a goal asks, in one line."""
    what = _asked(goal, facts)
    if plan.member_id is not None or goal.kind == Kind.TASK:
        return what
    keys = offices_of(goal, plan)
    titles = ", ".join(in_language(facts.offices.get(key, {})) or _own_title(key, plan) for key in keys)
    if goal.least_share is not None:
        who = _("%(share)d percent") % {"share": goal.least_share}
    elif goal.least_count is not None:
        n = goal.least_count
        who = ngettext("At least %(n)d", "At least %(n)d", n) % {"n": n}
    else:
        who = _("Everybody")
    if titles:
        who = f"{who} ({titles})"
    return _("%(who)s: %(what)s") % {"who": who, "what": what}


def _asked(goal: Goal, facts: Facts) -> str:
    if goal.kind == Kind.TASK:
        return in_language(goal.task)
    if goal.course is not None:
        sentence = _("begin the course %(course)s") if goal.is_begun else _("complete the course %(course)s")
        return _capital(sentence % {"course": goal.course})
    if goal.level is not None:
        sentence = _("be on the way to the level %(level)s") if goal.is_begun else _("reach the level %(level)s")
        return _capital(sentence % {"level": in_language(goal.level.title)})
    name = in_language(facts.competences.get(goal.competence_id or 0, {})) or str(goal.competence)
    return _("%(competence)s at level %(level)d") % {"competence": name, "level": goal.least_level or 0}


def _detail(
    goal: Goal, plan: CompetencePlan, reached: Reached, needs: int, state: GoalState, facts: Facts
) -> str:  # fmt: skip
    """What more there is to say of it."""
    if plan.member_id is None and goal.kind != Kind.TASK:
        counts = {"done": reached.done, "total": reached.total, "needed": needs}
        return _("%(done)d of %(total)d, %(needed)d needed") % counts
    if state == GoalState.DONE:
        return long_date(reached.on)  # the state says that it is reached
    if goal.kind == Kind.COMPETENCE and plan.member_id is not None:
        level = facts.level_in[goal.competence_id or 0].get(plan.member_id, 0)
        return _("Level %(level)d now") % {"level": level} if level else ""
    return _("Begun") if reached.begun else ""


def _own_title(key: str, plan: CompetencePlan) -> str:
    return in_language(plan.office.title) if plan.office is not None and plan.office.key == key else key


def _is_carried(goal: Goal) -> bool:
    """Whether the goal was taken further; the query that fetched it says so."""
    return bool(getattr(goal, "is_carried", False))


def _is_coming(goal: Goal) -> bool:
    """Whether nobody has made the course yet; the query that fetched the goal says whether it has lessons."""
    return goal.course is not None and (goal.course.is_planned or not getattr(goal, "has_lessons", True))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
