"""Who stands under whom, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.organisation.lineage import lines, rebuild_ancestry
from lms.organisation.models import Unit, UnitAncestry, UnitParent
from lms.organisation.queries import line_of
from lms.periods import Period
from tests.factories.organisation import DAY, LATER, LONG_AGO, make_tree, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MERGED = dt.date(2024, 1, 1)


def ancestors(unit: Unit, on: dt.date) -> list[str]:
    return [line.ancestor.name for line in UnitAncestry.objects.on(on).filter(unit=unit).order_by("depth")]


def test_a_unit_stands_under_its_parent_and_under_the_parents_of_that() -> None:
    *_, bodoe = make_tree()
    assert ancestors(bodoe, DAY) == ["Bodø", "Nordland fylkeslag", "Landet"]


def test_a_unit_that_moves_stands_under_the_old_parent_until_the_day_and_under_the_new_from_it() -> None:
    _, nordland, oslo, _ = make_tree()
    lier = make_unit("Lier", under=nordland, linked=Period(LONG_AGO, MERGED))
    UnitParent.objects.create(unit=lier, parent=oslo, valid_from=MERGED)
    rebuild_ancestry([lier])
    assert ancestors(lier, MERGED - dt.timedelta(days=1))[1] == "Nordland fylkeslag"
    assert ancestors(lier, MERGED)[1] == "Oslo fylkeslag"


def test_a_closed_unit_stands_nowhere_after_it_closed() -> None:
    nation, *_ = make_tree()
    gone = make_unit("Finnmark", under=nation, lived=Period(LONG_AGO, MERGED))
    assert ancestors(gone, MERGED) == []


def test_the_line_of_a_unit_knows_its_county() -> None:
    *_, bodoe = make_tree()
    county = line_of(bodoe, on=DAY).county
    assert county is not None
    assert county.name == "Nordland fylkeslag"


def test_rebuilding_twice_changes_nothing() -> None:
    make_tree()
    rows = UnitAncestry.objects.order_by("unit", "ancestor", "valid_from").values_list(
        "unit", "ancestor", "depth", "valid_from", "valid_until"
    )
    before = list(rows)
    assert rebuild_ancestry() == len(before)
    assert list(rows) == before


def test_a_circle_is_refused() -> None:
    always = Period(LONG_AGO, LATER)
    with pytest.raises(ValueError, match="under itself"):
        list(lines(1, always, {1: [(2, always)], 2: [(1, always)]}))


def test_links_that_never_hold_together_make_no_line() -> None:
    early, late = Period(LONG_AGO, MERGED), Period(MERGED, LATER)
    found = list(lines(1, Period(LONG_AGO), {1: [(2, early)], 2: [(3, late)]}))
    assert [(ancestor, depth) for ancestor, depth, _ in found] == [(1, 0), (2, 1)]
