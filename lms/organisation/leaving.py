"""Leaving and coming back: memberships end, the account is locked, erasure is set for a day.

Leaving is one transaction for any number of people, in a constant number of statements per
5,000 of them. Whoever has left may ask for one thing: to keep the course history. They then
sign in as a former member and see their own learning, and nothing else.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from lms.audit.models import Entry, subject_key
from lms.audit.services import record_act, record_acts
from lms.jobs.services import request_job
from lms.keeping import forget
from lms.members.models import Leaving, Member
from lms.organisation.models import Appointment, Delegation, Membership, Term, TermAnnouncement
from lms.organisation.restoring import memberships_ending, restore_memberships
from lms.organisation.signals import member_joined, member_left, term_ended
from lms.periods import DatedQuerySet, today

ERASED_AFTER_DAYS = 7
AT_A_TIME = 5_000
END_SESSIONS = "end_sessions"
RIGHTS = (Appointment.objects, Delegation.objects)


@transaction.atomic
def record_leaving(*, member_ids: Collection[int], on: dt.date, by: Member | None, keeps_history: bool = False) -> int:
    """Record that people left: ``on`` is the first day they no longer belong. Returns of how many it was new.

    Memberships, terms, appointments and delegations that last beyond that day end on it; those
    that would have begun later never do. Accounts are locked at once, and erased on the seventh
    day unless the person asks to keep the course history (``keeps_history``: they have asked
    already, and are not locked). Whoever has left already is passed over. ``by`` None is the
    register or the program; the caller has asked whether ``by`` may. Raises ValueError for a day that has not come.
    """
    if on > today():
        raise ValueError("people are recorded as having left when the day has come")
    ids = list(dict.fromkeys(member_ids))
    parts = (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
    return sum(_leave(part, on, by, keeps_history) for part in parts)


def _leave(ids: Sequence[int], on: dt.date, by: Member | None, keeps_history: bool) -> int:
    gone = Leaving.objects.filter(member__in=ids, cancelled_at=None).values("member")
    leaving = dict(Member.objects.filter(pk__in=ids).exclude(pk__in=gone).values_list("pk", "public_id"))
    if not leaving:
        return 0
    # The person has the days to answer in, also when the register is late to say so.
    erase_on = today() + dt.timedelta(days=ERASED_AFTER_DAYS)
    ending = memberships_ending(list(leaving), on)
    said = {"left_on": on, "erase_on": erase_on, "keeps_history": keeps_history}
    rows = Leaving.objects.bulk_create(Leaving(member_id=pk, memberships=ending.get(pk, []), **said) for pk in leaving)
    if not keeps_history:
        lock_left(member_ids=leaving)
    # Asked for by the rows just written: thousands of ids in each statement would cost more than the statements.
    _end_all(Leaving.objects.filter(pk__gte=rows[0].pk, cancelled_at=None).values("member"), on)
    subjects = [subject_key("member", public_id) for public_id in leaving.values()]
    record_acts("record_leaving", by=by, subjects=subjects, on=on.isoformat())
    member_left.send(Leaving, ids=list(leaving))
    return len(leaving)


def lock_left(*, member_ids: Collection[int]) -> int:
    """Lock the accounts of people who have left. Returns how many.

    A locked account is out at the next request: every session, link and code asks whether the
    account is open. The sessions themselves are taken away by a job, so that none comes alive
    again with the person.
    """
    open_rows = Leaving.objects.filter(member__in=member_ids, cancelled_at=None, locked_at=None)
    count = open_rows.update(locked_at=timezone.now())
    Member.objects.filter(pk__in=member_ids).update(is_active=False)
    request_job(kind=END_SESSIONS, key=f"{END_SESSIONS}:{uuid.uuid4()}", payload={"members": [*member_ids]}, by=None)
    return count


def _end_all(gone: models.QuerySet, on: dt.date) -> None:
    """End what lasts beyond the day; take away what would have begun on it or later."""
    mine = models.Q(member__in=gone)
    held = Term.objects.filter(mine).values("member").union(*(rows.filter(mine).values("member") for rows in RIGHTS))
    for pk in held.values_list("member", flat=True):
        transaction.on_commit(partial(forget, f"member-{pk}"))
    _end(Membership.objects.filter(mine), on)
    ended = _end(Term.objects.filter(mine), on)
    for rows in RIGHTS:
        _end(rows.filter(mine), on)
    _end(Delegation.objects.filter(giver__in=gone), on)
    Member.groups.through.objects.filter(member__in=gone).delete()
    if ended:
        kind = TermAnnouncement.Kind.ENDED
        told = (TermAnnouncement(term_id=pk, kind=kind) for pk in ended)
        TermAnnouncement.objects.bulk_create(told, ignore_conflicts=True)
        term_ended.send(Term, ids=ended)


def _end(rows: DatedQuerySet, on: dt.date) -> list[int]:
    """End dated rows on a day; returns the ids of those that had begun and lasted longer."""
    rows.filter(valid_from__gte=on).delete()
    lasting = list(rows.exclude(valid_until__lte=on).values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=lasting).update(valid_until=on)
    return lasting


@transaction.atomic
def leave_self(*, member: Member, keeps_history: bool, by: Member) -> Leaving:
    """Somebody leaves by themselves, and says whether their course history is to be kept.

    Whoever had kept it, and now says no, is locked and erased as anybody else who leaves.
    Raises PermissionDenied unless it is the person.
    """
    if by.pk != member.pk:
        raise PermissionDenied("one leaves by oneself; the register records when others leave")
    record_leaving(member_ids=[member.pk], on=today(), by=by, keeps_history=keeps_history)
    row = Leaving.objects.select_for_update().get(member=member, cancelled_at=None)
    if row.keeps_history and not keeps_history:
        row.keeps_history, row.erase_on = False, today() + dt.timedelta(days=ERASED_AFTER_DAYS)
        row.save(update_fields=["keeps_history", "erase_on"])
        lock_left(member_ids=[member.pk])
        record_act("give_up_history", by=by, subject=subject_key("member", member.public_id))
        member_left.send(Leaving, ids=[member.pk])
    return row


@transaction.atomic
def keep_history(*, member: Member, by: Member) -> Leaving:
    """Somebody who has left asks to keep the course history: not erased, and let in again to see it.

    Raises PermissionDenied unless the person asks for themselves, LookupError when they have not left.
    """
    if by.pk != member.pk:
        raise PermissionDenied("only the person decides what is kept of them")
    row = Leaving.objects.select_for_update().filter(member=member, cancelled_at=None).first()
    if row is None:
        raise LookupError("this person has not left")
    row.keeps_history, row.locked_at = True, None
    row.save(update_fields=["keeps_history", "locked_at"])
    Member.objects.filter(pk=member.pk).update(is_active=True)
    record_act("keep_history", by=by, subject=subject_key("member", member.public_id))
    return row


def come_back(*, member: Member, by: Member | None, reopen: bool = True) -> bool:
    """Undo one person's leaving, as ``come_back_all`` does. False when the person had not left."""
    is_back = come_back_all(member_ids=[member.pk], by=by, reopen=reopen) == 1
    if is_back:
        member.is_active = True
    return is_back


@transaction.atomic
def come_back_all(*, member_ids: Collection[int], by: Member | None, reopen: bool = True) -> int:
    """Undo leavings: the accounts open and nothing is erased. Returns of how many; who had not left is passed over.

    ``reopen``: memberships stand again exactly as they stood before; the register says False when
    it gives new ones. Offices and rights do not come back by themselves: whoever gave them gives
    them again. In a constant number of statements per 5,000 people, and the caller has asked whether ``by`` may.
    """
    ids = list(dict.fromkeys(member_ids))
    parts = (ids[start : start + AT_A_TIME] for start in range(0, len(ids), AT_A_TIME))
    return sum(_return(part, by, reopen) for part in parts)


def _return(ids: Sequence[int], by: Member | None, reopen: bool) -> int:
    # Held as the job that erases holds them: whoever comes back first has come back.
    rows = list(Leaving.objects.select_for_update().filter(member__in=ids, cancelled_at=None).order_by("pk"))
    if not rows:
        return 0
    back = sorted(row.member_id for row in rows)
    Leaving.objects.filter(pk__in=[row.pk for row in rows]).update(cancelled_at=timezone.now())
    people = Member.objects.filter(pk__in=back)
    people.update(is_active=True)
    if reopen:
        restore_memberships(rows)
    subjects = [subject_key("member", public_id) for public_id in people.values_list("public_id", flat=True)]
    record_acts("come_back", by=by, subjects=subjects)
    member_joined.send(Leaving, ids=back)
    return len(back)


def left_by_own_act(member: Member) -> bool:
    """Whether it was the person who said that they leave, and not the register. One query."""
    return _said_by({member.pk: member.public_id}) == {member.pk}


def left_by_own_act_among(member_ids: Collection[int]) -> set[int]:
    """Those of these people who have left, and said so themselves. One query; a second when somebody has left.

    The same two again for each 5,000.
    """
    ids, found = list(member_ids), set()
    for start in range(0, len(ids), AT_A_TIME):
        gone = Leaving.objects.filter(member__in=ids[start : start + AT_A_TIME], cancelled_at=None)
        found |= _said_by(dict(gone.values_list("member", "member__public_id")))
    return found


def _said_by(people: dict[int, uuid.UUID]) -> set[int]:
    """Those whose newest leaving was recorded by themselves."""
    if not people:
        return set()
    subjects = {subject_key("member", public_id): (pk, public_id) for pk, public_id in people.items()}
    acts = Entry.objects.filter(act="record_leaving", subject__in=list(subjects)).order_by("pk")
    newest = dict(acts.values_list("subject", "actor"))
    return {subjects[subject][0] for subject, actor in newest.items() if actor == subjects[subject][1]}


def open_leaving_of(member: Member) -> Leaving | None:
    """The leaving that stands, if the person has left and not come back. One query."""
    return Leaving.objects.filter(member=member, cancelled_at=None).first()
