"""Units that move, terms, appointments and loans at random: no right outlives its source, nobody gives above their own.

``World`` says the same as ``access`` in the plainest way there is: day by day, step by step upwards.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import RIGHTS, RIGHTS_OF_OFFICE, Right, Role
from lms.organisation.delegation import delegate
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Body, Delegation, Unit, UnitParent
from lms.organisation.services import appoint
from lms.periods import Period
from tests.factories.organisation import DAY, make_appointment, make_body, make_member, make_office, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAYS = range(8)
LIVED = Period(DAY, DAY + dt.timedelta(days=len(DAYS)))
RULES = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}

spans = st.tuples(st.integers(0, 6), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))
people, units = st.integers(0, 2), st.integers(0, 3)
rights = st.sampled_from([Right.SEE_PEOPLE, Right.INVITE, Right.KEEP_BODIES])
links = st.lists(st.tuples(units, units, spans), max_size=5)
named = st.lists(st.tuples(people, st.sampled_from(list(Role)), units, spans), max_size=3)
elected = st.lists(
    st.tuples(
        people,
        st.sampled_from(["training", "chair", "treasurer"]),
        st.sampled_from([Body.Kind.BOARD, Body.Kind.COMMITTEE]),
        units,
        spans,
    ),
    max_size=3,
)
lent = st.lists(st.tuples(people, people, rights, units, spans), max_size=4)
worlds = st.tuples(links, named, elected, lent)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def period(span: tuple[int, int]) -> Period:
    return Period(day(span[0]), day(span[1]))


@dataclass
class World:
    """What was drawn, as rows and as plain tuples."""

    people: list[Member]
    units: list[Unit]
    links: list[tuple[int, int, Period]] = field(default_factory=list)
    own: list[tuple[int, frozenset[Right], int, Period]] = field(default_factory=list)
    lent: list[tuple[int, int, Right, int, Period]] = field(default_factory=list)

    def upwards(self, unit: int, on: dt.date) -> set[int]:
        """The unit and all above it on a day."""
        found, front = {unit}, [unit]
        while front:
            at = front.pop()
            above = {parent for child, parent, held in self.links if child == at and on in held} - found
            found |= above
            front += above
        return found

    def owns(self, person: int, right: Right, unit: int, on: dt.date) -> bool:
        """By a term or an appointment, while the unit is there."""
        above = self.upwards(unit, on)
        return on in LIVED and any(
            who == person and right in some and top in above and on in held for who, some, top, held in self.own
        )

    def has(self, person: int, right: Right, unit: int, on: dt.date) -> bool:
        """By a term or an appointment, or lent by somebody who owns it where it was lent for."""
        above = self.upwards(unit, on)
        return self.owns(person, right, unit, on) or any(
            who == person and what == right and top in above and on in held and self.owns(giver, right, top, on)
            for giver, who, what, top, held in self.lent
        )


def build(drawn) -> World:
    """The rows. A link that would put a unit under itself, or give it two parents on a day, is left out."""
    links, named, elected, lent = drawn
    world = World([make_member(f"Nr {n}") for n in range(3)], [make_unit(f"Enhet {n}", lived=LIVED) for n in range(4)])
    for child, parent, span in links:
        held = period(span).meet(LIVED)
        # Parents have lower numbers, so there is no circle.
        if held and parent < child and not any(c == child and held.overlaps(p) for c, _, p in world.links):
            world.links.append((child, parent, held))
            UnitParent.objects.create(
                unit=world.units[child], parent=world.units[parent], valid_from=held.start, valid_until=held.until
            )
    rebuild_ancestry()
    for who, role, unit, span in named:
        make_appointment(world.people[who], role, unit=world.units[unit], period=period(span))
        world.own.append((who, RIGHTS[role], unit, period(span)))
    for who, office, kind, unit, span in elected:
        held, body = period(span), make_body(world.units[unit], kind=kind)
        body.terms.create(
            member=world.people[who], office=make_office(office), valid_from=held.start, valid_until=held.until
        )
        carried = RIGHTS_OF_OFFICE.get(office, frozenset()) if kind == Body.Kind.BOARD else frozenset()
        world.own.append((who, carried, unit, held))
    for giver, who, right, unit, span in lent:
        held = period(span)
        Delegation.objects.create(
            giver=world.people[giver], member=world.people[who], right=right, unit=world.units[unit],
            valid_from=held.start, valid_until=held.until,
        )  # fmt: skip
        world.lent.append((giver, who, right, unit, held))
    return world


@pytest.fixture(autouse=True)
def _it_is_the_day(set_today) -> None:
    set_today(DAY)


@settings(max_examples=20, **RULES)
@given(worlds)
def test_who_may_what_where_is_what_stands_on_that_day(drawn) -> None:
    with transaction.atomic():
        world = build(drawn)
        for number in (0, 3, 6, 7):
            for who, person in enumerate(world.people):
                for right in (Right.SEE_PEOPLE, Right.KEEP_BODIES):
                    found = set(access.units_with(person, right, on=day(number)))
                    wanted = {u for n, u in enumerate(world.units) if world.has(who, right, n, day(number))}
                    assert found == wanted
        transaction.set_rollback(True)


@settings(max_examples=60, **RULES)
@given(worlds, st.tuples(people, people, rights, units, spans))
def test_whatever_is_lent_was_the_lenders_own_on_every_day(drawn, asked) -> None:
    giver, who, right, unit, span = asked
    with transaction.atomic():
        world = build(drawn)
        for person in world.people:
            person.memberships.create(unit=world.units[unit], valid_from=DAY)
        _seat_together(world)
        given = _try(
            delegate, by=world.people[giver], member=world.people[who], right=right, unit=world.units[unit],
            period=period(span),
        )  # fmt: skip
        owned = all(world.owns(giver, right, unit, day(n)) for n in range(*span))
        same = any(loan[:4] == (giver, who, right, unit) and loan[4].overlaps(period(span)) for loan in world.lent)
        assert given == (owned and giver != who and not same)
        transaction.set_rollback(True)


@settings(max_examples=60, **RULES)
@example(  # a pause after the days that are given away takes nothing from them
    ([], [(0, Role.ADMINISTRATOR, 0, (0, 1)), (0, Role.ADMINISTRATOR, 0, (2, 3))], [], []),
    (0, Role.ADMINISTRATOR, 0, (0, 1)),
)
@given(worlds, st.tuples(people, st.sampled_from(list(Role)), units, spans))
def test_whatever_is_appointed_was_the_givers_own_on_every_day(drawn, asked) -> None:
    giver, role, unit, span = asked
    with transaction.atomic():
        world = build(drawn)
        given = _try(
            appoint, by=world.people[giver], member=make_member("Ny"), role=role, unit=world.units[unit],
            period=period(span),
        )  # fmt: skip
        owned = all(world.owns(giver, right, unit, day(n)) for right in RIGHTS[role] for n in range(*span))
        assert given == owned
        transaction.set_rollback(True)


def _seat_together(world: World) -> None:
    """All three in a committee of its own, so that each may choose the others."""
    committee = make_body(world.units[0], kind=Body.Kind.NOMINATING)
    for person in world.people:
        committee.terms.create(member=person, office=make_office("nominating"), valid_from=DAY)


def _try(service, **how) -> bool:
    try:
        service(**how)
    except (PermissionDenied, ValidationError):
        return False
    return True
