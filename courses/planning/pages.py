"""The page of a plan: a person's, a body's or a unit's, for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.planning import reasons
from courses.planning.breakdown import Table, breakdown_of
from courses.planning.drawing import Profile, at_both_widths
from courses.planning.gathering import Facts
from courses.planning.lines import (
    GoalLine,
    Telling,
    YearLine,
    marks_of,
    sentence_of,
    year_lines,
)
from courses.planning.models import CompetencePlan, GoalFields, PlanReview
from courses.planning.next_step import Next, next_step
from courses.planning.outlook import outlooks_of
from courses.planning.queries import gathered
from courses.planning.shown import PlanShown, show
from courses.planning.sight import Sight
from courses.planning.states import Act, allowed
from courses.planning.veil import veiled
from courses.planning.words import PLAN_STATES, months
from lms.members.models import Member
from lms.pages.templatetags.tillit import long_date
from lms.wording import in_language

State = CompetencePlan.State


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another plan of the same."""

    url: str
    label: str
    closed: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with the plan as it stands."""

    agree: bool
    begin: bool
    take_back: bool
    change: bool
    review: bool
    carry: bool
    close: bool
    discard: bool
    reopen: bool
    refresh: bool
    ask_to_agree: bool
    ask_for_talk: bool


@dataclass(slots=True)
class PlanPage:
    """Everything the page shows."""

    plan: CompetencePlan
    is_own: bool
    whose: str
    heading: str
    state: str
    months: str
    closed: str
    drawings: list[Profile]
    sentence: str
    here: str
    years: list[YearLine]
    may: May
    reviews: list[PlanReview]
    next_talk: str
    next: Next | None = None
    siblings: list[Sibling] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    back_url: str = ""
    back_label: str = ""
    sums: str = ""
    breakdown: Table | None = None
    shows_names: bool = False
    named: frozenset[int] = frozenset()

    @property
    def goals(self) -> list[GoalLine]:
        """Every goal in order."""
        return [line for year in self.years for stage in year.stages for line in stage.goals]


def plan_page(sight: Sight, *, on: dt.date, language: str, siblings: Sequence[CompetencePlan] = ()) -> PlanPage:
    """The page of a plan, a closed one as it was when it closed. A constant number of queries."""
    plan = sight.plan
    day = plan.closed_on or on
    stages, goals, facts = gathered([plan], day)
    shown = show(plan, stages, goals, facts)
    if sight.hides_few:
        shown = veiled(shown)
    telling, named = _telling(sight, shown, facts, language)
    is_current = plan.state != State.CLOSED
    now = shown.now
    page = PlanPage(
        plan=plan,
        is_own=sight.is_own,
        whose=whose(plan),
        heading=_heading(sight),
        state=_state(plan),
        months=months(plan.valid_from, plan.valid_until),
        closed=_closed(plan),
        drawings=at_both_widths(plan.period, marks_of(shown), here=day),
        sentence=sentence_of(shown),
        here=_("You are here") if sight.is_own else _("Today"),
        years=year_lines(shown, telling),
        may=_may(sight, shown),
        reviews=list(PlanReview.objects.filter(plan=plan).select_related("by")),
        next_talk=in_language(now.milestone.review) if is_current and now is not None else "",
        siblings=_siblings(siblings, plan),
        sums=_("%(done)d of %(total)d goals are reached.") % {"done": shown.done, "total": shown.total},
        shows_names=sight.shows_names,
        named=named,
    )
    if sight.is_own and is_current:
        page.next = next_step(shown, sight.reader, language)
    if sight.keeps and plan.member_id is None and plan.body_id is None and plan.unit is not None:
        page.breakdown = breakdown_of(shown, on=day)
    return page


def _telling(sight: Sight, shown: PlanShown, facts: Facts, language: str) -> tuple[Telling, frozenset[int]]:
    """How the goals are told to the reader, and whom it names."""
    left = _left(sight, shown, facts) if sight.shows_names else {}
    named = frozenset(pk for some in left.values() for pk in some)
    names = dict(Member.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    telling = Telling(
        language,
        may_tick=sight.is_own or sight.keeps,
        names={goal: [names[pk] or _("no name") for pk in some] for goal, some in left.items()},
        outlooks=outlooks_of(shown, facts),
    )
    return telling, named


def whose(plan: CompetencePlan) -> str:
    """Leder, Bodø styre; the unit; or the person's own."""
    where = plan.body or plan.unit
    parts = [str(plan.office) if plan.office else "", str(where) if where else ""]
    told = ", ".join(filter(None, parts))
    return told or (_("your own") if plan.member_id else "")


def _heading(sight: Sight) -> str:
    plan = sight.plan
    year = ((plan.valid_until or plan.valid_from) - dt.timedelta(days=1)).year
    if sight.is_own:
        return _("Your way towards %(year)d") % {"year": year}
    who = plan.member.name or _("no name") if plan.member is not None else str(plan.body or plan.unit)
    return _("%(who)s towards %(year)d") % {"who": who, "year": year}


def _state(plan: CompetencePlan) -> str:
    return str(PLAN_STATES[plan.state][0])


def _closed(plan: CompetencePlan) -> str:
    """When and why a plan was closed."""
    if plan.state != State.CLOSED:
        return ""
    told = {"day": long_date(plan.closed_on), "why": reasons.reason_in_words(plan.closed_reason)}
    return _("Closed %(day)s: %(why)s. It is shown as it was that day.") % told


def _left(sight: Sight, shown: PlanShown, facts: Facts) -> dict[int, list[int]]:
    """Goal → who of the body has not done it, of the goals asked of everybody or of a group."""
    plan, found = sight.plan, {}
    for one in shown.goals:
        if one.is_done or one.goal.kind == GoalFields.Kind.TASK:
            continue
        group, done = facts.group(one.goal, plan), facts.done(one.goal)
        begun = facts.begun(one.goal) if one.goal.is_begun else set()
        found[one.goal.pk] = sorted(pk for pk in group if pk not in done and pk not in begun)
    return found


def _may(sight: Sight, shown: PlanShown) -> May:
    plan, own, keeps = sight.plan, sight.is_own, sight.keeps
    has_say = own or keeps

    def can(act: Act, who: bool) -> bool:
        return who and allowed(act, plan.state)

    late = any(stage.is_past and any(goal.state == "late" for goal in stage.goals) for stage in shown.milestones)
    changes = keeps or (own and plan.state == State.DRAFT)
    is_open = plan.state != State.CLOSED
    return May(
        agree=can(Act.AGREE, keeps and not own),
        begin=can(Act.ACTIVATE, has_say),
        take_back=can(Act.TAKE_BACK, has_say),
        change=can(Act.CHANGE, changes),
        review=can(Act.REVIEW, has_say),
        carry=late and can(Act.CARRY_OVER, has_say),
        close=can(Act.CLOSE, has_say),
        discard=can(Act.DISCARD, changes),
        reopen=can(Act.REOPEN, keeps and not own),
        refresh=plan.template_id is not None and can(Act.RENEW, changes),
        ask_to_agree=own and plan.state == State.DRAFT,
        ask_for_talk=own and is_open,
    )


def _siblings(plans: Sequence[CompetencePlan], current: CompetencePlan) -> list[Sibling]:
    """The other plans; none when there is only this one."""
    found = [sibling(plan, is_current=plan.pk == current.pk) for plan in plans]
    return found if len(found) > 1 else []


def sibling(plan: CompetencePlan, *, is_current: bool = False) -> Sibling:
    """One plan as a link."""
    closed = ""
    if plan.state == State.CLOSED:
        told = {"day": long_date(plan.closed_on), "why": reasons.reason_in_words(plan.closed_reason)}
        closed = _("Closed %(day)s: %(why)s") % told
    label = str(plan) if not closed else _("%(plan)s (closed)") % {"plan": plan}
    return Sibling(reverse("plan", args=[plan.public_id]), label, closed, is_current)
