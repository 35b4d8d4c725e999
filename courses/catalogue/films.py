"""The blocks of a lesson that are played: a film, an episode of a podcast."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from courses.catalogue.drafts import DraftableBlock
from lms.pages.blocks import TO_READ
from media.recordings.readiness import missing_for_publishing


class RecordingBlock(DraftableBlock):
    """A recording with a title of its own where it needs one.

    A draft may be saved with a recording that is still being made ready; to be sent for
    approval or published it must be playable, have its words in writing, and an answer for
    those who do not see.
    """

    title = blocks.CharBlock(
        required=False, max_length=120, label=_("Title"), help_text=_("Leave empty to use the recording's own.")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        recording = cleaned["recording"]
        if recording is None or self.is_draft:
            return cleaned
        missing = missing_for_publishing(recording)
        if missing:
            raise StructBlockValidationError(block_errors={"recording": ValidationError(missing)})
        return cleaned


class FilmBlock(RecordingBlock):
    """A film. The lesson is done when 90 % of it has really been played."""

    recording = VideoChooserBlock(label=_("Film"))

    class Meta:
        icon = "wagtailmedia-video"
        group = TO_READ
        label = _("Film")
        description = _("A film with captions. What the reader has really watched is counted.")
        label_format = "{title}"


class EpisodeBlock(RecordingBlock):
    """An episode of a podcast. The lesson is done when 90 % of it has really been played."""

    recording = AudioChooserBlock(label=_("Episode"))

    class Meta:
        icon = "wagtailmedia-audio"
        group = TO_READ
        label = _("Podcast episode")
        description = _("Something to listen to, with its words in writing. What has really been played is counted.")
        label_format = "{title}"
