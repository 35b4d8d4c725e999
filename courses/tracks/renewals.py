"""How far those whose levels lapse are with renewing, and the shortest way left: for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.progression import rules
from courses.progression.explain import need
from courses.progression.finding import Finding
from courses.progression.gathering import gather
from courses.progression.models import Award
from courses.progression.record import Given
from courses.progression.renewing import check_renewal
from courses.progression.trees import ladder_on
from courses.tracks.helping import Help, help_for
from courses.tracks.lapses import Holding
from courses.tracks.paths import Path, leaves, paths_of
from lms.pages.templatetags.tillit import minutes

AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Renewal:
    """How one person stands to renewing one level: the shortest way (None: the rule names none), and whether begun."""

    path: Path | None
    is_begun: bool

    def words(self) -> str:
        """The shortest way in words, with how long it takes where that is known."""
        if self.path is None:
            return _("meet what the level requires once more")
        text = need(self.path.finding) if not self.path.finding.is_met else _("done")
        return f"{text} ({minutes(self.path.minutes)})" if self.path.minutes else text


def renewals_of(holdings: Sequence[Holding], *, on: dt.date) -> dict[Holding, Renewal]:
    """How each stands to renewing by the rule of the day. Constant queries for each thousand people."""
    found: dict[Holding, Renewal] = {}
    for start in range(0, len(holdings), AT_A_TIME):
        found |= _some(holdings[start : start + AT_A_TIME], on)
    return found


def _some(holdings: Sequence[Holding], on: dt.date) -> dict[Holding, Renewal]:
    steps = {step.level_id: step for step in ladder_on(on)}
    people = gather({one.member_id for one in holdings}, on=on)
    findings: dict[Holding, Finding] = {}
    for one in holdings:
        step = steps.get(one.level_id)
        if step is not None and step.renewal is not None and one.member_id in people:
            person = people[one.member_id]
            since = _given_on(person.given.get(step.level, ()), one)
            findings[one] = check_renewal(step.renewal, person.record, since)
    help_at = help_for(findings.values())
    taken = _courses_taken(findings)
    return {one: _renewal(one, findings.get(one), help_at, taken) for one in holdings}


def _given_on(given: Iterable[Given], holding: Holding) -> dt.date:
    """The day the level was last earned, renewed or recorded: an extension is no renewal."""
    days = [one.awarded_on for one in given if one.origin != Award.Origin.EXTENDED]
    return max(days, default=holding.awarded_on)


def _renewal(holding: Holding, finding: Finding | None, help_at: Help, taken: set[tuple[int, str]]) -> Renewal:
    paths = paths_of(finding, help_at.minutes_of)
    asked = [leaf.rule.course for path in paths for leaf in leaves(path.finding) if _is_course(leaf)]  # type: ignore[union-attr]
    is_begun = any(path.is_begun for path in paths) or any((holding.member_id, key) in taken for key in asked)
    return Renewal(paths[0] if paths else None, is_begun)


def _is_course(leaf: Finding) -> bool:
    return isinstance(leaf.rule, rules.CourseCompleted)


def _courses_taken(findings: dict[Holding, Finding]) -> set[tuple[int, str]]:
    """Who takes which of the courses that renew. One query."""
    keys = {leaf.rule.course for finding in findings.values() for leaf in leaves(finding) if _is_course(leaf)}  # type: ignore[union-attr]
    people = [one.member_id for one in findings]
    rows = Enrolment.objects.filter(member__in=people, course__key__in=keys)
    return set(rows.values_list("member", "course__key")) if keys else set()
