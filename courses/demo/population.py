"""Folkeforeningen: a whole invented organisation, the same for the same seed.

Pure: no database, no clock. `build` returns units, bodies, people, terms of office and
appointments as frozen rows that name each other by stable text keys; writing them is
somebody else's work. No row describes a real person.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from courses.demo import names, places
from courses.demo.places import NATIONAL, NORDLAND, Body, Unit

FEWEST = 100  # below this the boards of 15 counties cannot be filled
EARLIEST = date(2025, 5, 1)  # before this the counties of 2024 have had too few annual meetings
BODO, OSLO = "kommune-1804", "kommune-0301"
BOARD = ("chair", "deputy", "secretary", "treasurer")
COUNTY_BOARD = (*BOARD, "training", "board_member", "board_member", "alternate")


@dataclass(frozen=True)
class Person:
    """One invented member or sympathiser of a municipal branch."""

    member_number: str
    name: str
    email: str | None  # two partners may share one; some have none
    unit: str
    status: str  # "member" or "sympathiser"
    language: str  # "nb", "nn" or "en"
    joined_on: date
    unit_from: date  # since when in this unit: a branch may be younger than the membership
    has_prior_level: bool = False  # recorded in bulk with level grunn, waits for a certificate
    level_on: date | None = None  # when the level was reached; also set for the blank name
    blank_name: bool = False  # the one record without a name; never among the prior levels
    sign_in: bool = False  # one of the four whom a visitor of the demo may sign in as


@dataclass(frozen=True)
class Term:
    """An office held in a body of a unit, in [valid_from, valid_until)."""

    member_number: str
    office: str
    unit: str
    body_kind: str
    valid_from: date
    valid_until: date
    election: str  # as printed: "Årsmøtet 14. mars 2026"


@dataclass(frozen=True)
class Appointment:
    """A role given by a unit without an election, in [valid_from, valid_until)."""

    member_number: str
    role: str  # "instructor", "administrator" or "editor"
    unit: str
    valid_from: date
    valid_until: date
    decision: str  # as printed: "Styrevedtak 1. september 2025"


@dataclass(frozen=True)
class Population:
    """The organisation with its people, as it was and is on the day `build` was told."""

    units: tuple[Unit, ...]
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]
    terms: tuple[Term, ...]
    appointments: tuple[Appointment, ...]


# Name, account, unit, years of membership, and the role given by appointment (by which unit).
SIGN_INS = (
    ("Åse Lyngmo", "styremedlem", BODO, 3, None),
    ("Torbjørn Haugli", "kursholder", "kommune-1841", 11, ("instructor", NORDLAND)),
    ("Inga Sørvær", "administrator", "kommune-1865", 9, ("administrator", NORDLAND)),
    ("Maja Holm", "redaktor", OSLO, 6, ("editor", NATIONAL)),
)
# Seats that are theirs: unit and office, with number and years since the election.
RESERVED = {(BODO, "board_member"): ("100001", 0), (NORDLAND, "training"): ("100003", 1)}


def build(members: int = 2000, seed: int = 2026, today: date = date(2026, 11, 24)) -> Population:
    """The organisation with `members` people in all, the four sign-ins among them."""
    if members < FEWEST or today < EARLIEST:
        raise ValueError(f"At least {FEWEST} members, on {EARLIEST} or later.")
    units = places.make_units()
    people = _make_people(units, members, seed, today)
    return Population(
        units=units,
        bodies=places.make_bodies(units),
        people=people,
        terms=tuple(_Elections(units, people, seed, today).terms()),
        appointments=_make_appointments(today),
    )


def _make_people(units: tuple[Unit, ...], members: int, seed: int, today: date) -> tuple[Person, ...]:
    """The special records first, then everybody else in random order of place."""
    rng = Random(f"{seed}-people")
    unit_since = {unit.code: unit.valid_from for unit in units}
    people = _special_people(unit_since, today)
    waiting = round(0.15 * members)
    in_nordland = max(round(0.18 * members), waiting + 10) - 4  # four of the special ones
    homes = places.spread(units, members - len(people), in_nordland, rng)
    for number, code in enumerate(homes, start=100_001 + len(people)):
        name = names.draw_name(rng, code.removeprefix("kommune-")[:2])
        days = 1 + int(rng.expovariate(1 / 3300)) % (today - places.FOUNDED).days
        people.append(_person(str(number), name, code, today - timedelta(days), unit_since))
    nordlanders = [p for p in people if p.unit.startswith("kommune-18") and not _is_special(p)]
    levels = _prior_levels(nordlanders, waiting, rng, today)
    sympathisers = _sympathisers(people, levels, rng)
    ordinary = [p for p in people if not p.sign_in]
    languages = places.draw_languages({p.member_number: p.unit for p in ordinary}, rng)
    emails = names.make_emails([(p.member_number, p.name, p.unit) for p in ordinary], rng)
    return tuple(
        replace(
            p,
            email=emails.get(p.member_number, p.email),
            status="sympathiser" if p.member_number in sympathisers else "member",
            language=languages.get(p.member_number, "nb"),
            has_prior_level=p.member_number in levels,
            level_on=levels.get(p.member_number, p.level_on),
        )
        for p in people
    )


def _person(number: str, name: str, unit: str, joined: date, since: dict[str, date]) -> Person:
    return Person(number, name, None, unit, "member", "nb", joined, max(joined, since[unit]))


def _is_special(person: Person) -> bool:
    return person.sign_in or person.blank_name


def _special_people(unit_since: dict[str, date], today: date) -> list[Person]:
    """The four sign-ins, and the one without a name, who has a level and can get no certificate."""
    people = []
    for number, (name, account, unit, years, _) in enumerate(SIGN_INS, start=100_001):
        person = _person(str(number), name, unit, date(today.year - years, 1, 20), unit_since)
        people.append(replace(person, email=f"{account}@example.org", sign_in=True))
    nameless = _person("100005", "", "kommune-1833", date(today.year - 4, 9, 6), unit_since)
    return [*people, replace(nameless, blank_name=True, level_on=date(today.year - 1, 9, 14))]


def _prior_levels(nordlanders: list[Person], waiting: int, rng: Random, today: date) -> dict[str, date]:
    """Who reached level grunn, and on which Sunday: the ends of twelve weekend courses."""
    first = date(today.year - 1, 1, 12)
    first += timedelta(6 - first.weekday())
    every = [first + timedelta(weeks=week) for week in range((today - first).days // 7)]
    sundays = sorted(rng.sample([day for day in every if day.month != 7], 12))
    taught = [p for p in nordlanders if p.joined_on < sundays[-1]]
    return {
        p.member_number: rng.choice([day for day in sundays if day > p.joined_on]) for p in rng.sample(taught, waiting)
    }


def _sympathisers(people: list[Person], levels: dict[str, date], rng: Random) -> set[str]:
    """Six in a hundred, none of whom waits for a certificate."""
    free = [p.member_number for p in people if not _is_special(p) and p.member_number not in levels]
    return set(rng.sample(free, round(0.06 * len(people))))


class _Elections:
    """Who holds which office: draws boards and committees from the people, unit by unit."""

    def __init__(self, units: tuple[Unit, ...], people: tuple[Person, ...], seed: int, today: date) -> None:
        self.units, self.seed, self.today = units, seed, today
        self.rng = Random(f"{seed}-elections")
        self.people = {p.member_number: p for p in people}
        self.load: Counter[str] = Counter()  # offices held now, to spread them
        self.reserved = dict(RESERVED)
        eligible = [p for p in people if p.status == "member" and not _is_special(p)]
        self.pools: dict[str, list[Person]] = {unit.code: [] for unit in units}
        self.pools[NATIONAL] = eligible
        county = {unit.code: unit.parent or NATIONAL for unit in units}
        for person in eligible:
            self.pools[person.unit].append(person)
            self.pools[county[person.unit]].append(person)

    def terms(self) -> Iterator[Term]:
        """All county boards and the national one; municipal boards where most people are."""
        branches = [unit for unit in self.units if unit.kind == "municipal"]
        branches.sort(key=lambda unit: (unit.code != BODO, -len(self.pools[unit.code])))
        staffed = branches[: round(0.06 * len(self.people))]
        for unit in self.units:
            if unit.kind != "municipal":
                yield from self._board(unit, COUNTY_BOARD)
                yield from self._current(unit, "nominating", ("nominating",) * 3)
            elif unit in staffed:
                yield from self._board(unit, self._municipal_seats(unit))

    def _municipal_seats(self, unit: Unit) -> tuple[str, ...]:
        """Five to nine seats, but no more than the branch has people for."""
        members = ("board_member",) * self.rng.randint(1, 3)
        alternates = ("alternate",) * self.rng.randint(0, 2)
        return (*BOARD, *members, *alternates)[: max(5, len(self.pools[unit.code]))]

    def _board(self, unit: Unit, seats: tuple[str, ...]) -> Iterator[Term]:
        """The board of now, those whom it followed, and sometimes an earlier one."""
        now = list(self._current(unit, "board", seats))
        yield from now
        yield from self._predecessors(unit, now)
        last = places.last_meeting(unit, self.today, self.seed)
        start = last - 2 if unit.kind == "national" else last - 4
        if unit.kind != "municipal" or self.rng.random() < 0.25:
            yield from self._earlier(unit, seats, start)

    def _current(self, unit: Unit, kind: str, seats: tuple[str, ...]) -> Iterator[Term]:
        """A third was elected at the last annual meeting, by the congress everybody."""
        last, national = places.last_meeting(unit, self.today, self.seed), unit.kind == "national"
        seated = {number for (code, _), (number, _) in RESERVED.items() if code == unit.code}
        for office in seats:
            number, years = self.reserved.pop((unit.code, office), (None, None))
            if years is None:
                years = 0 if national or self.rng.random() < 1 / 3 else 1
            length = 2 if national or years or self.rng.random() < 0.5 else 1
            start = last - years
            if number is None:
                rings = (unit.code, unit.parent or NATIONAL, NATIONAL)
                number = self._pick(rings, self._meeting(unit, start), seated)
            if number:
                self.load[number] += 1
                yield self._term(number, office, unit, kind, start, start + length)

    def _predecessors(self, unit: Unit, now: list[Term]) -> Iterator[Term]:
        """Those before the newly elected: some were elected again, others hand over."""
        last = places.last_meeting(unit, self.today, self.seed)
        before = self._meeting(unit, last - 2)
        if unit.kind == "national" or before < unit.valid_from:
            return
        seated = {term.member_number for term in now}
        for term in now:
            if term.valid_from != self._meeting(unit, last):
                continue
            person = self.people[term.member_number]
            number = None if self.rng.random() < 0.3 else self._pick((unit.code,), before, seated)
            if number is None and person.unit_from <= before and not person.sign_in:
                number = person.member_number
            if number:
                yield self._term(number, term.office, unit, "board", last - 2, last)

    def _earlier(self, unit: Unit, seats: tuple[str, ...], year: int) -> Iterator[Term]:
        """A board that ended before the present one, where the unit is old enough."""
        elected, seated = self._meeting(unit, year), set[str]()
        if elected < unit.valid_from:
            return
        for office in seats:
            number = self._pick((unit.code,), elected, seated)
            if number:
                yield self._term(number, office, unit, "board", year, year + 2)

    def _pick(self, rings: tuple[str, ...], on: date, seated: set[str]) -> str | None:
        """Somebody in the first ring of units that has anyone left; the less burdened first."""
        for code in rings:
            free = [p.member_number for p in self.pools[code] if p.unit_from <= on and p.member_number not in seated]
            if free:
                number = min(free, key=lambda n: self.load[n] + 1.5 * self.rng.random())
                seated.add(number)
                return number
        return None

    def _term(self, number: str, office: str, unit: Unit, kind: str, start: int, end: int) -> Term:
        since, until = self._meeting(unit, start), self._meeting(unit, end)
        return Term(number, office, unit.code, kind, since, until, places.election_label(unit, since))

    def _meeting(self, unit: Unit, year: int) -> date:
        return places.annual_meeting(unit, year, self.seed)


def _make_appointments(today: date) -> tuple[Appointment, ...]:
    """The roles that three of the sign-ins hold without an election, for two years."""
    since, until = date(today.year - 1, 9, 1), date(today.year + 1, 9, 1)
    decision = f"Styrevedtak 1. september {since.year}"
    return tuple(
        Appointment(str(number), role[0], role[1], since, until, decision)
        for number, (*_, role) in enumerate(SIGN_INS, start=100_001)
        if role
    )
