"""What recordings hear of themselves: a row changed, so nothing old of it is kept; it went, so its files go."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from media.recordings.folders import remove_all
from media.recordings.models import Recording, Track
from media.recordings.queries import forget_recording


@receiver([post_save, post_delete], sender=Recording, dispatch_uid="recordings_forget")
def forget(sender: Any, instance: Recording, **kwargs: Any) -> None:
    """Show the row as it is now."""
    pk = instance.pk
    transaction.on_commit(lambda: forget_recording(pk))


@receiver([post_save, post_delete], sender=Track, dispatch_uid="recordings_forget_words")
def forget_words(sender: Any, instance: Track, **kwargs: Any) -> None:
    """Show the words as they are now."""
    pk = instance.recording_id
    transaction.on_commit(lambda: forget_recording(pk))


@receiver(post_delete, sender=Recording, dispatch_uid="recordings_remove_files")
def remove_files(sender: Any, instance: Recording, **kwargs: Any) -> None:
    """What was made of a recording goes with it, when that is certain."""
    public_id = instance.public_id
    transaction.on_commit(lambda: remove_all(public_id))
