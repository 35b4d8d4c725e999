"""What is known of the people that goals are about: a constant number of queries, however many plans and people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from courses.enrolment.models import CourseCompletion, Enrolment
from courses.planning.models import CompetencePlan, Goal, GoalFields
from courses.progression.kinds import CourseCompleted
from courses.progression.models import Award, Level
from lms.competences.models import Entry, Profile
from lms.organisation.models import Body, Office, Term
from lms.periods import today
from lms.wording import Wording

Kind = GoalFields.Kind
Days = dict[int, dt.date]
"""member → the day it was done"""
LEADING = frozenset({"chair", "deputy"})
LEADS = frozenset({Body.Kind.BOARD, Body.Kind.EXECUTIVE})
"""To chair a nomination committee is not to lead a branch: in a unit these offices count in its board."""


@dataclass(frozen=True, slots=True)
class Seat:
    """That somebody holds an office, in a body of the group."""

    member: int
    office: str
    is_leading: bool


@dataclass(slots=True)
class Facts:
    """What is known on a day. ``done`` and ``begun`` are keyed by what a goal asks for, ``names`` by what it names."""

    on: dt.date
    seats: Mapping[tuple[str, int], Sequence[Seat]] = field(default_factory=dict)
    completed: dict[int, Days] = field(default_factory=lambda: defaultdict(dict))
    enrolled: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    held: dict[int, Days] = field(default_factory=lambda: defaultdict(dict))
    on_the_way: dict[int, set[int]] = field(default_factory=dict)
    stands: dict[tuple[int, int], Days] = field(default_factory=lambda: defaultdict(dict))
    level_in: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    competences: dict[int, Wording] = field(default_factory=dict)
    offices: dict[str, Wording] = field(default_factory=dict)

    def done(self, goal: Goal) -> Days:
        """Who has done what a goal asks for, and when."""
        if goal.kind == Kind.COURSE:
            return self.completed[goal.course_id or 0]
        if goal.kind == Kind.LEVEL:
            return self.held[goal.level_id or 0]
        return self.stands[goal.competence_id or 0, goal.least_level or 0]

    def begun(self, goal: Goal) -> set[int]:
        """Who has begun: takes the course, or one the level asks for, or stands at level 1."""
        if goal.kind == Kind.COURSE:
            return self.enrolled[goal.course_id or 0]
        if goal.kind == Kind.LEVEL:
            return self.on_the_way.get(goal.level_id or 0, set())
        return {member for member, level in self.level_in[goal.competence_id or 0].items() if level > 0}

    def group(self, goal: Goal, plan: CompetencePlan) -> frozenset[int]:
        """Of whom a goal asks it: the person, or those who hold the offices in the body, or in the unit and below."""
        if plan.member_id is not None:
            return frozenset({plan.member_id})
        offices = offices_of(goal, plan)
        is_body = plan.body_id is not None
        whose = ("body", plan.body_id) if is_body else ("unit", plan.unit_id)
        seats = self.seats.get(whose, ())  # type: ignore[arg-type]
        return frozenset(
            seat.member
            for seat in seats
            if not offices or (seat.office in offices and (is_body or seat.is_leading or seat.office not in LEADING))
        )


def offices_of(goal: Goal, plan: CompetencePlan) -> list[str]:
    """The offices a group goal is about; where it names none, the one the plan is for."""
    return list(goal.offices) or ([plan.office.key] if plan.office is not None and plan.member_id is None else [])


def gather(plans: Sequence[CompetencePlan], goals: Sequence[Goal], *, on: dt.date) -> Facts:
    """Everything the goals of these plans ask about, on a day. At most ten queries."""
    facts = Facts(on)
    bodies = {plan.body_id for plan in plans if plan.member_id is None and plan.body_id is not None}
    units = {plan.unit_id for plan in plans if plan.member_id is None and plan.body_id is None}
    facts.seats = _seats(bodies, units, on)
    own = Q(member__in={plan.member_id for plan in plans if plan.member_id is not None})
    whom = own | Q(member__in=_terms_in(bodies, units, on).values("member")) if bodies or units else own
    levels = {goal.level_id for goal in goals if goal.level_id}
    by_level = _levels(facts, levels, whom)
    courses = {goal.course_id for goal in goals if goal.course_id} | {c for some in by_level.values() for c in some}
    _courses(facts, courses, whom)
    for level, asked in by_level.items():
        facts.on_the_way[level] = {m for c in asked for m in (*facts.enrolled[c], *facts.completed[c])}
    _competences(facts, [goal for goal in goals if goal.competence_id], whom)
    keys = {key for goal in goals for key in goal.offices}
    facts.offices = dict(Office.objects.filter(unit=None, key__in=keys).values_list("key", "title")) if keys else {}
    return facts


def _terms_in(bodies: Iterable[int], units: Iterable[int | None], on: dt.date):  # type: ignore[no-untyped-def]
    """The terms held on a day in the bodies, or in the units and below."""
    return Term.objects.on(on).filter(Q(body__in=list(bodies)) | _under(units, on))


def _under(units: Iterable[int | None], on: dt.date) -> Q:
    line = "body__unit__ancestry"
    open_on = Q(**{f"{line}__valid_until": None}) | Q(**{f"{line}__valid_until__gt": on})
    return Q(**{f"{line}__ancestor__in": list(units), f"{line}__valid_from__lte": on}) & open_on


def _seats(bodies: set[int], units: set[int | None], on: dt.date) -> dict[tuple[str, int], list[Seat]]:
    found: dict[tuple[str, int], list[Seat]] = defaultdict(list)
    columns = ("member", "office__key", "body__kind")
    terms = Term.objects.on(on)
    if bodies:
        for body, member, office, kind in terms.filter(body__in=bodies).values_list("body", *columns):
            found["body", body].append(Seat(member, office, kind in LEADS))
    if units:
        rows = terms.filter(_under(units, on)).values_list("body__unit__ancestry__ancestor", *columns)
        for unit, member, office, kind in rows:
            found["unit", unit].append(Seat(member, office, kind in LEADS))
    return found


def _levels(facts: Facts, levels: set[int], whom: Q) -> dict[int, set[int]]:
    """Fill in who holds the levels, or a higher one of the same track; returns the courses each level asks for."""
    if not levels:
        return {}
    order = dict(Level.objects.filter(track__levels__in=levels).distinct().values_list("pk", "order"))
    track = dict(Level.objects.filter(pk__in=order).values_list("pk", "track"))
    meets = {pk: {w for w in levels if track[w] == track[pk] and order[w] <= order[pk]} for pk in order}
    rows = (
        Award.objects.valid_on(facts.on)
        .filter(whom, level__in=list(meets))
        .values_list("level", "member", "awarded_on")
    )
    for level, member, day in rows:
        for wanted in meets[level]:
            _first(facts.held[wanted], member, day)
    asked: dict[int, set[int]] = {level: set() for level in levels}
    named = CourseCompleted.objects.filter(rule__level__in=levels, rule__valid_from__lte=facts.on)
    named = named.exclude(rule__adopted_at=None).exclude(rule__valid_until__lte=facts.on)
    for level, course in named.values_list("rule__level", "course"):
        asked[level].add(course)
    return asked


def _courses(facts: Facts, courses: set[int], whom: Q) -> None:
    if not courses:
        return
    rows = CourseCompletion.objects.filter(whom, course__in=courses).values_list("course", "member", "completed_at")
    for course, member, at in rows:
        day = timezone.localdate(at)
        if day <= facts.on:
            _first(facts.completed[course], member, day)
    for course, member, at in Enrolment.objects.filter(whom, course__in=courses).values_list(
        "course", "member", "enrolled_at"
    ):
        if timezone.localdate(at) <= facts.on:
            facts.enrolled[course].add(member)


def _competences(facts: Facts, goals: Sequence[Goal], whom: Q) -> None:
    """Fill in where people stand. Today's profile says it; for a day behind us the days each level was reached do."""
    if not goals:
        return
    asked = {(goal.competence_id or 0, goal.least_level or 0) for goal in goals}
    known = {goal.competence_id or 0: goal.competence for goal in goals if goal.competence is not None}
    is_past = facts.on < today()
    for member, levels, details in Profile.objects.filter(whom).values_list("member", "levels", "details"):
        stood = {pk: _stood(bytes(levels), details, c.key, c.number, facts.on, is_past) for pk, c in known.items()}
        for pk, level in stood.items():
            if level:
                facts.level_in[pk][member] = level
        for pk, least in asked:
            if stood[pk] >= least:
                since = details.get(known[pk].key, {}).get("since") or []
                text = since[least - 1] if least <= len(since) else None
                facts.stands[pk, least][member] = dt.date.fromisoformat(text) if text else facts.on
    entries = Entry.objects.filter(competence__in=known, version__valid_from__lte=facts.on)
    entries = entries.exclude(version__valid_until__lte=facts.on)
    facts.competences = dict(entries.values_list("competence", "title"))


def _stood(levels: bytes, details: Mapping, key: str, number: int, on: dt.date, is_past: bool) -> int:
    if not is_past:
        return levels[number] if number < len(levels) else 0
    since = details.get(key, {}).get("since") or []
    return max((n for n, day in enumerate(since, start=1) if day and day <= on.isoformat()), default=0)


def _first(days: Days, member: int, day: dt.date) -> None:
    days[member] = min(day, days.get(member, day))
