"""What is known of one person, as the engine sees it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PaperResult:
    """A result on a paper, and the day it was reached."""

    percent: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class ProvenLevel:
    """Where the person stands in a competence: ``level`` now, ``since[n]`` the day level n + 1 was reached.

    A level that has faded keeps its day in ``since`` (it was reached), but lies above ``level``.
    ``until``: the first day it fades to the level below, or None.
    """

    level: int
    since: tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None]
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """A level that was awarded: since when without a gap, until when (None: for good), and its newest award's key.

    ``until`` is the first day it no longer holds; it may lie behind the record's day: it has lapsed.
    """

    since: dt.date
    until: dt.date | None
    award: str
    awarded_on: dt.date


@dataclass(frozen=True, slots=True)
class Given:
    """An award of a level that counts: when it was given, until when it holds, by which rule, and how."""

    pk: int
    key: str
    awarded_on: dt.date
    until: dt.date | None
    rule_id: int
    origin: str


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """A term: [start, until) in a body of a kind, in a unit of a kind. ``is_national``: the office is."""

    office: str
    start: dt.date
    until: dt.date | None
    body_kind: str
    unit_kind: str
    key: str
    is_national: bool = True


@dataclass(frozen=True, slots=True)
class Attendance:
    """A session attended: percent of it, and the day it was over."""

    share: int
    on: dt.date
    key: str


@dataclass(frozen=True, slots=True)
class Observation:
    """Practice that was observed: the score on the form, by whom (an opaque number)."""

    score: int
    on: dt.date
    observer: int | None
    key: str


@dataclass(frozen=True, slots=True)
class HoursDone:
    """Hours of training, or of teaching, on a day."""

    hours: float
    on: dt.date
    key: str
    is_taught: bool = False


@dataclass(frozen=True, slots=True)
class Vouching:
    """That somebody vouched: where they stood then, and the day."""

    by: frozenset[str]
    on: dt.date
    key: str


@dataclass(frozen=True, slots=True)
class Waived:
    """That a requirement need not be met in [on, until)."""

    on: dt.date
    until: dt.date | None
    key: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """Everything a rule may ask about a person on a date, gathered beforehand.

    ``courses``: course key → day it was completed. ``papers``: paper key → every result, in order,
    so that one can tell when any share was first reached, and whether it was reached again.
    ``competences``, ``levels``, ``sessions``, ``practice`` (by form), ``attestations`` (by what
    about) and ``waivers`` (by requirement key) are keyed the way the rules name them.
    """

    member_id: int
    on: dt.date
    courses: Mapping[str, dt.date] = field(default_factory=dict)
    papers: Mapping[str, Sequence[PaperResult]] = field(default_factory=dict)
    competences: Mapping[str, ProvenLevel] = field(default_factory=dict)
    levels: Mapping[str, HeldLevel] = field(default_factory=dict)
    offices: Sequence[HeldOffice] = ()
    sessions: Mapping[str, Sequence[Attendance]] = field(default_factory=dict)
    practice: Mapping[str, Sequence[Observation]] = field(default_factory=dict)
    hours: Sequence[HoursDone] = ()
    attestations: Mapping[str, Sequence[Vouching]] = field(default_factory=dict)
    waivers: Mapping[str, Sequence[Waived]] = field(default_factory=dict)
