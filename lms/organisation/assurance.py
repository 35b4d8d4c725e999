"""Who must come with two factors: everybody with rights over others."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save

from lms.keeping import forget, kept
from lms.members.models import Member
from lms.members.queries import signs_in_with
from lms.organisation import access
from lms.organisation.models import Appointment, Delegation, Term
from lms.organisation.rights import RIGHTS_OF_OFFICE
from lms.pages.shell import DEMO_SIGN_INS

HARMLESS = frozenset({access.Right.WRITE_COURSES, access.Right.INVITE})
"""Rights that reach nobody else by themselves: a draft is read by others only once an editor publishes it, and
whoever invites sees how many came, never who."""


def must_have_factor(person: Member) -> bool:
    """Whether a person holds, today, a right that reaches others.

    That nothing at all is on record which could ever give the person a right is kept, so the
    many are asked nothing of the database. For everybody else it is asked at every request.
    In a demo the four sign-ins whose password stands on the front door are let off.
    """
    if not settings.TILLIT_REQUIRE_SECOND_FACTOR or not _could_hold_rights(person):
        return False
    if access.rights_of(access.grants(person)) <= HARMLESS:
        return False
    return not (settings.TILLIT_DEMO and signs_in_with(person, [sign_in.email for sign_in in DEMO_SIGN_INS]))


def _could_hold_rights(person: Member) -> bool:
    """Whether any row could give a person a right, on whatever day and whoever lends it.

    It changes only when such a row is written, and ``forget_of_whom`` forgets it then.
    """
    return kept(f"could-hold-{'-'.join(sorted(RIGHTS_OF_OFFICE))}", f"member-{person.pk}", lambda: _has_rows(person))


def _has_rows(person: Member) -> bool:
    elected = Term.objects.filter(member=person, office__unit=None, office__key__in=RIGHTS_OF_OFFICE)
    return any(
        rows.exists()
        for rows in (elected, Appointment.objects.filter(member=person), Delegation.objects.filter(member=person))
    )


def forget_of_whom(instance: Term | Appointment | Delegation, **_: object) -> None:
    """A term, appointment or loan was written: what was kept of the person is forgotten with the commit."""
    transaction.on_commit(partial(forget, f"member-{instance.member_id}"))


def watch_rows() -> None:
    """Listen to the three kinds of row that rights come from; at start."""
    for model in (Term, Appointment, Delegation):
        post_save.connect(forget_of_whom, sender=model, dispatch_uid=f"forget-{model.__name__}")
