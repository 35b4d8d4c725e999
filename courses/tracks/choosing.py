"""What a requirement may be about, by name: the lists its form lets one choose from."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.attempts.models import Paper
from courses.curriculum.models import Course
from courses.progression import kinds
from courses.progression.models import Level, LevelRule, Requirement
from lms.competences.models import Competence, Entry, FrameworkVersion
from lms.directory.reach import offices_known
from lms.periods import today
from lms.wording import Wording, in_language

VOUCHERS: dict[str, str | Promise] = {
    "chair_parent_unit": gettext_lazy("The chair of the unit above"),
    "training_parent_unit": gettext_lazy("The training officer of the unit above"),
    "training": gettext_lazy("The training officer of one's own unit"),
    "instructor": gettext_lazy("An instructor"),
    "administrator": gettext_lazy("An administrator"),
    "national_training": gettext_lazy("The national training officer"),
}


def courses() -> QuerySet[Course]:
    """Every course that is not archived, those that are planned too."""
    return Course.objects.filter(archived_at=None).order_by("key")


def course_label(course: Course) -> str:
    """A course by name; one nobody has made yet is said to be coming."""
    return _("%(what)s (coming)") % {"what": course} if course.is_planned else str(course)


def competences() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every competence of the frameworks of the day, under its area."""
    versions = FrameworkVersion.objects.on(today())
    entries = Entry.objects.filter(version__in=versions, competence__archived_at=None)
    areas: dict[str, list[tuple[str, str]]] = {}
    for entry in entries.select_related("area", "competence").order_by("area__framework", "area__order", "order"):
        areas.setdefault(in_language(entry.area.title), []).append((str(entry.competence_id), str(entry)))
    return list(areas.items())


def competence(pk: str) -> Competence:
    """The competence that was chosen."""
    return Competence.objects.get(pk=pk)


def competence_levels() -> list[tuple[int, str]]:
    """Levels 1 to 4 with their names."""
    version = FrameworkVersion.objects.on(today()).order_by("framework", "number").first()
    names = [in_language(name) for name in version.scale] if version is not None else []
    return [(level, f"{level} {names[level]}" if len(names) > level else str(level)) for level in range(1, 5)]


def levels_beside(rule: LevelRule) -> QuerySet[Level]:
    """Levels a rule may require: every other one."""
    return Level.objects.exclude(pk=rule.level_id).filter(track__archived_at=None).select_related("track")


def level_label(level: Level) -> str:
    """Leadership training: beginner."""
    return f"{level.track}: {level}"


def offices() -> list[tuple[str, str]]:
    """The national offices, by name."""
    return sorted(offices_known().items(), key=lambda office: office[1])


def paper(key: str) -> Paper | None:
    """The test with a key, if somebody has made it."""
    return Paper.objects.filter(key=key, mode=Paper.Mode.TEST).first()


def named(kind: type[Requirement], column: str) -> dict[str, Wording]:
    """Key → name of everything of a kind that some rule names, and of the tests that are made."""
    rows: Any = kind.objects.order_by("pk")
    found: dict[str, Wording] = {key: title for key, title in rows.values_list(column, "title") if key}
    if kind is kinds.PaperPassed:
        found |= dict(Paper.objects.filter(mode=Paper.Mode.TEST).values_list("key", "title"))
    return dict(sorted(found.items(), key=lambda one: shown(one[1])))


def shown(title: Wording) -> str:
    """A name in the reader's language."""
    return in_language(title)
