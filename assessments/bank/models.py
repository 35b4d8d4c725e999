"""A question and its versions."""

from django.db import models
from polymorphic.models import PolymorphicModel

from lms.wording import in_language


class Question(PolymorphicModel):
    """One question through all its wordings; the kind decides how answers are marked. Personal data: no.

    ``key`` is stable: the id of the block it was written in, or the id it was imported with.
    """

    key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    kind = "question"

    def __str__(self) -> str:
        return self.key


class QuestionVersion(models.Model):
    """One wording of a question, never changed after it is written. Personal data: no.

    ``content`` is what ``assessments.bank.content`` reads: the stem, the choices with what
    is right, the feedback, each text in the languages it exists in. One version serves all
    languages, so an answer means the same in each.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="assessments_question_version_number")
        ]

    def __str__(self) -> str:
        return in_language(self.content["stem"])
