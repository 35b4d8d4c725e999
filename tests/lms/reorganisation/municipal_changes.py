"""The official changes of municipalities and counties, turned into reorganisations by their shape alone."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from lms.organisation.lineage import rebuild_ancestry
from lms.organisation.models import Unit, UnitParent
from lms.reorganisation.models import Change, NewUnit, Reorganisation
from lms.reorganisation.services import add_change, describe_unit, draft_reorganisation

LONG_AGO = dt.date(2010, 1, 1)
KIND = Change.Kind
Target = Unit | NewUnit


class Moved(NamedTuple):
    """One line of the change table."""

    on: dt.date
    old: str
    new: str
    name: str


@cache
def official() -> dict[str, Any]:
    """The lists and the change table."""
    return json.loads(Path(__file__).with_name("fixtures").joinpath("municipalities.json").read_text("utf-8"))


def change_days() -> list[tuple[dt.date, list[Moved]]]:
    """Each day of change with its lines, in order."""
    lines = [Moved(dt.date.fromisoformat(on), *rest) for on, *rest in official()["changes"]]
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.on)]


def make_country() -> None:
    """The nation, its counties and municipalities as they were before the first change."""
    start, names = official()["lists"]["2016"], official()["counties"]
    nation = Unit.objects.create(code="0", name="Landet", kind=Unit.Kind.NATIONAL, valid_from=LONG_AGO)
    counties = [(code, names[code], Unit.Kind.COUNTY) for code in sorted({code[:2] for code in start})]
    rows = [*counties, *((code, name, Unit.Kind.MUNICIPAL) for code, name in start.items())]
    made = Unit.objects.bulk_create(Unit(code=c, name=n, kind=k, valid_from=LONG_AGO) for c, n, k in rows)
    unit = {row.code: row for row in made}
    UnitParent.objects.bulk_create(
        UnitParent(unit=row, parent=unit[row.code[:2]] if len(row.code) == 4 else nation, valid_from=LONG_AGO)
        for row in made
    )
    rebuild_ancestry()


class Drafting:
    """One day's changes as the rows of one reorganisation."""

    def __init__(self, on: dt.date, lines: list[Moved]) -> None:
        self.on, self.lines = on, lines
        self.draft = draft_reorganisation(name=f"{on:%Y}", on=on, by=None)
        self.units = {unit.code: unit for unit in Unit.objects.on(on)}
        self.to: dict[str, list[str]] = defaultdict(list)
        self.of: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            self.to[line.old].append(line.new)
            self.of[line.new].append(line.old)
        self.name = {line.new: line.name for line in lines}
        self.counties: dict[str, Target] = {}
        self.heir_county: dict[str, set[str]] = {}
        self.parted: set[str] = set()

    def drawn(self) -> Reorganisation:
        """The draft with all its rows."""
        self._counties()
        whole = {new: [old for old in olds if len(self.to[old]) == 1] for new, olds in self.of.items()}
        for new, olds in self.of.items():
            target = self._target(new, whole[new])
            if isinstance(target, NewUnit) or len(whole[new]) > 1:
                merging = [self.units[old] for old in whole[new] if self.units[old] != target]
                self._row(KIND.MERGE, merging, target=target)
            for old in sorted(set(olds) - set(whole[new])):
                self._part(old, new, target)
        return self.draft

    def _target(self, new: str, whole: list[str]) -> Target:
        """The unit that has the number afterwards: one that goes on under it, or one to be made."""
        goes_on = new if new in whole else whole[0] if len(whole) == 1 else None
        if goes_on is None:
            return self._described(new, self.name[new], Unit.Kind.MUNICIPAL, self._county(new[:2]))
        unit = self.units[goes_on]
        if (unit.code, unit.name) != (new, self.name[new]):
            self._row(KIND.RENAME, [unit], code=new, name=self.name[new])
        if self.heir_county.get(goes_on[:2], {goes_on[:2]}) != {new[:2]} and goes_on[:2] not in self.parted:
            self._row(KIND.MOVE, [unit], target=self._county(new[:2]))
        return unit

    def _part(self, old: str, new: str, target: Target) -> None:
        """Of a split municipality the first heir takes everybody without a postal code of the others."""
        place = sorted(self.to[old]).index(new)
        share = {"postal_codes": f"6{place}00-6{place}99"} if place else {"is_rest": True}
        self._row(KIND.SPLIT, [self.units[old]], target=target, **share)

    def _counties(self) -> None:
        """Counties that are no more: those that meet in a new one merge, the others are split by municipality."""
        left = {code[:2] for code in self.units if len(code) == 4 and code not in self.to} | {n[:2] for n in self.of}
        gone = sorted({old[:2] for old in self.to} - left)
        flow = {county: Counter(line.new[:2] for line in self.lines if line.old[:2] == county) for county in gone}
        main = {county: counts.most_common(1)[0][0] for county, counts in flow.items()}
        meeting = Counter(main.values())
        for county in gone:
            if meeting[main[county]] > 1:
                self.heir_county[county] = {main[county]}
                self._row(KIND.MERGE, [self.units[county]], target=self._county(main[county]))
                continue
            self.parted.add(county)
            for new in sorted(flow[county]):
                below = [self.units[x.old] for x in self.lines if x.old[:2] == county and x.new[:2] == new]
                self._row(KIND.SPLIT, [self.units[county]], target=self._county(new), municipalities=below)

    def _county(self, code: str) -> Target:
        if code not in self.counties:
            name = official()["counties"][code]
            nation = Unit.objects.get(kind=Unit.Kind.NATIONAL)
            self.counties[code] = self.units.get(code) or self._described(code, name, Unit.Kind.COUNTY, nation)
        return self.counties[code]

    def _described(self, code: str, name: str, kind: str, parent: Target) -> NewUnit:
        return describe_unit(reorganisation=self.draft, code=code, name=name, kind=kind, parent=parent, by=None)

    def _row(self, kind: str, units: list[Unit], **decided: Any) -> None:
        if units:
            add_change(reorganisation=self.draft, kind=kind, units=units, by=None, **decided)
