"""Plans over several years, the templates they are made from, and the reviews of them."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models

from courses.curriculum.models import Course
from courses.progression.models import Level
from lms.competences.models import Competence
from lms.members.models import Member
from lms.organisation.models import Body, Office, Term, Unit
from lms.periods import Dated, DatedQuerySet
from lms.wording import in_language


class PlanTemplate(Dated):
    """What a plan begins as: for an office, for a body, or for a unit and all below. Personal data: no.

    A new version is a new row with a later period; a plan remembers the row it was made from.
    """

    class For(models.TextChoices):
        OFFICE = "office"  # one person's plan, made when a term in the office starts
        BODY = "body"
        UNIT = "unit"

    key = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.JSONField()
    made_for = models.CharField(max_length=8, choices=For)
    office_key = models.CharField(max_length=40, blank=True, help_text="of a plan for an office")
    unit_kinds = models.JSONField(default=list, blank=True, help_text="where it is for; empty: everywhere")
    decision = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["key", "number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["key", "number"], name="courses_plan_template_number"),
        ]

    def __str__(self) -> str:
        return in_language(self.title)


class TemplateStage(models.Model):
    """One half-year or year of a template. Personal data: no."""

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField(help_text="counts from 1")
    months = models.PositiveSmallIntegerField(default=6, help_text="6 or 12")
    action = models.JSONField(default=dict, blank=True, help_text="what to do in it")
    review = models.JSONField(default=dict, blank=True, help_text="when to talk it through, and with whom")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["template", "order"], name="courses_template_stage_order")]


class GoalFields(models.Model):
    """What a goal asks for, in a template or in a plan. Personal data: no.

    ``level``, ``competence`` with ``least_level``, or ``course`` says what; ``task`` is one in
    words, ticked by hand. A ``is_coverage`` goal asks it of a group: ``least_share`` percent of
    them, or ``least_count`` of them (both empty: all), among holders of ``offices`` (empty:
    everybody in the body, every officer of the unit and below). ``is_begun``: to have begun is enough.
    """

    class Kind(models.TextChoices):
        LEVEL = "level"
        COMPETENCE = "competence"
        COURSE = "course"
        TASK = "task"

    kind = models.CharField(max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField(default=0)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    least_level = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.JSONField(default=dict, blank=True)
    is_coverage = models.BooleanField(default=False)
    least_share = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    least_count = models.PositiveSmallIntegerField(null=True, blank=True)
    offices = models.JSONField(default=list, blank=True)
    within_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="due so many days after the stage begins, instead of at its end"
    )
    is_begun = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class TemplateGoal(GoalFields):
    """A goal of a stage of a template. Personal data: no."""

    stage = models.ForeignKey(TemplateStage, on_delete=models.CASCADE, related_name="goals")


class CompetencePlan(Dated):
    """A plan of one to six years. Personal data: yes, where it is a person's.

    Whose it is: ``member`` (with the ``office`` and ``body`` it is for, if any); or ``body``; or
    ``unit`` with an ``office`` (all who hold it there and below) or alone. [valid_from,
    valid_until) is the stretch it plans for. Progress is always computed.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        AGREED = "agreed"
        ACTIVE = "active"
        CLOSED = "closed"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.JSONField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="plans")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    template = models.ForeignKey(PlanTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    term = models.ForeignKey(
        Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans", help_text="the term it follows"
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=40, blank=True, help_text="a word: term ended, done, replaced, …")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(member__isnull=False) | models.Q(body__isnull=False) | models.Q(unit__isnull=False),
                name="courses_plan_is_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title)


class Milestone(Dated):
    """One half-year or year of a plan. Personal data: by its plan."""

    plan = models.ForeignKey(CompetencePlan, on_delete=models.CASCADE, related_name="milestones")
    order = models.PositiveSmallIntegerField(help_text="counts from 1")
    action = models.JSONField(default=dict, blank=True)
    review = models.JSONField(default=dict, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "order"], name="courses_milestone_order"),
        ]


class Goal(GoalFields):
    """A goal of a milestone. Personal data: by its plan. ``carried_from``: the goal it takes further."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="goals")
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    ticked_on = models.DateField(null=True, blank=True, help_text="of a task in words: the day it was done")


class PlanReview(models.Model):
    """A talk about a plan, with what the plan looked like that day. Personal data: yes. Never rewritten.

    ``snapshot``: the state of every goal, as computed on the day, so that it can be shown later as it was.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CompetencePlan, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="plan_reviews")
    words = models.TextField(max_length=4000, blank=True)
    snapshot = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]
