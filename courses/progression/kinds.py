"""The kinds of requirement, side by side, each with the pure rule it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.validators import MaxValueValidator
from django.db import models

from assessments.attempts.models import Paper
from courses.curriculum.models import Course
from courses.progression import rules
from courses.progression.models import Level, Requirement
from lms.competences.models import Competence


class AllOf(Requirement):
    """Everything beneath it is required. Personal data: no."""

    kind = "all_of"

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.AllOf(tuple(parts))


class AnyOf(Requirement):
    """At least ``least`` of those beneath it are required. Personal data: no."""

    kind = "any_of"
    least = models.PositiveSmallIntegerField(default=1)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.AnyOf(self.least, tuple(parts))


class CourseCompleted(Requirement):
    """A course is completed. Personal data: no."""

    kind = "course"
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="required_by")

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.CourseCompleted(self.course.key, self.course.title)


class PaperPassed(Requirement):
    """A paper is passed with at least ``least_percent`` right. Personal data: no.

    ``paper`` is empty while nobody has made it yet: ``paper_key`` and ``title`` name it till then.
    """

    kind = "paper"
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="required_by")
    paper_key = models.SlugField(max_length=160, blank=True)
    title = models.JSONField(default=dict, blank=True)
    least_percent = models.PositiveSmallIntegerField(default=70, validators=[MaxValueValidator(100)])

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        if self.paper is not None:
            return rules.PaperPassed(self.paper.key, self.paper.title, self.least_percent)
        return rules.PaperPassed(self.paper_key, self.title, self.least_percent)


class CompetenceHeld(Requirement):
    """A competence is proven at least at a level. Personal data: no."""

    kind = "competence"
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="required_by")
    least_level = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.CompetenceHeld(self.competence.key, {}, self.least_level)


class CompetenceCount(Requirement):
    """So many competences are proven at least at a level. Personal data: no."""

    kind = "competence_count"
    count = models.PositiveSmallIntegerField()
    least_level = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.CompetenceCount(self.count, self.least_level)


class LevelHeld(Requirement):
    """A level is held and valid; with ``or_lapsed``, has ever been held. Personal data: no."""

    kind = "level"
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="required_by")
    or_lapsed = models.BooleanField(default=False)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.LevelHeld(self.level.key, self.level.title, self.or_lapsed)


class OfficeHeld(Requirement):
    """One of the offices is held for some months, within a window where there is one. Personal data: no.

    ``offices``: keys of national offices; empty: any office in a board. ``unit_kinds`` empty: anywhere.
    """

    kind = "office"
    offices = models.JSONField(default=list, blank=True)
    months = models.PositiveSmallIntegerField()
    within_months = models.PositiveSmallIntegerField(null=True, blank=True)
    unit_kinds = models.JSONField(default=list, blank=True)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.OfficeHeld(tuple(self.offices), (), self.months, self.within_months, tuple(self.unit_kinds))


class SessionAttended(Requirement):
    """A session was attended, at least this share of it. Personal data: no. Read from the ledger of evidence."""

    kind = "session"
    session_key = models.SlugField(max_length=80)
    title = models.JSONField(default=dict)
    least_share = models.PositiveSmallIntegerField(default=75, validators=[MaxValueValidator(100)])

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.SessionAttended(self.session_key, self.title, self.least_share)


class PracticeObserved(Requirement):
    """Practice was observed by a form, so often and so well. Personal data: no. Read from the ledger of evidence."""

    kind = "practice"
    form_key = models.SlugField(max_length=80)
    title = models.JSONField(default=dict)
    least_score = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(default=1)
    distinct_observers = models.PositiveSmallIntegerField(default=1)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.PracticeObserved(self.form_key, self.title, self.least_score, self.count, self.distinct_observers)


class HoursCollected(Requirement):
    """So many hours of training within a window. Personal data: no."""

    kind = "hours"
    least_hours = models.DecimalField(max_digits=6, decimal_places=2)
    within_months = models.PositiveSmallIntegerField(null=True, blank=True)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.Hours(float(self.least_hours), self.within_months)


class HoursTaught(Requirement):
    """So many hours of teaching within a window. Personal data: no."""

    kind = "hours_taught"
    least_hours = models.DecimalField(max_digits=6, decimal_places=2)
    within_months = models.PositiveSmallIntegerField(null=True, blank=True)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.Hours(float(self.least_hours), self.within_months, is_taught=True)


class Attested(Requirement):
    """Somebody who stands in one of the places ``by`` vouches for it. Personal data: no.

    ``by``: chair_parent_unit, training_parent_unit, training, instructor, administrator, national_training.
    """

    kind = "attestation"
    by = models.JSONField(default=list)
    about = models.SlugField(max_length=160)
    title = models.JSONField(default=dict)

    def as_rule(self, parts: Sequence[rules.Rule]) -> rules.Rule:
        """The pure rule."""
        return rules.Attested(self.about, self.title, tuple(self.by))


class Equivalent(Requirement):
    """What may stand in for the requirement above it: all of what lies beneath. Personal data: no."""

    kind = "equivalent"
    name = models.SlugField(max_length=80, help_text="realkompetanse, likeverdig-samling")
    title = models.JSONField(default=dict, blank=True)
