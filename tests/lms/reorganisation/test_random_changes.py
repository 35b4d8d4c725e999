"""Random units, people, offices and changes: nobody lost, nobody twice, undo is identity, no right lives on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Role
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Appointment, Body, Delegation, Membership, Term, Unit, UnitParent
from lms.organisation.rollup import placed
from lms.reorganisation.applying import CannotApply, carry_out, take_back
from lms.reorganisation.models import BodyChoice, Change, NewUnit, Reorganisation
from tests.factories.organisation import make_member, make_office
from tests.lms.reorganisation.drafting import whole_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
RULES = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
UNITS, PEOPLE, YEARS = 6, 5, 12
KIND = Change.Kind

unit, person = st.integers(0, UNITS - 1), st.integers(0, PEOPLE - 1)
spans = st.tuples(st.integers(0, 10), st.one_of(st.none(), st.integers(1, 8)))
stays = st.lists(st.tuples(person, unit, spans, st.sampled_from(["member", "sympathiser"])), max_size=8)
elected = st.lists(st.tuples(person, unit, spans, st.sampled_from(["training", "chair"])), max_size=4)
named = st.lists(st.tuples(person, unit, st.integers(0, 8), st.integers(1, 4)), max_size=3)
target = st.integers(0, UNITS + 1)
rows = st.one_of(
    st.tuples(st.sampled_from([KIND.MERGE, KIND.CLOSE, KIND.MOVE]), unit, target),
    st.tuples(st.just(KIND.RENAME), unit, target),
    st.tuples(st.just(KIND.SPLIT), unit, st.tuples(target, target)),
)
changes = st.tuples(
    st.integers(1, 9), st.lists(rows, min_size=1, max_size=3, unique_by=lambda row: row[1]), st.booleans()
)
worlds = st.tuples(
    st.lists(st.integers(0, UNITS - 1), min_size=UNITS - 1, max_size=UNITS - 1),
    stays,
    elected,
    named,
    st.lists(changes, min_size=1, max_size=3),
)


def day(number: int) -> dt.date:
    return dt.date(2018 + number, 1, 1)


def days() -> list[dt.date]:
    """Each first of January, the day before it and one in summer."""
    return [d for n in range(YEARS) for d in (day(n), day(n) - dt.timedelta(days=1), dt.date(2018 + n, 7, 1))]


@dataclass
class World:
    """What was drawn, as rows."""

    units: list[Unit]
    people: list[Member]


def build(parents, stays, elected, named) -> World:
    """A tree, its people, their offices and rights. Nobody belongs twice to one unit on a day."""
    world = World(
        [Unit.objects.create(code=f"e{n}", name=f"Enhet {n}", kind="county", valid_from=day(0)) for n in range(UNITS)],
        [make_member(f"Nr {n}", postal_code="1000" if n % 2 else "9000") for n in range(PEOPLE)],
    )
    for child, parent in enumerate(parents, 1):
        UnitParent.objects.create(unit=world.units[child], parent=world.units[parent % child], valid_from=day(0))
    rebuild_ancestry()
    for who, where, (since, years), status in stays:
        until = None if years is None else day(since + years)
        mine = Membership.objects.filter(member=world.people[who], unit=world.units[where])
        if not mine.exclude(valid_until__lte=day(since)).filter(valid_from__lt=until or day(99)).exists():
            mine.create(
                member=world.people[who], unit=world.units[where], status=status, valid_from=day(since),
                valid_until=until,
            )  # fmt: skip
    for who, where, (since, years), office in elected:
        until = None if years is None else day(since + years)
        body = Body.objects.create(unit=world.units[where], name="Styret", valid_from=day(0))
        body.seats.create(office=make_office(office))
        body.terms.create(
            member=world.people[who], office=make_office(office), valid_from=day(since), valid_until=until
        )
    for who, where, since, years in named:
        held = {"unit": world.units[where], "valid_from": day(since), "valid_until": day(since + years)}
        Appointment.objects.create(member=world.people[who], role=Role.ADMINISTRATOR, **held)
        Delegation.objects.create(
            member=world.people[who - 1], giver=world.people[who], right=access.Right.SEE_PEOPLE, **held
        )
    return world


def drawn_up(world: World, drawn, number: int) -> Reorganisation:
    """The rows as they were drawn, wise or not."""
    on, rows_, bodies_go_on = drawn
    draft = Reorganisation.objects.create(name=f"Nr {number}", on=day(on))
    made = [
        NewUnit.objects.create(
            reorganisation=draft, code=f"n{number}{n}", name=f"Ny {number}{n}", kind="county", parent=world.units[0]
        )
        for n in range(2)
    ]

    def end(to: int) -> dict[str, Unit | NewUnit]:
        return {"target": world.units[to]} if to < UNITS else {"target_new": made[to - UNITS]}

    for kind, where, to in rows_:
        common = {"reorganisation": draft, "kind": kind, "unit": world.units[where]}
        if kind == KIND.RENAME:
            Change.objects.create(**common, code=f"r{number}{to}", name=f"Omdøpt {number}")
        elif kind == KIND.SPLIT:
            Change.objects.create(**common, **end(to[0]), is_rest=True)
            Change.objects.create(**common, **end(to[1]), postal_codes="0000-4999")
        else:
            Change.objects.create(**common, **end(to))
        if bodies_go_on and kind == KIND.MERGE:
            for body in Body.objects.filter(unit=world.units[where]):
                BodyChoice.objects.create(reorganisation=draft, body=body, goes_on=True, **end(to))
    return draft


def belonging(on: dt.date) -> Counter[tuple[int, int]]:
    return Counter(Membership.objects.on(on).values_list("member", "unit"))


def check_people(before: dict[dt.date, Counter[tuple[int, int]]], on: dt.date) -> None:
    """Before the day nothing moved; after it the same people belong, to units that exist, once to each."""
    for asked, was in before.items():
        now = belonging(asked)
        if asked < on:
            assert now == was
            continue
        assert {member for member, _ in now} == {member for member, _ in was}
        assert not now or max(now.values()) == 1
        open_units = set(Unit.objects.on(asked).values_list("pk", flat=True))
        assert {unit_ for _, unit_ in now} <= open_units


def check_rights(asked: dt.date) -> None:
    """Whatever gives a right on a day hangs on a unit, and a body, that exist on it."""
    open_units = set(Unit.objects.on(asked).values_list("pk", flat=True))
    open_bodies = set(Body.objects.on(asked).values_list("pk", flat=True))
    for one in Member.objects.all():
        seen = set(access.units_with(one, access.Right.SEE_PEOPLE, on=asked).values_list("pk", flat=True))
        assert seen <= open_units
        assert all(grant.unit_id in open_units for grant in access.grants(one, on=asked))
    assert set(Term.objects.on(asked).values_list("body", flat=True)) <= open_bodies


@settings(max_examples=20, **RULES)
@given(worlds)
def test_nobody_is_lost_or_counted_twice_and_undoing_gives_everything_back(drawn) -> None:
    with transaction.atomic():
        _walk(drawn)
        transaction.set_rollback(True)


@pytest.mark.slow
@settings(max_examples=1_500, **RULES)
@given(worlds)
def test_nobody_is_lost_in_fifteen_hundred_organisations(drawn) -> None:
    with transaction.atomic():
        _walk(drawn)
        transaction.set_rollback(True)


def _walk(drawn) -> None:
    parents, stays_, elected_, named_, changes_ = drawn
    world = build(parents, stays_, elected_, named_)
    applied = []
    for number, change in enumerate(changes_):
        draft = drawn_up(world, change, number)
        dump = whole_organisation()
        before = {asked: belonging(asked) for asked in days()}
        try:
            carry_out(reorganisation=draft, by=None)
        except CannotApply:
            assert whole_organisation() == dump
            continue
        check_people(before, draft.on)
        for asked in (draft.on - dt.timedelta(days=1), draft.on, day(YEARS)):
            check_rights(asked)
        applied.append((draft, dump))
    earned = list(Membership.objects.on(day(1)).values_list("member", "unit"))
    now = placed([(m, u, day(1)) for m, u in earned], on=day(YEARS))
    assert set(now) <= set(Unit.objects.on(day(YEARS)).values_list("pk", flat=True)) | closed_without_heir()
    for draft, dump in reversed(applied):
        take_back(reorganisation=draft, by=None)
        assert whole_organisation() == dump


def closed_without_heir() -> set[int]:
    """Units that closed empty: their results stay with them."""
    return set(Unit.objects.filter(valid_until__isnull=False, successions=None).values_list("pk", flat=True))
