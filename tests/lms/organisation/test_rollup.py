"""Whose results count where, as it was and as it is."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from lms.organisation.models import Membership, UnitSuccession
from lms.organisation.rollup import Counted, heirs_of, placed, units_as_it_is, units_as_it_was
from lms.periods import Period
from tests.factories.organisation import ALWAYS, LONG_AGO, make_member, make_tree, make_unit

pytestmark = pytest.mark.django_db
SPLIT, MERGED = dt.date(2020, 1, 1), dt.date(2024, 1, 1)
UNTIL_SPLIT = Period(LONG_AGO, SPLIT)


def test_an_open_unit_counts_its_own_and_what_lies_below() -> None:
    _, nordland, _, bodo = make_tree()
    assert units_as_it_is(nordland) == [Counted(nordland.pk, ALWAYS), Counted(bodo.pk, ALWAYS)]


def test_a_merged_unit_counts_for_its_heir_now_and_for_itself_then() -> None:
    _, nordland, oslo, _ = make_tree()
    old = make_unit("Gamle", under=nordland, lived=UNTIL_SPLIT)
    UnitSuccession.objects.create(predecessor=old, successor=oslo, on=SPLIT)
    assert Counted(old.pk, UNTIL_SPLIT) in units_as_it_is(oslo)
    assert Counted(old.pk, UNTIL_SPLIT) in units_as_it_was(nordland, dt.date(2019, 1, 1))
    assert Counted(old.pk, UNTIL_SPLIT) not in units_as_it_was(oslo, dt.date(2019, 12, 31))
    assert heirs_of(old.pk) == [oslo.pk]


def test_a_split_counts_in_part_and_each_result_follows_its_person(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    _, north, south, _ = make_tree()
    old = make_unit("Gamle", lived=UNTIL_SPLIT)
    for heir in (north, south):
        UnitSuccession.objects.create(predecessor=old, successor=heir, on=SPLIT, in_part=True)
    went = make_member("Sør", of=old, since=UNTIL_SPLIT)
    Membership.objects.create(member=went, unit=south, valid_from=SPLIT)
    left = make_member("Borte", of=old, since=Period(LONG_AGO, dt.date(2019, 1, 1)))
    earned = dt.date(2018, 6, 1)
    with django_assert_max_num_queries(2):
        assert placed([(went.pk, old.pk, earned), (left.pk, old.pk, earned)]) == [south.pk, north.pk]
    assert Counted(old.pk, UNTIL_SPLIT, in_part=True) in units_as_it_is(south)


def test_every_step_is_followed() -> None:
    _, _nordland, oslo, _ = make_tree()
    first = make_unit("Første", lived=UNTIL_SPLIT)
    second = make_unit("Andre", lived=Period(LONG_AGO, MERGED))
    UnitSuccession.objects.create(predecessor=first, successor=second, on=SPLIT)
    UnitSuccession.objects.create(predecessor=second, successor=oslo, on=MERGED)
    kari = make_member(of=first, since=UNTIL_SPLIT)
    row = [(kari.pk, first.pk, dt.date(2019, 1, 1))]
    assert placed(row) == [oslo.pk]
    assert placed(row, on=dt.date(2022, 1, 1)) == [second.pk]
    assert {one.unit for one in units_as_it_is(oslo)} == {oslo.pk, first.pk, second.pk}
