"""One row per act."""

import uuid

from django.db import models


class Entry(models.Model):
    """One act upon somebody else, a right, content or a certificate: who did what to what, when.

    Personal data: opaque ids only. There are no foreign keys, so erasing a person leaves the
    trail whole and without a name. Rows are appended, never changed.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.UUIDField(null=True, default=None, help_text="public id of who did it; empty is the program itself")
    act = models.CharField(max_length=60, help_text="verb and object: 'issue_certificates'")
    subject = models.CharField(max_length=120, db_index=True, help_text="stable key of what it was done to")
    details = models.JSONField(default=dict, blank=True, help_text="ids, dates and counts; never names")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"


class Sighting(models.Model):
    """That somebody was shown, or exported, personal data of others: who, on which page, when.

    Personal data: opaque ids only, no foreign keys. Whom it was about stands in ``SightingOf``,
    one row each, so that a member can ask who saw them.
    """

    class Act(models.TextChoices):
        SAW = "saw"
        EXPORTED = "exported"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.UUIDField(help_text="public id of who looked")
    act = models.CharField(max_length=8, choices=Act, default=Act.SAW)
    page = models.CharField(max_length=60, help_text="stable name of the page or report: 'member_list'")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.page}"


class SightingOf(models.Model):
    """One person a sighting was about. Personal data: an opaque id."""

    id = models.BigAutoField(primary_key=True)
    sighting = models.ForeignKey(Sighting, on_delete=models.CASCADE, related_name="subjects")
    subject = models.UUIDField(db_index=True, help_text="public id of whom it was about")

    class Meta:
        ordering = ["id"]


def subject_key(kind: str, identifier: uuid.UUID | str | int) -> str:
    """How the trail names a thing: ``member:1f0c…``, ``course:7a…``."""
    return f"{kind}:{identifier}"
