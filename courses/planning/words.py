"""What the states of plans and goals are called, with the sign and the tag each is shown by."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.planning.models import CompetencePlan, GoalFields

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Look:
    """A state in words, with its icon, the colour class of the icon, the kind of its tag, and its sign on paper."""

    word: Word
    icon: str
    css: str
    tag: str
    sign: str


GOAL_STATES: dict[str, Look] = {
    "done": Look(pgettext_lazy("goal", "Reached"), "CheckmarkCircleFill", "ok", "done", "✓"),
    "begun": Look(pgettext_lazy("goal", "Under way"), "Hourglass", "miss", "", "…"),
    "ahead": Look(pgettext_lazy("goal", "To come"), "Circle", "miss", "", "○"),
    "due": Look(pgettext_lazy("goal", "Now"), "Circle", "gone", "due", "○"),
    "late": Look(pgettext_lazy("goal", "Late"), "ClockDashed", "gone", "due", "!"),
    "missed": Look(pgettext_lazy("goal", "Not reached"), "ClockDashed", "gone", "", "–"),
}
COMING = Look(pgettext_lazy("goal", "Coming"), "Circle", "miss", "", "○")
"""A goal whose course nobody has made yet: it waits for us, not for anybody."""

PLAN_STATES: dict[str, tuple[Word, str]] = {
    CompetencePlan.State.DRAFT: (pgettext_lazy("plan", "Draft"), ""),
    CompetencePlan.State.AGREED: (pgettext_lazy("plan", "Agreed"), "you"),
    CompetencePlan.State.ACTIVE: (pgettext_lazy("plan", "Has begun"), "done"),
    CompetencePlan.State.CLOSED: (pgettext_lazy("plan", "Closed"), ""),
}
"""State of a plan: its word, and the kind of its tag."""

GOAL_KINDS: dict[str, Word] = {
    GoalFields.Kind.COURSE: _("Complete a course"),
    GoalFields.Kind.COMPETENCE: _("Be able to do something"),
    GoalFields.Kind.LEVEL: _("Reach a level"),
    GoalFields.Kind.TASK: _("Do something, in your own words"),
}


def month(day: dt.date) -> str:
    """mars 2026, in the active language."""
    return date_format(day, "F Y")


def months(start: dt.date, until: dt.date | None) -> str:
    """mars – august 2026; across a new year both years are named."""
    if until is None:
        return month(start)
    last = until - dt.timedelta(days=1)
    if (start.year, start.month) == (last.year, last.month):
        return month(start)
    first = date_format(start, "F") if start.year == last.year else month(start)
    return f"{first} – {month(last)}"
