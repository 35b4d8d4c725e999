"""What a person agrees to who lets others find them by what they can. Off from the start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lms.members.consents import Purpose, register_purpose

SEARCH = "competence_search"

PURPOSE = Purpose(
    key=SEARCH,
    version="1",
    title=_("Being found by what I can"),
    text=_(
        "Administrators and nomination committees of my branch, and of those above it, may find me when they look "
        "for somebody who can do a thing. They see my name, my branch, the level I have proven, since when, and how "
        "to reach me. They never see what I have said of myself. I can take it back at any time on “My data”, and "
        "am then found no more."
    ),
)


def register() -> None:
    """Make the purpose known, once, at start."""
    register_purpose(PURPOSE)
