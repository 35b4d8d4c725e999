"""Drawing profiles: from the ledger and the terms to one row a person. It can always be done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from lms.competences.accounts import Account, accounts_of
from lms.competences.levels import Proven, proven, said
from lms.competences.measures import Measures, measures_on
from lms.competences.models import Evidence, Profile
from lms.competences.signals import profiles_changed
from lms.members.models import Member
from lms.organisation.models import Term
from lms.periods import today

AT_A_TIME = 1_000
UNSAID = 255
"""The byte in ``Profile.own`` where the person has said nothing."""


def redraw_profiles(*, member_ids: Iterable[int], on: dt.date | None = None) -> list[int]:
    """Draw the profiles of these people anew. Returns whose proven levels are not what they were.

    Eight queries for each thousand people; three when there are no competences yet. Each
    person's row is held meanwhile, so that of two who draw at once the later sees everything.
    """
    ids, day = sorted(set(member_ids)), on or today()
    measures = measures_on(day) if ids else Measures((), None)
    if not measures.rows:
        return []
    changed: list[int] = []
    for start in range(0, len(ids), AT_A_TIME):
        with transaction.atomic():
            changed += _draw(ids[start : start + AT_A_TIME], measures, day)
    return changed


def redraw_due(*, on: dt.date | None = None) -> list[int]:
    """Draw anew the profiles that the passing of time may have changed, and announce those that did."""
    day = on or today()
    due = Profile.objects.filter(changes_on__lte=day).order_by("pk").values_list("pk", flat=True)
    changed: list[int] = []
    for ids in _portions(due):
        with transaction.atomic():
            now = redraw_profiles(member_ids=ids, on=day)
            if now:
                profiles_changed.send(Profile, member_ids=now)
            changed += now
    return changed


def rebuild_profiles(*, on: dt.date | None = None) -> int:
    """Draw every profile anew, as after the framework or the rule changed. Returns how many people were drawn.

    Nobody is without a profile meanwhile. Those whose levels changed are announced.
    """
    told = Q(Exists(Evidence.objects.filter(member=OuterRef("pk")))) | Q(
        Exists(Term.objects.filter(member=OuterRef("pk")))
    )
    drawn = Q(Exists(Profile.objects.filter(member=OuterRef("pk"))))
    count = 0
    for ids in _portions(Member.objects.filter(told | drawn).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            changed = redraw_profiles(member_ids=ids, on=on)
            if changed:
                profiles_changed.send(Profile, member_ids=changed)
        count += len(ids)
    return count


def _portions(pks: Iterable[int]) -> Iterator[list[int]]:
    ids = list(pks)
    for start in range(0, len(ids), AT_A_TIME):
        yield ids[start : start + AT_A_TIME]


def _draw(ids: list[int], measures: Measures, day: dt.date) -> list[int]:
    held = Member.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    there = set(held.values_list("pk", flat=True))
    before = {pk: bytes(levels) for pk, levels in Profile.objects.filter(pk__in=there).values_list("pk", "levels")}
    accounts = accounts_of(there)
    rows = [row_of(pk, account, measures, day) for pk, account in accounts.items() if not account.is_empty]
    gone = before.keys() - {row.pk for row in rows}
    if gone:
        Profile.objects.filter(pk__in=gone).delete()
    Profile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["member"],
        update_fields=["levels", "own", "details", "computed_on", "changes_on"],
        batch_size=AT_A_TIME,
    )
    after = {row.pk: bytes(row.levels) for row in rows}
    return sorted(pk for pk in before.keys() | after.keys() if _differ(before.get(pk, b""), after.get(pk, b"")))


def _differ(before: bytes, after: bytes) -> bool:
    """Whether the levels differ: that a competence was added at the end, with nobody there yet, is no change."""
    return before.rstrip(b"\0") != after.rstrip(b"\0")


def standing_of(account: Account, measures: Measures, day: dt.date) -> dict[int, Proven]:
    """Where a person stands in each competence that anything speaks of, by number."""
    found = {}
    for row in measures.rows:
        proofs = account.proofs.get(row.pk, ())
        if proofs or (account.services and row.measure.needs):
            now = proven(proofs, account.services, row.measure, on=day)
            if now != Proven():
                found[row.number] = now
    return found


def row_of(pk: int, account: Account, measures: Measures, day: dt.date) -> Profile:
    """The profile of one person on a date."""
    levels, own = bytearray(measures.size), bytearray([UNSAID]) * measures.size
    details, looks = {}, [measures.changes_on]
    standing = standing_of(account, measures, day)
    for row in measures.rows:
        now = standing.get(row.number)
        if now is not None:
            levels[row.number] = now.level
            looks.append(now.changes_on)
            if now.since[0] is not None:
                details[row.key] = _told(now)
        answer = said(account.answers.get(row.pk, ()))
        if answer is not None:
            own[row.number] = answer
    changes_on = min((look for look in looks if look is not None), default=None)
    return Profile(
        member_id=pk,
        levels=bytes(levels),
        own=bytes(own),
        details=details,
        computed_on=day,
        changes_on=changes_on,
    )


def _told(now: Proven) -> dict[str, Any]:
    since = [None if day is None else day.isoformat() for day in now.since]
    return {"since": since, "until": None if now.until is None else now.until.isoformat()}


def drawn_on(member_ids: Collection[int], *, on: dt.date) -> dict[int, dict[str, Proven]]:
    """Where each person stood on any date, by competence key, read from the ledger itself. Five queries."""
    measures = measures_on(on)
    keys = {row.number: row.key for row in measures.rows}
    return {
        pk: {keys[number]: now for number, now in standing_of(account, measures, on).items()}
        for pk, account in accounts_of(member_ids).items()
    }
