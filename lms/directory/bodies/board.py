"""One body in full on a day: who, since when, until when; what is vacant, what comes, who was before; how composed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms.directory.bodies.sight import Place, soon
from lms.organisation.composition import Composition, Fact, compose, least_of_gender
from lms.organisation.models import BodySeat, Office, Term, UnitAncestry
from lms.periods import today

EARLIER_SHOWN = 8
NEW_FOR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Seats of an office that nobody holds."""

    office: Office
    number: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A day on which people were elected, before those who sit now."""

    on: dt.date
    election: str
    number: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What the page of a body shows."""

    above: list[str]
    people: list[Term]
    coming: list[Term]
    earlier: list[Earlier]
    vacancies: list[Vacancy]
    overfull: list[Office]
    seats: int
    ending: int
    composition: Composition | None
    rules: list[Measure]

    @property
    def vacant(self) -> int:
        """How many seats nobody holds."""
        return sum(vacancy.number for vacancy in self.vacancies)


@dataclass(frozen=True, slots=True)
class Measure:
    """One bar: how many of how many, and what the rule asks for (0: no rule)."""

    key: str
    number: int
    size: int
    least: int

    @property
    def is_met(self) -> bool:
        """Whether the rule is kept."""
        return self.number >= self.least

    @property
    def percent(self) -> int:
        """How much of the bar is filled."""
        return round(100 * self.number / self.size) if self.size else 0

    @property
    def rule_at(self) -> int:
        """Where on the bar the rule stands."""
        return min(100, round(100 * self.least / self.size)) if self.size else 0


def board_page(place: Place, *, on: dt.date) -> BoardPage:
    """The page of a body for a reader. Who has no right there sees today only: the day is the caller's to choose."""
    body, is_today = place.body, on == today()
    ever = list(
        Term.objects.filter(body=body)
        .select_related("member", "office")
        .order_by("office__order", "office_id", "member__name_key", "pk")
    )
    terms = [term for term in ever if on in term.period]
    seats = list(BodySeat.objects.filter(body=body).select_related("office")) if is_today else []
    held = Counter(term.office_id for term in terms)
    composition = _composition(terms, ever, on) if place.shows_composition else None
    above = UnitAncestry.objects.on(today()).filter(unit=body.unit_id, depth__gt=0).order_by("-depth")
    return BoardPage(
        above=list(above.values_list("ancestor__name", flat=True)),
        people=terms,
        coming=sorted((t for t in ever if t.valid_from > on), key=lambda t: t.valid_from) if is_today else [],
        earlier=_earlier(ever, terms) if place.is_seen else [],
        vacancies=[Vacancy(s.office, s.number - held[s.office_id]) for s in seats if s.number > held[s.office_id]],
        overfull=[seat.office for seat in seats if held[seat.office_id] > seat.number],
        seats=sum(seat.number for seat in seats),
        ending=sum(term.valid_until is not None and term.valid_until <= soon(on) for term in terms),
        composition=composition,
        rules=_measures(place, composition) if composition else [],
    )


def _earlier(ever: Sequence[Term], sitting: Sequence[Term]) -> list[Earlier]:
    """The days of earlier elections, the newest first."""
    now = {term.valid_from for term in sitting}
    days: dict[dt.date, list[str]] = {}
    for term in ever:
        if term.valid_from <= today() and term.valid_from not in now:
            days.setdefault(term.valid_from, []).append(term.election)
    newest = sorted(days, reverse=True)[:EARLIER_SHOWN]
    return [Earlier(day, Counter(days[day]).most_common(1)[0][0], len(days[day])) for day in newest]


def _composition(terms: Sequence[Term], ever: Sequence[Term], on: dt.date) -> Composition:
    first: dict[int, dt.date] = {}
    for term in ever:
        first[term.member_id] = min(term.valid_from, first.get(term.member_id, term.valid_from))
    facts = (
        Fact(term.member_id, term.member.gender, term.member.birth_year, first[term.member_id] > on - NEW_FOR)
        for term in terms
    )
    return compose(facts, year=on.year)


def _measures(place: Place, board: Composition) -> list[Measure]:
    """Women, men, under forty, new; each beside the rule that is written for it."""
    percent, young = place.body.least_of_each_gender or 0, place.body.least_under_40 or 0
    each = least_of_gender(board.size, percent)
    return [
        Measure("women", board.women, board.size, each),
        Measure("men", board.men, board.size, each),
        Measure("under_40", board.under_40, board.size, young),
        Measure("new", board.new, board.size, 0),
    ]
