"""What a person is told when two records were made one: that it was done, and how to say that it is wrong."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member
from lms.merging.models import Merge
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify

MERGED = "records_merged"


def tell_of_merge(merge: Merge, *, kept: Member) -> None:
    """Tell the person whose record stays."""
    notify(members=[kept], kind=MERGED, key=f"merge:{merge.public_id}")


def register() -> None:
    """Say what it is called, once, at start."""
    register_notice(
        NoticeKind(
            key=MERGED,
            subject=_("Something about your account has changed"),
            line=_("Two records about you were made one. Is that wrong? Tell your branch, and it is undone."),
            paragraphs=(
                _("All you have done is kept. If one of two ways to sign in no longer works, use the other."),
                _("Is it not you, or not right? Tell your branch within 90 days, and the two are parted again."),
            ),
            button=_("Sign in and look"),
            reason=_("You get this letter because somebody who keeps the register did this."),
            address=lambda notice: reverse("desk"),
        )
    )
