"""What a list of people is narrowed by: an allow-list of choices, each read from the address or left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lms.organisation.models import Unit


class Status(StrEnum):
    """What people are to the organisation."""

    MEMBER = "member"
    SYMPATHISER = "sympathiser"
    FORMER = "former"


class Age(StrEnum):
    """Age bands, by the year one turns it: in the year one turns forty one is no longer under forty."""

    UNDER_40 = "under-40"
    FROM_40 = "from-40"
    UNKNOWN = "unknown"


STATUSES: dict[str, str | Promise] = {
    Status.MEMBER: _("Members"),
    Status.SYMPATHISER: _("Sympathisers"),
    Status.FORMER: _("Former members"),
}
AGES: dict[str, str | Promise] = {
    Age.UNDER_40: _("Under 40"),
    Age.FROM_40: _("40 and over"),
    Age.UNKNOWN: _("Year of birth unknown"),
}
ORDERS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "name": (_("Name"), ("name_key", "pk")),
    "name-backwards": (_("Name, from the end"), ("-name_key", "-pk")),
    "number": (_("Member number"), ("member_number", "pk")),
    "newest": (_("Newest in the register first"), ("-pk",)),
}
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen. Empty is "all"; ``unit`` is one the reader sees, with all below it."""

    on: dt.date
    name: str = ""
    unit: Unit | None = None
    status: str = ""
    office: str = ""
    age: str = ""
    order: str = "name"

    @property
    def ordering(self) -> tuple[str, ...]:
        """The columns to order by."""
        return ORDERS[self.order][1]

    @property
    def is_chosen(self) -> bool:
        """Whether anything but the name was chosen: the choices are then shown open."""
        return bool(self.unit or self.status or self.office or self.age or self.order != "name")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return bool(self.name or self.unit or self.status or self.office or self.age)


def filters_from(asked: QueryDict, *, units: Iterable[Unit], offices: Iterable[str], on: dt.date) -> Filters:
    """The choices in an address; what is not on the list is as if it had not been asked."""
    wanted, order = asked.get("unit", ""), asked.get("order", "")
    return Filters(
        on=on,
        name=asked.get("name", "").strip()[:LONGEST],
        unit=next((unit for unit in units if str(unit.public_id) == wanted), None),
        status=_one_of(asked.get("status", ""), STATUSES),
        office=_one_of(asked.get("office", ""), offices),
        age=_one_of(asked.get("age", ""), AGES),
        order=order if order in ORDERS else "name",
    )


def query_of(filters: Filters, *, is_today: bool) -> str:
    """The choices as an address says them, without the page: what leafing and fetching carry on."""
    said = {
        "name": filters.name,
        "unit": str(filters.unit.public_id) if filters.unit else "",
        "status": filters.status,
        "office": filters.office,
        "age": filters.age,
        "order": "" if filters.order == "name" else filters.order,
        "on": "" if is_today else filters.on.isoformat(),
    }
    return urlencode({key: value for key, value in said.items() if value})


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""
