"""The kinds of activity, side by side. Each says in one line when it is done."""

from django.conf import settings
from django.db import models

from assessments.attempts.models import Paper
from courses.curriculum.models import Activity
from media.recordings.models import Recording


class Reading(Activity):
    """A lesson read to its end: done when the reader says so. Personal data: no."""

    kind = "reading"


class Quiz(Activity):
    """The check questions of a lesson: done when each is answered right. Personal data: no."""

    kind = "quiz"
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="quizzes")


class Test(Activity):
    """A marked paper: done when it is passed. Personal data: no."""

    kind = "test"
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="tests")


class Watching(Activity):
    """A film: done when 90 % of its distinct seconds have been played, in any of its languages. Personal data: no."""

    kind = "video"


class Listening(Activity):
    """An episode: done when 90 % of its distinct seconds have been played. Personal data: no."""

    kind = "episode"


class ActivityRecording(models.Model):
    """Which recording a film or an episode is in one language. Personal data: no.

    All lie beneath one activity, so that whoever has watched it in one language has watched it.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "language"], name="courses_recording_once_per_language")
        ]


class Reflection(Activity):
    """A question to oneself: done when something is written. Personal data: no."""

    kind = "reflection"


class Checklist(Activity):
    """Things to do outside the course: done when all are ticked. Personal data: no."""

    kind = "checklist"


KINDS: dict[str, type[Activity]] = {
    k.kind: k for k in (Reading, Watching, Listening, Quiz, Test, Reflection, Checklist)
}
PLAYED_KINDS = frozenset({Watching.kind, Listening.kind})
