"""The counties that were there from 2020 to 2023, as the branches were then: other numbers, no other borders.

Three counties were parted on 1 January 2024, and every municipality in them got a new number. That is
a fact (Statistics Norway: see data/ATTRIBUTION); that an organisation followed it is invented.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import resources

from courses.demo.places import COUNTIES, NATIONAL
from lms.organisation.models import Unit, UnitLabel, UnitParent, UnitSuccession

FORMER_FROM, FORMER_UNTIL = dt.date(2020, 1, 1), dt.date(2024, 1, 1)
FORMER = {
    "30": ("Viken", ("31", "32", "33")),
    "38": ("Vestfold og Telemark", ("39", "40")),
    "54": ("Troms og Finnmark", ("55", "56")),
}
"""number → its name, and the counties that followed"""


@cache
def former_numbers() -> dict[str, str]:
    """Code of a branch today → its code from 2020 to 2023, for those whose number changed."""
    source = resources.files("courses.demo") / "data" / "numbers-2020-2023.csv"
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {f"kommune-{row['code']}": f"kommune-{row['former']}" for row in rows}


def load_former_counties(units: Mapping[str, Unit]) -> None:
    """Give the branches their years under the former counties. Ancestry is to be drawn afterwards."""
    period = {"valid_from": FORMER_FROM, "valid_until": FORMER_UNTIL}
    former = Unit.objects.bulk_create(
        Unit(code=f"fylke-{number}", name=f"{name} fylkeslag", kind=Unit.Kind.COUNTY, **period)
        for number, (name, _) in FORMER.items()
    )
    above = {unit.code: unit for unit in former}
    branches = {code: units[code] for code in former_numbers()}
    for unit in branches.values():
        unit.valid_from = FORMER_FROM
    Unit.objects.bulk_update(branches.values(), ["valid_from"])
    links = [UnitParent(unit=unit, parent=units[NATIONAL], **period) for unit in former]
    labels = []
    for code, unit in branches.items():
        old = former_numbers()[code]
        county = FORMER[old[8:10]][0]
        name = unit.name.replace(f"({COUNTIES[code[8:10]][0]})", f"({county})")
        links.append(UnitParent(unit=unit, parent=above[f"fylke-{old[8:10]}"], **period))
        labels.append(UnitLabel(unit=unit, code=old, name=name, **period))
        labels.append(UnitLabel(unit=unit, code=unit.code, name=unit.name, valid_from=FORMER_UNTIL))
    UnitParent.objects.bulk_create(links)
    UnitLabel.objects.bulk_create(labels)
    UnitSuccession.objects.bulk_create(
        UnitSuccession(
            predecessor=above[f"fylke-{number}"], successor=units[f"fylke-{heir}"], on=FORMER_UNTIL, in_part=True
        )
        for number, (_, heirs) in FORMER.items()
        for heir in heirs
    )
