"""Enrolment and progress."""

from django.db import models

from courses.curriculum.models import Activity, Course, Outline
from lms.members.models import Member


class Enrolment(models.Model):
    """That a person takes a course. Personal data: yes.

    ``last_lesson`` is where they were, so that they continue there on any device.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField(auto_now_add=True)
    last_lesson = models.UUIDField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "course"], name="courses_enrolled_once")]


class Completion(models.Model):
    """That a person has done an activity, and under which outline. Personal data: yes. Never taken back."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="completions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="completions")
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "activity"], name="courses_completed_once")]


class CourseCompletion(models.Model):
    """That a person has done a whole course, and under which outline. Personal data: yes. Never taken back."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="course_completions")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="course_completions")
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="course_completions")
    completed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "course"], name="courses_course_completed_once")]


class Work(models.Model):
    """What a person wrote or ticked in an activity, for themselves alone. Personal data: yes.

    ``content`` is ``{"text": …}`` for a reflection, ``{"ticked": [item ids]}`` for a checklist.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="works")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="works")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "activity"], name="courses_one_work_per_activity")]
