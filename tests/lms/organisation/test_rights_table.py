"""The tables of docs/algorithms/rights.md are the code's."""

from __future__ import annotations

import datetime as dt

import pytest

from lms.organisation import access
from lms.organisation.access import Right, Role
from lms.organisation.models import Delegation, UnitAncestry
from lms.organisation.rights import BODIES_WITH_RIGHTS, RIGHTS, RIGHTS_OF_OFFICE
from lms.periods import Period
from tests.factories.organisation import make_appointment, make_member, make_term, make_tree
from tests.tables import examples, shown

MAY_15 = dt.date(2026, 5, 15)
MONTHS = {"January": 1, "March": 3, "May": 5, "June": 6, "July": 7}


def test_the_table_of_rights_is_the_codes() -> None:
    boards = ", ".join(sorted(BODIES_WITH_RIGHTS))
    order = list(Right)
    told = [(row["who"], row["by"], row["where"], row["may"]) for row in examples("rights.md", "The table")]
    code = [(role, "appointment", "any unit", rights) for role, rights in RIGHTS.items()]
    code += [(office, "election", boards, rights) for office, rights in RIGHTS_OF_OFFICE.items()]
    words = [(who, by, where, sorted(rights, key=order.index)) for who, by, where, rights in code]
    assert [(*row[:3], sorted(map(Right, row[3].split(", ")), key=order.index)) for row in told] == words


def day(text: str) -> dt.date:
    number, month = text.split()
    return dt.date(2026, MONTHS[month], int(number))


def period(text: str) -> Period:
    start, until = text.split(" to ")
    return Period(day(start), day(until))


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("row", examples("rights.md", "Whether it counts"), ids=shown)
def test_a_loan_counts_as_the_page_says(row: dict[str, str]) -> None:
    nation, nordland, _, bodo = make_tree()
    ada, bo = make_member("Ada"), make_member("Bo")
    _let_hold(ada, row["by"], nordland, nation, period(row["Ada holds it"]))
    _lend(ada, bo, nordland, period(row["lent"]))
    if "moved away" in row["Bodø"]:
        left = day(row["Bodø"].removeprefix("moved away on "))
        UnitAncestry.objects.filter(unit=bodo, ancestor__in=(nordland, nation)).update(valid_until=left)
    assert access.may(bo, Right.ISSUE_CERTIFICATES, unit=bodo, on=MAY_15) is (row["counts"] == "yes")


def _let_hold(ada, by, nordland, nation, during: Period) -> None:
    if by == "appointment":
        make_appointment(ada, Role.ADMINISTRATOR, unit=nordland, period=during)
    elif by == "election":
        make_term(ada, office="training", unit=nordland, period=during)
    else:
        chief = make_member("Over")
        make_appointment(chief, Role.ADMINISTRATOR, unit=nation)
        _lend(chief, ada, nordland, during)


def _lend(giver, member, unit, during: Period) -> None:
    Delegation.objects.create(
        giver=giver, member=member, right=Right.ISSUE_CERTIFICATES, unit=unit,
        valid_from=during.start, valid_until=during.until,
    )  # fmt: skip
