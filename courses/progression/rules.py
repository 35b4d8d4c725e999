"""What can be required, as pure values. The engine decides by them; the kinds stand for them in the database.

A leaf says what is asked for and what it is called. ``Substitutable`` stands around a leaf that a
waiver may lift, or that something else may stand in for. docs/algorithms/levels.md explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.wording import Wording


@dataclass(frozen=True, slots=True)
class CourseCompleted:
    """The course with this key is completed. ``is_planned``: nobody has made it yet."""

    course: str
    title: Wording
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class PaperPassed:
    """The paper with this key is answered with at least this share right."""

    paper: str
    title: Wording
    least_percent: int
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class CompetenceHeld:
    """The competence with this key is proven at least at ``least`` (1 to 4)."""

    competence: str
    title: Wording
    least: int


@dataclass(frozen=True, slots=True)
class CompetenceCount:
    """At least ``count`` competences are proven at least at ``least``."""

    count: int
    least: int


@dataclass(frozen=True, slots=True)
class LevelHeld:
    """The level with this key is held and valid; with ``or_lapsed``, has ever been held."""

    level: str
    title: Wording
    or_lapsed: bool = False


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """One of ``offices`` (empty: any office in a board) held ``months`` in all, within the last ``within_months``.

    ``titles``: what the offices are called, in the order of ``offices``. ``unit_kinds`` empty: anywhere.
    """

    offices: tuple[str, ...]
    titles: tuple[Wording, ...]
    months: int
    within_months: int | None = None
    unit_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionAttended:
    """At least ``least_share`` percent of the session with this key was attended."""

    session: str
    title: Wording
    least_share: int
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class PracticeObserved:
    """Practice was observed by this form ``count`` times with ``least_score``, by so many different observers."""

    form: str
    title: Wording
    least_score: int
    count: int = 1
    distinct_observers: int = 1
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """So many hours of training, or of teaching when ``is_taught``, within the last ``within_months``."""

    least: float
    within_months: int | None = None
    is_taught: bool = False


@dataclass(frozen=True, slots=True)
class Attested:
    """Somebody who stood in one of the places ``by`` vouches for ``about``."""

    about: str
    title: Wording
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may stand in for a requirement: all of ``needs``. ``name`` is what it is called."""

    name: str
    title: Wording
    needs: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Substitutable:
    """A requirement with a ``key``: a waiver of the key lifts it, an alternative may stand in for it."""

    key: str
    rule: Rule
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least ``least`` of the parts."""

    least: int
    parts: tuple[Rule, ...]


Rule = (
    CourseCompleted
    | PaperPassed
    | CompetenceHeld
    | CompetenceCount
    | LevelHeld
    | OfficeHeld
    | SessionAttended
    | PracticeObserved
    | Hours
    | Attested
    | Substitutable
    | AllOf
    | AnyOf
)
