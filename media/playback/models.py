"""What was really played."""

from __future__ import annotations

from django.db import models

from lms.members.models import Member
from media.recordings.models import Recording


class Watch(models.Model):
    """What one person has really played of one recording. Personal data: yes.

    ``intervals`` is the union of the stretches played, ``[[from, to], …]`` in tenths of
    seconds; ``seconds`` its length; ``position`` where to go on, on any device. ``session``,
    ``session_began`` and ``clock`` (seconds since 1970, the server's) are what the next beat is
    judged by. ``watched_at`` is when 90 % had been played; it is never taken back.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="watches")
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="watches")
    intervals = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    position = models.FloatField(default=0)
    session = models.CharField(max_length=32, blank=True)
    session_began = models.FloatField(default=0)
    clock = models.FloatField(default=0)
    watched_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "recording"], name="media_one_watch_per_recording")]
