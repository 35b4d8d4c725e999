"""Writes to bodies: opened, described, seated, closed; and the offices a unit adds to the national ones.

Whoever does it keeps the bodies of the unit (``Right.KEEP_BODIES``), else PermissionDenied.
``by`` None is the installation itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.members.models import Member
from lms.members.names import name_key
from lms.organisation import access
from lms.organisation.models import Body, BodySeat, Office, Term, Unit
from lms.organisation.services import KEEP, end_term, withdraw_term
from lms.organisation.signals import body_closed
from lms.periods import Period

RULES = ("name", "kind", "authority", "least_of_each_gender", "least_under_40")
MOST_SEATS = 99


@transaction.atomic
def open_body(
    *,
    unit: Unit,
    name: str,
    period: Period,
    kind: str = Body.Kind.BOARD,
    authority: str = "",
    least_of_each_gender: int | None = None,
    least_under_40: int | None = None,
    by: Member | None,
) -> Body:
    """Open a body of a unit. Raises ValidationError when it would outlast the unit, or a body of that name is there."""
    _demand(by, unit)
    _demand_within(unit, period)
    body = Body(unit=unit, kind=kind, authority=authority, valid_from=period.start, valid_until=period.until)
    body.least_of_each_gender, body.least_under_40 = least_of_each_gender, least_under_40
    _set_name(body, name)
    _demand_rules(body)
    body.save(force_insert=True)
    _record("open_body", body, by, unit=unit.code)
    return body


@transaction.atomic
def change_body(*, body: Body, by: Member | None, **changes: Any) -> Body:
    """Change a body's name, kind, authority or rules of composition: only those named in ``RULES``.

    Rights hang on the kind (``rights.BODIES_WITH_RIGHTS``), so a body that has had members
    keeps the one it has.
    """
    _demand(by, body.unit)
    if unknown := set(changes) - set(RULES):
        raise TypeError(f"a body has no {', '.join(sorted(unknown))} to change")
    if changes.get("kind", body.kind) != body.kind and body.terms.exists():
        raise ValidationError({"kind": _("A body that has had members keeps its kind. Open a new one instead.")})
    for name, value in changes.items():
        setattr(body, name, value)
    _set_name(body, body.name)
    _demand_rules(body)
    body.save(update_fields=list(RULES))
    _record("change_body", body, by, changed=sorted(changes))
    return body


@transaction.atomic
def close_body(*, body: Body, on: dt.date, by: Member | None) -> Body:
    """Close a body: ``on`` is the first day it is not there. Its terms end with it; those to come are withdrawn.

    Raises ValidationError when it would close before it opened, or later than it does.
    """
    _demand(by, body.unit)
    if on <= body.valid_from or (body.valid_until is not None and on > body.valid_until):
        raise ValidationError({"on": _("Choose a day within the life of the body.")})
    for term in Term.objects.filter(body=body).exclude(valid_until__lte=on).select_related("member", "body__unit"):
        if term.valid_from >= on:
            withdraw_term(term=term, by=by)
        else:
            end_term(term=term, on=on, by=by)
    body.valid_until = on
    body.save(update_fields=["valid_until"])
    _record("close_body", body, by, on=on.isoformat())
    body_closed.send(Body, ids=[body.pk], on=on)
    return body


@transaction.atomic
def set_seats(*, body: Body, seats: Mapping[Office, int], by: Member | None) -> None:
    """Say how many seats of each office a body has; offices not named have none.

    Fewer seats than are held is allowed: the board page says so until a term ends. Raises
    ValidationError for a number below 0 or above 99, and for an office of a unit elsewhere.
    """
    _demand(by, body.unit)
    offices = set(offices_for(body.unit))
    if any(office not in offices for office in seats):
        raise ValidationError(_("This office belongs to another unit."))
    if not all(0 <= number <= MOST_SEATS for number in seats.values()):
        raise ValidationError(_("A body has between 0 and 99 seats of an office."))
    BodySeat.objects.filter(body=body).delete()
    rows = [BodySeat(body=body, office=office, number=number) for office, number in seats.items() if number]
    BodySeat.objects.bulk_create(rows)
    _record("set_seats", body, by, seats={office.key: number for office, number in seats.items() if number})


@transaction.atomic
def add_office(*, unit: Unit, title: Mapping[str, str], order: int = 90, by: Member | None) -> Office:
    """Add an office of the unit's own to the national ones. It carries no rights.

    ``title`` has its name by language, in one at least. Raises ValidationError when it has
    none, or the unit has an office of that name, or the organisation has nationally.
    """
    _demand(by, unit)
    words = {language: " ".join(text.split()) for language, text in title.items() if text.strip()}
    if not words:
        raise ValidationError({"title": _("Write what the office is called.")})
    taken = {name_key(text) for office in offices_for(unit) for text in office.title.values()}
    if any(name_key(text) in taken for text in words.values()):
        raise ValidationError({"title": _("There is an office of that name already.")})
    stem = re.sub(r"[^a-z]+", "_", name_key(next(iter(words.values())))).strip("_")[:30] or "office"
    key, number = f"own_{stem}", 1
    while Office.objects.filter(unit=unit, key=key).exists():
        number += 1
        key = f"own_{stem}_{number}"
    office = Office.objects.create(key=key, unit=unit, title=words, order=order)
    record_act("add_office", by=by, subject=subject_key("unit", unit.public_id), office=office.key)
    return office


def offices_for(unit: Unit) -> list[Office]:
    """The offices a body of a unit may have: the national ones and those of the unit and the units above it."""
    above = unit.ancestry.values("ancestor")
    own = Office.objects.filter(unit__in=above)
    return list((Office.objects.filter(unit=None) | own).order_by("order", "key"))


def _demand(by: Member | None, unit: Unit) -> None:
    if by is not None:
        access.demand(by, KEEP, unit=unit)


def _demand_within(unit: Unit, period: Period) -> None:
    if period.start < unit.valid_from or (
        unit.valid_until is not None and (period.until is None or period.until > unit.valid_until)
    ):
        raise ValidationError({"start": _("The unit is not there all that time.")})


def _set_name(body: Body, name: str) -> None:
    body.name = " ".join(name.split())
    if not body.name:
        raise ValidationError({"name": _("Write what the body is called.")})
    same = Body.objects.filter(unit=body.unit, name__iexact=body.name).exclude(pk=body.pk)
    if same.overlapping(body.period).exists():
        raise ValidationError({"name": _("The unit has a body of that name already.")})


def _demand_rules(body: Body) -> None:
    if body.least_of_each_gender is not None and not 0 <= body.least_of_each_gender <= 50:
        raise ValidationError({"least_of_each_gender": _("At most 50 percent: there are two.")})
    if body.least_under_40 is not None and not 0 <= body.least_under_40 <= MOST_SEATS:
        raise ValidationError({"least_under_40": _("Write a number between 0 and 99.")})


def _record(act: str, body: Body, by: Member | None, **details: object) -> None:
    record_act(act, by=by, subject=subject_key("body", body.public_id), **details)
