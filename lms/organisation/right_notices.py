"""Telling somebody that they may do something from now on, or no longer. Subjects name nothing."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lms.members.models import Member
from lms.notifications.registry import NoticeKind, register_notice
from lms.notifications.services import notify
from lms.organisation.models import Unit
from lms.organisation.words import right_word
from lms.pages.templatetags.tillit import long_date
from lms.periods import Period

GIVEN, ENDED = "right_given", "right_ended"


def tell_of_right(
    member: Member, what: str, *, unit: Unit, key: str, by: Member | None, period: Period | None = None
) -> None:
    """Tell ``member`` that a right or role for a unit begins (``period``), or has been ended. Nothing of oneself."""
    if by is None or by.pk == member.pk:
        return
    with override(member.language):
        context = {"what": right_word(what), "unit": unit.name}
        if period is not None and period.until is not None:
            context |= {
                "start": long_date(period.start),
                "last": long_date(period.until - dt.timedelta(days=1)),
            }
    notify(members=[member], kind=GIVEN if period else ENDED, key=f"right:{key}", context=context)


def register_notices() -> None:
    """Say what these notices are called; called once when the room starts."""
    register_notice(
        NoticeKind(
            key=GIVEN,
            subject=_("You may do something new"),
            line=_("%(what)s for %(unit)s: yours from %(start)s, to the end of %(last)s."),
            button=_("See what you may do"),
            reason=_("You get this letter because somebody gave or lent you a right."),
            address=lambda notice: reverse("rights"),
            paragraphs=(_("It ends by itself. It may also end sooner."),),
        )
    )
    register_notice(
        NoticeKind(
            key=ENDED,
            subject=_("Something you may do has changed"),
            line=_("%(what)s for %(unit)s is no longer yours."),
            button=_("See what you may do"),
            reason=_("You get this letter because a right you had was ended."),
            address=lambda notice: reverse("rights"),
        )
    )
