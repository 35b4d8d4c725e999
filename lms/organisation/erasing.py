"""Erasing people: when their day has come, and again after a backup was restored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Model

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.keeping import forget
from lms.members.models import Leaving, Member
from lms.members.queries import sign_in_addresses
from lms.periods import today
from lms.privacy.erasing import erase_person
from lms.privacy.ledger import erased_ids, keep_file_in_line, remember_erased
from lms.privacy.sessions import end_sessions


@transaction.atomic
def erase_member(*, member: Member, by: Member | None) -> dict[str, int]:
    """Erase a person: rows, files, sessions, letters. What stays is decided field by field in the declarations.

    ``by`` None is the rule (the day has come, or a restore is being put right); otherwise only
    the person, else PermissionDenied. Returns how many rows and things went, by kind.
    """
    if by is not None and by.pk != member.pk:
        raise PermissionDenied("only the person, or the rule, erases a person")
    public_id, pk = member.public_id, member.pk
    counts = erase_person(Member.objects.select_for_update().get(pk=pk))
    remember_erased(public_id=public_id, on=today())
    record_act("erase_member", by=by, subject=subject_key("member", public_id), rows=sum(counts.values()))
    transaction.on_commit(partial(forget, f"member-{pk}"), robust=True)
    transaction.on_commit(keep_file_in_line, robust=True)
    return counts


def due_for_erasure(*, on: dt.date) -> Iterable[Leaving]:
    """Who has left, has not asked to keep the course history, and whose day has come."""
    rows = Leaving.objects.filter(cancelled_at=None, keeps_history=False, erase_on__lte=on)
    return rows.select_related("member").order_by("erase_on", "pk")


def hold_due(*, member_id: int, on: dt.date) -> Member | None:
    """A person whose day has still come, held until the transaction ends; None for who has answered or come back."""
    row = Leaving.objects.select_for_update(of=("self",)).filter(
        member=member_id, cancelled_at=None, keeps_history=False, erase_on__lte=on
    )
    leaving = row.select_related("member").first()
    return leaving.member if leaving else None


def replay_erasures() -> int:
    """Erase again everybody whom the ledger names and a restore brought back. Returns how many."""
    back = Member.objects.filter(public_id__in=erased_ids())
    for member in back:
        erase_member(member=member, by=None)
    leave_no_traces()
    return len(back)


def leave_no_traces() -> None:
    """Empty SQLite's log of changes, which still holds pages as they were before. Elsewhere the database's own work."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def erase_sessions(person: Model) -> int:
    """Eraser: the sessions of an open account. A locked one has had its sessions taken when it was locked."""
    return end_sessions(user_ids=[person.pk]) if isinstance(person, Member) and person.is_active else 0


def erase_letters(person: Model) -> int:
    """Eraser: letters in the folder of an installation that writes its mail to files instead of sending it."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not isinstance(person, Member) or not folder or not Path(folder).is_dir():
        return 0
    own = {person.email, *sign_in_addresses(person)} - {""}
    needles = [address.casefold().encode() for address in own]
    found = [path for path in Path(folder).iterdir() if any(n in path.read_bytes().lower() for n in needles)]
    transaction.on_commit(partial(_remove, found), robust=True)
    return len(found)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
