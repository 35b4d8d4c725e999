"""The ways to levels: cards on the administrator's start page."""

from __future__ import annotations

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.progression.models import Level, LevelRule
from courses.tracks.reach import adopts_rules
from lms.directory.cards import Card, Sum, register_card
from lms.members.models import Member
from lms.organisation.access import Right


def count_levels(_reader: Member, _day: dt.date) -> Sum:
    """How many levels there are."""
    number = Level.objects.filter(track__archived_at=None).count()
    return Sum(number, ngettext("level", "levels", number))


def what_waits(reader: Member, _day: dt.date) -> str | Promise:
    """That a rule has been drafted and is not adopted, to those who may adopt it."""
    if LevelRule.objects.filter(adopted_at=None).exists() and adopts_rules(reader):
        return _("A draft of what a level requires waits.")
    return ""


def lay_card() -> None:
    """Lay them there, once, at start."""
    register_card(
        Card(
            order=78,
            title=_("Lapses soon"),
            text=_("Whose level lapses within a year, the shortest way to renew it, and a word to them."),
            url_name="lapsing",
            right=Right.SEE_PEOPLE,
            icon="Clock",
        )
    )
    register_card(
        Card(
            order=80,
            title=_("Tracks and levels"),
            text=_("What each level requires, and who decided it. Draft a change, see whom it concerns, adopt it."),
            url_name="tracks",
            right=Right.KEEP_LEVELS,
            icon="HikingTrailSign",
            count=count_levels,
            wants=what_waits,
        )
    )
