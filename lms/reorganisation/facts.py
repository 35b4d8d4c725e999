"""What planning knows: the decision and the rows it meets, as plain values.

A unit is named by its key; a unit that the reorganisation itself makes has a key below zero.
A body that is carried on gets its old key below zero in the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Day = dt.date
End = dt.date | None
Key = int


@dataclass(frozen=True, slots=True)
class Share:
    """Who of a split unit goes along: chosen by hand, by unit below, by postal code, or the rest."""

    units: frozenset[Key] = frozenset()
    postal: tuple[tuple[str, str], ...] = ()
    by_hand: frozenset[int] = frozenset()
    is_rest: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the share names nobody."""
        return not (self.units or self.postal or self.by_hand or self.is_rest)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One row of the mapping: a kind of ``Change``, the unit, where to, and what else was decided."""

    kind: str
    unit: Key
    target: Key | None = None
    code: str = ""
    name: str = ""
    share: Share = Share()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A unit that will be made."""

    key: Key
    code: str
    name: str
    kind: str
    parent: Key | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided. ``bodies``: body → the unit it goes on under, or None where it ends by choice."""

    on: Day
    today: Day
    arrows: tuple[Arrow, ...]
    newcomers: tuple[Newcomer, ...] = ()
    bodies: Mapping[int, Key | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit as it is recorded."""

    id: Key
    code: str
    name: str
    since: Day
    until: End = None


@dataclass(frozen=True, slots=True)
class Row:
    """A dated row that hangs on a unit or a body: ``at`` is which, ``fields`` the rest of its columns."""

    id: int
    at: Key
    since: Day
    until: End
    fields: Mapping[str, Any] = field(default_factory=dict)
    member: int | None = None

    def reaches(self, on: Day) -> bool:
        """Whether it holds on the day or on some day after it."""
        return self.until is None or self.until > on


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows a decision meets, as they are before it.

    ``links`` are all parent links (``at`` the parent, ``fields['unit']`` the child); ``stays`` the
    memberships in units that close or are split and, of the same people, in the units they go
    to; ``bodies``, ``terms`` and ``rights`` those of units that close; ``codes`` every code in
    use today or later, with its unit; ``followed`` units that already took over, or were taken
    over, on that very day.
    """

    units: Mapping[Key, UnitFact]
    labels: Mapping[Key, list[Row]] = field(default_factory=dict)
    links: tuple[Row, ...] = ()
    stays: tuple[Row, ...] = ()
    places: Mapping[int, frozenset[Key]] = field(default_factory=dict)
    postal: Mapping[int, str] = field(default_factory=dict)
    bodies: tuple[Row, ...] = ()
    seats: Mapping[int, list[tuple[int, int]]] = field(default_factory=dict)
    terms: tuple[Row, ...] = ()
    rights: tuple[tuple[str, Row], ...] = ()
    codes: Mapping[str, frozenset[Key]] = field(default_factory=dict)
    followed: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Edit:
    """One row made (no ``row``), changed, or removed (no ``after``)."""

    table: str
    row: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a plan cannot be applied: the rule, the unit, and the other unit or the number it is about."""

    rule: str
    unit: Key | None = None
    other: Key | None = None
    number: int = 0
    code: str = ""
    people: tuple[int, ...] = ()
