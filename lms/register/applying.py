"""From staging to people, in one transaction: all of a file or nothing of it.

What the rows mean is decided once more just before, outside the transaction, so that the
transaction holds statements over sets only, and SQLite's one lock is held for seconds at most.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lms.audit.models import subject_key
from lms.audit.services import record_act
from lms.jobs.lease import Claimed
from lms.jobs.services import request_job
from lms.members.models import Leaving
from lms.organisation.leaving import come_back_all, left_by_own_act_among, record_leaving
from lms.register import staging, writing
from lms.register.cells import Problem, Said, Wrong
from lms.register.columns import Field
from lms.register.diff import EMAIL_STAYS, LEFT, NOTES, Decision, needs_second
from lms.register.facts import in_register, left_out_by
from lms.register.models import RegisterImport, StagedRow

FOLLOW = "follow_register_import"
_DECIDED = ("decision", "member_id", "moves", "becomes", "before")
State = RegisterImport.State


def decide_anew(register_import: RegisterImport, desk: staging.Desk, claim: Claimed) -> list[Problem]:
    """Hold every staged row against today's facts again; returns what is wrong by now."""
    rows = register_import.staged.exclude(decision=Decision.LEAVING).order_by("pk")
    problems: list[Problem] = []
    done = last = 0
    while part := list(rows.filter(pk__gt=last)[: staging.AT_A_TIME]):
        last, done = part[-1].pk, done + len(part)
        anew, wrong = staging.settle([_said(row, desk) for row in part], desk, register_import)
        problems += wrong
        decided = {row.number: row for row in anew}
        changed = [row for row in part if row.number in decided and _take(row, decided[row.number])]
        with transaction.atomic():
            claim.advance(done=done, total=register_import.rows)
            StagedRow.objects.bulk_update(changed, [name.removesuffix("_id") for name in _DECIDED], batch_size=500)
    return problems


def _said(row: StagedRow, desk: staging.Desk) -> Said:
    said = Said(
        row.row, row.number, row.name, "", row.unit_id, row.email, row.status, row.language, row.birth_year, row.gender,
        row.postal_code,
    )  # fmt: skip
    if not desk.book.keeps(row.unit_id):
        said.problems.append(Problem(row.row, Field.UNIT, "", Wrong.UNIT_FOREIGN))
    return said


def _take(row: StagedRow, anew: StagedRow) -> bool:
    """Take over what was decided anew; whether it is something else."""
    differs = any(getattr(row, name) != getattr(anew, name) for name in _DECIDED)
    for name in _DECIDED:
        setattr(row, name, getattr(anew, name))
    return differs


def apply_import(*, register_import: RegisterImport, claim: Claimed) -> dict[str, int]:
    """Apply a file that was seen and asked for. Safe to call again: what is applied is not applied twice.

    Ends in ``applied``, or in ``refused`` when a row has become wrong since, or in ``waiting``
    when by now too many leave for one administrator to decide. The right to it is asked for
    again, as it is today.
    """
    if register_import.state != State.APPLYING:
        return dict(register_import.counts)
    day = timezone.localdate()
    desk = staging.open_desk(register_import, on=day)
    problems = decide_anew(register_import, desk, claim)
    if register_import.is_whole:
        with transaction.atomic():
            claim.advance()
            staging.stage_leaving(register_import, desk)
    began = time.monotonic()
    with transaction.atomic():
        claim.advance(message="")
        held = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
        if held.state != State.APPLYING:
            return dict(held.counts)
        if problems:
            staging.write_problems(problems, held, room=staging.MOST_PROBLEMS)
            _close(held, State.REFUSED, counts_of(held) | {"errors": len({problem.row for problem in problems})})
        elif _too_many_leave(held, desk):
            _close(held, State.WAITING, counts_of(held))
        else:
            _write(held, desk, day)
    held.counts["milliseconds"] = round((time.monotonic() - began) * 1000)
    held.save(update_fields=["counts"])
    return dict(held.counts)


def _too_many_leave(register_import: RegisterImport, desk: staging.Desk) -> bool:
    if not register_import.is_whole:
        return False
    staged = set(_leaving(register_import).values_list("member", flat=True))
    leaving = len(staged)
    if staged != set(left_out_by(register_import, desk.reach, on=desk.on).values_list("pk", flat=True)):
        leaving = staging.stage_leaving(register_import, desk)  # somebody came or went in this very second
    return register_import.confirmed_by_id is None and needs_second(
        leaving, in_register(desk.reach, on=desk.on).count()
    )


def _write(register_import: RegisterImport, desk: staging.Desk, day: dt.date) -> None:
    """Everything, in the transaction of the caller."""
    by, staged = register_import.by, register_import.staged
    leaving = list(staged.filter(decision=Decision.LEAVING).order_by("pk").values_list("member", flat=True))
    _bring_back(register_import)
    staged.filter(decision=Decision.CHANGED, before__has_key=EMAIL_STAYS).update(email=None)  # not said: it stays
    writing.write_new(register_import)
    writing.write_changed(register_import)
    writing.write_memberships(register_import, on=day)
    record_leaving(member_ids=leaving, on=day, by=by)
    counts = counts_of(register_import)
    record_act("apply_register", by=by, subject=subject_key("register_import", register_import.public_id), **counts)
    register_import.applied_at, register_import.applied_on = timezone.now(), day
    _close(register_import, State.APPLIED, counts)
    name = str(register_import.public_id)
    request_job(kind=FOLLOW, key=f"{FOLLOW}:{name}", payload={"import": name}, by=None)


def _bring_back(register_import: RegisterImport) -> None:
    """Open what is closed of those of the file who had left; who said so themselves, even just now, stays away."""
    back = _returning(register_import)
    own = left_by_own_act_among(back)
    rows = register_import.staged.filter(member__in=own).exclude(decision=Decision.LEAVING)
    rows.update(decision=Decision.UNCHANGED, moves=False, before={LEFT: True})
    come_back_all(member_ids=[pk for pk in back if pk not in own], by=register_import.by, reopen=False)


def _returning(register_import: RegisterImport) -> list[int]:
    """Those of the file who had left."""
    gone = Leaving.objects.filter(cancelled_at=None, member__in=register_import.staged.values("member"))
    return list(gone.exclude(member__in=_leaving(register_import)).values_list("member", flat=True))


def _leaving(register_import: RegisterImport) -> QuerySet[StagedRow, Any]:
    return register_import.staged.filter(decision=Decision.LEAVING).values("member")


def _close(register_import: RegisterImport, state: str, counts: dict[str, int]) -> None:
    register_import.state, register_import.counts = state, counts
    register_import.save(update_fields=["state", "counts", "applied_at", "applied_on"])


def counts_of(register_import: RegisterImport) -> dict[str, int]:
    """People new, changed, unchanged and leaving, as staged; rows with errors; of how many something is noted."""
    counts = dict.fromkeys((*Decision.values, "errors"), 0)
    found = register_import.staged.order_by().values_list("decision").annotate(people=Count("pk"))
    known = register_import.staged.filter(decision__in=(Decision.CHANGED, Decision.UNCHANGED)).exclude(before={})
    noted = known.aggregate(**{note: Count("pk", filter=Q(before__has_key=note)) for note in NOTES})
    return counts | dict(found) | {note: people for note, people in noted.items() if people}
