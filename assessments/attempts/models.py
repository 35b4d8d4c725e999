"""What is asked together, who tried, what they answered."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models

from assessments.bank.models import Question, QuestionVersion
from lms.members.models import Member
from lms.wording import in_language


class Paper(models.Model):
    """A set of questions with rules for answering them. Personal data: no.

    ``practice`` papers are the check questions of a lesson: answered one at a time, feedback
    at once, as often as one likes. ``test`` papers are answered whole and marked on submit.
    """

    class Mode(models.TextChoices):
        PRACTICE = "practice"
        TEST = "test"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=160, unique=True)
    title = models.JSONField(default=dict)
    intro = models.JSONField(default=dict, blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.PRACTICE)
    pass_percent = models.PositiveSmallIntegerField(default=100, validators=[MaxValueValidator(100)])
    attempts_limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty is no limit")
    wait_minutes = models.PositiveIntegerField(default=0, help_text="between one attempt and the next")

    def __str__(self) -> str:
        return in_language(self.title) or self.key


class PaperQuestion(models.Model):
    """That a paper asks a question, and where in the order. Personal data: no."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="placements")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="placements")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "question"], name="assessments_question_once_per_paper")
        ]


class Attempt(models.Model):
    """One person's try at a paper. Personal data: yes.

    State moves open → graded by conditional updates only, on the server's clock; submitted
    stands between them where marking takes time. ``points`` of ``out_of`` is the mark.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"
        GRADED = "graded"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    graded_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    out_of = models.PositiveSmallIntegerField()
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["paper", "member", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "member", "number"], name="assessments_attempt_number"),
            models.UniqueConstraint(
                fields=["paper", "member"],
                condition=models.Q(state="open"),
                name="assessments_one_open_attempt",
            ),
        ]


class Response(models.Model):
    """What one person answered to one question version in an attempt. Personal data: yes.

    ``answer`` is a list of choice ids, empty while unanswered. ``is_right`` is empty until
    it is marked.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="responses")
    order = models.PositiveSmallIntegerField()
    answer = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_right = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "version"], name="assessments_one_response_per_question")
        ]
