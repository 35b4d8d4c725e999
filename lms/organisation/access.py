"""The only answer to "may X do Y to Z".

Rights come from terms of office held on a date, from appointments with an end date, and from
what somebody who holds a right by one of those two has lent, also with an end date; for a unit
and everything below it. Which office gives which right stands in ``rights``. They are read per
request (``read_once``); nothing is remembered between requests, so the end of a term ends its
rights at once, and with them whatever leant on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet, Value

from lms.keeping import kept
from lms.members.models import Member
from lms.organisation.models import Appointment, Delegation, Membership, Term, Unit, UnitAncestry
from lms.organisation.rights import (
    BODIES_WITH_RIGHTS,
    LENDABLE,
    RIGHTS,
    RIGHTS_OF_OFFICE,
    Right,
    Role,
    office_rights,
)
from lms.periods import today

__all__ = [
    "LENDABLE", "RIGHTS", "RIGHTS_OF_OFFICE", "Grant", "Person", "Right", "Role", "Scope", "Source",
    "acquaintances", "below", "demand", "grants", "holds", "may", "people_under", "read_once", "register_scope",
    "rights_of", "rights_of_term", "rights_shown", "still_held", "units_with", "visible",
]  # fmt: skip
Person = Member | AnonymousUser
M = TypeVar("M", bound=models.Model)


class Source(StrEnum):
    """Where a right comes from."""

    TERM = "term"
    APPOINTMENT = "appointment"
    DELEGATION = "delegation"


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights for a unit and everything below it, and where they come from.

    ``role`` is the role of an appointment, and empty for what comes from a term or is lent.
    """

    unit_id: int
    rights: frozenset[Right]
    source: Source
    role: str = ""


Asked = tuple[int, dt.date, bool]
_read: ContextVar[dict[Asked, frozenset[Grant]] | None] = ContextVar("read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Read what each person holds on a day once, however often it is asked. Nothing within may change a right.

    For the length of a request that only shows something.
    """
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def grants(person: Person, *, on: dt.date | None = None, lent: bool = True) -> frozenset[Grant]:
    """What a person holds on a date. One query; a second one for those to whom something is lent.

    ``lent`` False: only what is one's own, which is all that can be given or lent on.
    """
    if not isinstance(person, Member) or not person.is_active:
        return frozenset()
    asked, read = (person.pk, on or today(), lent), _read.get()
    if read is None:
        return _grants(*asked)
    if asked not in read:
        read[asked] = _grants(*asked)
    return read[asked]


def _grants(member_id: int, day: dt.date, lent: bool) -> frozenset[Grant]:
    of = Q(member=member_id)
    sources: list[QuerySet] = [_terms(of, day).values_list(Value("term"), "office__key", "body__unit", Value(0))]
    sources += [_appointments(of, day).values_list(Value("appointment"), "role", "unit", Value(0))]
    if lent:
        borrowed = Delegation.objects.on(day).filter(of, right__in=LENDABLE)
        sources += [borrowed.values_list(Value("delegation"), "right", "unit", "giver")]
    rows = set(sources[0].union(*sources[1:]))
    borrowed_rows = {(giver, Right(right), unit) for source, right, unit, giver in rows if source == Source.DELEGATION}
    own = {_grant(source, key, unit) for source, key, unit, _ in rows if source != Source.DELEGATION}
    standing = still_held(borrowed_rows, day)
    return frozenset(own) | {Grant(unit, frozenset({right}), Source.DELEGATION) for _, right, unit in standing}


def _terms(of: Q, day: dt.date) -> QuerySet[Term]:
    """Terms on a day that carry rights."""
    carrying = Q(office__unit=None, office__key__in=RIGHTS_OF_OFFICE, body__kind__in=BODIES_WITH_RIGHTS)
    return Term.objects.on(day).filter(of, carrying)


def _appointments(of: Q, day: dt.date) -> QuerySet[Appointment]:
    return Appointment.objects.on(day).filter(of)


def _grant(source: str, key: str, unit: int) -> Grant:
    if source == Source.TERM:
        return Grant(unit, RIGHTS_OF_OFFICE[key], Source.TERM)
    return Grant(unit, RIGHTS[key], Source.APPOINTMENT, role=key)


def still_held(lent: set[tuple[int, Right, int]], day: dt.date) -> set[tuple[int, Right, int]]:
    """Those of (giver, right, unit) that the giver holds there on the day, by a term or an appointment of their own."""
    if not lent:
        return set()
    of = Q(member__in={giver for giver, _, _ in lent}, member__is_active=True)
    terms = _terms(of, day).filter(_reaching("body__unit__descent", lent, day))
    named = _appointments(of, day).filter(_reaching("unit__descent", lent, day))
    rows = terms.values_list(Value("term"), "office__key", "member", "body__unit__descent__unit").union(
        named.values_list(Value("appointment"), "role", "member", "unit__descent__unit")
    )
    held = {(giver, right, unit) for source, key, giver, unit in rows for right in _grant(source, key, unit).rights}
    return lent & held


def _reaching(descent: str, lent: set[tuple[int, Right, int]], day: dt.date) -> Q:
    """That a source's unit stands at or above one of the units lent for, on the day."""
    on = Q(**{f"{descent}__valid_from__lte": day})
    on &= Q(**{f"{descent}__valid_until": None}) | Q(**{f"{descent}__valid_until__gt": day})
    return on & Q(**{f"{descent}__unit__in": {unit for _, _, unit in lent}})


def rights_of(held: Iterable[Grant]) -> frozenset[Right]:
    """What grants amount to, somewhere."""
    return frozenset(right for grant in held for right in grant.rights)


def rights_of_term(term: Term) -> frozenset[Right]:
    """What a term carries while it lasts. Its office and body are read."""
    return office_rights(term.office.key, is_national=term.office.unit_id is None, body_kind=term.body.kind)


def rights_shown(person: Person) -> frozenset[Right]:
    """What a menu may show a person. Kept for the day, forgotten when a service changes their rights.

    Only for showing: whoever may do a thing is asked by ``may``, ``demand`` and ``visible``,
    which keep nothing.
    """
    if not isinstance(person, Member):
        return frozenset()
    day = today()
    return kept(f"rights-{day}", f"member-{person.pk}", lambda: rights_of(grants(person, on=day)))


def holds(person: Person, right: Right, *, on: dt.date | None = None) -> bool:
    """Whether a person has a right anywhere."""
    return right in rights_of(grants(person, on=on))


def units_with(
    person: Person, right: Right | Collection[Right], *, on: dt.date | None = None, lent: bool = True
) -> QuerySet[Unit]:
    """Every unit a person has a right for on a date (or any of several): those granted and all below them."""
    day = on or today()
    wanted = {right} if isinstance(right, Right) else set(right)
    tops = {grant.unit_id for grant in grants(person, on=day, lent=lent) if grant.rights & wanted}
    return Unit.objects.on(day).filter(pk__in=below(tops, on=day))


def below(units: Iterable[int], *, on: dt.date) -> QuerySet:
    """The ids of the given units and of everything under them on a date."""
    return UnitAncestry.objects.on(on).filter(ancestor__in=list(units)).values("unit")


def may(person: Person, right: Right, *, unit: Unit, on: dt.date | None = None) -> bool:
    """Whether a person has a right for one unit on a date."""
    return units_with(person, right, on=on).filter(pk=unit.pk).exists()


def demand(person: Person, right: Right, *, unit: Unit | None = None, on: dt.date | None = None) -> None:
    """Raise PermissionDenied unless the right is held (for ``unit``, or anywhere when none is named)."""
    if not (holds(person, right, on=on) if unit is None else may(person, right, unit=unit, on=on)):
        raise PermissionDenied(f"{right} is not held here")


@dataclass(frozen=True, slots=True)
class Scope:
    """How rows of a model hang on people: ``person`` is the lookup from the row to a Member ('' is the row itself)."""

    person: str
    right: Right = Right.SEE_PEOPLE


_scopes: dict[type[models.Model], Scope] = {
    Member: Scope(""),
    Membership: Scope("member"),
    Term: Scope("member"),
    Appointment: Scope("member"),
    Delegation: Scope("member"),
}


def register_scope(model: type[models.Model], scope: Scope) -> None:
    """Say how a model with personal data is scoped; rooms above do so when they start."""
    _scopes[model] = scope


def people_under(units: QuerySet | Iterable[int], *, on: dt.date) -> QuerySet[Member]:
    """People who on a date belong to, or hold an office in, one of the units."""
    belong = Membership.objects.on(on).filter(unit__in=units).values("member")
    serve = Term.objects.on(on).filter(body__unit__in=units).values("member")
    return Member.objects.filter(Q(pk__in=belong) | Q(pk__in=serve))


def acquaintances(person: Person, *, on: dt.date | None = None) -> QuerySet[Member]:
    """Whom a person may choose among: those they may see, and those who sit with them in a body on the day."""
    day = on or today()
    rows = Member.objects.all()
    if not isinstance(person, Member):
        return rows.none()
    bodies = Term.objects.on(day).filter(member=person).values("body")
    beside = Term.objects.on(day).filter(body__in=bodies).values("member")
    return rows.filter(Q(pk__in=beside) | Q(pk__in=visible(rows, to=person, on=day).values("pk")))


def visible(rows: QuerySet[M], *, to: Person, on: dt.date | None = None) -> QuerySet[M]:
    """The rows of a model with personal data that a person may see on a date.

    One's own, and those of people at or below a unit one has the model's right for.
    Raises LookupError for a model nobody has scoped: silence must never mean "everything".
    """
    scope = next((_scopes[base] for base in rows.model.__mro__ if base in _scopes), None)
    if scope is None:
        raise LookupError(f"{rows.model.__name__} has no scope: register one before showing it to anybody")
    if not isinstance(to, Member):
        return rows.none()
    day = on or today()
    key = f"{scope.person}__in" if scope.person else "pk__in"
    own = Q(**{scope.person or "pk": to.pk})
    tops = {grant.unit_id for grant in grants(to, on=day) if scope.right in grant.rights}
    if not tops:
        return rows.filter(own)
    return rows.filter(own | Q(**{key: people_under(below(tops, on=day), on=day).values("pk")}))
