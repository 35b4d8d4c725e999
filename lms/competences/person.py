"""What the page of a person tells about competences, and the reviewers' card on the administrator's start page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.competences.models import Profile
from lms.competences.prior import queue_of
from lms.competences.queries import framework_on, profiles_of
from lms.competences.standpoints import places_of
from lms.directory.cards import Card, register_card
from lms.directory.sections import register_section
from lms.members.models import Member
from lms.organisation import access


def competences_of(member: Member, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """What is proven of a person, as far as the reader may see it; never their own view. None: nothing to show."""
    framework = framework_on(on)
    may_vouch = bool(places_of(reader, member, on))
    areas = []
    if access.visible(Profile.objects.filter(member=member), to=reader, on=on).exists():
        standings = profiles_of([member.pk])[member.pk]
        for area in framework.areas:
            held = [(str(entry), standings.level_of(entry.key)) for entry in area.entries]
            rows = [(title, framework.level_name(level)) for title, level in held if level]
            areas += [(str(area), rows)] if rows else []
    if not framework.areas or not (areas or may_vouch):
        return None
    return {"areas": areas, "member": member, "may_vouch": may_vouch}


def waiting_for(reader: Member, day: dt.date) -> str:
    """How many applications wait for this reader."""
    number = queue_of(reader, on=day).count()
    words = ngettext("%(count)s application waits for an answer.", "%(count)s applications wait for an answer.", number)
    return words % {"count": number} if number else ""


def register() -> None:
    """Add both, once, at start."""
    register_section(20, _("Competences"), "competences/person.html", competences_of)
    register_card(
        Card(
            56,
            _("Prior learning"),
            _("People who can it already: read what they have done, and recognise it."),
            "prior_queue",
            access.Right.KEEP_LEVELS,
            "SealCheckmark",
            wants=waiting_for,
        )
    )
