"""The tree of units: what stands where on a day, what it was called, and who is counted."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from lms.directory.units.queries import tree_on
from lms.directory.units.tree import narrow, walk
from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Membership, UnitLabel, UnitParent, UnitSuccession
from lms.periods import Period
from tests.factories.organisation import DAY, LONG_AGO, make_member, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
UNITS = "/organisation/units/"
TURN = dt.date(2020, 1, 1)


def drawn(tops, depth=0):
    """A tree as indented names."""
    return [line for top in tops for line in ("  " * depth + top.name, *drawn(top.under, depth + 1))]


def counted(day=DAY, *, seen):
    """How many members every unit has, with all below; None where the reader may not know."""
    return {branch.name: branch.counts and branch.counts.members for branch in walk(tree_on(day, seen=seen))}


def shown(client, query=""):
    """The names in the tree as a reader is shown it."""
    return re.findall(r'class="t-tree__name"><a [^>]*>(.*?)</a>', client.get(f"{UNITS}{query}").content.decode())


def test_every_unit_stands_under_its_parent_by_name(county):
    tree = drawn(tree_on(DAY, seen=[]))
    assert tree == ["Landet", "  Nordland fylkeslag", "    Bodø", "  Oslo fylkeslag", "    Frogner"]


def test_a_unit_stands_where_it_stood_on_the_day(county):
    UnitParent.objects.filter(unit=county.frogner).update(valid_until=TURN)
    UnitParent.objects.create(unit=county.frogner, parent=county.nordland, valid_from=TURN)
    rebuild_ancestry()
    assert drawn(tree_on(DAY, seen=[]))[1:4] == ["  Nordland fylkeslag", "    Bodø", "    Frogner"]
    before = drawn(tree_on(dt.date(2019, 6, 1), seen=[]))
    assert before[1:] == ["  Nordland fylkeslag", "    Bodø", "  Oslo fylkeslag", "    Frogner"]


def test_a_unit_that_has_closed_is_there_only_on_the_days_it_was(county):
    make_unit("Skjerstad", under=county.nordland, lived=Period(LONG_AGO, TURN))
    assert "    Skjerstad" in drawn(tree_on(dt.date(2019, 12, 31), seen=[]))
    assert "    Skjerstad" not in drawn(tree_on(TURN, seen=[]))


def test_a_unit_is_called_what_it_was_called_on_the_day(county):
    for name, code, period in (("Bodin", "1843", Period(LONG_AGO, TURN)), ("Bodø", "1804", Period(TURN))):
        row = {"valid_from": period.start, "valid_until": period.until}
        UnitLabel.objects.create(unit=county.bodo, code=code, name=name, **row)
    assert "    Bodin" in drawn(tree_on(dt.date(2019, 6, 1), seen=[]))
    assert "    Bodø" in drawn(tree_on(DAY, seen=[]))


@pytest.mark.parametrize("asked", ["bodø", "BODIN", "1843"])
def test_a_search_finds_a_unit_by_its_name_an_earlier_one_and_a_number(county, asked):
    UnitLabel.objects.create(unit=county.bodo, code="1843", name="Bodin", valid_from=LONG_AGO, valid_until=TURN)
    tops = narrow(tree_on(DAY, seen=[]), asked)
    assert drawn(tops) == ["Landet", "  Nordland fylkeslag", "    Bodø"]
    assert [branch.name for branch in walk(tops) if branch.is_found] == ["Bodø"]


def test_a_unit_that_is_found_keeps_what_lies_below_it(county):
    assert drawn(narrow(tree_on(DAY, seen=[]), "nordland")) == ["Landet", "  Nordland fylkeslag", "    Bodø"]


def test_members_are_counted_at_their_unit_and_at_all_above_within_reach_only(county):
    seen = [county.nordland.pk, county.bodo.pk]
    make_member("Ola", of=county.bodo)
    make_member("Fred", of=county.frogner)
    numbers = {"Landet": None, "Nordland fylkeslag": 2, "Bodø": 1, "Oslo fylkeslag": None, "Frogner": None}
    assert counted(seen=seen) == numbers


def test_who_belongs_to_two_units_is_counted_once_above_them(county):
    kari = make_member("Kari", of=county.bodo)
    Membership.objects.create(member=kari, unit=county.nordland, valid_from=LONG_AGO)
    tops = tree_on(DAY, seen=[county.nordland.pk, county.bodo.pk])
    counts = {branch.name: branch.counts for branch in walk(tops)}
    assert (counts["Nordland fylkeslag"].members, counts["Nordland fylkeslag"].own, counts["Bodø"].members) == (2, 2, 1)


def test_sympathisers_are_not_counted_as_members(county):
    make_member("Siv", of=county.bodo, status="sympathiser")
    bodo = next(b for b in walk(tree_on(DAY, seen=[county.bodo.pk])) if b.name == "Bodø")
    assert (bodo.counts.members, bodo.counts.sympathisers) == (0, 1)


def test_members_are_counted_as_they_were_on_the_day(county):
    make_member("Ola", of=county.bodo, since=Period(TURN))
    make_member("Per", of=county.bodo, since=Period(LONG_AGO, TURN))
    make_member("Pål", of=county.bodo, since=Period(LONG_AGO, TURN))
    assert counted(dt.date(2019, 6, 1), seen=[county.bodo.pk])["Bodø"] == 2
    assert counted(seen=[county.bodo.pk])["Bodø"] == 1


def test_on_an_earlier_day_a_unit_taken_over_whole_is_counted_and_one_taken_over_in_part_is_not(county):
    whole = make_unit("Skjerstad", under=county.oslo, lived=Period(LONG_AGO, TURN))
    part = make_unit("Gildeskål", under=county.oslo, lived=Period(LONG_AGO, TURN))
    for unit, in_part in ((whole, False), (part, True)):
        make_member(of=unit, since=Period(LONG_AGO, TURN))
        UnitSuccession.objects.create(predecessor=unit, successor=county.bodo, on=TURN, in_part=in_part)
    numbers = counted(dt.date(2019, 6, 1), seen=[county.bodo.pk])
    assert (numbers["Skjerstad"], numbers["Gildeskål"], numbers["Oslo fylkeslag"]) == (1, None, None)


def test_the_page_shows_the_whole_tree_and_counts_only_ones_own(county, as_ada):
    for number in range(7):
        make_member(f"Fred {number}", of=county.frogner)
    assert shown(as_ada) == ["Landet", "Nordland fylkeslag", "Bodø", "Oslo fylkeslag", "Frogner"]
    assert "<b>7</b>" not in as_ada.get(UNITS).content.decode()


def test_a_search_names_what_is_no_longer_there(county, as_ada):
    make_unit("Skjerstad", under=county.nordland, lived=Period(LONG_AGO, TURN))
    html = as_ada.get(f"{UNITS}?name=skjer").content.decode()
    assert "Skjerstad" in html and shown(as_ada, "?name=skjer") == []


@pytest.mark.parametrize("on", ["i går", "2026-13-01", "9999-01-01", "0001-01-01"])
def test_a_day_that_cannot_be_read_or_has_not_come_is_today_and_says_so(county, as_ada, on):
    answer = as_ada.get(UNITS, {"on": on})
    assert (answer.status_code, 'role="status"' in answer.content.decode()) == (200, True)
    assert len(shown(as_ada)) == 5


def test_the_tree_does_not_exist_for_those_who_keep_nothing(county, client):
    assert client.get(UNITS).status_code == 302
    client.force_login(make_member("Ola", of=county.bodo))
    assert client.get(UNITS).status_code == 404
