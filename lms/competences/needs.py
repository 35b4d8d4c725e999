"""What a person's offices need of them, and by when.

An office asks for a level after a year in it. What is urgent in it asks for level 1 within 30
days and level 2 (or the target, when lower) within 100. Whoever is elected again goes on: the
days count from when they first took the office, as long as they never left it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.competences.accounts import BOARDS, OFFICE_OF
from lms.competences.queries import needs_of_offices
from lms.members.models import Member
from lms.organisation.models import Appointment, Term
from lms.organisation.words import ROLE_WORDS
from lms.periods import Period

FIRST_DAYS, URGENT_DAYS, YEAR_DAYS = 30, 100, 365
FIRST_LEVEL, URGENT_LEVEL = 1, 2
INSTRUCTOR = Appointment.Role.INSTRUCTOR
FALLBACK_OFFICE = "board_member"
"""What somebody without an office is asked about: what everybody who may be elected needs."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What one office asks for in a competence: a level, whether it is urgent, and since when the office is held."""

    level: int
    is_urgent: bool
    since: dt.date
    office: str = ""

    def next_after(self, level: int) -> tuple[dt.date, int] | None:
        """The next step for one who stands at ``level``: by which day, to which level; None when it is reached."""
        if level >= self.level:
            return None
        steps = [(self.level, YEAR_DAYS)]
        if self.is_urgent:
            steps = [(min(FIRST_LEVEL, self.level), FIRST_DAYS), (min(URGENT_LEVEL, self.level), URGENT_DAYS), *steps]
        step, days = next(pair for pair in steps if pair[0] > level)
        return self.since + dt.timedelta(days=days), step


@dataclass(frozen=True, slots=True)
class Wanted:
    """What all the offices of a person ask for in one competence."""

    key: str
    asks: tuple[Ask, ...]

    @property
    def level(self) -> int:
        """The highest level asked for."""
        return max(ask.level for ask in self.asks)

    @property
    def is_urgent(self) -> bool:
        """Whether it is urgent in one of the offices."""
        return any(ask.is_urgent for ask in self.asks)

    def next_after(self, level: int) -> tuple[dt.date, int] | None:
        """The step that is due first for one who stands at ``level``; None when everything is reached."""
        return min((step for ask in self.asks if (step := ask.next_after(level))), default=None)


@dataclass(frozen=True, slots=True)
class Held:
    """An office a person holds, since when without a break, and the kind of unit."""

    key: str
    title: str
    unit_kind: str
    since: dt.date


def unbroken_since(periods: Iterable[Period], on: dt.date) -> dt.date:
    """The day an office was taken that is held on a day: terms that follow each other are one. Pure."""
    start = on
    for period in sorted(periods, key=lambda period: period.start, reverse=True):
        if period.start <= start and (period.until is None or period.until >= start):
            start = period.start
    return start


def offices_held(member: Member, on: dt.date) -> list[Held]:
    """The offices a person holds on a day, in the order of the organisation; an instructor's last. Two queries.

    What counts as an office is what counts as one in the ledger: ``accounts`` says it.
    """
    rows = Term.objects.filter(member=member, valid_from__lte=on, body__kind__in=(*BOARDS, *OFFICE_OF))
    terms = [
        (key, str(term.office), term.body.unit.kind, term.period)
        for term in rows.select_related("office", "body__unit").order_by("office__order", "pk")
        if (key := OFFICE_OF.get(term.body.kind) or (term.office.key if term.office.unit_id is None else ""))
    ]
    roles = Appointment.objects.filter(member=member, valid_from__lte=on, role=Appointment.Role.INSTRUCTOR)
    terms += [
        (INSTRUCTOR, str(ROLE_WORDS[INSTRUCTOR]), row.unit.kind, row.period) for row in roles.select_related("unit")
    ]
    found: dict[tuple[str, str], Held] = {}
    for key, title, kind, period in terms:
        if on in period:
            same = [other for one, _, at, other in terms if (one, at) == (key, kind)]
            found.setdefault((key, kind), Held(key, title, kind, unbroken_since(same, on)))
    return list(found.values())


def wanted_by(offices: Iterable[Held], on: dt.date) -> dict[str, Wanted]:
    """What the offices ask for together: the highest level of each, urgent when one of them says so. One query."""
    held = list(offices)
    found: dict[str, list[Ask]] = {}
    needs = needs_of_offices([(office.key, office.unit_kind) for office in held], on=on) if held else {}
    for office in held:
        for need in needs[office.key, office.unit_kind]:
            ask = Ask(need.level, need.is_urgent, office.since, office.title)
            found.setdefault(need.competence_key, []).append(ask)
    return {key: Wanted(key, tuple(asks)) for key, asks in found.items()}


def choose(wanted: Mapping[str, Wanted], order: Iterable[str], most: int) -> list[str]:
    """At most so many of what is wanted: the urgent first, then the highest levels; shown in the framework's order."""
    place = {key: at for at, key in enumerate(order)}
    known = [one for key, one in wanted.items() if key in place]
    known.sort(key=lambda one: (not one.is_urgent, -one.level, place[one.key]))
    return sorted((one.key for one in known[:most]), key=place.__getitem__)
