"""Courses, activities and outlines."""

import uuid

from django.db import models
from polymorphic.models import PolymorphicModel

from lms.wording import in_language


class Course(models.Model):
    """One course, whatever language it is read in. Never deleted, only archived. Personal data: no.

    Enrolment, requirement, run and plan refer to the course, never to a page. ``key`` is what
    rules name; ``title`` follows from the pages when they are published. ``is_planned``: a rule
    or a plan names it and nobody has begun to make it; then ``planned_minutes`` says how long it will take.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    is_planned = models.BooleanField(default=False)
    planned_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return in_language(self.title) or self.key


class Activity(PolymorphicModel):
    """One thing to do in a course; the kind says when it counts as done. Personal data: no.

    ``key`` is the id of the block or page it was placed by, so the same place in every
    language is the same activity, and a copied page gets activities of its own course.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="activities")
    key = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    kind = "activity"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "key"], name="courses_activity_key_in_course")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Outline(models.Model):
    """One published version of a course: which lessons and activities, in what order. Personal data: no.

    Written by publishing; the newest counts. A completion remembers the version it was made under.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="outlines")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["course", "number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="courses_outline_number")]


class OutlineLesson(models.Model):
    """One lesson of an outline, or the test at its end (``is_test``). Personal data: no.

    ``key`` is the page's translation key, the same in every language. Titles are kept per
    language so that lists need no page.
    """

    outline = models.ForeignKey(Outline, on_delete=models.CASCADE, related_name="lessons")
    key = models.UUIDField()
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    module_key = models.UUIDField(null=True, blank=True)
    module_number = models.PositiveSmallIntegerField(default=0)
    module_title = models.JSONField(default=dict, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    is_test = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["outline", "key"], name="courses_lesson_once_per_outline")]


class OutlineItem(models.Model):
    """One activity placed in a lesson of an outline. Personal data: no."""

    lesson = models.ForeignKey(OutlineLesson, on_delete=models.CASCADE, related_name="items")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["lesson", "activity"], name="courses_activity_once_per_lesson")]
