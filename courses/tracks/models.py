"""What an administrator looks over before it counts: the effect of a new rule, a file of earlier awards."""

import uuid

from django.db import models

from courses.progression.models import Level, LevelRule
from lms.jobs.models import Job
from lms.members.models import Member


class RulePreview(models.Model):
    """What adopting a draft would mean for everybody, as a job reckoned it. Personal data: by its lines.

    It speaks of the draft as it was at ``asked_at``; a draft changed since needs a new one.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(LevelRule, on_delete=models.CASCADE, related_name="previews")
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="of the draft as it was")
    people = models.PositiveIntegerField(default=0)
    gains = models.PositiveIntegerField(default=0)
    losses = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]


class PreviewLine(models.Model):
    """One person for whom a draft would change something, and why, in three languages. Personal data: yes."""

    class Outcome(models.TextChoices):
        GAIN = "gain"
        LOSE = "lose"

    preview = models.ForeignKey(RulePreview, on_delete=models.CASCADE, related_name="lines")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=6, choices=Outcome)
    because = models.JSONField(default=dict)

    class Meta:
        ordering = ["outcome", "id"]
        constraints = [models.UniqueConstraint(fields=["preview", "member"], name="courses_preview_line_once")]


class AwardImport(models.Model):
    """A file of awards given before or elsewhere, read and waiting to be looked over. Personal data: yes.

    ``rows``: what each row says, whom it was found to mean, and what is wrong with it. Gone seven
    days after it was brought.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=120, help_text="where they were given: the old register, a course in 2024")
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
