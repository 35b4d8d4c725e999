"""The cards of bodies and of rights on the administrator's start page."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.directory.bodies.listing import with_vacancies
from lms.directory.cards import Card, Sum, register_card
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Body


def count_bodies(reader: Member, day: dt.date) -> Sum:
    """How many bodies the reader keeps or sees people in."""
    number = _bodies(reader, day).count()
    return Sum(number, ngettext("body", "bodies", number))


def vacant_seats(reader: Member, day: dt.date) -> str:
    """That seats stand empty somewhere."""
    number = with_vacancies(_bodies(reader, day), on=day).count()
    words = ngettext("%(count)s body has a vacant seat.", "%(count)s bodies have a vacant seat.", number)
    return words % {"count": number} if number else ""


def _bodies(reader: Member, day: dt.date) -> QuerySet[Body]:
    units = access.units_with(reader, {Right.SEE_PEOPLE, Right.KEEP_BODIES}, on=day)
    return Body.objects.on(day).filter(unit__in=units.values("pk"))


def register_cards() -> None:
    """Lay them, once, at start."""
    register_card(
        Card(
            30,
            _("Boards and other bodies"),
            _("Who sits where and until when, what is vacant, and how it is composed."),
            "bodies",
            Right.SEE_PEOPLE,
            "Tasklist",
            count=count_bodies,
            wants=vacant_seats,
        )
    )
    register_card(
        Card(
            35,
            _("Who may do what"),
            _("Rights by election and appointment. Lend one for a while, or end it."),
            "rights",
            Right.INVITE,
            "PadlockLocked",
        )
    )
