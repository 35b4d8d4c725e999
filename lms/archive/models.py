"""Which files the long memory holds, and what leads from a person to their row in them."""

from django.db import models

from lms.members.models import Member


class ArchiveFile(models.Model):
    """One finished file of a series, for one month. Personal data: no; the file holds row numbers only.

    A file is never appended to: a new one is written, synced and renamed, and this row follows.
    """

    series = models.CharField(max_length=40, help_text="competences")
    month = models.DateField(help_text="its first day")
    name = models.CharField(max_length=120, unique=True, help_text="below the archive's folder")
    sha256 = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["series", "month"]
        constraints = [models.UniqueConstraint(fields=["series", "month"], name="archive_month_once")]


class ArchiveKey(models.Model):
    """What leads from a person to their row in every file: a secret, drawn at random. Personal data: yes.

    The pseudonym in a file is a keyed hash of the file's name, so rows of two files cannot be
    tied together without this row. Erasing the person takes it away at once.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="archive_key")
    secret = models.BinaryField(max_length=16)


class Blanking(models.Model):
    """A row of a file that is to be blanked when the file is next written anew. Personal data: no longer."""

    file = models.ForeignKey(ArchiveFile, on_delete=models.CASCADE, related_name="blankings")
    pseudonym = models.BinaryField(max_length=8)
    asked_at = models.DateTimeField(auto_now_add=True)
