"""What moves in the demo's Nordland: a merger that is being planned, a lent right, a role about to end."""

from __future__ import annotations

import datetime as dt

from courses.demo.places import NORDLAND
from lms.members.models import Member
from lms.organisation.access import Right
from lms.organisation.delegation import delegate
from lms.organisation.models import Appointment, Term, Unit
from lms.organisation.services import appoint
from lms.periods import Period, today
from lms.reorganisation.models import Change
from lms.reorganisation.services import Described, add_change, draft_reorganisation

TOGETHER = ("kommune-1820", "kommune-1822")
"""Alstahaug and Leirfjord, neighbours by the sea. That their branches plan anything is invented."""


def load_movement() -> None:
    """A draft to look through and apply, and rights with an end, all by the county's own administrator."""
    county, day = Unit.objects.get(code=NORDLAND), today()
    role = Appointment.Role.ADMINISTRATOR
    chief = Appointment.objects.on(day).filter(unit=county, role=role).order_by("pk")[0].member
    _plan_merger(county, chief, day)
    delegate(
        member=_chair_of("kommune-1804"),
        right=Right.ISSUE_CERTIFICATES,
        unit=county,
        period=Period(day - dt.timedelta(days=20), day + dt.timedelta(days=40)),
        reason="Kursbevis etter kursene i høst",
        by=chief,
    )
    _lend_levels(chief, day)
    appoint(
        member=_chair_of("kommune-1833"),
        role=role,
        unit=Unit.objects.get(code="kommune-1833"),
        period=Period(day - dt.timedelta(days=351), day + dt.timedelta(days=14)),
        by=None,
    )


def _plan_merger(county: Unit, chief: Member, day: dt.date) -> None:
    draft = draft_reorganisation(
        name="Alstahaug og Leirfjord",
        on=dt.date(day.year + 1, 1, 1),
        decision="Forslag fra årsmøtene i de to lagene. Fylkesstyret avgjør. Vedtektene § 4.",
        by=chief,
    )
    add_change(
        reorganisation=draft,
        kind=Change.Kind.MERGE,
        units=Unit.objects.filter(code__in=TOGETHER).order_by("code"),
        target=Described("alstahaug-leirfjord", "Alstahaug og Leirfjord", Unit.Kind.MUNICIPAL, county),
        by=chief,
    )


def _chair_of(code: str) -> Member:
    """Who leads the board of a branch; of the county's, where the branch has none."""
    chairs = Term.objects.on(today()).filter(body__kind="board", office__key="chair", office__unit=None)
    found = chairs.filter(body__unit__code=code).order_by("pk").first()
    return (found or chairs.filter(body__unit__code=NORDLAND).order_by("pk")[0]).member


def _lend_levels(chief: Member, day: dt.date) -> None:
    """The nation's training officer administers it, and lends the county's administrator the keeping of levels.

    So that somebody who signs in to the demo can draw up a ladder and adopt it.
    """
    nation = Unit.objects.on(day).get(kind=Unit.Kind.NATIONAL)
    officers = Term.objects.on(day).filter(office__key="training", body__unit=nation, body__kind="board")
    giver = officers.order_by("pk").select_related("member")[0].member
    period = Period(day - dt.timedelta(days=200), day + dt.timedelta(days=300))
    appoint(member=giver, role=Appointment.Role.ADMINISTRATOR, unit=nation, period=period, by=None)
    delegate(
        member=chief,
        right=Right.KEEP_LEVELS,
        unit=nation,
        period=Period(day - dt.timedelta(days=10), day + dt.timedelta(days=200)),
        reason="Arbeidsgruppen for lederstigen",
        by=giver,
    )
