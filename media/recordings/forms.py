"""Forms of the editor: an upload is looked at before it is taken in, captions are checked line by line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtailmedia.forms import BaseMediaForm

from media.captions.checking import MOST_TOLD, check
from media.captions.cues import Cue
from media.captions.reading import MOST_BYTES, NotText, read_captions, text_of
from media.recordings.models import Recording, Track
from media.recordings.queries import standing_of
from media.recordings.services import receive_upload, save_captions, save_transcript
from media.recordings.sniffing import NEEDED, form_of
from media.recordings.words import refusal_in_words

MOST_UPLOADED = 2 * 1024**3


class RecordingForm(BaseMediaForm):
    """Upload or change a recording. Saving a new file starts the work on it when the row is there."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.by = user
        super().__init__(*args, user=user, **kwargs)
        if self.instance.type == "audio":
            self.fields.pop("seen_answer", None)
            self.fields.pop("seen", None)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].help_text = self._standing()

    def _standing(self) -> str:
        """How the upload stands, and the ways onward, beside the file."""
        standing = standing_of(self.instance, to=self.by)
        ways = [(reverse("recording_words", args=[self.instance.pk]), _("Captions and transcript"))]
        if standing.job_url:
            ways.insert(0, (standing.job_url, _("See how far it has come")))
        links = format_html_join(" · ", '<a href="{}">{}</a>', ways)
        return format_html("<b>{}</b> {}<br>{}", standing.word.capitalize() + ".", standing.reason, links)

    def clean_file(self) -> Any:
        """Refuse what is too large, empty, or not a film or a sound file by its first bytes."""
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return file
        reason = _reason_against(file, is_video=self.instance.type == "video")
        if reason:
            raise ValidationError(refusal_in_words(reason), code=reason)
        return file

    def clean(self) -> dict[str, Any]:
        """What is seen must be written when the answer says so."""
        told = super().clean() or self.cleaned_data
        if told.get("seen_answer") == Recording.Seen.WRITTEN and not (told.get("seen") or "").strip():
            self.add_error("seen", _("Describe in some sentences what is seen, or give another answer."))
        return told

    def save(self, commit: bool = True) -> Recording:
        """Save, and have a new file made ready."""
        with transaction.atomic():
            recording: Recording = super().save(commit=commit)
            if commit and "file" in self.changed_data:
                receive_upload(recording=recording, by=self.by)
        return recording


def _reason_against(file: UploadedFile, *, is_video: bool) -> str:
    """Why an upload is refused at once, as a key of ``words.REFUSALS``; '' when it may be tried."""
    if not file.size:
        return "empty"
    if file.size > MOST_UPLOADED:
        return "too large"
    file.seek(0)
    form = form_of(file.read(NEEDED))
    file.seek(0)
    if form is None:
        return "foreign"
    return "sound only" if is_video and not form.may_be_video else ""


class TrackForm(forms.Form):
    """Captions or a transcript for a recording."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=Track.Kind.choices, initial=Track.Kind.CAPTIONS,
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Captions as WebVTT (.vtt) or SRT (.srt), a transcript as plain text (.txt); UTF-8, at most 2 MB."
        ),
    )

    def __init__(self, *args: Any, recording: Recording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recording = recording
        self.cues: list[Cue] = []
        self.text = ""
        self.fields["language"].initial = recording.language

    def clean(self) -> dict[str, Any]:
        """Read the file; its faults are told at the field, with the line and what would be right."""
        told = super().clean() or {}
        file = told.get("file")
        if file is None:
            return told
        if file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 2 MB. Captions are text only; is it the right file?"))
            return told
        try:
            self.text = text_of(file.read())
        except NotText:
            self.add_error("file", _("The file is not text in UTF-8. Save it again as UTF-8."))
            return told
        if told.get("kind") == Track.Kind.TRANSCRIPT:
            if not self.text.strip():
                self.add_error("file", _("There are no words in the file."))
        else:
            self._read_captions()
        return told

    def _read_captions(self) -> None:
        reading = read_captions(self.text)
        faults = reading.faults or check(reading.cues, duration=self.recording.duration or None)
        for fault in faults[:MOST_TOLD]:
            self.add_error("file", fault.sentence)
        if len(faults) > MOST_TOLD:
            self.add_error("file", _("And %(count)d more like these.") % {"count": len(faults) - MOST_TOLD})
        self.cues = reading.cues

    def save(self, *, by: Any) -> Track:
        """Keep the track."""
        language = self.cleaned_data["language"]
        if self.cleaned_data["kind"] == Track.Kind.TRANSCRIPT:
            return save_transcript(recording=self.recording, language=language, text=self.text, by=by)
        return save_captions(recording=self.recording, language=language, cues=self.cues, by=by)
