"""Erasing from files: the way to the row goes at once, the row itself when its file is next written anew.

HDF5 does not wipe what is freed in a file, so a row is never changed in place: the file is
written as a new one, without it, and takes the old one's place.
"""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from lms.archive.keys import pseudonym
from lms.archive.models import ArchiveFile, ArchiveKey, Blanking
from lms.privacy.registry import register_eraser


def forget_row(person: Model) -> int:
    """Eraser: note the row in every file, and take away what led to it."""
    key = ArchiveKey.objects.filter(member=person.pk).first()
    if key is None:
        return 0
    secret = bytes(key.secret)
    files = ArchiveFile.objects.only("pk", "name")
    Blanking.objects.bulk_create(Blanking(file=file, pseudonym=pseudonym(secret, file.name)) for file in files)
    key.delete()
    return 1


def blank_rows() -> int:
    """Write anew every file in which rows are to be blanked. Returns how many rows went."""
    begun = timezone.now()
    count = 0
    for file in ArchiveFile.objects.filter(blankings__isnull=False).distinct():
        from lms.archive.blanking import rewrite  # reads and writes matrices: heavy, and seldom wanted

        asked = Blanking.objects.filter(file=file, asked_at__lte=begun)
        count += rewrite(file, [bytes(one) for one in asked.values_list("pseudonym", flat=True)])
        asked.delete()
    return count


def register() -> None:
    """Say so, once, at start."""
    register_eraser("archive", forget_row)
