"""The room's card on the administrator's start page."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.directory.cards import Card, register_card
from lms.keeping import kept
from lms.members.models import Member
from lms.merging.access import KEEP
from lms.merging.queries import PAIRS, likely_pairs
from lms.organisation import access


def pairs_waiting(reader: Member, day: dt.date) -> str:
    """How many pairs may be one person: counted once a day, and anew when somebody has looked at one."""

    def count() -> int:
        return len(likely_pairs(access.units_with(reader, KEEP), on=day))

    number = kept(f"pairs-{reader.pk}-{day}", PAIRS, count)
    words = ngettext("%(count)s pair may be one person.", "%(count)s pairs may be one person.", number)
    return words % {"count": number} if number else ""


def register() -> None:
    """Lay it, once, at start."""
    register_card(
        Card(
            45,
            _("Two records of one person"),
            _("A sympathiser who turns out to be in the register, somebody written down twice: make one of two."),
            "merging",
            KEEP,
            "Link",
            wants=pairs_waiting,
        )
    )
