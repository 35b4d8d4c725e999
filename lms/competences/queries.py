"""Where people stand, what offices and bodies need, and what the ledger holds of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.competences.framework import AreaShown, EntryShown, FrameworkShown, framework_on, numbers
from lms.competences.models import BodyNeed, Evidence, OfficeNeed, Profile
from lms.competences.profiles import UNSAID
from lms.competences.rows import current
from lms.members.models import Member
from lms.periods import today

__all__ = [
    "AreaShown", "EntryShown", "FrameworkShown", "Need", "Standings", "Together", "evidence_of", "framework_on",
    "needs_of_body", "needs_of_office", "needs_of_offices", "numbers", "profiles_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standings:
    """Where one person stands in every competence, as last drawn. Nothing drawn: 0 everywhere, nothing said."""

    levels: bytes = b""
    own: bytes = b""
    details: Mapping[str, Any] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def level_of(self, key: str) -> int:
        """The proven level in a competence."""
        return self._at(self.levels, key, 0)

    def own_of(self, key: str) -> int | None:
        """The level the person says of themselves, or None when they have said nothing."""
        found = self._at(self.own, key, UNSAID)
        return None if found == UNSAID else found

    def since_of(self, key: str, level: int) -> dt.date | None:
        """The day a level (1 to 4) was first reached, also when it has faded since."""
        since = self.details.get(key, {}).get("since", ())
        told = since[level - 1] if 0 < level <= len(since) else None
        return None if told is None else dt.date.fromisoformat(told)

    def until_of(self, key: str) -> dt.date | None:
        """The first day the level fades to the one below, if nothing new happens."""
        told = self.details.get(key, {}).get("until")
        return None if told is None else dt.date.fromisoformat(told)

    def _at(self, row: bytes, key: str, otherwise: int) -> int:
        number = self.numbers.get(key)
        return row[number] if number is not None and number < len(row) else otherwise


def profiles_of(member_ids: Iterable[int]) -> dict[int, Standings]:
    """Where each of these people stands. One query, however many; who has no profile stands at 0."""
    ids, places = list(member_ids), numbers()
    found = {pk: Standings(numbers=places) for pk in ids}
    rows = Profile.objects.filter(pk__in=ids).values_list("pk", "levels", "own", "details")
    for pk, levels, own, details in rows:
        found[pk] = Standings(bytes(levels), bytes(own), details, places)
    return found


@dataclass(frozen=True, slots=True)
class Need:
    """The level an office needs in a competence. ``is_urgent``: it must be begun at once."""

    competence_key: str
    level: int
    is_urgent: bool = False


def needs_of_offices(
    offices: Iterable[tuple[str, str]], *, on: dt.date | None = None
) -> dict[tuple[str, str], list[Need]]:
    """What each (office key, kind of unit) needs, in order of the framework. One query, however many."""
    asked = dict.fromkeys(offices)
    rows = OfficeNeed.objects.on(on or today()).filter(office_key__in={key for key, _ in asked})
    columns = ("office_key", "unit_kind", "competence__key", "level", "is_urgent")
    told = list(rows.order_by("competence__number", "pk").values_list(*columns))
    found = {}
    for office, kind in asked:
        general = {
            key: Need(key, level, urgent) for key_of, at, key, level, urgent in told if (key_of, at) == (office, "")
        }
        special = {
            key: Need(key, level, urgent)
            for key_of, at, key, level, urgent in told
            if kind and (key_of, at) == (office, kind)
        }
        merged = general | special
        order = dict.fromkeys(key for _, _, key, _, _ in told)
        found[office, kind] = [merged[key] for key in order if key in merged and merged[key].level]
    return found


def needs_of_office(office_key: str, unit_kind: str = "", on: dt.date | None = None) -> list[Need]:
    """What an office needs at a kind of unit, in order of the framework. One query."""
    return needs_of_offices([(office_key, unit_kind)], on=on)[office_key, unit_kind]


@dataclass(frozen=True, slots=True)
class Together:
    """What a body needs together: at least ``least`` people at the level; 0 is everybody."""

    competence_key: str
    level: int
    least: int

    def people(self, size: int) -> int:
        """How many that is in a body of so many."""
        return self.least or size


def needs_of_body(body_kind: str, on: dt.date | None = None) -> list[Together]:
    """What a kind of body needs together, in order of the framework. One query."""
    rows = BodyNeed.objects.on(on or today()).filter(body_kind=body_kind).order_by("competence__number", "-level", "pk")
    return [Together(*row) for row in rows.values_list("competence__key", "level", "least")]


def evidence_of(member: Member, competence: str | None = None) -> list[Evidence]:
    """What stands in a person's ledger, oldest first; of one competence when its key is given. One query.

    Rows that were corrected are left out, and what took their place is there.
    """
    rows = current(Evidence.objects.filter(member=member))
    if competence is not None:
        rows = rows.filter(competence__key=competence)
    return list(rows.select_related("competence", "given_by").order_by("on", "pk"))
