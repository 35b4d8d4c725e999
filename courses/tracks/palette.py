"""The kinds of requirement an administrator may add, each with its row, its form and its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.progression import kinds
from courses.progression.models import Requirement
from courses.tracks import kind_forms as plain
from courses.tracks import named_forms as by_name
from courses.tracks.wordings import Word


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind as the pages offer it: ``text`` says what it asks."""

    name: str
    model: type[Requirement]
    form: type[plain.RequirementForm]
    title: Word
    text: Word


REQUIREMENTS = (
    Sort("course", kinds.CourseCompleted, plain.CourseForm, _("A course"), _("A course is completed.")),
    Sort("paper", kinds.PaperPassed, by_name.PaperForm, _("A test"), _("A test is passed with so much right.")),
    Sort(
        "competence",
        kinds.CompetenceHeld,
        plain.CompetenceForm,
        _("A competence"),
        _("A competence is proven at a level."),
    ),
    Sort(
        "competence_count",
        kinds.CompetenceCount,
        plain.CompetenceCountForm,
        _("Several competences"),
        _("So many competences, no matter which, are proven at a level."),
    ),
    Sort("level", kinds.LevelHeld, plain.LevelHeldForm, _("Another level"), _("Another level is held.")),
    Sort(
        "office",
        kinds.OfficeHeld,
        plain.OfficeForm,
        _("Time in an office"),
        _("An office is held for some months."),
    ),
    Sort(
        "session",
        kinds.SessionAttended,
        by_name.SessionForm,
        _("A gathering"),
        _("So much of a gathering is attended."),
    ),
    Sort(
        "practice",
        kinds.PracticeObserved,
        by_name.PracticeForm,
        _("Observed practice"),
        _("Somebody has seen it done, by a form."),
    ),
    Sort("hours", kinds.HoursCollected, plain.HoursForm, _("Hours of training"), _("So many hours are collected.")),
    Sort(
        "hours_taught",
        kinds.HoursTaught,
        plain.HoursTaughtForm,
        _("Hours of teaching"),
        _("So many hours are taught."),
    ),
    Sort(
        "attestation",
        kinds.Attested,
        by_name.AttestedForm,
        _("Somebody vouches"),
        _("A leader or an instructor vouches for something."),
    ),
)
GROUPS = (
    Sort("all_of", kinds.AllOf, plain.AllOfForm, _("All of this"), _("A group in which everything is required.")),
    Sort(
        "any_of",
        kinds.AnyOf,
        plain.AnyOfForm,
        _("At least some of these"),
        _("A group of which one, or so many, are enough."),
    ),
)
REPLACEMENT = Sort(
    "equivalent",
    kinds.Equivalent,
    by_name.EquivalentForm,
    _("A replacement"),
    _("What may stand in for this requirement, such as prior learning."),
)
SORTS = {sort.name: sort for sort in (*REQUIREMENTS, *GROUPS, REPLACEMENT)}
