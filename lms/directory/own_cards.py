"""The cards and the menu entry of this room itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.directory.cards import Card, Sum, register_card
from lms.directory.reach import KEEPING, units_seen
from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Membership
from lms.pages.menu import Entry, register_entry

ORGANISATION, JOINING = "/organisation/", "/join/"


def keeps_something(request: HttpRequest) -> bool:
    """Whether the reader keeps anything of the organisation, as the menu shows it."""
    return bool(KEEPING & access.rights_shown(request.user))


def count_people(reader: Member, day: dt.date) -> Sum:
    """How many belong to the units the reader sees, each once."""
    seen = [unit.pk for unit in units_seen(reader)]
    rows = Membership.objects.on(day).filter(unit__in=seen)
    number = rows.aggregate(people=Count("member", distinct=True))["people"]
    return Sum(number, ngettext("person", "people", number))


def people_without_a_name(reader: Member, _day: dt.date) -> str:
    """That somebody has no name in the register: such a person can get no certificate."""
    seen = [unit.pk for unit in units_seen(reader)]
    number = access.people_under(seen, on=_day).filter(name_key="").count()
    words = ngettext(
        "%(count)s person has no name in the register.", "%(count)s people have no name in the register.", number
    )
    return words % {"count": number} if number else ""


def count_units(reader: Member, _day: dt.date) -> Sum:
    """How many units the reader sees people in."""
    number = len(units_seen(reader))
    return Sum(number, ngettext("unit", "units", number))


def register_own() -> None:
    """Lay the cards and add the entry, once, at start."""
    register_card(
        Card(
            10,
            _("People"),
            _("Find a member, see where they belong and what they hold, move somebody to another unit."),
            "people",
            Right.SEE_PEOPLE,
            "PersonGroup",
            count=count_people,
            wants=people_without_a_name,
        )
    )
    register_card(
        Card(
            20,
            _("Units"),
            _("The tree of counties and branches, as it is and as it was."),
            "units",
            Right.SEE_PEOPLE,
            "LocationPin",
            count=count_units,
        )
    )
    register_entry(Entry(60, _("Organisation"), ORGANISATION, "PersonGroup", is_for=keeps_something, also=(JOINING,)))
