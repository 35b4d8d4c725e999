"""Where the heat map and the search are found: on the page of a body, and on the administrator's start page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.directory.bodies.sections import register_body_section
from lms.directory.bodies.sight import Place
from lms.directory.cards import Card, register_card
from lms.members.models import Member
from lms.organisation.access import Right
from lms.organisation.models import Body


def leads_from_body(place: Place, reader: Member, on: dt.date) -> dict[str, Any] | None:
    """Where the page of a body leads, for its members and those who keep it. Asks the database nothing."""
    if not place.shows_composition or on not in place.body.period:
        return None
    nominates = place.is_member and place.body.kind == Body.Kind.NOMINATING
    return {"body": place.body, "may_search": nominates or place.is_kept}


def register() -> None:
    """Say so, once, at start."""
    register_body_section(10, _("What you can do together"), "competences/body_door.html", leads_from_body)
    register_card(
        Card(
            55,
            _("Find somebody who can"),
            _("Search those who have agreed to be found, by what they have proven."),
            "search_competences",
            Right.KEEP_LEVELS,
            "MagnifyingGlass",
        )
    )
