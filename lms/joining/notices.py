"""The letter with the personal link. Its subject names nothing."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.joining.invitations import NOTICE, token_of
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice


def _door(notice: Notice) -> str:
    return reverse("join_invited", args=[token_of(notice.member, notice.key)])


def register_notices() -> None:
    """Add the kind, once, at start."""
    register_notice(
        NoticeKind(
            key=NOTICE,
            subject=_("Your account is ready to be opened"),
            line=_("Your account is ready to be opened."),
            paragraphs=(
                _("Here are short courses, a certificate to keep, and what your office asks of you, if you hold one."),
                _("Choose a password, and you are in. The link is yours alone and works for 30 days."),
            ),
            button=_("Open my account"),
            reason=_("You get this because you are in the register of members with this address."),
            address=_door,
            text_template="joining/mail/letter.txt",
            html_template="joining/mail/letter.html",
        )
    )
