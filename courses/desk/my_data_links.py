"""The letter to somebody who has left, and the link in it: choose what is kept, or come back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.jobs.lease import Claimed
from lms.jobs.registry import job_kind
from lms.jobs.services import request_job
from lms.members.models import Leaving, Member
from lms.notifications.models import Notice
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation.leaving import open_leaving_of
from lms.organisation.signals import member_left

LEFT = "left"
_SALT = "leaving"


def link_to(leaving: Leaving | None) -> str:
    """The path in the letter. It opens nothing but the choice, and nothing at all once the person is back or erased."""
    return reverse("leaving_choice", args=[signing.dumps(leaving.pk, salt=_SALT)]) if leaving else reverse("my_data")


def leaving_named(token: str) -> Leaving | None:
    """The leaving a link is about, while it stands."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Leaving.objects.filter(pk=pk, cancelled_at=None).select_related("member").first()


@receiver(member_left, dispatch_uid="desk_writes_to_who_left")
def write_to_who_left(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """See to it that those who have left are written to. Not here: thousands may leave in one import."""
    request_job(kind=LEFT, key=f"{LEFT}:{uuid.uuid4()}", payload={"members": ids}, by=None)


@job_kind(LEFT, title=_("Letters to those who have left"))
def write_letters(claim: Claimed) -> Mapping[str, Any]:
    """Write to those who have something to choose. Without an address nobody can be asked."""
    choosing = Leaving.objects.filter(member__in=claim.payload["members"], cancelled_at=None, keeps_history=False)
    reached = Member.objects.filter(pk__in=choosing.values("member")).exclude(email="")
    return {"told": notify(members=reached, kind=LEFT, key=claim.key)}


def _address(notice: Notice) -> str:
    return link_to(open_leaving_of(notice.member))


def register() -> None:
    """Say what the letter says. The subject names nothing."""
    register_notice(
        NoticeKind(
            key=LEFT,
            subject=_("Your account is closed"),
            line=_("You have left. For seven days you can choose what becomes of your course history."),
            button=_("Choose what is kept"),
            reason=_("You get this because your account was closed."),
            paragraphs=(
                _("Your account is closed, and everything in it will be erased in seven days."),
                _("Until then you can ask us to keep your course history. If you do nothing, it is erased."),
            ),
            address=_address,
        )
    )
