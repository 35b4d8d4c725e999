"""What a reader asks the overview for: the unit, the month, whom, which level, and in which order of units."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lms.members.models import Member
from lms.organisation import access
from lms.organisation.access import Right
from lms.organisation.models import Unit

GROUPS: dict[str, str | Promise] = {"all": _("Members"), "officers": _("Officers"), "chairs": _("Chairs")}
"""Whom the figures are of, in the order of the totals."""
LEVELS = range(1, 5)
USUAL = ("officers", 2, "is")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``month`` None is the newest."""

    unit: Unit
    month: dt.date | None = None
    group: str = "officers"
    least: int = 2
    order: str = "is"

    @property
    def group_at(self) -> int:
        """The group's place in the totals."""
        return list(GROUPS).index(self.group)

    @property
    def group_word(self) -> str:
        """The group in words."""
        return str(GROUPS[self.group])

    def query(self, **other: object) -> str:
        """The same as an address, with something else in it; what is usual is left out."""
        told = replace(self, **other)  # type: ignore[arg-type]
        usual = dict(zip(("group", "least", "order"), USUAL, strict=True))
        said = {name: getattr(told, name) for name, value in usual.items() if getattr(told, name) != value}
        if told.month is not None:
            said["month"] = f"{told.month:%Y-%m}"
        return f"?{urlencode(said)}" if said else ""


def units_seen(reader: Member) -> list[Unit]:
    """The units whose people a reader sees today. Raises Http404 for those who see nobody. Two queries."""
    found = list(access.units_with(reader, Right.SEE_PEOPLE))
    if not found:
        raise Http404
    return found


def asked_of(reader: Member, public_id: uuid.UUID, given: QueryDict) -> Asked:
    """What is asked for. Raises Http404 for a unit whose people the reader does not see. Two queries."""
    unit = access.units_with(reader, Right.SEE_PEOPLE).filter(public_id=public_id).first()
    if unit is None:
        raise Http404
    group, order = given.get("group", ""), given.get("order", "")
    return Asked(
        unit=unit,
        month=_month(given.get("month", "")),
        group=group if group in GROUPS else USUAL[0],
        least=next((level for level in LEVELS if str(level) == given.get("least")), 2),
        order=order if order in ("is", "was") else "is",
    )


def _month(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
