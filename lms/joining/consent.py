"""What a sympathiser agrees to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lms.members.consents import Purpose, register_purpose

SYMPATHISER = Purpose(
    key="sympathiser",
    version="1",
    title=_("Taking part without being a member"),
    text=_(
        "I agree that the organisation keeps my e-mail address, my name if I give it, the branch I came to and "
        "what I do in the courses, so that I can take them and come back to them. It may show that I am "
        "interested in what the organisation stands for. Nobody else is told. I can withdraw at any time on "
        "“My data”; then all of it is erased."
    ),
    ends=_(
        "You are here on this. If you are not a member, taking it back signs you out at once, and everything of "
        "yours is erased within seven days."
    ),
)


def register_consent() -> None:
    """Make the purpose known, once, at start."""
    register_purpose(SYMPATHISER)
