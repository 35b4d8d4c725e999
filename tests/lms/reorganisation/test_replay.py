"""The real changes of Norwegian municipalities from 2017 to 2024, replayed with people in every unit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from lms.members.models import Member
from lms.organisation.lineage import called_on
from lms.organisation.models import Membership, Unit, UnitAncestry
from lms.organisation.rollup import placed
from lms.reorganisation.applying import carry_out, take_back
from lms.reorganisation.models import Reorganisation
from tests.factories import organisation
from tests.lms.reorganisation.drafting import whole_organisation
from tests.lms.reorganisation.municipal_changes import LONG_AGO, Drafting, change_days, make_country, official

pytestmark = pytest.mark.django_db
LATE = dt.date(2021, 6, 1)
"""When those join who are in the register before the day: their membership begins in a unit that is gone by then."""
Places = dict[int, str]


def make_people() -> Places:
    """In each municipality two members, a sympathiser and one who joins later; in each county two, who live below."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    homes = [code for code in sorted(units) if len(code) == 4 for _ in range(4)]
    first = {code[:2]: code for code in reversed(homes)}
    last = {code[:2]: code for code in homes}
    homes += [*first.values(), *last.values()]
    people = Member.objects.bulk_create(
        Member(name=f"Medlem {n}", postal_code=("1000", "6100", "6200")[n % 3]) for n in range(len(homes))
    )
    rows = [
        Membership(
            member=person, unit=units[home], valid_from=LATE if n % 4 == 3 else LONG_AGO,
            status="sympathiser" if n % 4 == 2 else "member",
        )
        for n, (person, home) in enumerate(zip(people, homes, strict=True))
    ]  # fmt: skip
    of_counties = list(zip(people, homes, strict=True))[-len(first) - len(last) :]
    rows += [Membership(member=p, unit=units[home[:2]], valid_from=LONG_AGO) for p, home in of_counties]
    Membership.objects.bulk_create(rows)
    for code in ("16", "17", "0706", "0719", "5001", "1507"):
        if code in units:
            organisation.make_term(people[0], unit=units[code])
    return {person.pk: home for person, home in zip(people, homes, strict=True)}


def expected(places: Places) -> dict[dt.date, Places]:
    """Where everybody belongs from each day of change, from the change table alone."""
    postal = dict(Member.objects.values_list("pk", "postal_code"))
    found, now = {LONG_AGO: places}, places
    for day, lines in change_days():
        to: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            to[line.old].append(line.new)
        now = {person: _next(to.get(code, [code]), postal[person]) for person, code in now.items()}
        found[day] = now
    return found


def _next(codes: list[str], postal: str) -> str:
    """Of a split the first number takes everybody but those with the postal codes of the second and third."""
    place = {"6100": 1, "6200": 2}.get(postal, 0)
    return sorted(codes)[place if place < len(codes) else 0]


def belonging(day: dt.date, kind: str) -> dict[str, set[int]]:
    """Who belongs to the units of a kind on a day, by the number each unit had that day."""
    code = {unit: code for unit, (code, _) in called_on(day).items()}
    rows = list(Membership.objects.on(day).filter(unit__kind=kind).values_list("member", "unit"))
    assert len(rows) == len(set(rows)), "somebody is counted twice"
    found: dict[str, set[int]] = defaultdict(set)
    for member, unit in rows:
        found[code[unit]].add(member)
    return found


def grouped(places: Places, day: dt.date, late: set[int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for person, code in places.items():
        if day >= LATE or person not in late:
            found[code].add(person)
    return found


@pytest.fixture
def replayed() -> tuple[dict[dt.date, Places], dict[str, list]]:
    """The country with all its changes applied; where everybody should be; and how everything was before."""
    make_country()
    places = make_people()
    before = whole_organisation()
    for day, lines in change_days():
        carry_out(reorganisation=Drafting(day, lines).drawn(), by=None)
    return expected(places), before


def test_the_municipal_changes_of_2017_to_2024_lose_nobody_and_count_nobody_twice(
    replayed: tuple[dict[dt.date, Places], dict[str, list]],
) -> None:
    truth, before = replayed
    late = set(Membership.objects.filter(valid_from=LATE).values_list("member", flat=True))
    _lists_agree()
    days = sorted(truth)
    for day, until in zip(days, [*days[1:], dt.date(2026, 1, 1)], strict=True):
        for asked in (day, until - dt.timedelta(days=1)):
            assert belonging(asked, Unit.Kind.MUNICIPAL) == grouped(truth[day], asked, late), asked
    _counties_agree(days)
    _results_follow(truth)
    for reorganisation in Reorganisation.objects.order_by("-on"):
        take_back(reorganisation=reorganisation, by=None)
    assert whole_organisation() == before


def _lists_agree() -> None:
    """On 1 January of each year the municipalities are those of the official list, by number and name."""
    for year, listed in official()["lists"].items():
        day = dt.date(int(year), 1, 1)
        units = Unit.objects.on(day).filter(kind=Unit.Kind.MUNICIPAL)
        assert dict(called_on(day, units).values()) == listed, year


def _counties_agree(days: list[dt.date]) -> None:
    """Every municipality stands under the county its number says; those of the county itself go with theirs."""
    for day in days:
        called = {unit: code for unit, (code, _) in called_on(day).items()}
        lines = UnitAncestry.objects.on(day).filter(depth=1, unit__kind=Unit.Kind.MUNICIPAL)
        above = {called[unit]: called[county] for unit, county in lines.values_list("unit", "ancestor")}
        assert above == {code: code[:2] for code in called.values() if len(code) == 4}, day
        in_counties, below = belonging(day, Unit.Kind.COUNTY), belonging(day, Unit.Kind.MUNICIPAL)
        home = {person: code for code, people in below.items() for person in people}
        astray = [(p, c, home[p]) for c, people in in_counties.items() for p in people if home.get(p, c)[:2] != c]
        assert {(c, code) for _, c, code in astray} <= MOVED_OUT, day


MOVED_OUT: set[tuple[str, str]] = set()


def _results_follow(truth: dict[dt.date, Places]) -> None:
    """What somebody earned in 2016 counts today where the change table says they went."""
    day = dt.date(2016, 6, 1)
    rows = list(Membership.objects.on(day).filter(unit__kind=Unit.Kind.MUNICIPAL).values_list("member", "unit"))
    now = placed([(member, unit, day) for member, unit in rows])
    called = {unit: code for unit, (code, _) in called_on(dt.date(2026, 1, 1)).items()}
    last = truth[max(truth)]
    assert [called[unit] for unit in now] == [last[member] for member, _ in rows]
