"""What a goal or a plan may be about, as choices in a form: courses, levels, competences, templates, offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.curriculum.models import Course
from courses.planning.models import PlanTemplate
from courses.progression.models import Level
from lms.competences.queries import framework_on
from lms.organisation.models import Office
from lms.wording import in_language

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def course_choices() -> Choices:
    """Every course that is not put away, by name; those nobody has made yet too: they are coming."""
    rows = [(str(course.pk), str(course)) for course in Course.objects.filter(archived_at=None)]
    return sorted(rows, key=lambda row: row[1].casefold())


def level_choices() -> Grouped:
    """Levels by track, the lowest first."""
    found: dict[str, Choices] = {}
    rows = Level.objects.filter(track__archived_at=None).select_related("track")
    for level in rows.order_by("track__order", "track__key", "order"):
        found.setdefault(str(level.track), []).append((str(level.pk), level_name(level)))
    return list(found.items())


def level_name(level: Level) -> str:
    """Grunn: Trygg i vervet."""
    name, meaning = str(level), in_language(level.display_name)
    return f"{name[:1].upper()}{name[1:]}: {meaning}" if meaning and meaning != name else name[:1].upper() + name[1:]


def competence_choices() -> Grouped:
    """Competences of today's framework by area, named by their key."""
    return [(str(area), [(entry.key, str(entry)) for entry in area.entries]) for area in framework_on().areas]


def scale_choices() -> Choices:
    """The levels one can ask for, in words."""
    shown = framework_on()
    return [(str(level), f"{level}: {shown.level_name(level)}") for level in range(1, 5)]


def template_choices(made_for: Iterable[str], *, on: dt.date, unit_kind: str = "") -> list[PlanTemplate]:
    """The templates of a day for a sort of plan, and a kind of unit where it matters."""
    rows = PlanTemplate.objects.on(on).filter(made_for__in=list(made_for)).order_by("key", "-number")
    return [row for row in rows if not unit_kind or not row.unit_kinds or unit_kind in row.unit_kinds]


def office_choices() -> Choices:
    """The national offices by key."""
    return [(office.key, str(office)) for office in Office.objects.filter(unit=None)]


def blank_choice() -> tuple[str, str]:
    """A plan without a template."""
    return ("", _("A blank one"))
