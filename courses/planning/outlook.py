"""What is to be expected of a unit's goals, if things go on as they have: one sentence for each.

The line is drawn through the shares at the end of each month, of those who hold the offices
today: how many of them had done it by then. So one gathering of facts is enough.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from courses.planning.forecast import Forecast, Point, Verdict, forecast
from courses.planning.gathering import Facts
from courses.planning.models import GoalFields
from courses.planning.shown import GoalShown, PlanShown
from lms.pages.templatetags.tillit import long_date

LEAST_PEOPLE = 10
"""Of fewer a share jumps too much for a line."""
MONTHS = 12


def outlooks_of(shown: PlanShown, facts: Facts) -> dict[int, str]:
    """Goal → what is expected of it, for a unit's goals that are asked of a group. Asks the database nothing."""
    plan = shown.plan
    if plan.member_id is not None or plan.body_id is not None or plan.state == plan.State.CLOSED:
        return {}
    found = {one.goal.pk: outlook_of(one, shown, facts) for one in shown.goals}
    return {pk: words for pk, words in found.items() if words}


def outlook_of(one: GoalShown, shown: PlanShown, facts: Facts) -> str:
    """One goal's sentence; none where the line says nothing new."""
    goal = one.goal
    if goal.kind == GoalFields.Kind.TASK or goal.is_begun or one.is_done or one.total < LEAST_PEOPLE:
        return ""
    group = facts.group(goal, shown.plan)
    points = shares(facts.done(goal), group, facts.on)
    return in_words(forecast(points, 100 * one.needed / one.total, one.due))


def shares(done: Mapping[int, dt.date], group: Iterable[int], on: dt.date) -> list[Point]:
    """The share of a group that had done it at the end of each month of the last year, and on the day."""
    people = set(group)
    days = sorted(day for member, day in done.items() if member in people)
    asked = [*month_ends(on, MONTHS), on]
    return [(day, 100 * sum(one <= day for one in days) / max(len(people), 1)) for day in asked]


def month_ends(on: dt.date, months: int) -> list[dt.date]:
    """The last days of the months before a day, the oldest first.

    >>> month_ends(dt.date(2024, 3, 14), 2)
    [datetime.date(2024, 1, 31), datetime.date(2024, 2, 29)]
    """
    found, day = [], on.replace(day=1)
    for _step in range(months):
        day = day - dt.timedelta(days=1)
        found.append(day)
        day = day.replace(day=1)
    return found[::-1]


def in_words(told: Forecast) -> str:
    """What the line says, with its figures."""
    figures = {
        "expected": round(told.expected or 0),
        "target": round(told.target),
        "due": long_date(told.due),
        "reached": long_date(told.reached_on),
    }
    match told.verdict:
        case Verdict.ON_COURSE:
            words = _("On course: as it goes, %(expected)d percent by %(due)s.")
        case Verdict.BEHIND if told.per_month is None:
            words = ""
        case Verdict.BEHIND if told.reached_on is not None:
            words = _("As it goes, %(expected)d percent by %(due)s. %(target)d percent would be reached %(reached)s.")
        case Verdict.BEHIND:
            words = _("As it goes, %(expected)d percent by %(due)s, of the %(target)d that are asked for.")
        case _:
            words = ""
    return words % figures if words else ""
