"""A recording and its tracks."""

from __future__ import annotations

import secrets
import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

TRANSCODING = "transcode_recording"
"""The kind of job that makes an upload ready; its key begins with this and the recording's id."""


def original_path(recording: Recording, filename: str) -> str:
    """Where an upload is kept: under the recording's own id, by a name nobody guesses and no upload shares."""
    ending = "".join(c for c in PurePath(filename).suffix.lower() if c.isalnum() or c == ".")[:6]
    return f"recordings/{recording.public_id}/originals/{secrets.token_hex(8)}{ending}"


class Recording(AbstractMedia):
    """One video or audio file as it was uploaded, in one spoken language.

    Personal data: only who uploaded it. ``public_id`` names it outside the house; its files
    are never addressed by number or by name. ``files`` lists what was made of it, relative to
    its folder: ``folder`` (of this making), ``hls``, ``mp4``, ``mp3``, ``poster``. While a new
    upload is being worked on, the files of the old one go on being shown.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        PROCESSING = "processing", _("being made ready")
        READY = "ready", _("ready")
        REFUSED = "refused", _("could not be used")

    class Access(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        SIGNED_IN = "signed_in", _("everyone who is signed in")

    class Seen(models.TextChoices):
        UNANSWERED = "", _("not answered yet")
        SAID = "said", _("everything that matters is said aloud")
        WRITTEN = "written", _("what is seen is described in writing below")
        NOTHING = "nothing", _("there is nothing to see (audio only)")

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("spoken language"), max_length=2, choices=settings.LANGUAGES, default="nb")
    access = models.CharField(_("who may play it"), max_length=12, choices=Access, default=Access.SIGNED_IN)
    seen_answer = models.CharField(
        _("for those who do not see"),
        max_length=10,
        choices=Seen,
        blank=True,
        default=Seen.UNANSWERED,
        help_text=_("An answer is needed before a lesson with this film can be published."),
    )
    seen = models.TextField(_("what is seen"), max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED, editable=False)
    refusal = models.CharField(max_length=30, blank=True, editable=False, help_text="key of the reason, see words.py")
    files = models.JSONField(default=dict, blank=True, editable=False)

    file = models.FileField(_("file"), upload_to=original_path, max_length=200)
    admin_form_fields = ("title", "file", "collection", "language", "access", "seen_answer", "seen", "tags")

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    @property
    def is_playable(self) -> bool:
        """Whether something can be played: also while a newer upload is being worked on, or was refused."""
        return bool(self.files.get("mp4") or self.files.get("mp3"))

    @property
    def url(self) -> str:
        """Where it is played in the editor: never the upload itself, only what was made of it."""
        return self.address_of(self.files.get("mp4") or self.files.get("mp3") or "")

    def address_of(self, name: str) -> str:
        """The address of one of its files; each is asked for access at every request."""
        return reverse("recording_file", args=[self.public_id, name]) if name else ""


class Track(models.Model):
    """The words of a recording in one language: its captions, or a written transcript. Personal data: no.

    Captions are kept as WebVTT, checked when they were taken in; a transcript as plain text
    with an empty line between paragraphs.
    """

    class Kind(models.TextChoices):
        CAPTIONS = "captions", _("captions")
        TRANSCRIPT = "transcript", _("transcript")

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="tracks")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CAPTIONS)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["recording", "kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "kind", "language"], name="media_track_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
