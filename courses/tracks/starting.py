"""What the pages on tracks and rules register when the house starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

import courses.tracks.adopting
import courses.tracks.previewing  # noqa: F401 - their kinds of job
from courses.tracks import keeping_previews
from courses.tracks.card import lay_card
from lms.audit.pages import register_page_name


def register() -> None:
    """Say so, once."""
    lay_card()
    keeping_previews.register()
    register_page_name("rule_preview", _("what a new rule for a level would mean for you"))
