"""Writes to where people stand: terms and appointments. Bodies are kept in ``bodies``, lending in ``delegation``.

``by`` None is the installation itself: the register, the demo, a reorganisation. A person must
hold the right to do it, and gives nobody more than they hold of their own.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.keeping import forget
from lms.members.models import Member
from lms.organisation import access, announcing, editing, holding
from lms.organisation.models import Appointment, Body, BodySeat, Delegation, Office, Term, Unit
from lms.organisation.queries import Standing, standing_of
from lms.organisation.right_notices import tell_of_right
from lms.organisation.seating import most_at_once
from lms.organisation.signals import term_corrected
from lms.periods import Period, today

KEEP = access.Right.KEEP_BODIES


@transaction.atomic
def begin_term(
    *, member: Member, office: Office, body: Body, period: Period, election: str = "", by: Member | None
) -> Term:
    """Record that a person was elected to an office in a body for a period.

    A person who records it keeps the bodies of the unit, sees the one who was elected, and
    holds today, of their own, whatever rights the office carries: else PermissionDenied.
    Raises ValidationError when the person already holds that office there on some of the
    days, when the term lasts beyond the body, and (by a person) when no seat is free.
    """
    _lock(body)
    term = Term(member=member, office=office, body=body, election=election)
    term.valid_from, term.valid_until = period.start, period.until
    _demand_keeper(term, by)
    if by is not None:
        demand_known(member, by)
    _demand_place(term, by)
    term.save(force_insert=True)
    record_act("begin_term", by=by, subject=subject_key("member", member.public_id), term=term.pk)
    project_groups(member=member)
    announcing.announce_new(term)
    return term


@transaction.atomic
def end_term(*, term: Term, on: dt.date, by: Member | None, reason: str = "") -> Term:
    """End a term: ``on`` is the first day the office is no longer held. Its rights end that day.

    ``reason`` is one of ``words.END_REASONS`` and stands on the trail.

    Raises PermissionDenied unless ``by`` keeps the bodies of the unit, ValidationError when it
    would end on its first day (one recorded by mistake is withdrawn) or later than it does.
    """
    _lock(term.body)
    if by is not None:
        access.demand(by, KEEP, unit=term.body.unit)
    term.refresh_from_db(fields=["valid_from", "valid_until"])
    if on <= term.valid_from:
        raise ValidationError(_("Choose a day after the term began. A term recorded by mistake is withdrawn instead."))
    if term.valid_until is not None and term.valid_until < on:
        raise ValidationError(_("The term ends before that day already."))
    _set_days(term, Period(term.valid_from, on), term.period)
    _record("end_term", term, by, on=on.isoformat(), why=reason)
    return term


@transaction.atomic
def correct_term(*, term: Term, period: Period, election: str | None = None, by: Member | None) -> Term:
    """Put the days of a term, or its election, right. Same checks as when it is recorded."""
    _lock(term.body)
    term.refresh_from_db(fields=["valid_from", "valid_until"])
    before = term.period
    _demand_keeper(term, by)
    term.valid_from, term.valid_until = period.start, period.until
    _demand_place(term, by)
    if election is not None:
        term.election = election
    _set_days(term, period, before)
    ends = [str(day) for day in (before.start, before.until, period.start, period.until)]
    _record("correct_term", term, by, days=ends)
    term_corrected.send(Term, ids=[term.pk], before=before)
    return term


@transaction.atomic
def withdraw_term(*, term: Term, by: Member | None) -> None:
    """Take away a term that was recorded by mistake: it never was. What was announced is taken back.

    Raises ValidationError when something hangs on it already: then it is ended instead.
    """
    _lock(term.body)
    if by is not None:
        access.demand(by, KEEP, unit=term.body.unit)
    announcing.take_back(term)
    _record("withdraw_term", term, by, days=[str(term.valid_from), str(term.valid_until)], body=str(term.body_id))
    try:
        Term.objects.get(pk=term.pk).delete()
    except ProtectedError as error:
        raise ValidationError(_("Something hangs on this term already. End it instead.")) from error
    project_groups(member=term.member)


@transaction.atomic
def appoint(*, member: Member, role: str, unit: Unit, period: Period, by: Member | None) -> Appointment:
    """Give a role for a unit and all below it until a date.

    ``by`` None is the installation itself; a person must hold every right they give of their
    own, for that unit, on every day of it, else PermissionDenied. Raises ValidationError when
    no end is given.
    """
    if period.until is None:
        raise ValidationError(_("An appointment needs an end date."))
    if by is not None:
        # Nobody gives what they will not hold themselves on the last day of it.
        holding.demand_throughout(by, access.RIGHTS[role], unit=unit, period=period)
    row = Appointment.objects.create(
        member=member, role=role, unit=unit, valid_from=period.start, valid_until=period.until
    )
    record_act("appoint", by=by, subject=subject_key("member", member.public_id), role=role, unit=unit.code)
    project_groups(member=member)
    tell_of_right(member, role, unit=unit, period=period, key=f"appointment:{row.pk}", by=by)
    return row


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, by: Member | None) -> None:
    """End an appointment before its time: ``on`` is the first day without its rights.

    One that would not have begun by then is taken away.
    Raises PermissionDenied unless ``by`` is the one appointed, or holds today what it gives;
    ValidationError when the day is past, or not before its end.
    """
    if by is not None and by.pk != appointment.member_id:
        holding.demand_own(by, access.RIGHTS[appointment.role], unit=appointment.unit)
    cut_short(appointment, on)
    subject = subject_key("member", appointment.member.public_id)
    record_act("end_appointment", by=by, subject=subject, role=appointment.role, on=on.isoformat())
    project_groups(member=appointment.member)
    if by is None or by.pk != appointment.member_id:
        tell_of_right(appointment.member, appointment.role, unit=appointment.unit, key=f"end:{appointment.pk}", by=by)


def cut_short(row: Appointment | Delegation, on: dt.date) -> None:
    """Let a right end on a day to come, or today; delete it when it would never have begun."""
    if on < today():
        raise ValidationError(_("Choose today or a later day."))
    if row.valid_until is not None and row.valid_until <= on:
        raise ValidationError(_("It ends by that day already."))
    if on <= row.valid_from:
        type(row).objects.filter(pk=row.pk).delete()
        return
    row.valid_until = on
    row.save(update_fields=["valid_until"])


def project_groups(*, member: Member) -> None:
    """Restate a person's CMS groups from the rights held today, and what the menu shows those who lean on them."""
    leaning = Delegation.objects.filter(giver=member).values_list("member", flat=True)
    for pk in {member.pk, *leaning}:
        transaction.on_commit(partial(forget, f"member-{pk}"))
    editing.keep_groups(member, access.grants(member))


def demand_known(member: Member, by: Member) -> None:
    """Raise ValidationError for somebody who does not belong, PermissionDenied for one ``by`` does not know of."""
    if not member.is_active or standing_of(member) not in (Standing.MEMBER, Standing.SYMPATHISER):
        raise ValidationError(_("Choose somebody who belongs to the organisation today."))
    if not access.acquaintances(by).filter(pk=member.pk).exists():
        raise PermissionDenied("a person is chosen among those one may see")


def _lock(body: Body) -> None:
    """Two who record in one body at once do so one after the other: seats are counted."""
    Body.objects.select_for_update().get(pk=body.pk)


def _demand_keeper(term: Term, by: Member | None) -> None:
    """That ``by`` keeps the bodies there, and gives by this office no more than they hold of their own.

    Nobody records their own election to an office with rights: it would carry them past the
    end of the right they record it by.
    """
    if by is None:
        return
    access.demand(by, KEEP, unit=term.body.unit)
    rights = access.rights_of_term(term)
    holding.demand_own(by, rights, unit=term.body.unit)
    if rights and term.member_id == by.pk:
        raise ValidationError(_("Somebody else records your own election to this office: it carries rights."))


def _demand_place(term: Term, by: Member | None) -> None:
    """That the term lies within its body, that the office is not held twice, and that a seat is free."""
    body, period = term.body, term.period
    if period.start < body.valid_from or (
        body.valid_until is not None and (period.until is None or period.until > body.valid_until)
    ):
        raise ValidationError(_("A term lies within the days of its body."))
    others = Term.objects.filter(body=body, office=term.office).exclude(pk=term.pk).overlapping(period)
    names = {"office": term.office}
    if others.filter(member=term.member).exists():
        raise ValidationError(_("%(office)s is already held by this person on some of the days.") % names)
    if by is None:
        return
    seats = dict(BodySeat.objects.filter(body=body).values_list("office", "number"))
    if not seats:
        return
    held = [*(other.period for other in others), period]
    if most_at_once(held, period) > seats.get(term.office_id, 0):
        raise ValidationError(
            _("No seat is free as %(office)s in that period. End a term first, or add a seat.") % names
        )


def _set_days(term: Term, period: Period, before: Period) -> None:
    term.valid_from, term.valid_until = period.start, period.until
    term.save(update_fields=["valid_from", "valid_until", "election"])
    project_groups(member=term.member)
    announcing.announce_correction(term, before)


def _record(act: str, term: Term, by: Member | None, **details: object) -> None:
    record_act(act, by=by, subject=subject_key("member", term.member.public_id), term=term.pk, **details)
