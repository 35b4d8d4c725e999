"""A new code for somebody who signs in with the member number and has forgotten the password."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.joining.codes import LASTS, Slip, new_code
from lms.joining.models import JoinCode
from lms.joining.people import KEEP, by_number_only, to_let_in
from lms.joining.tokens import code_from
from lms.members.models import Member
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation import access

NOTICE = "code_anew"


@transaction.atomic
def issue_code_anew(*, member: Member, by: Member) -> Slip:
    """A code for an account that is open, shown this once; used, it gives a new password. Until then the old one works.

    ``by`` keeps the register where the person belongs, and the person carries no more rights
    than ``by``; else PermissionDenied. Raises ValidationError for somebody without an account or
    with an address of their own to get a new password by. The person is told.
    """
    if not to_let_in([member.pk], KEEP, by=by).exists():
        raise PermissionDenied("not somebody this one may let in")
    if not by_number_only().filter(pk=member.pk).exists():
        raise ValidationError(_("A new code is for those who sign in with their member number."))
    JoinCode.objects.unclosed().filter(member=member).update(withdrawn_at=Now())
    row = new_code(member, timezone.now() + LASTS, renews=True)
    code, row.seed, row.shown_at = code_from(row.seed), "", timezone.now()
    row.save(force_insert=True)
    record_act("issue_code_anew", by=by, subject=subject_key("member", member.public_id))
    notify(members=[member], kind=NOTICE, key=f"{NOTICE}:{uuid.uuid4().hex}")
    return Slip(member, code, timezone.localdate(row.expires_at))


def may_renew(member: Member, *, by: Member) -> bool:
    """Whether ``by`` may give a person a new code now. Nothing is asked for those it cannot be for."""
    if not member.member_number or not member.has_usable_password() or not access.holds(by, KEEP):
        return False
    return by_number_only().filter(pk=member.pk).exists() and to_let_in([member.pk], KEEP, by=by).exists()


def register_notices() -> None:
    """Add the kind, once, at start."""
    register_notice(
        NoticeKind(
            key=NOTICE,
            subject=gettext_lazy("A new code for your account"),
            line=gettext_lazy(
                "You were given a new code to choose a password with. Did you not ask? Tell your branch."
            ),
            paragraphs=(gettext_lazy("Your password works until the code is used."),),
            button=gettext_lazy("Sign in and look"),
            reason=gettext_lazy("You get this letter because whoever keeps the register made a code for you."),
            address=lambda notice: reverse("desk"),
        )
    )
