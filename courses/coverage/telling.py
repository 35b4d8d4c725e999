"""The overview in words and in the order the templates draw it: sentences that say the finding, cells beside names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.coverage.asking import GROUPS, Asked
from courses.coverage.drawing import at_both_widths
from courses.coverage.goals import GoalAhead
from courses.coverage.queries import Overview, Point, exact
from courses.coverage.words import LEVEL
from lms.competences.framework import framework_on
from lms.pages.templatetags.tillit import long_date, spaced


def unit_told(found: Overview, asked: Asked, goals: Sequence[GoalAhead]) -> dict[str, Any]:
    """What the page of a unit is given."""
    words = [str(word) for word in GROUPS.values()]
    titles = [line.title for line in found.levels]
    return {
        "found": found,
        "sentence": _unit_sentence(found, asked),
        "months": [(f"{month:%Y-%m}", month) for month in found.months],
        "people": list(zip(words, found.people, strict=True)),
        "head": titles[: len(found.parts[0].cells)] if found.parts else [],
        "levels": [(line, list(zip(words, line.cells, line.lapsed, strict=True))) for line in found.levels],
        "parts_shown": any(cell.reached is not None for part in found.parts for cell in part.cells),
        "parts": [(part, list(zip(titles, part.cells, strict=False))) for part in found.parts]
        if _has_parts(found)
        else [],
        "goals": [(goal, words[goal.group], _goal_url(goal, asked)) for goal in goals],
        "least_name": framework_on().level_name(asked.least),
    }


def _has_parts(found: Overview) -> bool:
    """Whether anything lies below: the unit's own people alone are the page over again."""
    return any(not part.is_own for part in found.parts)


def _unit_sentence(found: Overview, asked: Asked) -> str:
    """The finding: how many of those asked about hold the first level."""
    people = found.people[asked.group_at]
    told = {"whom": asked.group_word.lower(), "people": spaced(people)}
    first = next(iter(found.levels), None)
    cell = first.cells[asked.group_at] if first else None
    if not people:
        return _("Nobody is counted here that month.")
    if first is None or cell is None or cell.reached is None:
        return _("%(people)s %(whom)s. How many hold the first level is too small a number to be shown.") % told
    told |= {"level": first.title, "share": str(cell.share), "reached": spaced(cell.reached)}
    return _("%(reached)s of %(people)s %(whom)s hold %(level)s: %(share)s %%.") % told


def column_told(points: Sequence[Point], asked: Asked, title: str, key: str) -> dict[str, Any]:
    """What the page of one column is given."""
    shares = [(point.month, exact(point)) for point in points]
    return {
        "key": key,
        "title": title,
        "is_level": key.startswith(LEVEL),
        "sentence": _column_sentence(points, asked),
        "points": [point for at, point in enumerate(reversed(points)) if at == 0 or point.month.month in (6, 12)],
        "charts": at_both_widths(shares) if any(share is not None for _, share in shares) else [],
    }


def _column_sentence(points: Sequence[Point], asked: Asked) -> str:
    """Where it stands, and where it stood a year before."""
    known = [point for point in points if point.cell.share is not None]
    told = {"whom": asked.group_word.lower(), "unit": asked.unit.name}
    if not known:
        return _("In %(unit)s there are too few %(whom)s for a figure to be shown.") % told
    last = known[-1]
    told |= {"share": str(last.cell.share), "day": long_date(last.counted_on)}
    before = next((point for point in reversed(known) if (last.month - point.month).days >= 360), None)
    if before is None:
        return _("%(share)s %% of %(whom)s in %(unit)s on %(day)s.") % told
    told |= {"then": str(before.cell.share), "before": long_date(before.counted_on)}
    return _("%(share)s %% of %(whom)s in %(unit)s on %(day)s; %(then)s %% on %(before)s.") % told


def _goal_url(goal: GoalAhead, asked: Asked) -> str:
    query = asked.query(group=list(GROUPS)[goal.group], least=goal.least, month=None)
    return reverse("coverage_column", args=[asked.unit.public_id, goal.column]) + query
